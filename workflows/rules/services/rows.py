"""What is kept row by row: meetings, closed days, contacts; and how long the organisation's own approvals take.

A meeting and a closed day hold on their own day, a contact from the moment it is saved. Every change is kept by the
database, and what it touches is worked out (services.keeping).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction

from toolkit.accounts.models import Organisation, Person
from toolkit.core import clock
from toolkit.core.errors import Refused
from toolkit.core.text import count, day
from toolkit.core.who import WHO
from workflows.rules.kept import contact_out, meeting_out
from workflows.rules.kinds import DecisionMaker
from workflows.rules.models import ClosedDay, Contact, KeptSubject, Meeting, MeetingSource
from workflows.rules.services.common import allowed, one_at_a_time
from workflows.rules.services.keeping import changed

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
    one_at_a_time(organisation)
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
    Meeting.objects.bulk_create(new)
    if new:
        changed(
            organisation=organisation,
            actor=actor,
            did=f"added {count(len(new), 'committee date')}",
            subject=KeptSubject.MEETINGS,
            came=[meeting_out(each) for each in new],
            moves_days=True,
        )
    return Added(len(new), len(wanted) - len(new))


@transaction.atomic
def remove_meetings(
    *, organisation: Organisation, meetings: Collection[tuple[str, dt.date]], actor: Person
) -> int:
    """Take meetings away; how many went. Twice is once."""
    allowed(actor, organisation)
    wanted = set(meetings)
    rows = Meeting.objects.select_for_update().filter(
        organisation=organisation, on__in={on for _, on in wanted}
    )
    gone = [each for each in rows if (each.body, each.on) in wanted]
    Meeting.objects.filter(pk__in=[each.pk for each in gone]).delete()
    if gone:
        changed(
            organisation=organisation,
            actor=actor,
            did=f"removed {count(len(gone), 'committee date')}",
            subject=KeptSubject.MEETINGS,
            went=[meeting_out(each) for each in gone],
            moves_days=True,
        )
    return len(gone)


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
    one_at_a_time(organisation)
    there = set(ClosedDay.objects.filter(organisation=organisation).values_list("day", flat=True))
    wanted = {on: " ".join(name.split()) for on, name in days}
    if len(there) + len(wanted) > MOST_ROWS:
        raise Refused(f"No more than {MOST_ROWS:,} closed days are kept: remove past ones first")
    new = [
        ClosedDay(organisation=organisation, day=on, name=name, added_by=actor)
        for on, name in wanted.items()
        if on not in there
    ]
    ClosedDay.objects.bulk_create(new)
    if new:
        changed(
            organisation=organisation,
            actor=actor,
            did=f"added {count(len(new), 'closed day')}",
            subject=KeptSubject.CLOSED_DAYS,
            came=[each.day.isoformat() for each in new],
            moves_days=True,
        )
    return Added(len(new), len(wanted) - len(new))


@transaction.atomic
def remove_closed_days(*, organisation: Organisation, days: Collection[dt.date], actor: Person) -> int:
    """Take closed days away; how many went. Twice is once."""
    allowed(actor, organisation)
    there = ClosedDay.objects.select_for_update().filter(organisation=organisation, day__in=days)
    gone = [each.day for each in there]
    ClosedDay.objects.filter(organisation=organisation, day__in=gone).delete()
    if gone:
        changed(
            organisation=organisation,
            actor=actor,
            did=f"removed {count(len(gone), 'closed day')}",
            subject=KeptSubject.CLOSED_DAYS,
            went=[each.isoformat() for each in gone],
            moves_days=True,
        )
    return len(gone)


@transaction.atomic
def put_contact(*, organisation: Organisation, about: str, name: str, email: str, actor: Person) -> Contact:
    """Add whom to ask about a matter, or change their address. Raises Refused."""
    allowed(actor, organisation)
    if about not in WHO or not name.strip():
        raise Refused("Enter whom to ask, and about what")
    one_at_a_time(organisation)
    name, email = " ".join(name.split()), email.strip()
    was = Contact.objects.filter(organisation=organisation, about=about, name=name).first()
    if was is not None and was.email == email:
        return was
    contact, is_new = Contact.objects.update_or_create(
        organisation=organisation, about=about, name=name, defaults={"email": email}
    )
    changed(
        organisation=organisation,
        actor=actor,
        did=f"{'added' if is_new else 'changed'} a contact for {WHO[about].lower()}",
        subject=KeptSubject.CONTACTS,
        came=[contact_out(contact)],
        went=[contact_out(was)] if was is not None else [],
    )
    return contact


@transaction.atomic
def remove_contact(*, organisation: Organisation, about: str, name: str, actor: Person) -> None:
    """Twice is once."""
    allowed(actor, organisation)
    gone = (
        Contact.objects.select_for_update().filter(organisation=organisation, about=about, name=name).first()
    )
    if gone is None:
        return
    changed(
        organisation=organisation,
        actor=actor,
        did=f"removed a contact for {WHO[about].lower()}",
        subject=KeptSubject.CONTACTS,
        went=[contact_out(gone)],
    )
    gone.delete()


@transaction.atomic
def say_how_long_approvals_take(*, organisation: Organisation, approval_days: int, actor: Person) -> None:
    """How long the organisation's own approvals take before it can act on a contract. It moves days of contracts, and of no
    procurement. Raises Refused."""
    allowed(actor, organisation)
    if not 0 <= approval_days <= 730:
        raise Refused("Approvals take from 0 to 730 days")
    organisation = one_at_a_time(organisation)
    if organisation.approval_days == approval_days:
        return
    organisation.approval_days = approval_days
    organisation.save(update_fields=["approval_days"])
    changed(organisation=organisation, actor=actor, did="changed how long the organisation’s approvals take")
