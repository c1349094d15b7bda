"""What is due for one person: steps of their procurements and contracts to act on, soonest first, and documents to review
or to change."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When
from django.urls import reverse

from guidance.documents.models import Review, ReviewState
from guidance.documents.selectors import waiting_reviews
from toolkit.accounts.roles import Right
from toolkit.accounts.visibility import Reader
from toolkit.core import clock
from workflows.contracts.dates import dates_of
from workflows.contracts.models import Contract, ContractStatus
from workflows.journeys.due import Due
from workflows.journeys.progress import Status as Step
from workflows.procurements.models import (
    Endorsement,
    EndorsementStatus,
    OpenStep,
    Procurement,
    Status,
    TaskAssignment,
    TeamRole,
)
from workflows.procurements.pages import urgency_of
from workflows.procurements.standing import TO_DO, due_of_row, folded, overtaken

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
    mine = Procurement.objects.visible_to(reader).filter(
        team__person_id=reader.person_id, team__role__in=[TeamRole.LEAD, TeamRole.MEMBER]
    )
    found.drafts = list(mine.filter(status=Status.DRAFT).order_by("-created_at")[:MOST_DRAFTS])
    live = mine.filter(status=Status.LIVE)
    found.procurements = live.count()
    today = clock.today()
    _steps(reader, live, found, today)
    _contracts(reader, found, today)
    for group in (found.overdue, found.today, found.week, found.later):
        group.sort(key=lambda item: (item.due.basis != "law", item.due.day or dt.date.max))
    found.later = found.later[:MOST_LATER]
    return found


def _steps(reader: Reader, live: QuerySet[Procurement], found: DueList, today: dt.date) -> None:
    """Open steps of these procurements that are for this reader to do: all that must be done where they run it, else those
    assigned to them. From what is written down; folded only where a day has overtaken that."""
    assert reader.person_id is not None  # `due_for` has asked
    late = overtaken(live, today)
    stored = (
        OpenStep.objects.filter(procurement__in=live.values("pk"))
        .exclude(procurement__in=late)
        .select_related("procurement")
    )
    assigned = TaskAssignment.objects.filter(
        procurement=OuterRef("procurement"), task=OuterRef("task"), person_id=reader.person_id
    )
    runs = list(reader.organisations_with(Right.RUN))
    stored = stored.filter(Exists(assigned) | Q(procurement__organisation_id__in=runs, is_optional=False))
    soon = today + dt.timedelta(days=7)
    doable = stored.filter(status__in=TO_DO, due_on__isnull=False)
    rows = list(doable.filter(due_on__lte=soon).order_by(_LAW_FIRST, "due_on", "place")[:MOST_DUE])
    rows += doable.filter(due_on__gt=soon).order_by(_LAW_FIRST, "due_on", "place")[:MOST_LATER]
    waiting = list(stored.filter(status=Step.WAITING).order_by("procurement", "place")[:MOST_DUE])
    found.left_out = (
        max(0, doable.filter(due_on__lte=soon).count() - MOST_DUE) if len(rows) >= MOST_DUE else 0
    )
    if late:
        mine = {
            (row.procurement_id, row.task)
            for row in TaskAssignment.objects.filter(procurement__in=late, person_id=reader.person_id)
        }
        for row in folded(late, today):
            runs_it = row.procurement.organisation_id in runs and not row.is_optional
            if not (runs_it or (row.procurement_id, row.task) in mine):
                continue
            if row.status == Step.WAITING:
                waiting.append(row)
            elif row.status in TO_DO and row.due_on is not None:
                rows.append(row)
    for row in rows:
        due = due_of_row(row)
        _add(found, Item(row.title, row.procurement.name, _url(row), due, urgency_of(due.day, today)))
    found.waiting = [(f"{row.title} · {row.procurement.name}", row.because, _url(row)) for row in waiting]


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


def _contracts(reader: Reader, found: DueList, today: dt.date) -> None:
    """The contracts one manages whose last day to start is near."""
    contracts = (
        Contract.objects.visible_to(reader)
        .filter(manager_id=reader.person_id, status=ContractStatus.LIVE)
        .select_related("organisation")
        .prefetch_related("extensions")
    )
    for contract in contracts:
        start = dates_of(contract).last_day_to_start
        if start is not None and (start.day - today).days <= ACT_WITHIN:
            due = Due(start.day, start.rule, start.source, caution=start.caution, basis="contract")
            url = reverse("contract", args=[contract.reference])
            _add(
                found,
                Item(
                    "Start what comes after this contract",
                    contract.title,
                    url,
                    due,
                    urgency_of(due.day, today),
                ),
            )
