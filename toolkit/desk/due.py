"""What is due for one person: steps of their procurements and contracts to act on, soonest first, and documents to review
or to change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Case, When
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
from workflows.procurements.models import Endorsement, EndorsementStatus, OpenStep, Procurement, Status
from workflows.procurements.pages import urgency_of
from workflows.procurements.standing import TO_DO, due_of_row

ACT_WITHIN = 183
"""Contracts are shown when their last day to start is this many days away, or passed."""


MOST_DUE, MOST_LATER, MOST_DRAFTS = 60, 5, 20
"""How many of each the page lists: more than anybody does in a week."""

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
    drafts: list[Procurement] = field(default_factory=list)
    procurements: int = 0
    left_out: int = 0
    """Steps due by the end of the week beyond those listed."""


def due_for(reader: Reader) -> DueList:
    """Everything due for this reader. A constant number of queries, however many procurements."""
    found = DueList()
    if reader.person_id is None:
        return found
    _endorsements(reader, found)
    _reviews(reader, found)
    mine = team_of(reader)
    found.drafts = list(mine.filter(status=Status.DRAFT).order_by("-created_at")[:MOST_DRAFTS])
    found.procurements = mine.filter(status=Status.LIVE).count()
    today = clock.today()
    _steps(reader, found, today)
    _contracts(reader, found, today)
    for group in (found.overdue, found.today, found.week, found.later):
        group.sort(key=lambda item: (item.due.basis != "law", item.due.day or dt.date.max))
    found.later = found.later[:MOST_LATER]
    return found


def _steps(reader: Reader, found: DueList, today: dt.date) -> None:
    written, rows = steps_for(reader, today)
    soon = today + dt.timedelta(days=7)
    doable = written.filter(status__in=TO_DO, due_on__isnull=False).order_by(_LAW_FIRST, "due_on", "place")
    due, later = doable.filter(due_on__lte=soon), doable.filter(due_on__gt=soon)
    wait = written.filter(status=Step.WAITING).order_by("procurement", "place")
    # One query for all three; each keeps its own order and number.
    together = list(due[:MOST_DUE].union(later[:MOST_LATER], wait[:MOST_DUE], all=True))
    listed = [row for row in together if row.status in TO_DO]
    is_full = sum(row.due_on is not None and row.due_on <= soon for row in listed) == MOST_DUE
    found.left_out = due.count() - MOST_DUE if is_full else 0
    waiting = [row for row in rows if row.status == Step.WAITING]
    waiting += [row for row in together if row.status == Step.WAITING]
    found.waiting = [(f"{row.title} · {row.procurement.name}", row.because, _url(row)) for row in waiting]
    rows = [row for row in rows if row.status in TO_DO and row.due_on is not None]
    for row in [*rows, *listed]:
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
    asked = Endorsement.objects.filter(
        asked_of_id=reader.person_id, status=EndorsementStatus.ASKED, procurement__status=Status.LIVE
    ).select_related("procurement", "asked_by")
    for row in asked:
        if reader.may(Right.ENDORSE, row.procurement.organisation_id):
            url = reverse("procurement_task", args=[row.procurement.reference, row.task])
            found.asked.append((f"{row.asked_by} asks for your endorsement of {row.procurement.name}", url))


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
