"""When a step applies: named conditions, by area."""

from workflows.journeys.conditions import common, competing, contracts, frameworks, health, small
from workflows.journeys.conditions.common import not_user_choice, standstill_mandatory
from workflows.journeys.conditions.competing import standstill_due, standstill_stated
from workflows.journeys.conditions.registry import CONDITIONS, Condition, Verdict, judge

__all__ = [
    "AREAS", "CONDITIONS", "Condition", "Verdict", "judge", "not_user_choice", "standstill_due", "standstill_mandatory",
    "standstill_stated",
]  # fmt: skip

AREAS = (common, competing, contracts, frameworks, health, small)
"""Reading an area registers its conditions."""
