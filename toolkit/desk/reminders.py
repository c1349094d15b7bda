"""Reminders of what is due: one alert a person and working day, in numbers, without a word of what it is."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from guidance.documents.models import Review, ReviewState
from toolkit.accounts.models import Membership, Person
from toolkit.accounts.readers import reader_of
from toolkit.core import clock
from toolkit.core.text import count, listed
from toolkit.desk.due import DueList, due_for
from toolkit.holidays.selectors import added_bank_holidays
from toolkit.law.calendars import calendar
from toolkit.notifications import kinds
from toolkit.notifications.kinds import How
from toolkit.notifications.models import Alert, Preference
from toolkit.notifications.services import notify
from workflows.contracts.models import Contract, ContractStatus
from workflows.procurements.models import Endorsement, EndorsementStatus, Status, TaskAssignment, TeamMember
from workflows.rules.models import ClosedDay

DUE = "due"


def register() -> None:
    """The kind of event."""
    kinds.register(
        DUE,
        "What is due",
        "What is overdue, due today and due this week, on working days of your organisation",
        How.DAILY,
        place=80,
    )


def remind() -> int:
    """Write down, for everybody who has something due, how much it is; how many people. Once a person and day, however often
    and however many workers run it; not on days when all their organisations are closed."""
    today = clock.today()
    if not calendar("council", added_bank_holidays()).is_working_day(today):
        return 0
    once = f"{DUE}:{today.isoformat()}"
    closed = set(ClosedDay.objects.filter(day=today).values_list("organisation", flat=True))
    told, problems = 0, []
    for person in list(_people(once)):
        try:
            told += _remind(person, once, closed)
        except Exception as problem:
            problems.append(problem)
    if problems:
        raise ExceptionGroup("Some reminders could not be written", problems)
    return told


def _people(once: str) -> Iterable[Person]:
    """Who is let in somewhere and has work of some kind, but for those who want no reminder or have it."""
    has_work = (
        Q(pk__in=TeamMember.objects.filter(procurement__status=Status.LIVE).values("person"))
        | Q(pk__in=TaskAssignment.objects.filter(procurement__status=Status.LIVE).values("person"))
        | Q(pk__in=Endorsement.objects.filter(status=EndorsementStatus.ASKED).values("asked_of"))
        | Q(
            pk__in=Contract.objects.filter(status=ContractStatus.LIVE, manager__isnull=False).values(
                "manager"
            )
        )
        | Q(pk__in=Review.objects.filter(state=ReviewState.ASKED, asked_of__isnull=False).values("asked_of"))
    )
    return (
        Person.objects.filter(has_work, is_active=True)
        .filter(pk__in=Membership.objects.current_on(clock.today()).values("person"))
        .exclude(pk__in=Preference.objects.filter(kind=DUE, how=How.OFF).values("person"))
        .exclude(pk__in=Alert.objects.filter(once=once).values("person"))
        .order_by("pk")
    )


def _remind(person: Person, once: str, closed: set[int]) -> int:
    reader = reader_of(person)
    if not reader.roles or closed.issuperset(reader.roles):
        return 0
    words = words_of(due_for(reader))
    if not words:
        return 0
    return notify(
        people=[person], kind=DUE, subject="", heading="What is due", sentence=words, path="/", once=once
    )


def words_of(due: DueList) -> str:
    """`2 are overdue, 1 is due today and 3 are due this week.` in numbers alone; empty for nothing."""
    more = " or more" if due.left_out else ""
    numbers = [
        (len(due.overdue), f"overdue{more}"),
        (len(due.today), "due today"),
        (len(due.week), "due this week"),
    ]
    told = [f"{number:,} {words}" for number, words in numbers if number]
    waiting = len(due.asked) + len(due.to_review)
    if waiting:
        told.append(f"{count(waiting, 'request waits', 'requests wait')} for your answer")
    return f"Your work: {listed(told)}." if told else ""
