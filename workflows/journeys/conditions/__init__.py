"""When a step applies: named conditions, by area."""

from workflows.journeys.conditions import common, health, small
from workflows.journeys.conditions.common import not_user_choice, standstill_mandatory
from workflows.journeys.conditions.registry import CONDITIONS, Condition, Verdict, judge

__all__ = ["AREAS", "CONDITIONS", "Condition", "Verdict", "judge", "not_user_choice", "standstill_mandatory"]

AREAS = (common, small, health)
"""Reading an area registers its conditions."""
