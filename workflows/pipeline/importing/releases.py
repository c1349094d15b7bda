"""Importing OCDS releases: stored once each, folded by ocid, projected into the pipeline.

Run again, it changes nothing. What an officer has put right since is kept: the source's new word is reported instead.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from toolkit.accounts.visibility import Level
from toolkit.core import clock
from workflows.notices.models import Process, Release
from workflows.notices.ocds.buyers import BuyerIndex
from workflows.notices.ocds.folding import fold
from workflows.notices.ocds.packages import Package, read_package
from workflows.notices.ocds.releases import ReleaseFacts, parse_release
from workflows.pipeline.importing.buyers import buyer_index
from workflows.pipeline.importing.outcome import Outcome
from workflows.pipeline.models import Entry, Source
from workflows.pipeline.projection import new_reference, project


class _DryRun(Exception):
    """Rolls the transaction back."""


def import_releases(files: Sequence[tuple[str, bytes]], *, dry_run: bool = False) -> Outcome:
    """Import the releases of several files, in one transaction.

    Raises NotAReleasePackage, before anything is stored, when one of them is no such thing.
    """
    packages = [read_package(data, name) for name, data in files]
    outcome = Outcome()
    try:
        with transaction.atomic():
            _store(packages, outcome)
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    return outcome


def _store(packages: Sequence[Package], outcome: Outcome) -> None:
    seen: set[tuple[str, str]] = set()
    touched: dict[str, Process] = {}
    for package in packages:
        for sentence in package.notes:
            outcome.warn(package.name, "file", "", sentence)
        for unit in package.unreadable:
            outcome.count("rejected")
            outcome.warn(f"{package.name}, {unit.place}", "release", "", unit.reason)
        for place, raw in package.releases:
            facts, problems = parse_release(raw)
            key = (facts.ocid, facts.release_id)
            if key in seen:
                outcome.count("duplicates")
                continue
            seen.add(key)
            result = _keep(facts, touched)
            outcome.count(result)  # type: ignore[arg-type]  # one of the five
            if result != "unchanged":
                for problem in problems:
                    outcome.warn(f"{package.name}, {place}", problem.path, problem.value, problem.message)
    index = buyer_index()
    for process in touched.values():
        _fold(process, index, outcome)


def _moment(text: str) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.LONDON)


def _keep(facts: ReleaseFacts, touched: dict[str, Process]) -> str:
    """Store one release; `added`, `updated` or `unchanged`."""
    process, _ = Process.objects.select_for_update().get_or_create(ocid=facts.ocid)
    release = Release.objects.filter(process=process, release_id=facts.release_id).first()
    json = facts.as_json()
    if release is not None and release.facts == json:
        return "unchanged"
    touched[facts.ocid] = process
    Release.objects.update_or_create(
        process=process,
        release_id=facts.release_id,
        defaults={
            "notice_type": facts.notice_type,
            "tags": ",".join(facts.tags)[:120],
            "released_at": _moment(facts.released_at),
            "facts": json,
        },
    )
    return "added" if release is None else "updated"


def _parent_regime(releases: Sequence[ReleaseFacts]) -> str:
    """The regime of the framework a process was called off from, where we hold it and know it."""
    parents = {
        identifier for release in releases for identifier in release.frameworks if identifier != release.ocid
    }
    regimes = set(
        Process.objects.filter(ocid__in=parents).exclude(regime="unknown").values_list("regime", flat=True)
    )
    return regimes.pop() if len(regimes) == 1 else ""


def _fold(process: Process, index: BuyerIndex[int], outcome: Outcome) -> None:
    """Fold all stored releases of a process, find its organisation, and project its entries."""
    releases = [ReleaseFacts.from_json(facts) for facts in process.releases.values_list("facts", flat=True)]
    record = fold(releases, parent_regime=_parent_regime(releases))
    before = process.facts
    match = index.match(record["buyer_name"], record["buyer_identifiers"])
    if match.warning:
        outcome.warn(process.ocid, "buyer", record["buyer_name"], match.warning)
    if match.key is None:
        outcome.warn(
            process.ocid,
            "buyer",
            record["buyer_name"],
            "is no organisation of ours: stored, but not in the pipeline",
        )
    process.organisation_id = match.key
    process.buyer_name = record["buyer_name"][:300]
    process.title = record["need"]["title"][:500]
    process.regime = record["regime"]
    process.latest_notice = record["latest_notice"]
    process.published_at = _moment(f"{record['published_on']}T00:00") if record["published_on"] else None
    process.facts, process.updated_at = record, clock.now()
    process.save()
    if match.key is None:
        Entry.objects.filter(process=process).delete()
        return
    for contract in ("", *record["contracts"]):
        _entry(process, contract, before, outcome)
    Entry.objects.filter(process=process).exclude(process_contract__in=["", *record["contracts"]]).delete()


def _entry(process: Process, contract: str, before: dict[str, Any], outcome: Outcome) -> None:
    entry = (
        Entry.objects.select_for_update(of=("self",))
        .filter(process=process, process_contract=contract)
        .first()
    )
    facts = process.facts["contracts"][contract] if contract else process.facts["need"]
    if entry is None:
        entry = Entry(
            reference=new_reference(),
            organisation=process.organisation,
            source=Source.NOTICE,
            process=process,
            process_contract=contract,
            visibility=Level.PUBLIC,
        )
    else:
        assert process.organisation is not None  # the caller has none of this for a buyer we do not know
        entry.process, entry.organisation = process, process.organisation
        old = (before.get("contracts", {}).get(contract) if contract else before.get("need")) or {}
        report_corrections(entry, old, facts, outcome)
    project(entry)


FACT_OF_COLUMN = {"value_inc_vat": "value"}


def report_corrections(entry: Entry, old: dict[str, Any], new: dict[str, Any], outcome: Outcome) -> None:
    """Say where the source has a new word on something that an officer put right: the officer's word stays."""
    for column in entry.corrections:
        name = FACT_OF_COLUMN.get(column, column)
        if old.get(name) != new.get(name):
            outcome.warn(
                entry.reference,
                column,
                new.get(name),
                "has changed at the source, but an officer put it right: the officer’s word was kept",
            )
