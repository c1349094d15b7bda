"""Verbs of the pipeline: typing an entry in, putting facts right, answering for it, starting a procurement from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from toolkit.accounts.activity import note_on
from toolkit.accounts.models import Organisation, Person
from toolkit.accounts.readers import reader_of
from toolkit.accounts.roles import Right
from toolkit.accounts.visibility import Level
from toolkit.core import clock
from toolkit.core.errors import Refused
from workflows.contracts.models import Contract
from workflows.contracts.services import keep_intent_to_team as keep_contract
from workflows.pipeline.models import TEAM_INTENTS, Entry, Row, RowKind, Source
from workflows.pipeline.projection import CORRECTABLE, entry_for_row, project
from workflows.pipeline.selectors import may_answer_intent
from workflows.procurements.models import Procurement
from workflows.procurements.services import drafts
from workflows.procurements.services.levels import check_levels
from workflows.procurements.services.sharing import keep_intent_to_team as keep_procurement


def _locked(entry: Entry, actor: Person) -> Entry:
    """The entry, locked, and before it the record behind it. Raises Refused unless the actor may answer for it.

    The record always comes first: whoever changes a record holds it when its entry is projected.
    """
    if entry.procurement_id is not None:
        Procurement.objects.select_for_update().get(pk=entry.procurement_id)
    if entry.contract_id is not None:
        Contract.objects.select_for_update().get(pk=entry.contract_id)
    entry = (
        Entry.objects.select_for_update(of=("self",))
        .select_related(
            "organisation",
            "procurement__organisation",
            "procurement__run",
            "contract__organisation",
            "row",
            "process",
        )
        .get(pk=entry.pk)
    )
    if not reader_of(actor).may(Right.SHARE, entry.organisation_id):
        raise Refused(f"Only an officer of {entry.organisation} can change this entry")
    return entry


@transaction.atomic
def type_in(
    *,
    organisation: Organisation,
    facts: Mapping[str, Any],
    is_contract: bool,
    visibility: str,
    actor: Person,
    form_key: UUID | None = None,
) -> Entry:
    """Add an entry by hand. `facts` as in a register row: dates as ISO text, `value` with `vat` `inc` or `ex`.

    `form_key` is the key of the form it was typed into: the same form sent again gives the entry it made before.
    """
    if not reader_of(actor).may(Right.SHARE, organisation.pk):
        raise Refused(f"Only an officer of {organisation} can add an entry")
    row, is_new = Row.objects.get_or_create(
        organisation=organisation,
        source=Source.TYPED,
        key=f"form-{form_key}" if form_key is not None else f"typed-{uuid4().hex}",
        defaults={"kind": RowKind.CONTRACT if is_contract else RowKind.PLANNED, "facts": dict(facts)},
    )
    if not is_new:
        return row.entry
    entry = entry_for_row(row, visibility=visibility)
    entry.kept_by = entry.confirmed_by = actor
    entry.confirmed_at = clock.now()
    entry.save(update_fields=["kept_by", "confirmed_by", "confirmed_at"])
    note_on(entry, "added", actor=actor)
    return entry


def _kept(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


@transaction.atomic
def correct(*, entry: Entry, facts: Mapping[str, Any], actor: Person) -> Entry:
    """Put facts right. What differs from what the entry shows is kept as a correction, and wins over later imports.

    Raises Refused for the entry of a procurement or contract here: those are changed on their own page.
    """
    entry = _locked(entry, actor)
    if entry.procurement is not None or entry.contract is not None:
        raise Refused("Change the procurement or contract itself: this entry follows it")
    for name, value in facts.items():
        if name in CORRECTABLE and getattr(entry, name) != value:
            entry.corrections[name] = _kept(value)
    entry.confirmed_at, entry.confirmed_by = clock.now(), actor
    entry.save(update_fields=["corrections", "confirmed_at", "confirmed_by"])
    note_on(entry, "corrected", actor=actor)
    project(entry)
    return entry


@transaction.atomic
def answer_for(
    *,
    entry: Entry,
    openness: str,
    visibility: str,
    actor: Person,
    intent: str | None = None,
    confidence: str | None = None,
    intent_visibility: str | None = None,
) -> Entry:
    """Set what only people know. None leaves an answer as it is: so it must be for whoever may not see the intent.

    Bringing in-house and stopping are narrowed to the team unless they were so already or the person widens them on
    purpose afterwards; intent is never seen more widely than the facts. Levels of an entry with a record behind it are
    set there, and are not looked at here. Whoever is the first to answer for an entry that nobody keeps, keeps it.
    """
    entry = _locked(entry, actor)
    reader = reader_of(actor)
    if (intent, confidence, intent_visibility) != (None, None, None) and not may_answer_intent(reader, entry):
        raise Refused("Only its team can say what it means to do")
    before = entry.intent
    entry.intent = entry.intent if intent is None else intent
    entry.confidence = entry.confidence if confidence is None else confidence
    entry.openness = openness
    narrowed = entry.intent in TEAM_INTENTS and entry.intent != before
    if entry.procurement is None and entry.contract is None:
        wanted = entry.intent_visibility if intent_visibility is None else intent_visibility
        check_levels(visibility, Level.TEAM if narrowed else wanted)
        entry.visibility = visibility
        entry.intent_visibility = Level.TEAM if narrowed else wanted
        entry.kept_by = entry.kept_by or actor
    entry.confirmed_at, entry.confirmed_by = clock.now(), actor
    entry.save(
        update_fields=[
            "intent", "confidence", "openness", "visibility", "intent_visibility", "kept_by", "confirmed_at", "confirmed_by",
        ]
    )  # fmt: skip
    if narrowed and entry.procurement is not None:
        entry.procurement = keep_procurement(procurement=entry.procurement, actor=actor)
    elif narrowed and entry.contract is not None:
        entry.contract = keep_contract(contract=entry.contract)
    note_on(entry, "answered for", actor=actor)
    project(entry)
    return entry


@transaction.atomic
def confirm(*, entry: Entry, actor: Person) -> Entry:
    """Say that it is still right."""
    entry = _locked(entry, actor)
    entry.confirmed_at, entry.confirmed_by = clock.now(), actor
    entry.save(update_fields=["confirmed_at", "confirmed_by"])
    note_on(entry, "confirmed", actor=actor)
    return entry


@transaction.atomic
def start_procurement(
    *, entry: Entry, organisation: Organisation, actor: Person, form_key: UUID | None = None
) -> Procurement:
    """Begin a draft from an entry the actor can see, with what it already says; a contract of one's own is linked to
    the procurement that follows it once that is started. The same form sent again gives the draft it began before."""
    own = entry.organisation_id == organisation.pk
    found = drafts.begin(
        organisation=organisation,
        actor=actor,
        title=entry.title,
        need=entry.description[:4000],
        category=entry.category,
        cpv_codes=list(entry.cpv_codes),
        value_inc_vat=entry.value_inc_vat if own else None,
        needed_on=_after(entry) if own else None,
        form_key=form_key,
    )
    if own:
        Entry.objects.filter(pk=entry.pk).update(followed_by=found)
    return found


def _after(entry: Entry) -> dt.date | None:
    """The day the need arises: the day after a contract ends, the start of something planned."""
    day = entry.ends_on + dt.timedelta(1) if entry.is_contract and entry.ends_on else entry.starts_on
    return day if day is not None and day > clock.today() else None
