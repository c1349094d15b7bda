"""Slips: what ends later than the kept plan has it by its own doing, and whether somebody has said why.

What is late only because something before it was late is no slip of its own: nobody is asked about it. An activity that
nobody has finished is late once its day is past, not while it can still be done in time; what law, a meeting or a record
puts on a later day is late as soon as that is known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from toolkit.core import clock
from toolkit.core.stages import Stage
from workflows.journeys.planning.counts import Meeting
from workflows.journeys.planning.plan import Plan, Row
from workflows.journeys.progress import Progress
from workflows.procurements.models import KeptPlan, PlanMove, Procurement, Standing, Status
from workflows.procurements.planning import planner_of

HOLDS = 7
"""Calendar days for which the reason for something unfinished holds, however short the time it still takes."""


@dataclass(frozen=True, slots=True)
class Shift:
    """An activity that ends on another day than the kept plan has it, for whatever reason."""

    slug: str
    label: str
    stage: Stage
    kept: dt.date
    now: dt.date

    @property
    def days(self) -> int:
        return (self.now - self.kept).days


@dataclass(frozen=True, slots=True)
class Slip(Shift):
    """An activity that is later by its own doing. `kept`: after what came late before it, or as it was promised since."""

    on: dt.date
    """From which day on it is a slip; ahead while it can still be done in time."""
    is_open: bool

    @property
    def holds_until(self) -> dt.date:
        """The last day on which a reason given today is not asked for again."""
        return max(self.now, clock.today() + dt.timedelta(HOLDS)) if self.is_open else self.now


def newest_plan(procurement: Procurement, *, before: dt.datetime | None = None) -> KeptPlan | None:
    """The plan that today's is compared with. `before`: of those kept before this moment. One query."""
    plans = procurement.kept_plans.order_by("-number")
    return (plans.filter(at__lt=before) if before is not None else plans).first()


def promised(kept: KeptPlan | None, *, before: dt.datetime | None = None) -> dict[str, dt.date]:
    """Activity → the last day that somebody gave it, with a reason, since the plan was kept. One query."""
    if kept is None:
        return {}
    moves = kept.moves.order_by("pk")
    return _ends_of(moves.filter(at__lt=before) if before is not None else moves)


def _ends_of(moves: Iterable[PlanMove]) -> dict[str, dt.date]:
    return {move.activity: move.ends_on for move in moves if move.ends_on is not None}


def shifts(kept: KeptPlan | None, plan: Plan) -> list[Shift]:
    """What has moved since the plan was kept, of what is in both."""
    ends = kept.ends if kept is not None else {}
    return [
        Shift(row.slug, row.activity.label, row.activity.stage, ends[row.slug], row.end)
        for row in plan.rows
        if row.slug in ends and ends[row.slug] != row.end
    ]


def coming(kept: KeptPlan | None, plan: Plan, ends_on: Mapping[str, dt.date]) -> list[Slip]:
    """The slips with no reason, and those that will be slips with nothing happening. `ends_on`: what was promised."""
    if kept is None:
        return []
    ends, found = _room(kept, plan), []
    behind: list[int] = []  # by place: the days that it ends later than it was to
    settled: set[int] = set()  # places whose end nobody has to bring about any more
    for place, row in enumerate(plan.rows[:-1]):
        carried = max((behind[each] for each in row.waits_for), default=0)
        is_free = settled.issuperset(row.waits_for)
        if row.is_over or row.end_is_set or (row.activity.by_itself and is_free):
            settled.add(place)
        end = ends.get(row.slug)
        if end is None:  # new in the plan: what follows is later by all of it
            behind.append(carried + (row.end - row.start).days + 1)
            continue
        behind.append(max(0, (row.end - end).days))
        due = max(_due(row, end, carried, plan), ends_on.get(row.slug, end))
        on = _late_from(row, due, plan, is_alone=not carried, is_free=is_free)
        if on is not None:
            is_open = not (row.is_over or row.end_is_set)
            now = max(row.end, plan.today) if is_open else row.ready_on if row.end_is_set else row.end
            found.append(Slip(row.slug, row.activity.label, row.activity.stage, due, now, on, is_open))
    return found


