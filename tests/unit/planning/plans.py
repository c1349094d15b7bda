"""Facts and plans to test with."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

from workflows.journeys.facts import Facts
from workflows.journeys.own_rules import Meeting, OwnRules
from workflows.journeys.planning.network import NO_CHANGE, Change
from workflows.journeys.planning.plan import Plan, plan_of
from workflows.journeys.planning.shapes import Shape, shapes

TODAY = dt.date(2026, 11, 24)
NEEDED = dt.date(2028, 4, 1)
MEETINGS = tuple(Meeting("Cabinet", dt.date(2026, 11, 3) + dt.timedelta(28 * number)) for number in range(40))
BASE = Facts(
    kind="services", light_touch=False, concession=False, value_inc_vat=Decimal(900_000), value_ex_vat=Decimal(750_000),
    above_threshold=True, decision_model="executive",
    answers={
        "key_decision_strategy": True, "key_decision_award": True, "engages_market": True, "leaseholders": True,
        "staff_transfer": True, "electronic": True, "documents_at_once": True,
    },
    choices={"strategy_decider": "meeting", "award_decider": "meeting"},
    own=OwnRules(call_in_days=5, meetings=MEETINGS),
)  # fmt: skip


def d(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def told(facts: Facts = BASE, *, events: dict[str, str] | None = None, **answers: Any) -> Facts:
    """The facts with other answers, and days that steps recorded."""
    days = {name: d(day) for name, day in (events or {}).items()}
    return replace(facts, answers={**facts.answers, **answers}, events={**facts.events, **days})


def planned(
    route: str = "open-competition",
    facts: Facts = BASE,
    *,
    needed: dt.date = NEEDED,
    today: dt.date = TODAY,
    done: dict[str, dt.date] | None = None,
    change: Change = NO_CHANGE,
    shape: Shape | None = None,
) -> Plan:
    return plan_of(shape or shapes()[route], facts, needed_on=needed, today=today, done=done, change=change)
