"""By when: named due rules, by area."""

from workflows.journeys.due import (
    common,
    competing,
    contracts,
    frameworks,
    health,
    managing,
    rounds,
    small,
    standing,
)
from workflows.journeys.due.managing import covered_years
from workflows.journeys.due.registry import RULES, Due, aim_for, due_of

__all__ = ["AREAS", "RULES", "Due", "aim_for", "covered_years", "due_of"]

AREAS = (common, competing, contracts, frameworks, health, managing, rounds, small, standing)
"""Reading an area registers its rules."""
