"""Moving a plan, saying why it has slipped, keeping it: each with its reason, and nothing is forgotten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from toolkit.accounts.models import Person
from toolkit.accounts.readers import reader_of
from toolkit.core import clock
from toolkit.core.errors import Refused
from toolkit.core.text import day
from workflows.journeys.facts import Planned
from workflows.journeys.planning.activities import ACTIVITIES
from workflows.journeys.planning.plan import LAST, Plan, Row
from workflows.journeys.selectors import progress_of
from workflows.procurements import permissions, slips
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
from workflows.procurements.planning import Planner, as_kept, planner_of
from workflows.procurements.services.baselines import keep_first, keep_plan
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
    it stood so already. Raises Refused."""
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
    keep_first(procurement, planner.progress, actor)
    old = plan.row(activity)
    assert old is not None  # it is in the plan with the move, and moving leaves nothing out
    shared = {
        "procurement": procurement, "activity": activity, "cause": cause, "reason": reason.strip()[:500], "by": actor,
        "plan": slips.newest_plan(procurement), "ends_on": row.end,
    }  # fmt: skip
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
def explain(
    *, procurement: Procurement, plan: int, reasons: Mapping[str, tuple[Cause, str]], actor: Person
) -> int:
    """Keep the reason for each of these slips (activity → cause and reason); how many are new. `plan`: the number of the
    kept plan that the person saw them against. Where somebody else has explained one meanwhile, both reasons are kept; the
    same sent twice is kept once. Raises Refused."""
    procurement = locked(procurement)
    planner = _planner(procurement, actor)
    if not reasons:
        raise Refused("Enter why for at least one of them")
    kept = slips.newest_plan(procurement)
    now = {slip.slug: slip for slip in slips.late(kept, planner.plan(), slips.promised(kept))}
    changes = []
    for activity, (cause, words) in reasons.items():
        if activity not in ACTIVITIES:
            raise Refused("The plan has no such activity")
        reason = words.strip()[:500]
        if not reason:
            raise Refused("Enter why it is later")
        slip = now.get(activity)
        if slip is not None:
            against, days = kept, (slip.kept, slip.now)
            until: dt.date | None = slip.holds_until
        else:
            said = procurement.plan_moves.filter(activity=activity, kind=MoveKind.SLIP, plan__number=plan)
            first = said.first()
            if first is None or first.from_on is None or first.to_on is None:
                raise Refused(f"“{ACTIVITIES[activity].label}” is not late, or not any more: leave it empty")
            if said.filter(cause=cause, reason=reason, by=actor).exists():
                continue
            against, days, until = first.plan, (first.from_on, first.to_on), first.ends_on
        PlanMove.objects.create(
            procurement=procurement,
            activity=activity,
            kind=MoveKind.SLIP,
            from_on=days[0],
            to_on=days[1],
            ends_on=until,
            plan=against,
            cause=cause,
            reason=reason,
            by=actor,
        )
        changes.append((ACTIVITIES[activity].label, f"to end on {day(days[0])}", day(days[1])))
    if changes:
        write(procurement, LineKind.PLAN, actor, changes=changes)
        changed(procurement)
    return len(changes)


@transaction.atomic
def keep(*, procurement: Procurement, actor: Person) -> KeptPlan:
    """Keep the plan as it stands, for later ones to be compared with: every slip since the one before has its reason. Kept
    twice, it is kept once. Raises Refused."""
    procurement = locked(procurement)
    plan, last = _planner(procurement, actor).plan(), slips.newest_plan(procurement)
    if last is not None and last.needed_on == plan.needed_on and not slips.shifts(last, plan):
        return last
    if slips.late(last, plan, slips.promised(last)):
        raise Refused("Say first why each slip has happened")
    kept = keep_plan(procurement, plan, actor)
    write(procurement, LineKind.PLAN, actor, detail="The plan was kept as it stands")
    changed(procurement)
    return kept
