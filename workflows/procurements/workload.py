"""The work of an organisation in numbers: time in each stage, where things wait, what falls due in which month and on whom.

Numbers of few say something about each: a median is of five spells or more, or none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, DurationField, F, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncMonth

from toolkit.accounts.models import Person
from toolkit.accounts.visibility import Reader
from toolkit.core.stages import Stage
from toolkit.core.text import count
from toolkit.law.periods import months_after
from workflows.journeys.progress import Progress
from workflows.journeys.progress import Status as Step
from workflows.procurements import confidence
from workflows.procurements.models import (
    OpenStep,
    Procurement,
    StageSpell,
    Status,
    TaskAssignment,
    TeamMember,
    TeamRole,
)
from workflows.procurements.standing import TO_DO

FEWEST = 5
"""A number about others is shown from so many of them."""
MONTHS = 6
"""How far ahead the work by month looks."""


@dataclass(frozen=True, slots=True)
class StageTime:
    """Time in one stage. `median_days`: calendar days, of the organisation's finished spells; None: fewer than five."""

    stage: Stage
    here: int
    """Live procurements that stand in it, of those whose steps the reader may know."""
    oldest_days: int | None
    median_days: int | None
    spells: int
    overdue: int
    """Steps of those procurements that are overdue."""
    waiting: int
    """Steps of those procurements that wait for others."""


@dataclass(frozen=True, slots=True)
class PersonMonths:
    """What falls due on one person. None stands for what nobody leads or is assigned to."""

    person: Person | None
    leads: int
    months: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.months)


@dataclass(frozen=True, slots=True)
class Workload:
    """Of the live procurements that one reader may open."""

    live: int
    hidden: int
    """Live ones that the reader may not open; 0 also for fewer than five."""
    stages: tuple[StageTime, ...]
    months: tuple[dt.date, ...]
    """The first day of each month; what is overdue counts in the first."""
    people: tuple[PersonMonths, ...]

    @property
    def slowest(self) -> StageTime | None:
        """Where most steps are overdue or wait."""
        stuck = [stage for stage in self.stages if stage.overdue + stage.waiting]
        return max(stuck, key=lambda stage: stage.overdue + stage.waiting, default=None)


def medians(organisation_id: int) -> dict[str, tuple[int | None, int]]:
    """Stage → (median of calendar days, number of finished spells) of all of an organisation. One query."""
    finished = (
        StageSpell.objects.filter(
            procurement__organisation_id=organisation_id, from_on__isnull=False, to_on__isnull=False
        )
        .values("stage")
        .annotate(number=Count("pk"), median=_Median(F("to_on") - F("from_on"), output_field=DurationField()))
    )
    return {
        row["stage"]: (
            round(row["median"] / dt.timedelta(1)) if row["number"] >= FEWEST else None,
            row["number"],
        )
        for row in finished
    }


def stage_time(procurement: Procurement, progress: Progress, *, today: dt.date) -> str:
    """How long a procurement has been in its stage, against the organisation's median, in a sentence; empty where nobody
    knows since when. For whoever may know in which stage it stands. Two queries."""
    spell = StageSpell.objects.filter(
        procurement=procurement, stage=progress.stage, to_on=None, from_on__isnull=False
    ).first()
    if spell is None or spell.from_on is None or progress.is_finished:
        return ""
    days = (today - spell.from_on).days
    here = f"In this stage for {count(days, 'day')}" if days else "In this stage since today"
    median, _ = medians(procurement.organisation_id).get(progress.stage, (None, 0))
    if median is None:
        return f"{here}; fewer than five of {procurement.organisation.short_name} have left it, too few to compare."
    return f"{here}; half of {procurement.organisation.short_name}’s procurements left it within {count(median, 'day')}."


def workload_of(reader: Reader, organisation_id: int, *, today: dt.date) -> Workload:
    """The live work of an organisation as this reader may see it. A constant number of queries."""
    all_live = Procurement.objects.filter(organisation_id=organisation_id, status=Status.LIVE)
    live = all_live.visible_to(reader)
    seen, hidden = live.count(), all_live.count()
    hidden -= seen
    first = today.replace(day=1)
    months = tuple(months_after(first, ahead) for ahead in range(MONTHS))
    told = live.filter(confidence.is_told(reader))
    return Workload(
        live=seen,
        hidden=hidden if hidden >= FEWEST else 0,
        stages=_stages(told, organisation_id, today),
        months=months,
        people=_people(live, told, months),
    )


def _stages(told: QuerySet[Procurement], organisation_id: int, today: dt.date) -> tuple[StageTime, ...]:
    """`told`: those of which the reader may know steps."""
    usual = medians(organisation_id)
    present = {
        row["stage"]: (row["number"], row["oldest"])
        for row in StageSpell.objects.filter(procurement__in=told.values("pk"), to_on=None)
        .values("stage")
        .annotate(number=Count("pk"), oldest=Min("from_on"))
    }
    steps = OpenStep.objects.filter(procurement__in=told.values("pk"), is_optional=False)
    overdue = _by_stage(steps.filter(status__in=TO_DO, due_on__lt=today))
    waiting = _by_stage(steps.filter(status=Step.WAITING))
    made = []
    for stage in Stage:
        number, oldest = present.get(stage, (0, None))
        median, spells = usual.get(stage, (None, 0))
        if number or spells:
            days = (today - oldest).days if oldest is not None else None
            late, waits = overdue.get(stage, 0), waiting.get(stage, 0)
            made.append(StageTime(stage, number, days, median, spells, late, waits))
    return tuple(made)


def _by_stage(steps: QuerySet[OpenStep]) -> Mapping[str, int]:
    return dict(steps.order_by().values_list("procurement__standing__stage").annotate(Count("pk")))


def _people(
    live: QuerySet[Procurement], told: QuerySet[Procurement], months: tuple[dt.date, ...]
) -> tuple[PersonMonths, ...]:
    lead = TeamMember.objects.filter(procurement=OuterRef("procurement"), role=TeamRole.LEAD).order_by("pk")
    assigned = TaskAssignment.objects.filter(procurement=OuterRef("procurement"), task=OuterRef("task"))
    rows = (
        OpenStep.objects.filter(
            procurement__in=told.values("pk"),
            is_optional=False,
            due_on__lt=months_after(months[-1], 1),
        )
        .annotate(
            whose=Coalesce(Subquery(assigned.values("person")[:1]), Subquery(lead.values("person")[:1])),
            month=TruncMonth("due_on"),
        )
        .order_by()
        .values_list("whose", "month")
        .annotate(Count("pk"))
    )
    found: dict[int | None, list[int]] = {}
    for whose, month, number in rows:
        counts = found.setdefault(whose, [0] * len(months))
        counts[months.index(month) if month in months else 0] += number
    leads = dict(
        TeamMember.objects.filter(procurement__in=live.values("pk"), role=TeamRole.LEAD)
        .values_list("person")
        .annotate(Count("pk"))
    )
    for whose in leads:
        found.setdefault(whose, [0] * len(months))
    people = Person.objects.in_bulk([key for key in found if key is not None])
    made = [
        PersonMonths(people.get(key) if key is not None else None, leads.get(key, 0), tuple(counts))
        for key, counts in found.items()
    ]
    return tuple(sorted(made, key=lambda row: (-row.total, str(row.person or ""))))


class _Median(Min):
    """The middle of the values, as PostgreSQL works it out."""

    template = "percentile_cont(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
