"""What is due for one person: steps of their procurements and contracts to act on, soonest first, and documents to review
or to change."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.urls import reverse

from guidance.documents.models import Review, ReviewState
from guidance.documents.selectors import waiting_reviews
from toolkit.accounts.roles import Right
from toolkit.accounts.visibility import Reader
from toolkit.core import clock
from toolkit.holidays.selectors import remembered_bank_holidays
from workflows.contracts.dates import dates_of
from workflows.contracts.models import Contract, ContractStatus
from workflows.journeys.due import Due
from workflows.journeys.progress import TaskState
from workflows.journeys.selectors import progress_of_many
from workflows.procurements.facts import facts_of
from workflows.procurements.models import Endorsement, EndorsementStatus, Procurement, Status, TeamRole
from workflows.procurements.pages import urgency_of

ACT_WITHIN = 183
"""Contracts are shown when their last day to start is this many days away, or passed."""


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


def due_for(reader: Reader) -> DueList:
    """Everything due for this reader. A constant number of queries, however many procurements."""
    found = DueList()
    if reader.person_id is None:
        return found
    _endorsements(reader, found)
    _reviews(reader, found)
    mine = list(
        Procurement.objects.visible_to(reader)
        .filter(
            team__person_id=reader.person_id,
            status__in=[Status.DRAFT, Status.LIVE],
            team__role__in=[TeamRole.LEAD, TeamRole.MEMBER],
        )
        .select_related("organisation", "run")
        .prefetch_related("assignments")
    )
    found.drafts = [procurement for procurement in mine if procurement.status == Status.DRAFT]
    live = {
        procurement.run: procurement
        for procurement in mine
        if procurement.status == Status.LIVE and procurement.run is not None
    }
    found.procurements = len(live)
    today = clock.today()
    holidays = remembered_bank_holidays()
    for run, progress in progress_of_many(
        {run: facts_of(procurement, holidays) for run, procurement in live.items()}, today=today
    ).items():
        procurement = live[run]
        runs_it = reader.may(Right.RUN, procurement.organisation_id)
        assigned = {row.task for row in procurement.assignments.all() if row.person_id == reader.person_id}
        for state in progress.states:
            if state.task.slug in assigned or (runs_it and not state.task.optional):
                _place(found, procurement, state, today)
    _contracts(reader, found, today)
    for group in (found.overdue, found.today, found.week, found.later):
        group.sort(key=lambda item: (item.due.basis != "law", item.due.day or dt.date.max))
    found.later = found.later[:5]
    return found


def _place(found: DueList, procurement: Procurement, state: TaskState, today: dt.date) -> None:
    url = reverse("procurement_task", args=[procurement.reference, state.task.slug])
    if state.status == "waiting":
        found.waiting.append((f"{state.task.title} · {procurement.name}", state.because, url))
        return
    due = state.by_when
    if not state.can_do or due is None or due.day is None:
        return
    _add(found, Item(state.task.title, procurement.name, url, due, urgency_of(due, today)))


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
                    "Start what comes after this contract", contract.title, url, due, urgency_of(due, today)
                ),
            )
