"""How long a plan takes: the longest route, back and forwards, with every condition known."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from typing import Any

from tests.unit.planning.plans import BASE, NEEDED, TODAY
from workflows.journeys.planning.plan import plan_of
from workflows.journeys.planning.shapes import shapes

NAME = "Back-plan of the longest route"
MOST_MILLISECONDS = 10.0
TURNS = 300


@dataclass(frozen=True, slots=True)
class Planned:
    """The median of many plans, in milliseconds of the processor."""

    route: str
    activities: int
    milliseconds: float

    def faults(self) -> list[str]:
        if self.milliseconds <= MOST_MILLISECONDS:
            return []
        return [f"{NAME} takes {self.milliseconds:.1f} ms, more than {MOST_MILLISECONDS:.0f}"]

    def as_json(self) -> dict[str, Any]:
        return {
            "name": "plan_back", "route": self.route, "activities": self.activities,
            "milliseconds": round(self.milliseconds, 3), "at_most_milliseconds": MOST_MILLISECONDS,
        }  # fmt: skip


def measure() -> Planned:
    """Plan the route with most activities again and again."""
    plans = [plan_of(shape, BASE, needed_on=NEEDED, today=TODAY) for shape in shapes().values()]
    longest = max(plans, key=lambda plan: len(plan.rows))
    times = []
    for _ in range(TURNS):
        began = time.process_time_ns()
        plan_of(longest.shape, BASE, needed_on=NEEDED, today=TODAY)
        times.append((time.process_time_ns() - began) / 1_000_000)
    return Planned(longest.shape.route, len(longest.rows), statistics.median(times))


def show(found: Planned) -> None:
    """The line under the table."""
    print(
        f"{NAME} ({found.route}, {found.activities} activities): {found.milliseconds:.2f} ms (at most {MOST_MILLISECONDS:.0f})"
    )
