"""Keeping plans: the first by itself, as soon as there is one to keep."""

from __future__ import annotations

from toolkit.accounts.models import Person
from toolkit.core import clock
from workflows.journeys.planning.plan import Plan
from workflows.journeys.progress import Progress
from workflows.procurements.models import KeptPlan, Procurement
from workflows.procurements.planning import planner_of, rows_to_keep


def keep_first(procurement: Procurement, progress: Progress, actor: Person) -> None:
    """Keep the plan of a locked procurement, if it has one and none was ever kept. One query where one was."""
    if procurement.kept_plans.exists():
        return
    planner = planner_of(progress, today=clock.today())
    if planner is not None:
        keep_plan(procurement, planner.plan(), actor)


def keep_plan(procurement: Procurement, plan: Plan, actor: Person) -> KeptPlan:
    """Keep the plan of a locked procurement as it stands, whatever was kept before."""
    last = procurement.kept_plans.order_by("-number").values_list("number", flat=True).first() or 0
    return KeptPlan.objects.create(
        procurement=procurement,
        number=last + 1,
        needed_on=plan.needed_on,
        rows=rows_to_keep(plan),
        by=actor,
    )
