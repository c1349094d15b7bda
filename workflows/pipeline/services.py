"""Verbs of the pipeline: typing an entry in, putting facts right, answering for it, starting a procurement from it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction

from toolkit.accounts.activity import note_on
from toolkit.accounts.models import Organisation, Person
from toolkit.accounts.readers import reader_of
from toolkit.accounts.roles import Right
from toolkit.accounts.visibility import WIDTH, Level
from toolkit.core import clock
from toolkit.core.errors import Refused
from workflows.pipeline.models import TEAM_INTENTS, Entry, Row, RowKind, Source
from workflows.pipeline.projection import CORRECTABLE, entry_for_row, project
from workflows.procurements.models import Procurement
from workflows.procurements.services import drafts


def _locked(entry: Entry, actor: Person) -> Entry:
    """The entry, locked. Raises Refused unless the actor may answer for it."""
    entry = (
        Entry.objects.select_for_update(of=("self",))
        .select_related("organisation", "procurement", "contract")
        .get(pk=entry.pk)
    )
    if not reader_of(actor).may(Right.SHARE, entry.organisation_id):
        raise Refused(f"Only an officer of {entry.organisation} can change this entry")
    return entry


@transaction.atomic
def type_in(
    *, organisation: Organisation, facts: Mapping[str, Any], is_contract: bool, visibility: str, actor: Person
) -> Entry:
    """Add an entry by hand. `facts` as in a register row: dates as ISO text, `value` with `vat` `inc` or `ex`."""
    if not reader_of(actor).may(Right.SHARE, organisation.pk):
        raise Refused(f"Only an officer of {organisation} can add an entry")
    row = Row.objects.create(
        organisation=organisation,
        source=Source.TYPED,
        kind=RowKind.CONTRACT if is_contract else RowKind.PLANNED,
        key=uuid.uuid4().hex,
        facts=dict(facts),
    )
    entry = entry_for_row(row, visibility=visibility)
    entry.confirmed_at, entry.confirmed_by = clock.now(), actor
    entry.save()
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
    entry.save()
    note_on(entry, "corrected", actor=actor)
    project(entry)
    return entry


@transaction.atomic
def answer_for(
    *,
    entry: Entry,
    intent: str,
    openness: str,
    confidence: str,
    visibility: str,
    intent_visibility: str,
    actor: Person,
) -> Entry:
    """Set what only people know. Bringing in-house and stopping are narrowed to the team unless they were so already
    or the person widens them on purpose afterwards; intent is never seen more widely than the facts."""
    entry = _locked(entry, actor)
    if WIDTH[Level(intent_visibility)] > WIDTH[Level(visibility)]:
        raise Refused("The intent cannot be seen by more people than the facts")
    narrowed = intent in TEAM_INTENTS and entry.intent != intent
    entry.intent, entry.openness, entry.confidence = intent, openness, confidence
    record = entry.procurement or entry.contract
    if record is None:
        entry.visibility = visibility
        entry.intent_visibility = Level.TEAM if narrowed else intent_visibility
    else:
        record.intent_visibility = Level.TEAM if narrowed else record.intent_visibility
        record.save()
    entry.confirmed_at, entry.confirmed_by = clock.now(), actor
    entry.save()
    note_on(entry, "answered for", actor=actor)
    project(entry)
    return entry


@transaction.atomic
def confirm(*, entry: Entry, actor: Person) -> Entry:
    """Say that it is still right."""
    entry = _locked(entry, actor)
    entry.confirmed_at, entry.confirmed_by = clock.now(), actor
    entry.save()
    note_on(entry, "confirmed", actor=actor)
    return entry


@transaction.atomic
def start_procurement(*, entry: Entry, organisation: Organisation, actor: Person) -> Procurement:
    """Begin a draft from an entry the actor can see, with what it already says; a contract of one's own is linked to
    the procurement that follows it once that is started."""
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
    )
    if own:
        follow = Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
        follow.followed_by = found
        follow.save()
    return found


def _after(entry: Entry) -> dt.date | None:
    """The day the need arises: the day after a contract ends, the start of something planned."""
    day = entry.ends_on + dt.timedelta(1) if entry.is_contract and entry.ends_on else entry.starts_on
    return day if day is not None and day > clock.today() else None
