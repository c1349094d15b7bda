"""Folding processes anew after an import, with all those whose law hangs on theirs, and projecting what changed.

All processes of the files are folded, changed or not: so importing again also mends what an earlier import could not know.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from toolkit.core import bulk, clock
from workflows.notices.models import Process
from workflows.notices.ocds.buyers import BuyerIndex
from workflows.notices.ocds.folding import fold, with_regime
from workflows.notices.ocds.regimes import GENERATIONS, Kin, inherited
from workflows.notices.ocds.releases import ReleaseFacts
from workflows.pipeline.importing.entries import Change, project_changes
from workflows.pipeline.importing.outcome import Outcome


def fold_processes(
    releases: Mapping[Process, list[ReleaseFacts]], index: BuyerIndex[int], outcome: Outcome
) -> None:
    """Fold processes from all their releases, find their organisations, and bring the pipeline up to date."""
    processes = {process.ocid: process for process in releases}
    records = {process.ocid: fold(facts) for process, facts in releases.items()}
    for process in _descendants(set(processes)):
        processes[process.ocid], records[process.ocid] = process, process.facts
    regimes = inherited(_kin(records))
    changes = []
    for ocid, record in records.items():
        change = _settle(processes[ocid], with_regime(record, regimes[ocid]), index, outcome)
        if change is not None:
            changes.append(change)
    bulk.update(
        [change.process for change in changes],
        ["organisation", "buyer_name", "title", "regime", "latest_notice", "published_at", "facts", "updated_at"],
    )  # fmt: skip
    project_changes(changes, outcome)


def _descendants(ocids: set[str]) -> list[Process]:
    """The processes called off from these, from those, and so on, that are not among them."""
    known, found = set(ocids), []
    parents = ocids
    for _ in range(GENERATIONS):
        if not parents:
            break
        children = [
            process
            for process in Process.objects.filter(facts__frameworks__has_any_keys=sorted(parents))
            if process.ocid not in known
        ]
        parents = {process.ocid for process in children}
        known |= parents
        found += children
    return found


def _kin(records: Mapping[str, dict[str, Any]]) -> dict[str, Kin]:
    """These processes and the frameworks they come from, and so on."""
    kin = {ocid: Kin.of(record) for ocid, record in records.items()}
    newest = dict(kin)
    for _ in range(GENERATIONS):
        parents = {ocid for one in newest.values() for ocid in one.frameworks} - kin.keys()
        if not parents:
            break
        stored = Process.objects.filter(ocid__in=parents).values_list("ocid", "facts")
        newest = {ocid: Kin.of(facts) for ocid, facts in stored}
        kin |= newest
    return kin


def _settle(
    process: Process, record: dict[str, Any], index: BuyerIndex[int], outcome: Outcome
) -> Change | None:
    """Give a process its record and its organisation; None when nothing is new."""
    match = index.match(record["buyer_name"], record["buyer_identifiers"])
    if process.facts == record and process.organisation_id == match.key:
        return None
    if match.warning:
        outcome.warn(process.ocid, "buyer", record["buyer_name"], match.warning)
    if match.key is None:
        message = "is no organisation of ours: stored, but not in the pipeline"
        outcome.warn(process.ocid, "buyer", record["buyer_name"], message)
    before = process.facts
    process.organisation_id = match.key
    process.buyer_name = record["buyer_name"][:300]
    process.title = record["need"]["title"][:500]
    process.regime = record["regime"]
    process.latest_notice = record["latest_notice"]
    process.published_at = _midnight(record["published_on"])
    process.facts, process.updated_at = record, clock.now()
    return Change(process, before)


def _midnight(day: str | None) -> dt.datetime | None:
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(), tzinfo=clock.LONDON) if day else None
