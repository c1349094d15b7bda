"""The plan of one procurement: its route's shape, its facts, what its steps have recorded."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from toolkit.law.values import NotCountable
from workflows.journeys.facts import Facts, Planned
from workflows.journeys.planning.levers import Lever, levers
from workflows.journeys.planning.network import NO_CHANGE, Change
from workflows.journeys.planning.plan import Plan, plan_of
from workflows.journeys.planning.shapes import Shape, shape_of
from workflows.journeys.planning.steps import done_of
from workflows.journeys.progress import Progress, Status


def as_kept(planned: Planned) -> dict[str, Any]:
    """What people changed in a plan, for the record to keep."""
    return {
        "takes": dict(planned.takes),
        "starts": {slug: day.isoformat() for slug, day in planned.starts.items()},
    }


@dataclass(frozen=True, slots=True)
class Planner:
    """Plans one procurement again and again."""

    progress: Progress
    shape: Shape
    needed_on: dt.date
    today: dt.date

    def plan(
        self,
        change: Change = NO_CHANGE,
        facts: Facts | None = None,
        shape: Shape | None = None,
        planned: Planned | None = None,
    ) -> Plan:
        facts = facts or self.progress.facts
        if planned is not None:
            facts = replace(facts, planned=planned)
        return plan_of(
            shape or self.shape,
            facts,
            needed_on=self.needed_on,
            today=self.today,
            done=self._done(),
            change=change,
        )

    def levers(self, plan: Plan) -> list[Lever]:
        return levers(plan, self.progress.facts, self.plan)

    def _done(self) -> dict[str, dt.date]:
        states = self.progress.states
        completed = {
            state.task.slug: state.completed_on for state in states if state.completed_on is not None
        }
        needless = frozenset(state.task.slug for state in states if state.status == Status.NOT_NEEDED)
        return done_of(self.progress.journey, completed, needless, self.progress.facts)


def planner_of(progress: Progress, *, today: dt.date) -> Planner | None:
    """None where there is nothing to plan back from: no day of need, one out of range, a route without a plan, or while
    nobody knows which law applies."""
    needed = progress.facts.day_of("needed")
    shape = shape_of(progress.journey.slug, progress.journey.family)
    if needed is None or shape is None or progress.facts.regime == "unknown":
        return None
    planner = Planner(progress, shape, needed, today)
    try:
        planner.plan()
    except NotCountable:
        return None
    return planner


def rows_to_keep(plan: Plan) -> list[list[str]]:
    return [[row.slug, row.activity.label, row.start.isoformat(), row.end.isoformat()] for row in plan.rows]
