"""Moving and keeping a plan: each with its reason, and nothing is forgotten."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from toolkit.accounts.models import Person
from toolkit.accounts.readers import reader_of
from toolkit.core import clock
from toolkit.core.errors import Refused
from toolkit.core.text import day
from workflows.journeys.facts import Planned
from workflows.journeys.planning.plan import LAST, Plan, Row
from workflows.journeys.selectors import progress_of
from workflows.procurements import permissions
from workflows.procurements.facts import facts_of, planned_of
from workflows.procurements.models import (
    Cause,
    KeptPlan,
    LineKind,
    MoveKind,
    PlanMove,
    Procurement,
    Status,
)
from workflows.procurements.planning import (
    Planner,
    as_kept,
    planner_of,
    rows_to_keep,
    slips,
)
from workflows.procurements.services.history import write
from workflows.procurements.services.standing import changed
from workflows.procurements.services.tasks import locked


def _planner(procurement: Procurement, actor: Person) -> Planner:
    """Raises Refused unless the actor may plan this procurement now."""
    if procurement.run is None or procurement.status not in (Status.LIVE, Status.PAUSED):
        raise Refused(f"The procurement is {procurement.get_status_display().lower()}")
    if not permissions.may_run(reader_of(actor), procurement):
        raise Refused("Only an officer on the team can change the plan")
    today = clock.today()
    planner = planner_of(progress_of(procurement.run, facts_of(procurement), today=today), today=today)
    if planner is None:
        raise Refused("There is no plan yet: say when it is needed, and which law applies")
    return planner


def moved(planned: Planned, activity: str, *, starts_on: dt.date | None, takes: int | None) -> Planned:
    """What was changed in a plan, with this activity as it is wanted: None takes a change back."""
    starts = {slug: on for slug, on in planned.starts.items() if slug != activity}
    days = {slug: number for slug, number in planned.takes.items() if slug != activity}
    if starts_on is not None:
        starts[activity] = starts_on
    if takes is not None:
        days[activity] = takes
    return Planned(days, starts)


def check_move(plan: Plan, activity: str, starts_on: dt.date | None) -> Row:
    """The row to move. Raises Refused for what cannot be moved, or not to that day. `plan`: with the move."""
    row = plan.row(activity)
    if row is None or activity == "needed":
        raise Refused("The plan has no such activity")
    if row.is_over or row.has_begun:
        raise Refused(f"“{row.activity.label}” has begun: what is recorded is changed on its step")
    if row.activity.by_itself:
        raise Refused(f"“{row.activity.label}” begins by itself, with the end of what comes before it")
    if starts_on is not None:
        if not plan.today <= starts_on <= LAST:
            raise Refused("The day must be today or later, and before 2101")
        if row.start != starts_on:
            raise Refused(
                f"“{row.activity.label}” cannot begin before {day(row.start)}: what comes before it is not over until then"
            )
    return row


@transaction.atomic
def move(
    *,
    procurement: Procurement,
    activity: str,
    starts_on: dt.date | None,
    takes: int | None,
    cause: Cause,
    reason: str,
    actor: Person,
) -> bool:
    """Have an activity begin on another day, or take another number of days; None takes an earlier change back. False:
    it stood so already. The plan as it was before the first move is kept. Raises Refused."""
    procurement = locked(procurement)
    planner = _planner(procurement, actor)
    before = planned_of(procurement.plan_changes)
    after = moved(before, activity, starts_on=starts_on, takes=takes)
    plan, new_plan = planner.plan(), planner.plan(planned=after)
    row = check_move(new_plan, activity, starts_on)
    if takes is not None and not row.activity.has_allowance:
        raise Refused(f"How long “{row.activity.label}” takes is set by law or by your own rules")
    if after == before:
        return False
    if not reason.strip():
        raise Refused("Enter why it is moved")
    if not procurement.kept_plans.exists():
        _keep(procurement, plan, actor)
    old = plan.row(activity)
    assert old is not None  # it is in the plan with the move, and moving leaves nothing out
    shared = {"procurement": procurement, "activity": activity, "cause": cause, "reason": reason.strip()[:500], "by": actor}  # fmt: skip
    if before.starts.get(activity) != starts_on:
        PlanMove.objects.create(kind=MoveKind.START, from_on=old.start, to_on=row.start, **shared)
    if before.takes.get(activity) != takes:
        PlanMove.objects.create(
            kind=MoveKind.DAYS, from_days=before.takes.get(activity), to_days=takes, **shared
        )
    procurement.plan_changes = as_kept(after)
    procurement.save(update_fields=["plan_changes"])
    write(
        procurement,
        LineKind.PLAN,
        actor,
        changes=[
            (row.activity.label, f"{day(old.start)} to {day(old.end)}", f"{day(row.start)} to {day(row.end)}")
        ],
    )
    changed(procurement)
    return True


@transaction.atomic
def keep(*, procurement: Procurement, cause: Cause | None, reason: str, actor: Person) -> KeptPlan:
    """Keep the plan as it stands: the first is the baseline; a later one says why it differs from the one before. Kept
    twice, it is kept once. Raises Refused."""
    procurement = locked(procurement)
    plan = _planner(procurement, actor).plan()
    last = procurement.kept_plans.order_by("-number").first()
    found = slips(last, plan)
    if last is not None and not found and last.needed_on == plan.needed_on:
        return last
    if last is not None and (cause is None or not reason.strip()):
        raise Refused("Enter why the plan has changed")
    for slip in found:
        assert cause is not None
        PlanMove.objects.create(
            procurement=procurement,
            activity=slip.slug,
            kind=MoveKind.SLIP,
            from_on=slip.kept,
            to_on=slip.now,
            cause=cause,
            reason=reason.strip()[:500],
            by=actor,
        )
    kept = _keep(procurement, plan, actor)
    write(procurement, LineKind.PLAN, actor, detail="The plan was kept as it stands")
    return kept


def _keep(procurement: Procurement, plan: Plan, actor: Person) -> KeptPlan:
    last = procurement.kept_plans.order_by("-number").values_list("number", flat=True).first() or 0
    return KeptPlan.objects.create(
        procurement=procurement,
        number=last + 1,
        needed_on=plan.needed_on,
        rows=rows_to_keep(plan),
        by=actor,
    )