def _room(kept: KeptPlan, plan: Plan) -> dict[str, dt.date]:
    """Activity → the day on which it was to end. A notice or a period that somebody has to begin has time until what waits
    for it was to begin; before a meeting, until the meeting."""
    starts, ends, room = kept.starts, kept.ends, kept.ends
    for place, row in enumerate(plan.rows):
        if row.slug in ends and _is_notice(row):
            held = [
                (ends if isinstance(each.count, Meeting) else starts)[each.slug]
                for each in plan.rows
                if place in each.waits_for and each.slug in ends
            ]
            if held:
                room[row.slug] = max(ends[row.slug], min(held) - dt.timedelta(1))
    return room


def _is_notice(row: Row) -> bool:
    """Somebody has to begin it, and then it runs for a time that law or own rules set."""
    activity = row.activity
    return not (activity.has_allowance or activity.by_itself or isinstance(row.count, Meeting))


def late(kept: KeptPlan | None, plan: Plan, ends_on: Mapping[str, dt.date]) -> list[Slip]:
    """The slips of today with no reason."""
    return [slip for slip in coming(kept, plan, ends_on) if slip.on <= plan.today]


def _due(row: Row, end: dt.date, carried: int, plan: Plan) -> dt.date:
    """The kept day, moved by what came late before it; what a calendar sets moves to its own next day."""
    if not carried:
        return end
    shifted = end + dt.timedelta(carried)
    if row.activity.has_allowance:
        return shifted
    free = max(plan.rows[each].ready for each in row.waits_for)
    return max(shifted, dt.date.fromordinal(row.count.last(free)))


def _late_from(row: Row, due: dt.date, plan: Plan, *, is_alone: bool, is_free: bool) -> dt.date | None:
    """From which day on it is a slip; None: it is none. `is_alone`: nothing before it is late. `is_free`: nothing that
    somebody has to do stands before it."""
    is_fixed = not row.activity.has_allowance
    if row.end_is_set:
        return min(row.ready_on, plan.today) if row.ready_on > due else None
    if (
        _is_notice(row) and not row.activity.begins
    ):  # nobody records when it began: what waits for it will tell
        return None
    if row.is_over:  # of what somebody did nobody recorded the day
        return plan.today if is_fixed and row.end > due else None
    if is_fixed and row.has_begun:  # it runs out by itself
        return plan.today if row.end > due else None
    waited = max((plan.rows[each].ready for each in row.waits_for), default=None)
    if is_fixed and is_alone and row.end > due and row.earliest == waited:
        return plan.today
    if row.activity.by_itself or not is_free:
        return None
    last = due  # on which something can still be done about it
    if _is_notice(row):
        last -= row.end - row.start  # it has to begin by then
    return last + dt.timedelta(1)


def days_without_reason(progress: Mapping[Procurement, Progress], today: dt.date) -> dict[int, list[dt.date]]:
    """Procurement → the days from which its plan has another slip with no reason. Two queries."""
    open_ = {
        each.pk: found for each, found in progress.items() if each.status in (Status.LIVE, Status.PAUSED)
    }
    plans = list(
        KeptPlan.objects.filter(procurement__in=list(open_))
        .order_by("procurement_id", "-number")
        .distinct("procurement_id")
    )
    moves: dict[int | None, list[PlanMove]] = {}
    for move in PlanMove.objects.filter(plan__in=plans).order_by("pk"):
        moves.setdefault(move.plan_id, []).append(move)
    days = {}
    for kept in plans:
        planner = planner_of(open_[kept.procurement_id], today=today)
        if planner is not None:
            found = coming(kept, planner.plan(), _ends_of(moves.get(kept.pk, [])))
            days[kept.procurement_id] = sorted(slip.on for slip in found)
    return days


def number_without_reason(procurement: Procurement, today: dt.date) -> int:
    """How many slips of a procurement have no reason, from what is written down. One query."""
    days = Standing.objects.filter(procurement=procurement).values_list("slips_from", flat=True).first() or []
    return sum(day <= today for day in days)
