"""Importing a borough's register or pipeline spreadsheet: rows recognised again, projected into the pipeline.

A row belongs to the organisation named in the call, unless the file has a buyer column and the row names another one.
Then it is filed under that one if the caller may file for it, else held for the organisation in whose register it came,
without an owner, and not shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Q

from toolkit.accounts.activity import note
from toolkit.accounts.models import Organisation, Person
from toolkit.accounts.visibility import Level
from toolkit.core import bulk, clock
from toolkit.core.stages import Stage
from workflows.pipeline.importing import locks
from workflows.pipeline.importing.buyers import buyer_index
from workflows.pipeline.importing.entries import report_corrections
from workflows.pipeline.importing.outcome import Change, DryRun, Outcome
from workflows.pipeline.importing.reading import ReadRegister
from workflows.pipeline.models import Entry, Row, RowKind, Source
from workflows.pipeline.projection import store
from workflows.pipeline.registers.keys import recognise
from workflows.pipeline.registers.regime import regime_of
from workflows.pipeline.registers.register import RegisterRow
from workflows.pipeline.registers.rows import read_register
from workflows.pipeline.registers.table import cut

LABELS = {
    "title": "title",
    "description": "description",
    "suppliers": "suppliers",
    "value": "value",
    "value_a_year": "value a year",
    "starts_on": "start",
    "ends_on": "end",
    "latest_end_on": "latest end",
    "closes_on": "deadline",
    "is_over": "over",
}
"""The facts whose changes are told in words before they are made."""


def import_register(
    data: bytes,
    name: str,
    *,
    organisation: Organisation,
    may_file_for: Collection[int] | None = None,
    dry_run: bool = False,
    actor: Person | None = None,
) -> Outcome:
    """Import one spreadsheet for an organisation, in one transaction. `actor`: nobody, when it comes by command.

    `may_file_for`: the organisations (ids) whose rows may be filed under them; None means any of ours.
    Raises NotARegister, before anything is stored, when the file is no such thing.
    """
    return import_rows(
        ReadRegister.of(read_register(data, name), name),
        organisation=organisation,
        may_file_for=may_file_for,
        name=name,
        actor=actor,
        dry_run=dry_run,
    )


def import_rows(
    read: ReadRegister,
    *,
    organisation: Organisation,
    name: str,
    may_file_for: Collection[int] | None = None,
    dry_run: bool = False,
    actor: Person | None = None,
) -> Outcome:
    """Import a register that has been read, as `import_register` does; the administrators' record names its file."""
    outcome = Outcome(rejected=read.rejected, lines=list(read.lines))
    grouped = _by_organisation(read.rows, organisation, may_file_for, outcome)
    try:
        with transaction.atomic():
            locks.take_turns(*{locks.register_of(owner or organisation.pk) for owner in grouped})
            for owner, rows in grouped.items():
                _store(rows, owner, organisation.pk, outcome)
            if dry_run:
                raise DryRun
            counts = outcome.as_json()
            if counts["added"] or counts["updated"]:
                sentence = f"{actor or 'The service'} brought in {name[:100]}: {counts['added']} added, {counts['updated']} changed"
                note(organisation=organisation, actor=actor, sentence=sentence)
    except DryRun:
        pass
    return outcome


def _by_organisation(
    rows: Collection[RegisterRow],
    organisation: Organisation,
    may_file_for: Collection[int] | None,
    outcome: Outcome,
) -> dict[int | None, list[RegisterRow]]:
    """The rows by whose they are, each row once: one that says the same as an earlier one is a duplicate."""
    index = buyer_index()
    seen: set[str] = set()
    grouped: dict[int | None, list[RegisterRow]] = defaultdict(list)
    for row in rows:
        if row.digest in seen:
            outcome.count("duplicates")
            continue
        seen.add(row.digest)
        owner: int | None = organisation.pk
        if row.organisation_name:
            owner = index.match(row.organisation_name, ()).key
            if owner is not None and may_file_for is not None and owner not in may_file_for:
                owner = None
                message = f"is not {organisation.short_name}: held back, not in the pipeline"
                outcome.warn(f"row {row.row_number}", "organisation", row.organisation_name, message)
            elif owner is None:
                message = "is no organisation of ours: held back, not in the pipeline"
                outcome.warn(f"row {row.row_number}", "organisation", row.organisation_name, message)
            elif owner != organisation.pk:
                outcome.warn(
                    f"row {row.row_number}",
                    "organisation",
                    row.organisation_name,
                    "is another organisation: filed under it",
                )
        grouped[owner].append(row)
    return grouped


