"""The routes a timeline can be asked for, and which questions of the timeline make a difference on each."""

from __future__ import annotations

from functools import cache

from workflows.journeys import loading
from workflows.journeys.definitions import FAMILIES
from workflows.journeys.planning.shapes import Shape, shapes

_NEVER_PLANNED = frozenset({"urgent-award"})
"""What is urgent for no fault of the council is not planned back from a day."""
LIGHT_TOUCH = frozenset({"light-touch-competition", "user-choice"})
CONCESSIONS = frozenset({"concession-competition"})
GROUNDS = {"user-choice": "user-choice"}
"""Routes of one ground of direct award."""


@cache
def families() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Every way to buy that has a plan of its own, by family: label, then slug and title of each."""
    known = shapes()
    offered = [
        journey
        for journey in loading.latest()
        if journey.about == "procurement" and journey.slug in known and journey.slug not in _NEVER_PLANNED
    ]
    grouped = (
        (
            label,
            tuple(
                (journey.slug, journey.title)
                for journey in sorted(offered, key=lambda each: each.title)
                if journey.family == family
            ),
        )
        for family, label in FAMILIES.items()
    )
    return tuple((label, routes) for label, routes in grouped if routes)


@cache
def titles() -> dict[str, str]:
    """Slug → title, in the order of the list."""
    return {slug: title for _, routes in families() for slug, title in routes}


def tender_time_is_counted(shape: Shape) -> bool:
    """Does section 54 count the days for tenders?"""
    return shape.route not in LIGHT_TOUCH and (shape.has("tendering") or shape.has("final-tenders"))


def choices_asked(shape: Shape) -> dict[str, frozenset[str]]:
    """Name of a question with ticks → the ticks that make a difference on this route."""
    also = {
        "engagement": ("engagement",),
        "leaseholders": ("leaseholders-first",),
        "staff": ("staff-information",),
        "private": ("private-notice-strategy", "private-notice-award"),
    }
    key = {"strategy": "key-notice-strategy", "award": "key-notice-award"}
    return {
        "also": frozenset(tick for tick, of in also.items() if any(map(shape.has, of))),
        "key": frozenset(tick for tick, activity in key.items() if shape.has(activity)),
    }


def not_asked(shape: Shape, allowances: tuple[str, ...]) -> frozenset[str]:
    """Names of the questions that make no difference on this route."""
    counted = tender_time_is_counted(shape)
    first, award = shape.has("strategy-decision") or shape.has("waiver-decision"), shape.has("award-decision")
    ticks = choices_asked(shape)
    asked = {
        "also": bool(ticks["also"]),
        "key": bool(ticks["key"]),
        "model": first or award,
        "meetings": first or award,
        "strategy_decider": first,
        "award_decider": award,
        "call_in": any(activity.slug.endswith("-call-in") for activity in shape.activities),
        "first_stage": shape.has("requests") or shape.has("participation"),
        "rounds": shape.has("second-round") or shape.has("middle-round"),
        "documents": counted,
        "planned": counted,
        **{f"days_{slug}": shape.has(slug) for slug in allowances},
    }
    return frozenset(name for name, is_asked in asked.items() if not is_asked)
