"""A change of what is kept beside the rule sets, held against what is there now: as it would stand without it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from toolkit.core import clock
from toolkit.core.text import day
from workflows.journeys.own_rules import Amount, Contact, Meeting, Value
from workflows.rules.models import Contact as ContactRow
from workflows.rules.models import KeptChange, KeptSubject, Power, StandIn
from workflows.rules.models import Meeting as MeetingRow
from workflows.rules.models.listed import is_within
from workflows.rules.selectors import InForce


def meeting_out(row: MeetingRow) -> list[Any]:
    return [row.body, row.on.isoformat(), list(row.makers)]


def contact_out(row: ContactRow) -> list[Any]:
    return [row.about, row.name, row.email]


def without(change: KeptChange, now: InForce) -> InForce:
    """What is in force as it would be had this change not been made: a meeting, a closed day, a contact."""
    own = now.own
    if change.subject == KeptSubject.MEETINGS:
        meetings = _undone(own.meetings, map(_meeting, change.came), map(_meeting, change.went))
        own = replace(own, meetings=tuple(sorted(meetings, key=lambda each: (each.on, each.body))))
    elif change.subject == KeptSubject.CONTACTS:
        contacts = _undone(
            own.contacts,
            (Contact(*each) for each in change.came),
            (Contact(*each) for each in change.went),
        )
        own = replace(own, contacts=tuple(sorted(contacts, key=lambda each: (each.about, each.name))))
    elif change.subject == KeptSubject.CLOSED_DAYS:
        came, went = map(dt.date.fromisoformat, change.came), map(dt.date.fromisoformat, change.went)
        return replace(now, closed_days=tuple(sorted(_undone(now.closed_days, came, went))))
    return replace(now, own=own)


def _meeting(said: Sequence[Any]) -> Meeting:
    body, on, makers = said
    return Meeting(body, dt.date.fromisoformat(on), tuple(makers))


def _undone[Item](now: Sequence[Item], came: Iterable[Item], went: Iterable[Item]) -> list[Item]:
    arrived = list(came)
    kept = [each for each in now if each not in arrived]
    return [*kept, *(each for each in went if each not in kept)]


@dataclass(frozen=True, slots=True)
class Listing:
    """Somebody who is listed for a kind of endorsement, by name."""

    name: str
    kind: str
    limit: Amount | None
    starts_on: dt.date
    ends_on: dt.date | None

    def words(self, today: dt.date) -> str:
        """The name, and the days as far as they lie ahead."""
        begins = f" from {day(self.starts_on)}" if self.starts_on > today else ""
        ends = f" until {day(self.ends_on)}" if self.ends_on is not None else ""
        return f"{self.name}{begins}{ends}"

    def covers(self, value: Value) -> bool:
        return is_within(self.limit, value)


def power_out(power: Power) -> list[Any]:
    pounds = str(power.up_to) if power.up_to is not None else None
    until = power.ends_on.isoformat() if power.ends_on is not None else None
    return [str(power.person), power.kind, pounds, power.up_to_basis, power.starts_on.isoformat(), until]


def _listing(said: Sequence[Any]) -> Listing:
    name, kind, pounds, basis, starts_on, ends_on = said
    return Listing(
        name,
        kind,
        Amount(Decimal(pounds), basis) if pounds is not None else None,
        dt.date.fromisoformat(starts_on),
        dt.date.fromisoformat(ends_on) if ends_on is not None else None,
    )


def listings(change: KeptChange) -> tuple[list[Listing], list[Listing]]:
    """Who is listed, today or later, without the change and with it; nobody for a change of something else. One query."""
    if change.subject != KeptSubject.PEOPLE:
        return [], []
    powers = (
        Power.objects.filter(organisation=change.organisation)
        .not_over(clock.today())
        .select_related("person")
        .order_by("person__name", "person__email", "starts_on")
    )
    now = [_listing(power_out(power)) for power in powers]
    before = _undone(now, map(_listing, change.came), map(_listing, change.went))
    return sorted(before, key=lambda each: (each.name, each.starts_on)), sorted(
        now, key=lambda each: (each.name, each.starts_on)
    )


def stand_in_out(row: StandIn) -> list[Any]:
    until = row.ends_on.isoformat() if row.ends_on is not None else None
    power = row.power
    return [
        power.person_id,
        str(power.person),
        power.kind,
        str(row.person),
        row.starts_on.isoformat(),
        until,
    ]


@dataclass(frozen=True, slots=True)
class Stands:
    """Who stands in for whom, for one kind of endorsement."""

    asked_id: int
    asked: str
    kind: str
    name: str
    starts_on: dt.date
    ends_on: dt.date | None

    @property
    def words(self) -> str:
        until = f"until {day(self.ends_on)}" if self.ends_on is not None else "until further notice"
        return f"{self.name} stands in from {day(self.starts_on)} {until}"


def stands(said: Sequence[Sequence[Any]]) -> list[Stands]:
    """What came or went of a change of stand-ins."""
    return [
        Stands(
            asked_id,
            asked,
            kind,
            name,
            dt.date.fromisoformat(starts_on),
            dt.date.fromisoformat(ends_on) if ends_on is not None else None,
        )
        for asked_id, asked, kind, name, starts_on, ends_on in said
    ]
