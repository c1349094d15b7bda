"""The pipeline entries of processes that changed. What people wrote on an entry is theirs: no release takes it away,
and none hands it to another organisation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.accounts.models import Organisation
from toolkit.accounts.visibility import Level
from workflows.notices.models import Process
from workflows.pipeline.importing.outcome import Outcome
from workflows.pipeline.models import Entry, Source
from workflows.pipeline.projection import store

FACT_OF_COLUMN = {"value_inc_vat": "value"}


@dataclass(frozen=True, slots=True)
class Change:
    """A process with its new record, and the record it had before."""

    process: Process
    before: dict[str, Any]


@dataclass(slots=True)
class _Work:
    """What is to be stored and removed, collected over all processes."""

    outcome: Outcome
    names: Mapping[int, str]
    kept: list[Entry]
    gone: list[int]


def project_changes(changes: Sequence[Change], outcome: Outcome) -> None:
    """Bring the entries of these processes up to date: a few statements, however many there are."""
    entries: dict[int, list[Entry]] = defaultdict(list)
    pks = [change.process.pk for change in changes]
    known = Entry.objects.select_for_update(of=("self",)).filter(process__in=pks).order_by("pk")
    for entry in known:
        entries[entry.process_id or 0].append(entry)
    owners = {entry.organisation_id for each in entries.values() for entry in each}
    owners |= {change.process.organisation_id or 0 for change in changes}
    names = dict(Organisation.objects.filter(pk__in=owners).values_list("pk", "short_name"))
    work = _Work(outcome, names, [], [])
    for change in changes:
        _entries_of(change, entries[change.process.pk], work)
    Entry.objects.filter(pk__in=work.gone).delete()
    store(work.kept)


def _entries_of(change: Change, entries: Sequence[Entry], work: _Work) -> None:
    process = change.process
    wanted = [] if process.organisation_id is None else ["", *process.facts["contracts"]]
    own = {
        entry.process_contract: entry for entry in entries if entry.organisation_id == process.organisation_id
    }
    others = [entry for entry in entries if entry is not own.get(entry.process_contract)]
    for entry in entries:
        entry.process = process
    for contract in wanted:
        known = own.pop(contract) if contract in own else _moved(others, contract, process, work)
        if known is not None:
            old = _facts(change.before, contract) or {}
            report_corrections(known, old, _facts(process.facts, contract) or {}, work.outcome)
        work.kept.append(known or _new(process, contract))
    for entry in [*own.values(), *others]:
        _left_over(entry, process, work)


def _new(process: Process, contract: str) -> Entry:
    assert process.organisation_id is not None  # a buyer we do not know has no entries
    return Entry(
        organisation_id=process.organisation_id,
        source=Source.NOTICE,
        process=process,
        process_contract=contract,
        visibility=Level.PUBLIC,
    )


def _facts(record: Mapping[str, Any], contract: str) -> dict[str, Any] | None:
    return record.get("contracts", {}).get(contract) if contract else record.get("need")


def _moved(others: list[Entry], contract: str, process: Process, work: _Work) -> Entry | None:
    """The entry of the buyer that the process had before, where nobody has said anything on it: it goes along."""
    for entry in others:
        if entry.process_contract == contract and not entry.has_words:
            assert process.organisation_id is not None  # the caller wants nothing of a buyer we do not know
            message = f"was {work.names[entry.organisation_id]}: the entry now is {work.names[process.organisation_id]}’s"
            work.outcome.warn(entry.reference, "buyer", process.buyer_name, message)
            others.remove(entry)
            entry.organisation_id = process.organisation_id
            return entry
    return None


def _left_over(entry: Entry, process: Process, work: _Work) -> None:
    """An entry of which the notices speak no more, or under another buyer: removed, or kept for what people wrote."""
    is_new = not entry.is_over
    if entry.has_words:
        work.kept.append(entry)
        if is_new:
            message = (
                f"is no longer what the notices say of {work.names[entry.organisation_id]}:"
                " the entry is over, and what officers wrote on it was kept"
            )
            work.outcome.warn(entry.reference, "buyer" if _facts(process.facts, entry.process_contract) else "contract", process.buyer_name, message)  # fmt: skip
        return
    work.gone.append(entry.pk)
    message = (
        f"is no longer what the notices say of {work.names[entry.organisation_id]}: the entry was removed"
    )
    work.outcome.warn(
        entry.reference, "contract" if process.organisation_id else "buyer", process.buyer_name, message
    )


def report_corrections(
    entry: Entry, old: Mapping[str, Any], new: Mapping[str, Any], outcome: Outcome
) -> None:
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
