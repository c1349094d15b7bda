"""What is due for one person: steps of their procurements and contracts to act on, soonest first, and documents to review
or to change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Case, Q, When
from django.urls import reverse

from guidance.documents.models import Review, ReviewState
from guidance.documents.selectors import waiting_reviews
from toolkit.accounts.roles import Right
from toolkit.accounts.visibility import Reader
from toolkit.core import clock
from toolkit.desk.steps import steps_for, team_of
from workflows.contracts.dates import dates_of
from workflows.contracts.models import Contract, ContractStatus
from workflows.journeys.due import Due
from workflows.journeys.progress import Status as Step
from workflows.procurements.models import Endorsement, EndorsementStatus, OpenStep, Status
from workflows.procurements.pages import urgency_of
from workflows.procurements.querysets import ProcurementQuerySet
from workflows.procurements.stand_ins import requests_in_place
from workflows.procurements.standing import TO_DO, due_of_row

ACT_WITHIN = 183
"""Contracts are shown when their last day to start is this many days away, or passed."""


MOST_DUE, MOST_WAITING, MOST_LATER = 40, 20, 5
"""How many of each the page lists: more than anybody does in a week. Of the rest it says how many there are."""

_LAW_FIRST = Case(When(basis="law", then=0), default=1)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do."""

    title: str
    where: str
    url: str
    due: Due
    urgency: str


@dataclass(slots=True)
class DueList:
    """What is due, in the groups of the home page."""

    overdue: list[Item] = field(default_factory=list)
    today: list[Item] = field(default_factory=list)
    week: list[Item] = field(default_factory=list)
    later: list[Item] = field(default_factory=list)
    waiting: list[tuple[str, str, str]] = field(default_factory=list)
    """(step, for whom, address)"""
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Endorsements asked of the person: (words, address)."""
    to_review: list[Review] = field(default_factory=list)
    """Reviews of documents asked of the person."""
    given_back: list[Review] = field(default_factory=list)
    """Reviews that asked for changes in the person’s documents."""
    slips: list[tuple[str, int, str]] = field(default_factory=list)
    """Procurements whose plan has slipped with no reason: (title, how many slips, address), most first."""
    procurements: int = 0
    """Live ones."""
    drafts: int = 0
    left_out: int = 0
    """Steps due by the end of the week beyond those listed."""
    waiting_left_out: int = 0
    """Steps that wait for others beyond those listed."""


def due_for(reader: Reader) -> DueList:
    """Everything due for this reader. A constant number of queries, however many procurements."""
    found = DueList()
    if reader.person_id is None:
        return found
    _endorsements(reader, found)
    _reviews(reader, found)
    mine = team_of(reader)
    today = clock.today()
    _records(reader, mine, found, today)
    _steps(reader, found, today)
    _contracts(reader, found, today)
    for group in (found.overdue, found.today, found.week, found.later):
        group.sort(key=lambda item: (item.due.basis != "law", item.due.day or dt.date.max))
    found.later = found.later[:MOST_LATER]
    return found


def _records(reader: Reader, mine: ProcurementQuerySet, found: DueList, today: dt.date) -> None:
    """How many are live and drafts, and what has slipped in them with no reason, for whoever runs them. One query."""
    runs = reader.organisations_with(Right.RUN)
    for reference, title, organisation, status, days in mine.filter(
        status__in=[Status.LIVE, Status.DRAFT]
    ).values_list("reference", "title", "organisation", "status", "standing__slips_from"):
        if status == Status.DRAFT:
            found.drafts += 1
            continue
        found.procurements += 1
        number = sum(day <= today for day in days or ())
        if number and organisation in runs:
            found.slips.append((title, number, reverse("procurement_dates_slips", args=[reference])))
    found.slips.sort(key=lambda slip: -slip[1])


def _steps(reader: Reader, found: DueList, today: dt.date) -> None:
    written, rows = steps_for(reader, today)
    soon = today + dt.timedelta(days=7)
    doable = written.filter(status__in=TO_DO, due_on__isnull=False).order_by(_LAW_FIRST, "due_on", "place")
    due, later = doable.filter(due_on__lte=soon), doable.filter(due_on__gt=soon)
    waits = written.filter(status=Step.WAITING).order_by("procurement", "place")
    # One query for the three of them.
    listed = list(due[:MOST_DUE].union(later[:MOST_LATER], waits[:MOST_WAITING], all=True))
    rows += listed
    if (
        sum(row.status in TO_DO and row.due_on is not None and row.due_on <= soon for row in listed)
        == MOST_DUE
    ):
        found.left_out = due.count() - MOST_DUE
    if sum(row.status == Step.WAITING for row in listed) == MOST_WAITING:
        found.waiting_left_out = waits.count() - MOST_WAITING
    found.waiting = [
        (f"{row.title} · {row.procurement.name}", row.because, _url(row))
        for row in rows
        if row.status == Step.WAITING
    ]
    for row in rows:
        if row.status not in TO_DO or row.due_on is None:
            continue
        item = Item(
            row.title, row.procurement.name, _url(row), due_of_row(row), urgency_of(row.due_on, today)
        )
        _add(found, item)


def _url(row: OpenStep) -> str:
    return reverse("procurement_task", args=[row.procurement.reference, row.task])


def _add(found: DueList, item: Item) -> None:
    {"overdue": found.overdue, "today": found.today, "week": found.week}.get(
        item.urgency, found.later
    ).append(item)


def _endorsements(reader: Reader, found: DueList) -> None:
    if not reader.organisations_with(Right.ENDORSE):
        return
    mine = Q(asked_of_id=reader.person_id) | Q(pk__in=requests_in_place(reader).values("pk"))
    asked = Endorsement.objects.filter(
        mine,
        status=EndorsementStatus.ASKED,
        procurement__status=Status.LIVE,
        procurement__organisation_id__in=reader.organisations_with(Right.ENDORSE),
    )
    for row in asked.select_related("procurement", "asked_by", "asked_of").order_by("asked_at", "pk"):
        url = reverse("procurement_task", args=[row.procurement.reference, row.task])
        whose = "your endorsement" if row.asked_of_id == reader.person_id else f"{row.asked_of}’s endorsement"
        words = f"{row.asked_by} asks for {whose} of {row.procurement.name}"
        if row.asked_of_id != reader.person_id:
            words = f"{words}: you may answer in their place"
        found.asked.append((words, url))


def _reviews(reader: Reader, found: DueList) -> None:
    for review in waiting_reviews(reader):
        (found.to_review if review.state == ReviewState.ASKED else found.given_back).append(review)


def contracts_to_act_on(reader: Reader, today: dt.date, *, within: int) -> Iterator[tuple[Contract, Due]]:
    """The contracts one manages whose last day to start is at most so many calendar days away, or passed, with that day."""
    contracts = (
        Contract.objects.visible_to(reader)
        .filter(manager_id=reader.person_id, status=ContractStatus.LIVE)
        .select_related("organisation")
        .prefetch_related("extensions")
    )
    for contract in contracts:
        start = dates_of(contract).last_day_to_start
        if start is not None and (start.day - today).days <= within:
            yield contract, Due(start.day, start.rule, start.source, caution=start.caution, basis="contract")


def _contracts(reader: Reader, found: DueList, today: dt.date) -> None:
    for contract, due in contracts_to_act_on(reader, today, within=ACT_WITHIN):
        url = reverse("contract", args=[contract.reference])
        title, urgency = "Start what comes after this contract", urgency_of(due.day, today)
        _add(found, Item(title, contract.title, url, due, urgency))
