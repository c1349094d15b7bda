"""People listed: who endorses what up to which value, from one day until another, and who stands in for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q

from toolkit.accounts.models import Membership, Organisation, Person
from toolkit.accounts.readers import reader_of
from toolkit.accounts.roles import Right, rights_of
from toolkit.core import clock
from toolkit.core.errors import Refused
from toolkit.core.text import day
from workflows.journeys.own_rules import Amount
from workflows.rules.kept import power_out, stand_in_out
from workflows.rules.kinds import EndorsementKind
from workflows.rules.models import KeptSubject, Power, StandIn
from workflows.rules.services.common import allowed, one_at_a_time
from workflows.rules.services.keeping import changed
from workflows.rules.services.rows import within_reach


def may_be_listed(organisation: Organisation) -> list[Person]:
    """The people who may endorse for the organisation at all: its approvers, as long as they are let in."""
    memberships = (
        Membership.objects.filter(organisation=organisation)
        .current_on(clock.today())
        .select_related("person")
        .order_by("person__name", "person__email")
    )
    return [each.person for each in memberships if Right.ENDORSE in rights_of(each.roles)]


def _held(organisation: Organisation, person: Person, kind: str) -> list[Power]:
    """What somebody is listed for of one kind, today and later, in the order of days."""
    mine = Power.objects.filter(organisation=organisation, person=person, kind=kind)
    return list(mine.not_over(clock.today()).select_related("person").order_by("starts_on"))


@transaction.atomic
def put_power(
    *,
    organisation: Organisation,
    person: Person,
    kind: str,
    up_to: Decimal | None,
    basis: str,
    actor: Person,
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
) -> Power:
    """List somebody for a kind of endorsement, or change up to which value, from a day on (None: today) until another. It
    takes the place of whatever they were listed for on that day and later; until then that stays. Raises Refused for
    anyone who may not endorse."""
    allowed(actor, organisation)
    if kind not in EndorsementKind.values:
        raise Refused("Select the kind of endorsement")
    if not reader_of(person).may(Right.ENDORSE, organisation.pk):
        raise Refused(f"{person} is not an approver of {organisation}")
    today, (_, latest) = clock.today(), within_reach()
    starts_on = starts_on or today
    if not today <= starts_on <= latest:
        raise Refused("Somebody is listed from today or a later day, within five years")
    if ends_on is not None and not starts_on <= ends_on <= latest:
        raise Refused("The last day must be on or after the first, within five years")
    one_at_a_time(organisation)
    before = _held(organisation, person, kind)
    went = [power_out(power) for power in before]
    places = [row for power in before for row in power.stand_ins.all()]
    _end(before, starts_on - dt.timedelta(days=1), but=starts_on)
    power, _ = Power.objects.update_or_create(
        organisation=organisation,
        person=person,
        kind=kind,
        starts_on=starts_on,
        defaults={"up_to": up_to, "up_to_basis": basis, "ends_on": ends_on},
    )
    for row in places:
        if row.ends_on is None or row.ends_on >= starts_on:
            power.stand_ins.get_or_create(
                person=row.person,
                defaults={"starts_on": row.starts_on, "ends_on": row.ends_on, "added_by": row.added_by},
            )
    _drop_stand_ins_without_power(organisation)
    came = [power_out(each) for each in _held(organisation, person, kind)]
    if came == went:
        return power
    when = f" from {day(starts_on)}" if starts_on > today else ""
    changed(
        organisation=organisation,
        actor=actor,
        did=f"listed {person} for endorsement by {power.get_kind_display().lower()}{when}",
        subject=KeptSubject.PEOPLE,
        came=came,
        went=went,
    )
    return power


def _end(powers: Iterable[Power], last_day: dt.date, *, but: dt.date | None = None) -> None:
    """Let powers end on a day; those that would begin after it are gone, but for the one of the day named."""
    for power in powers:
        if power.starts_on <= last_day:
            power.ends_on = last_day if power.ends_on is None else min(power.ends_on, last_day)
            power.save(update_fields=["ends_on"])
        elif power.starts_on != but:
            power.delete()


@transaction.atomic
def remove_power(
    *,
    organisation: Organisation,
    person: Person,
    kind: str,
    actor: Person,
    last_day: dt.date | None = None,
) -> None:
    """Take somebody off the list, at once or after a last day; whoever stood in for them, or they for others, does no more.
    Twice is once. Raises Refused for a day that is past."""
    allowed(actor, organisation)
    today, (_, latest) = clock.today(), within_reach()
    if last_day is not None and not today <= last_day <= latest:
        raise Refused("The last day must be today or later, within five years")
    one_at_a_time(organisation)
    held = _held(organisation, person, kind)
    went = [power_out(power) for power in held]
    if last_day is None:
        for power in held:
            power.delete()
    else:
        _end(held, last_day)
    _drop_stand_ins_without_power(organisation)
    came = [power_out(power) for power in _held(organisation, person, kind)]
    if came == went:
        return
    when = f" after {day(last_day)}" if last_day is not None else ""
    changed(
        organisation=organisation,
        actor=actor,
        did=f"took {person} off the list for endorsement by {EndorsementKind(kind).label.lower()}{when}",
        subject=KeptSubject.PEOPLE,
        came=came,
        went=went,
    )


def _reaches(own: Amount | None, other: Amount | None) -> bool:
    """Is a limit at least as high as another? On different bases nobody can tell."""
    if own is None:
        return True
    return other is not None and own.basis == other.basis and own.pounds >= other.pounds


def _drop_stand_ins_without_power(organisation: Organisation) -> None:
    """A stand-in who is not listed any more, or not as high, stands in no more."""
    rows = StandIn.objects.filter(power__organisation=organisation).select_related("power")
    for row in rows.filter(Q(power__ends_on=None) | Q(power__ends_on__gte=clock.today())):
        if not _is_listed_as_high(row.power, row.person_id):
            row.delete()


def _is_listed_as_high(power: Power, person_id: int) -> bool:
    """Today or later: on the day itself it is asked again (selectors.stand_ins_for)."""
    own = Power.objects.filter(
        organisation_id=power.organisation_id, kind=power.kind, person_id=person_id
    ).not_over(clock.today())
    return any(_reaches(each.limit, power.limit) for each in own)


@transaction.atomic
def put_stand_in(
    *, power: Power, person: Person, starts_on: dt.date, ends_on: dt.date | None, actor: Person
) -> None:
    """Let somebody answer for whoever holds a power, from a day on, also where another limit of the same kind begins
    meanwhile. Raises Refused unless they are listed for the kind, and at least as high, themselves: the list of powers is
    widened by nobody."""
    allowed(actor, power.organisation)
    one_at_a_time(power.organisation)
    if person == power.person:
        raise Refused("Nobody stands in for themselves")
    if not _is_listed_as_high(power, person.pk):
        raise Refused(
            f"{person} is not listed for endorsement by {power.get_kind_display().lower()} up to the same value: list them first"
        )
    earliest, latest = within_reach()
    if not earliest <= starts_on <= latest or (ends_on is not None and not starts_on <= ends_on <= latest):
        raise Refused("The last day must be on or after the first, within five years")
    held = _held(power.organisation, power.person, power.kind)
    if power not in held:
        raise Refused(f"{power.person} is not listed for that any more")
    went = _stand_ins_of(held, person)
    for each in held:
        if each != power and not (
            _overlaps(each, starts_on, ends_on) and _is_listed_as_high(each, person.pk)
        ):
            each.stand_ins.filter(person=person).delete()
            continue
        each.stand_ins.update_or_create(
            person=person, defaults={"starts_on": starts_on, "ends_on": ends_on, "added_by": actor}
        )
    came = _stand_ins_of(held, person)
    if came == went:
        return
    changed(
        organisation=power.organisation,
        actor=actor,
        did=f"let {person} stand in for {power.person}",
        subject=KeptSubject.STAND_INS,
        came=came,
        went=went,
    )


def _overlaps(power: Power, starts_on: dt.date, ends_on: dt.date | None) -> bool:
    """Does it hold on any of these days?"""
    return (ends_on is None or power.starts_on <= ends_on) and (
        power.ends_on is None or power.ends_on >= starts_on
    )


def _stand_ins_of(held: Iterable[Power], person: Person) -> list[list[Any]]:
    """Somebody’s standing in for these powers, for a note of a change: once, however many limits it runs over."""
    rows = StandIn.objects.filter(power__in=[each.pk for each in held], person=person)
    told = [stand_in_out(row) for row in rows.select_related("power__person", "person")]
    return [each for number, each in enumerate(told) if each not in told[:number]]


@transaction.atomic
def remove_stand_in(*, power: Power, person: Person, actor: Person) -> None:
    """Whichever limits of the kind it runs over, today’s and later ones. Twice is once."""
    allowed(actor, power.organisation)
    one_at_a_time(power.organisation)
    held = _held(power.organisation, power.person, power.kind)
    went = _stand_ins_of(held, person)
    if not went:
        return
    StandIn.objects.filter(power__in=[each.pk for each in held], person=person).delete()
    changed(
        organisation=power.organisation,
        actor=actor,
        did=f"let {person} stand in for {power.person} no more",
        subject=KeptSubject.STAND_INS,
        went=went,
    )
