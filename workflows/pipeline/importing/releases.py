"""Importing OCDS releases: stored once each, folded by ocid, projected into the pipeline.

The same releases give the same state in whatever order they come, in one file, in several, or in several runs. Run
again, it changes nothing. What an officer has put right since is kept: the source's new word is reported instead.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from toolkit.core import bulk
from workflows.notices.models import Process, Release
from workflows.notices.ocds.packages import Package, read_package
from workflows.notices.ocds.releases import ReleaseFacts, parse_release
from workflows.notices.ocds.values import Problem
from workflows.pipeline.importing import locks
from workflows.pipeline.importing.buyers import buyer_index
from workflows.pipeline.importing.folding import fold_processes
from workflows.pipeline.importing.outcome import DryRun, Outcome


@dataclass(frozen=True, slots=True)
class _Given:
    """One release of a file."""

    where: str
    facts: ReleaseFacts
    problems: list[Problem]

    @property
    def key(self) -> tuple[str, str]:
        return self.facts.ocid, self.facts.release_id

    @property
    def rank(self) -> tuple[str, str]:
        """Which of several with one id counts: the latest, and of equals always the same one."""
        return self.facts.released_at, json.dumps(self.facts.as_json(), sort_keys=True)


def import_releases(files: Sequence[tuple[str, bytes]], *, dry_run: bool = False) -> Outcome:
    """Import the releases of several files, in one transaction.

    Raises NotAReleasePackage, before anything is stored, when one of them is no such thing.
    """
    packages = [read_package(data, name) for name, data in files]
    outcome = Outcome()
    given = _each_once(_read(packages, outcome), outcome)
    try:
        with transaction.atomic():
            locks.take_turns(locks.RELEASES)
            processes = _processes({one.facts.ocid for one in given})
            stored = _keep(given, processes, outcome)
            fold_processes(
                {
                    processes[ocid]: [ReleaseFacts.from_json(release.facts) for release in releases]
                    for ocid, releases in stored.items()
                },
                buyer_index(),
                outcome,
            )
            if dry_run:
                raise DryRun
    except DryRun:
        pass
    return outcome


def _read(packages: Iterable[Package], outcome: Outcome) -> list[_Given]:
    given = []
    for package in packages:
        for sentence in package.notes:
            outcome.warn(package.name, "file", "", sentence)
        for unit in package.unreadable:
            outcome.count("rejected")
            outcome.warn(f"{package.name}, {unit.place}", "release", "", unit.reason)
        for place, raw in package.releases:
            given.append(_Given(f"{package.name}, {place}", *parse_release(raw)))
    return given


def _each_once(given: Iterable[_Given], outcome: Outcome) -> list[_Given]:
    """One of each id. Copies are duplicates; where they differ in what we read, the report says which one counted."""
    copies: dict[tuple[str, str], list[_Given]] = defaultdict(list)
    for one in given:
        copies[one.key].append(one)
    kept = []
    for same in copies.values():
        chosen = max(same, key=lambda one: one.rank) if len(same) > 1 else same[0]
        kept.append(chosen)
        for other in same:
            if other is chosen:
                continue
            outcome.count("duplicates")
            if other.facts != chosen.facts:
                message = f"differs from the release of the same id in {chosen.where}, which counted"
                outcome.warn(other.where, "release", other.facts.release_id, message)
    return kept


def _processes(ocids: set[str]) -> dict[str, Process]:
    found = {process.ocid: process for process in Process.objects.filter(ocid__in=ocids)}
    new = [Process(ocid=ocid) for ocid in sorted(ocids - found.keys())]
    bulk.insert(new)
    return found | {process.ocid: process for process in new}


def _keep(
    given: Sequence[_Given], processes: dict[str, Process], outcome: Outcome
) -> dict[str, list[Release]]:
    """Store what is new or changed, and give all releases of the processes."""
    stored: dict[str, dict[str, Release]] = {ocid: {} for ocid in processes}
    ocid_of = {process.pk: ocid for ocid, process in processes.items()}
    for release in Release.objects.filter(process__in=ocid_of):
        stored[ocid_of[release.process_id]][release.release_id] = release
    added: list[Release] = []
    updated: list[Release] = []
    for one in given:
        facts, releases = one.facts.as_json(), stored[one.facts.ocid]
        before = releases.get(one.facts.release_id)
        if before is not None and before.facts == facts:
            outcome.count("unchanged")
            continue
        if before is not None and before.facts["released_at"] > one.facts.released_at:
            outcome.count("unchanged")
            message = "is older than the release of the same id that we have, which was kept"
            outcome.warn(one.where, "date", one.facts.released_at, message)
            continue
        release = before or Release(process=processes[one.facts.ocid], release_id=one.facts.release_id)
        release.facts = facts
        release.notice_type = one.facts.notice_type
        release.tags = ",".join(one.facts.tags)[:120]
        moment = one.facts.released_at
        release.released_at = dt.datetime.fromisoformat(moment) if moment else None
        releases[one.facts.release_id] = release
        outcome.count("added" if before is None else "updated")
        (added if before is None else updated).append(release)
        for problem in one.problems:
            outcome.warn(one.where, problem.path, problem.value, problem.message)
    bulk.insert(added)
    bulk.update(updated, ["facts", "notice_type", "tags", "released_at"])
    return {ocid: list(releases.values()) for ocid, releases in stored.items()}
