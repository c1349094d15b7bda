"""Where procurements stand, for lists: from what was written down, folded again only where a day has overtaken it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from toolkit.accounts.visibility import Reader
from toolkit.holidays.selectors import remembered_bank_holidays
from workflows.journeys.due import Due
from workflows.journeys.progress import Progress
from workflows.journeys.progress import Status as Step
from workflows.journeys.selectors import progress_of_many
from workflows.procurements import confidence
from workflows.procurements.facts import facts_of
from workflows.procurements.models import OpenStep, Procurement, Standing, Status
from workflows.procurements.querysets import ProcurementQuerySet

CAN_DO = (Step.NOT_STARTED, Step.IN_PROGRESS, Step.WAITING)
TO_DO = (Step.NOT_STARTED, Step.IN_PROGRESS)
"""What one's own people can get on with: not what waits for others."""


def open_steps_of(procurement: Procurement, progress: Progress) -> Iterator[OpenStep]:
    """The open steps of a progress as rows, not saved."""
    for place, state in enumerate(progress.states):
        if state.is_open:
            due = state.by_when or Due(None, "", "", basis="")
            yield OpenStep(
                procurement=procurement,
                task=state.task.slug,
                place=place,
                title=state.task.title,
                stage=state.task.stage,
                status=state.status,
                because=state.because,
                is_optional=state.task.optional,
                due_on=due.day if not due.not_before else None,
                basis=due.basis,
                rule=due.rule,
                source=due.source,
                caution=due.caution,
                is_confirmed=due.confirmed,
            )


def due_of_row(row: OpenStep) -> Due:
    """By when, with its reason, as the fold gave it."""
    return Due(row.due_on, row.rule, row.source, row.is_confirmed, row.caution, basis=row.basis)


def no_longer_holds(today: dt.date) -> Q:
    """Started procurements whose written standing a day has overtaken, or that have none yet."""
    return Q(run__isnull=False) & (Q(standing__good_until__lt=today) | Q(standing__isnull=True))


def overtaken(procurements: QuerySet[Procurement], today: dt.date) -> list[Procurement]:
    """Those of these that have to be folded to be read. One query; as a rule none, once the hour's job has run."""
    return list(procurements.filter(no_longer_holds(today)).select_related("organisation", "run"))


def folded(procurements: Iterable[Procurement], today: dt.date) -> list[OpenStep]:
    """The open steps of these, folded now. One query for all their events."""
    by_run = {procurement.run: procurement for procurement in procurements if procurement.run is not None}
    if not by_run:
        return []
    holidays = remembered_bank_holidays()
    facts = {run: facts_of(procurement, holidays) for run, procurement in by_run.items()}
    return [
        row
        for run, progress in progress_of_many(facts, today=today).items()
        for row in open_steps_of(by_run[run], progress)
    ]


def stages_of(procurements: Iterable[Procurement]) -> dict[int, str]:
    """Procurement → the stage it stands in. One query."""
    return dict(
        Standing.objects.filter(procurement__in=list(procurements)).values_list("procurement", "stage")
    )


def in_group(
    reader: Reader, procurements: ProcurementQuerySet, group: str, today: dt.date
) -> ProcurementQuerySet:
    """Live ones whose most urgent step is `overdue`, due `today` or within the `week`, or live and paused ones that wait for
    others (`waiting`). Records in confidence are in none for a reader outside their team. From what is written down, which
    the hour's job keeps. Raises KeyError for another group."""
    procurements = procurements.filter(confidence.is_told(reader))
    if group == "waiting":
        waits = OpenStep.objects.filter(procurement=OuterRef("pk"), status=Step.WAITING)
        return procurements.filter(Exists(waits), status__in=[Status.LIVE, Status.PAUSED])
    pressing = (
        OpenStep.objects.filter(
            procurement=OuterRef("pk"), status__in=TO_DO, is_optional=False, due_on__isnull=False
        )
        .order_by("due_on")
        .values("due_on")[:1]
    )
    day = {
        "overdue": Q(pressing_on__lt=today),
        "today": Q(pressing_on=today),
        "week": Q(pressing_on__gt=today, pressing_on__lte=today + dt.timedelta(days=7)),
    }[group]
    return procurements.filter(status=Status.LIVE).annotate(pressing_on=Subquery(pressing)).filter(day)
