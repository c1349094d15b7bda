"""What is kept row by row: meetings, closed days, contacts, people listed and who stands in; how the organisation decides.

It holds from the moment it is saved, and every change is kept by the database.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from toolkit.accounts import activity
from toolkit.accounts.models import DecisionModel, Membership, Organisation, Person
from toolkit.accounts.readers import reader_of
from toolkit.accounts.roles import Right, rights_of
from toolkit.core import clock
from toolkit.core.errors import Refused
from toolkit.core.text import count, day
from toolkit.core.who import WHO
from workflows.journeys.own_rules import Amount
from workflows.rules import outcomes
from workflows.rules.kinds import DecisionMaker, EndorsementKind
from workflows.rules.models import ClosedDay, Contact, Meeting, MeetingSource, Power, StandIn
from workflows.rules.selectors import forget
from workflows.rules.services.common import allowed

BACK, AHEAD = dt.timedelta(366), dt.timedelta(5 * 366)
"""Days are taken from a year ago to five years from now: anything else is a slip of the keyboard."""
MOST_ROWS = 3_000


def within_reach() -> tuple[dt.date, dt.date]:
    return clock.today() - BACK, clock.today() + AHEAD


@dataclass(frozen=True, slots=True)
class Added:
    """How many rows came, and how many were there already."""

    new: int
    there: int


def _note(organisation: Organisation, actor: Person, did: str, *, moves_days: bool = False) -> None:
    activity.note(organisation=organisation, actor=actor, sentence=f"{actor} {did}")
    transaction.on_commit(forget)
    if moves_days:
        outcomes.KEPT_CHANGED.happened(organisation)


@transaction.atomic
def add_meetings(
    *,
    organisation: Organisation,
    meetings: Sequence[tuple[str, dt.date]],
    makers: Collection[str],
    source: str,
    actor: Person,
) -> Added:
    """Add days on which bodies meet: (body, day). One that is there is not doubled. Raises Refused."""
    allowed(actor, organisation)
    if not set(makers) <= set(DecisionMaker.values) or source not in MeetingSource.values:
        raise Refused("Select which decisions it can take")
    earliest, latest = within_reach()
    for body, on in meetings:
        if not body.strip() or len(body) > 120:
            raise Refused("Enter which body meets, in 120 characters or fewer")
        if not earliest <= on <= latest:
            raise Refused(f"{day(on)} is not between {day(earliest)} and {day(latest)}")
    wanted = list(dict.fromkeys((" ".join(body.split()), on) for body, on in meetings))
    there = set(Meeting.objects.filter(organisation=organisation).values_list("body", "on"))
    if len(there) + len(wanted) > MOST_ROWS:
        raise Refused(f"No more than {MOST_ROWS:,} meetings are kept: remove past ones first")
    new = [
        Meeting(
            organisation=organisation, body=body, on=on, makers=sorted(makers), source=source, added_by=actor
        )
        for body, on in wanted
        if (body, on) not in there
    ]
    Meeting.objects.bulk_create(new, ignore_conflicts=True)
    if new:
        _note(organisation, actor, f"added {count(len(new), 'committee date')}", moves_days=True)
    return Added(len(new), len(wanted) - len(new))


@transaction.atomic
def remove_meetings(
    *, organisation: Organisation, meetings: Collection[tuple[str, dt.date]], actor: Person
) -> int:
    """Take meetings away; how many went. Twice is once."""
    allowed(actor, organisation)
    gone = 0
    for body, on in meetings:
        gone += Meeting.objects.filter(organisation=organisation, body=body, on=on).delete()[0]
    if gone:
        _note(organisation, actor, f"removed {count(gone, 'committee date')}", moves_days=True)
    return gone


@transaction.atomic
def add_closed_days(
    *, organisation: Organisation, days: Sequence[tuple[dt.date, str]], actor: Person
) -> Added:
    """Add days on which the organisation is closed. Raises Refused."""
    allowed(actor, organisation)
    earliest, latest = within_reach()
    for on, name in days:
        if not earliest <= on <= latest:
            raise Refused(f"{day(on)} is not between {day(earliest)} and {day(latest)}")
        if not name.strip() or len(name) > 120:
            raise Refused("Enter why it is closed, in 120 characters or fewer")
    there = set(ClosedDay.objects.filter(organisation=organisation).values_list("day", flat=True))
    wanted = {on: " ".join(name.split()) for on, name in days}
    if len(there) + len(wanted) > MOST_ROWS:
        raise Refused(f"No more than {MOST_ROWS:,} closed days are kept: remove past ones first")
    new = [
        ClosedDay(organisation=organisation, day=on, name=name, added_by=actor)
        for on, name in wanted.items()
        if on not in there
    ]
    ClosedDay.objects.bulk_create(new, ignore_conflicts=True)
    if new:
        _note(organisation, actor, f"added {count(len(new), 'closed day')}", moves_days=True)
    return Added(len(new), len(wanted) - len(new))


@transaction.atomic
def remove_closed_days(*, organisation: Organisation, days: Collection[dt.date], actor: Person) -> int:
    """Take closed days away; how many went. Twice is once."""
    allowed(actor, organisation)
    gone = ClosedDay.objects.filter(organisation=organisation, day__in=days).delete()[0]
    if gone:
        _note(organisation, actor, f"removed {count(gone, 'closed day')}", moves_days=True)
    return gone


@transaction.atomic
def put_contact(*, organisation: Organisation, about: str, name: str, email: str, actor: Person) -> Contact:
    """Add whom to ask about a matter, or change their address. Raises Refused."""
    allowed(actor, organisation)
    if about not in WHO or not name.strip():
        raise Refused("Enter whom to ask, and about what")
    contact, is_new = Contact.objects.update_or_create(
        organisation=organisation, about=about, name=" ".join(name.split()), defaults={"email": email.strip()}
    )
    _note(organisation, actor, f"{'added' if is_new else 'changed'} a contact for {WHO[about].lower()}")
    return contact


@transaction.atomic
def remove_contact(*, organisation: Organisation, about: str, name: str, actor: Person) -> None:
    """Twice is once."""
    allowed(actor, organisation)
    if Contact.objects.filter(organisation=organisation, about=about, name=name).delete()[0]:
        _note(organisation, actor, f"removed a contact for {WHO[about].lower()}")


def may_be_listed(organisation: Organisation) -> list[Person]:
    """The people who may endorse for the organisation at all: its approvers, as long as they are let in."""
    memberships = (
        Membership.objects.filter(organisation=organisation)
        .current_on(clock.today())
        .select_related("person")
        .order_by("person__name", "person__email")
    )
    return [each.person for each in memberships if Right.ENDORSE in rights_of(each.roles)]


@transaction.atomic
def put_power(
    *, organisation: Organisation, person: Person, kind: str, up_to: Decimal | None, basis: str, actor: Person
) -> Power:
    """List somebody for a kind of endorsement, or change up to which value. Raises Refused for anyone who may not endorse."""
    allowed(actor, organisation)
    if kind not in EndorsementKind.values:
        raise Refused("Select the kind of endorsement")
    if not reader_of(person).may(Right.ENDORSE, organisation.pk):
        raise Refused(f"{person} is not an approver of {organisation}")
    power, _ = Power.objects.update_or_create(
        organisation=organisation, person=person, kind=kind, defaults={"up_to": up_to, "up_to_basis": basis}
    )
    _drop_stand_ins_without_power(organisation)
    _note(organisation, actor, f"listed {person} for endorsement by {power.get_kind_display().lower()}")
    return power


@transaction.atomic
def remove_power(*, organisation: Organisation, person: Person, kind: str, actor: Person) -> None:
    """Take somebody off the list; whoever stood in for them, or they for others, does no more. Twice is once."""
    allowed(actor, organisation)
    power = Power.objects.filter(organisation=organisation, person=person, kind=kind).first()
    if power is None:
        return
    power.delete()
    _drop_stand_ins_without_power(organisation)
    _note(
        organisation,
        actor,
        f"took {person} off the list for endorsement by {power.get_kind_display().lower()}",
    )


def _reaches(own: Amount | None, other: Amount | None) -> bool:
    """Is a limit at least as high as another? On different bases nobody can tell."""
    if own is None:
        return True
    return other is not None and own.basis == other.basis and own.pounds >= other.pounds


def _drop_stand_ins_without_power(organisation: Organisation) -> None:
    """A stand-in who is not listed any more, or not as high, stands in no more."""
    for row in StandIn.objects.filter(power__organisation=organisation).select_related("power"):
        if not _is_listed_as_high(row.power, row.person_id):
            row.delete()


def _is_listed_as_high(power: Power, person_id: int) -> bool:
    own = Power.objects.filter(
        organisation_id=power.organisation_id, kind=power.kind, person_id=person_id
    ).first()
    return own is not None and _reaches(own.limit, power.limit)


@transaction.atomic
def put_stand_in(
    *, power: Power, person: Person, starts_on: dt.date, ends_on: dt.date | None, actor: Person
) -> StandIn:
    """Let somebody answer for whoever holds a power, from a day on. Raises Refused unless they are listed for the kind,
    and at least as high, themselves: the list of powers is widened by nobody."""
    allowed(actor, power.organisation)
    power = (
        Power.objects.select_for_update(of=("self",))
        .select_related("organisation", "person")
        .get(pk=power.pk)
    )
    if person == power.person:
        raise Refused("Nobody stands in for themselves")
    if not _is_listed_as_high(power, person.pk):
        raise Refused(
            f"{person} is not listed for endorsement by {power.get_kind_display().lower()} up to the same value: list them first"
        )
    earliest, latest = within_reach()
    if not earliest <= starts_on <= latest or (ends_on is not None and not starts_on <= ends_on <= latest):
        raise Refused("The last day must be on or after the first, within five years")
    row, _ = StandIn.objects.update_or_create(
        power=power, person=person, defaults={"starts_on": starts_on, "ends_on": ends_on, "added_by": actor}
    )
    _note(power.organisation, actor, f"let {person} stand in for {power.person}")
    return row


@transaction.atomic
def remove_stand_in(*, power: Power, person: Person, actor: Person) -> None:
    """Twice is once."""
    allowed(actor, power.organisation)
    if StandIn.objects.filter(power=power, person=person).delete()[0]:
        _note(power.organisation, actor, f"let {person} stand in for {power.person} no more")


@transaction.atomic
def say_how_it_decides(
    *, organisation: Organisation, decision_model: str, approval_days: int, actor: Person
) -> None:
    """How the organisation takes formal decisions, and how long its approvals take before it can act on a contract. Raises
    Refused."""
    allowed(actor, organisation)
    if decision_model not in DecisionModel.values:
        raise Refused("Select how your organisation takes decisions")
    if not 0 <= approval_days <= 730:
        raise Refused("Approvals take from 0 to 730 days")
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if (organisation.decision_model, organisation.approval_days) == (decision_model, approval_days):
        return
    organisation.decision_model, organisation.approval_days = decision_model, approval_days
    organisation.save(update_fields=["decision_model", "approval_days"])
    _note(organisation, actor, "changed how the organisation takes decisions", moves_days=True)
