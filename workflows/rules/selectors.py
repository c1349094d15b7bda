"""Questions about an organisation's own rules.

A page asks `remembered_rules`, which may be half a minute behind another process; whatever refuses or records something
asks `rules_in_force`.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from toolkit.accounts.models import Organisation
from toolkit.core import clock
from workflows.journeys.own_rules import NO_RULES, Contact, Meeting, OwnRules, Value
from workflows.rules import content
from workflows.rules.models import ClosedDay, Power, RuleSet, RuleSetStatus, StandIn, Weighing
from workflows.rules.models import Contact as ContactRow
from workflows.rules.models import Meeting as MeetingRow

REMEMBERED_SECONDS = 30.0
MOST_REMEMBERED = 500


@dataclass(frozen=True, slots=True)
class InForce:
    """What an organisation works by on one day."""

    own: OwnRules = NO_RULES
    closed_days: tuple[dt.date, ...] = ()


_memory: dict[tuple[int, dt.date], tuple[float, InForce]] = {}


def begun(on: dt.date) -> QuerySet[RuleSet]:
    """The published rule sets that have begun by a day, the one in force first."""
    return RuleSet.objects.filter(status=RuleSetStatus.PUBLISHED, applies_from__lte=on).order_by(
        "-applies_from", "-number"
    )


def rules_in_force(organisation_id: int, on: dt.date, *, without: int | None = None) -> InForce:
    """What the organisation works by on a day, as it is now. One query.

    `without`: as if the rule set of this number had never been published.
    """
    mine = begun(on).filter(organisation=OuterRef("pk"))
    if without is not None:
        mine = mine.exclude(number=without)
    of = OuterRef("pk")
    row = (
        Organisation.objects.filter(pk=organisation_id)
        .values(
            "short_name",
            now=Subquery(
                mine.values(row=JSONObject(number="number", applies_from="applies_from", content="content"))[
                    :1
                ]
            ),
            steps=ArraySubquery(mine.values("content__steps")),
            meets=ArraySubquery(
                MeetingRow.objects.filter(organisation=of)
                .order_by("on", "body")
                .values(row=JSONObject(body="body", on="on", makers="makers"))
            ),
            closed=ArraySubquery(ClosedDay.objects.filter(organisation=of).order_by("day").values("day")),
            asked=ArraySubquery(
                ContactRow.objects.filter(organisation=of)
                .order_by("about", "name")
                .values(row=JSONObject(about="about", name="name", email="email"))
            ),
        )
        .first()
    )
    return InForce() if row is None else _in_force(row)


def _in_force(row: Mapping[str, Any]) -> InForce:
    own, now = NO_RULES, row["now"]
    if now is not None:
        own = replace(
            content.read(now["content"]),
            number=now["number"],
            applies_from=dt.date.fromisoformat(now["applies_from"]),
            past_tasks=content.steps_of(row["steps"][1:]),
        )
    own = replace(
        own,
        organisation=row["short_name"],
        meetings=tuple(
            Meeting(each["body"], dt.date.fromisoformat(each["on"]), tuple(each["makers"]))
            for each in row["meets"]
        ),
        contacts=tuple(Contact(each["about"], each["name"], each["email"]) for each in row["asked"]),
    )
    return InForce(own, tuple(row["closed"]))


def remembered_rules(organisation_id: int, on: dt.date) -> InForce:
    """What the organisation works by on a day, asked at most REMEMBERED_SECONDS ago: a query once in a while, not once
    a page."""
    asked_at, found = _memory.get((organisation_id, on), (0.0, InForce()))
    now = time.monotonic()
    if not asked_at or now - asked_at > REMEMBERED_SECONDS:
        found = rules_in_force(organisation_id, on)
        if len(_memory) >= MOST_REMEMBERED:
            _memory.clear()
        _memory[organisation_id, on] = (now, found)
    return found


def forget() -> None:
    """Ask again at the next page of this process: somebody has changed them."""
    _memory.clear()


def drafted(rule_set: RuleSet, on: dt.date) -> OwnRules:
    """A draft's rules as they would be in force on a day, with what is kept beside them. Raises WrongContent."""
    beside = rules_in_force(rule_set.organisation_id, on).own
    return replace(
        content.read(rule_set.content),
        organisation=beside.organisation,
        number=rule_set.number or 0,
        applies_from=rule_set.applies_from,
        past_tasks=(*beside.extra_tasks, *beside.past_tasks),
        meetings=beside.meetings,
        contacts=beside.contacts,
    )


def next_begins(organisations: Iterable[int], after: dt.date) -> dict[int, dt.date]:
    """Organisation → the first day after this one from which other rules of its apply. One query."""
    rows = RuleSet.objects.filter(
        organisation__in=list(organisations), status=RuleSetStatus.PUBLISHED, applies_from__gt=after
    )
    return dict(rows.order_by().values_list("organisation").annotate(Min("applies_from")))


def beginning_on(day: dt.date) -> list[int]:
    """The organisations of which other rules apply from this day. One query."""
    rows = RuleSet.objects.filter(status=RuleSetStatus.PUBLISHED, applies_from=day)
    return list(rows.order_by("organisation").values_list("organisation", flat=True).distinct())


def draft_of(organisation_id: int) -> RuleSet | None:
    """The draft that its administrators work on, if there is one."""
    return (
        RuleSet.objects.filter(organisation_id=organisation_id, status=RuleSetStatus.DRAFT)
        .select_related("organisation", "begun_by", "edited_by")
        .first()
    )


def published_sets(organisation_id: int) -> list[RuleSet]:
    """All that were published, the one that applies last first."""
    return list(
        RuleSet.objects.filter(organisation_id=organisation_id, status=RuleSetStatus.PUBLISHED)
        .select_related("organisation", "published_by")
        .order_by("-applies_from", "-number")
    )


def powers_for(
    organisation_id: int, kinds: Iterable[str], value: Value, *, on: dt.date | None = None
) -> list[Power]:
    """The powers of people listed for these kinds of endorsement and this value on a day (None: today). Whether they are
    still let in is for the caller to ask. One query."""
    powers = (
        Power.objects.current_on(on or clock.today())
        .filter(organisation_id=organisation_id, kind__in=list(kinds))
        .select_related("person")
    )
    return [power for power in powers if power.covers(value)]


def stand_ins_for(power: Power, value: Value, on: dt.date) -> list[StandIn]:
    """Who may answer in place of the person of this power on a day: named for it, and listed for the kind and the value
    themselves. Two queries."""
    named = power.stand_ins.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on).select_related(
        "person"
    )
    listed = {own.person_id for own in powers_for(power.organisation_id, [power.kind], value, on=on)}
    return [row for row in named if row.person_id in listed]


def meetings_of(organisation_id: int, since: dt.date) -> Sequence[MeetingRow]:
    """From a day on, in order."""
    return list(
        MeetingRow.objects.filter(organisation_id=organisation_id, on__gte=since).select_related("added_by")
    )


def kept_changes(organisation_id: int, subjects: Iterable[str] = (), most: int = 3) -> list[Weighing]:
    """The latest changes of what is kept beside the rule sets, of these subjects or all, as they are weighed. One query."""
    found = Weighing.objects.filter(kept__organisation=organisation_id).select_related("kept__by")
    if wanted := list(subjects):
        found = found.filter(kept__subject__in=wanted)
    return list(found.order_by("-kept__at", "-pk")[:most])
