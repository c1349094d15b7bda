"""Importing a borough's register or pipeline spreadsheet: rows recognised again, projected into the pipeline.

A row belongs to the organisation named in the call, unless the file has a buyer column and the row names another one.
Then it is filed under that one if the caller may file for it, else kept without an organisation and not shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Q

from toolkit.accounts.activity import note
from toolkit.accounts.models import Organisation, Person
from toolkit.core import clock
from toolkit.core.stages import Stage
from workflows.pipeline.importing.buyers import buyer_index
from workflows.pipeline.importing.outcome import Outcome
from workflows.pipeline.importing.releases import report_corrections
from workflows.pipeline.models import Entry, Row, RowKind, Source
from workflows.pipeline.projection import entry_for_row
from workflows.pipeline.registers.keys import recognise
from workflows.pipeline.registers.regime import regime_of
from workflows.pipeline.registers.register import RegisterRow
from workflows.pipeline.registers.rows import read_register


class _DryRun(Exception):
    """Rolls the transaction back."""


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
    register = read_register(data, name)
    outcome = Outcome()
    for problem in (*register.problems, *register.unreadable):
        outcome.warn(
            f"row {problem.row}" if problem.row else name, problem.field, problem.value, problem.message
        )
    for _ in register.unreadable:
        outcome.count("rejected")
    try:
        with transaction.atomic():
            for organisation_id, rows in _by_organisation(
                register.rows, organisation, may_file_for, outcome
            ).items():
                _store(organisation_id, rows, outcome)
            if dry_run:
                raise _DryRun
            counts = outcome.as_json()
            if counts["added"] or counts["updated"]:
                sentence = f"{actor or 'The service'} brought in {name}: {counts['added']} added, {counts['updated']} changed"
                note(organisation=organisation, actor=actor, sentence=sentence)
    except _DryRun:
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
                message = (
                    f"is not {organisation.short_name}: kept without an organisation, not in the pipeline"
                )
                outcome.warn(f"row {row.row_number}", "organisation", row.organisation_name, message)
            elif owner is None:
                message = "is no organisation of ours: kept without one, not in the pipeline"
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


def _store(organisation_id: int | None, rows: list[RegisterRow], outcome: Outcome) -> None:
    kept = {
        row.key: row
        for row in Row.objects.select_for_update(of=("self",)).filter(
            Q(organisation=organisation_id) if organisation_id is not None else Q(organisation=None),
            source=Source.REGISTER,
        )
    }
    for given, key in zip(rows, recognise(rows, kept), strict=True):
        facts = facts_of(given)
        kind = RowKind.CONTRACT if given.kind == "contract" else RowKind.PLANNED
        row = kept.get(key)
        if row is not None and row.facts == facts and row.kind == kind:
            outcome.count("unchanged")
            continue
        if row is None:
            row = Row.objects.create(
                organisation_id=organisation_id, source=Source.REGISTER, kind=kind, key=key, facts=facts
            )
            outcome.count("added")
        else:
            entry = Entry.objects.filter(row=row).first()
            if entry is not None:
                report_corrections(entry, row.facts, facts, outcome)
            row.facts, row.kind, row.imported_at = facts, kind, clock.now()
            row.save()
            outcome.count("updated")
        if organisation_id is not None:
            entry_for_row(row)
