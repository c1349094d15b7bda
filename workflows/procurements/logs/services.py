"""Verbs of the logs: write an entry, change it, close it. What stood there before stays in the database's history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from toolkit.accounts.models import Person
from toolkit.accounts.readers import reader_of
from toolkit.core import clock
from toolkit.core.errors import Refused
from workflows.procurements import confidence
from workflows.procurements.logs import permissions, rules
from workflows.procurements.logs.kinds import KINDS, Log
from workflows.procurements.logs.models import Conflict, Entry, LoggedDecision, Opening
from workflows.procurements.models import Procurement
from workflows.procurements.services import window
from workflows.procurements.services.tasks import locked


def next_number(procurement: Procurement, model: type[Entry]) -> int:
    """The number of the next entry of a locked procurement."""
    last = model._default_manager.filter(procurement=procurement).order_by("-number").first()
    return last.number + 1 if last is not None else 1


@transaction.atomic
def add(
    *,
    procurement: Procurement,
    log: Log,
    given: Mapping[str, Any],
    actor: Person,
    form_key: UUID | None = None,
) -> Entry:
    """Write an entry. The same form sent again gives the entry it wrote before. An opening opens the confidential window.

    Raises Refused for whoever does not work on the procurement, and for what an entry may not say.
    """
    procurement = locked(procurement)
    _may_write(procurement, actor)
    model = KINDS[log].model
    if form_key is not None:
        written = model._default_manager.filter(form_key=form_key, procurement=procurement).first()
        if written is not None:
            return written
    entry = model(
        procurement=procurement, number=next_number(procurement, model), written_by=actor, form_key=form_key
    )
    _put(entry, log, given)
    entry.save()
    if isinstance(entry, Opening):
        window.open_from(procurement, min(entry.released_at, clock.now()))
    return entry


@transaction.atomic
def change(
    *, entry: Entry, log: Log, given: Mapping[str, Any], seen: int, reason: str, actor: Person
) -> Entry:
    """Change an entry, with the reason; nothing new is a no-op. `seen`: the version that the form showed.

    Raises Refused when somebody else has changed it since.
    """
    procurement = locked(entry.procurement)
    _may_write(procurement, actor)
    entry = type(entry)._default_manager.select_for_update().get(pk=entry.pk)
    before = {name: getattr(entry, name) for name in entry.FILLED}
    _put(entry, log, {**before, **given})
    if before == {name: getattr(entry, name) for name in entry.FILLED}:
        return entry
    if entry.version != seen:
        raise Refused("Somebody has changed this entry since you opened it: look at it again, then change it")
    if not reason.strip():
        raise Refused("Enter why it changes")
    note_change(entry, actor, reason)
    entry.save()
    return entry


def note_change(entry: Entry, actor: Person, reason: str) -> None:
    """Say who changes a locked entry and why, not yet saved."""
    entry.version += 1
    entry.changed_by, entry.changed_at, entry.change_reason = actor, clock.now(), reason.strip()[:500]


@transaction.atomic
def close(*, entry: Entry, because: str, actor: Person) -> Entry:
    """Close an entry: nothing more is to be done about it. Closing twice is a no-op."""
    procurement = locked(entry.procurement)
    _may_write(procurement, actor)
    entry = type(entry)._default_manager.select_for_update().get(pk=entry.pk)
    if entry.is_closed:
        return entry
    if not because.strip():
        raise Refused("Enter why it is closed")
    note_change(entry, actor, because)
    entry.closed_at, entry.closed_because = clock.now(), because.strip()[:500]
    entry.save()
    return entry


def _may_write(procurement: Procurement, actor: Person) -> None:
    if not permissions.writes(reader_of(actor), procurement):
        raise Refused("Only those who work on the procurement write in its logs")


def _put(entry: Entry, log: Log, given: Mapping[str, Any]) -> None:
    """Fill in an entry, not yet saved. Raises Refused for what it may not say, ValueError for what is no field of it."""
    strange = given.keys() - set(entry.FILLED)
    if strange:
        raise ValueError(f"no fields of the log {log}: {sorted(strange)}")
    for _, sentence in rules.faults(log, given, now=clock.now()):
        raise Refused(sentence)
    if isinstance(entry, Conflict) and entry.person_id is None and not given.get("name"):
        raise Refused("Enter who it is")
    for name, value in given.items():
        setattr(entry, name, value)
    # Once in confidence a decision stays there: what was written beside live bids may name them.
    if isinstance(entry, LoggedDecision) and confidence.is_open(entry.procurement):
        entry.in_confidence = True