def _iso(day: Any) -> str | None:
    return day.isoformat() if day is not None else None


def facts_of(row: RegisterRow) -> dict[str, Any]:
    """A row as the pipeline keeps it. The contract's value where one is given, else the top of its range."""
    # A figure for one year is not the value of the contract, and is kept beside it.
    value = None if row.value_covers == "year" else row.value if row.value is not None else row.value_high
    over = row.status.strip().lower() in (
        "withdrawn",
        "cancelled",
        "ended",
        "expired",
        "terminated",
        "closed no award",
    )
    stage = {"contract": Stage.MANAGE, "planned": Stage.PLAN, "notice": Stage.PROCURE}[row.kind]
    return {
        "title": (row.title or row.reference or ", ".join(row.supplier_names))[:300],
        "description": row.description[:4000],
        "suppliers": list(row.supplier_names)[:50],
        "value": str(value) if value is not None else None,
        "value_a_year": str(row.value) if row.value_covers == "year" and row.value is not None else None,
        "vat": row.vat_basis,
        "cpv_codes": list(row.cpv_codes)[:20],
        "stage": stage.value,
        "route": row.procedure[:80],
        "regime": regime_of(row).regime,
        "published_on": _iso(row.published_on),
        "closes_on": _iso(row.closes_on),
        "starts_on": _iso(row.starts_on),
        "ends_on": _iso(row.ends_on),
        "latest_end_on": _iso(row.latest_end_on),
        "notice_months": row.notice_months,
        "extension_months": list(row.extension_months),
        "reference": row.reference,
        "department": row.department[:200],
        "link": row.url[:500],
        "is_over": over,
    }


def _store(rows: list[RegisterRow], owner: int | None, importing: int, outcome: Outcome) -> None:
    """Store rows under their owner; those without one are held for the organisation in whose register they came."""
    kept = {
        row.key: row
        for row in Row.objects.select_for_update(of=("self",)).filter(
            Q(organisation=owner) if owner is not None else Q(organisation=None, held_for=importing),
            source=Source.REGISTER,
        )
    }
    added: list[Row] = []
    updated: list[Row] = []
    before: dict[int, dict[str, Any]] = {}
    for given, key in zip(rows, recognise(rows, kept), strict=True):
        facts = facts_of(given)
        kind = RowKind.CONTRACT if given.kind == "contract" else RowKind.PLANNED
        row, where = kept.get(key), f"row {given.row_number}"
        if row is None:
            held_for = importing if owner is None else None
            added.append(
                Row(
                    organisation_id=owner,
                    held_for_id=held_for,
                    source=Source.REGISTER,
                    kind=kind,
                    key=key,
                    facts=facts,
                )
            )
            outcome.count("added")
            outcome.changes.append(Change("added", where, facts["title"]))
        elif row.facts == facts and row.kind == kind:
            outcome.count("unchanged")
        else:
            before[row.pk] = row.facts
            outcome.changes.append(Change("updated", where, facts["title"], _differences(row.facts, facts)))
            row.facts, row.kind, row.imported_at = facts, kind, clock.now()
            updated.append(row)
            outcome.count("updated")
    bulk.insert(added)
    bulk.update(updated, ["facts", "kind", "imported_at"])
    if owner is not None:
        _project(owner, added, updated, before, outcome)


def _project(
    owner: int, added: list[Row], updated: list[Row], before: dict[int, dict[str, Any]], outcome: Outcome
) -> None:
    """Their entries, new and known, in a few statements."""
    entries = [
        Entry(organisation_id=owner, source=row.source, row=row, visibility=Level.BOROUGHS) for row in added
    ]
    known = {row.pk: row for row in updated}
    for entry in Entry.objects.select_for_update(of=("self",)).filter(row__in=known).order_by("pk"):
        row = known[entry.row_id or 0]
        entry.row = row
        report_corrections(entry, before[row.pk], row.facts, outcome)
        entries.append(entry)
    store(entries)


def _differences(old: dict[str, Any], new: dict[str, Any]) -> str:
    """`end: 2028-03-31 → 2028-09-30; value: nothing → 420000.00`; other facts by the word “more”."""
    words = []
    for name, label in LABELS.items():
        if old.get(name) != new.get(name):
            words.append(f"{label}: {_in_words(old.get(name))} → {_in_words(new.get(name))}")
    others = any(old.get(name) != new.get(name) for name in new.keys() - LABELS.keys())
    return "; ".join(words + (["more"] if others and words else ["smaller facts"] if others else []))


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = ", ".join(value) if isinstance(value, list) else str(value or "")
    return cut(text, 60) or "nothing"
