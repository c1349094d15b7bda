"""What rules may name: routes and steps of every shipped version, with their titles."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from workflows.journeys import loading
from workflows.rules.content import Names


@cache
def route_titles() -> Mapping[str, str]:
    """Slug → title of every route, by title."""
    return {journey.slug: journey.title for journey in loading.latest()}


@cache
def step_titles() -> Mapping[str, str]:
    """Slug → title of every step of any route, by title; the newest wording of each."""
    titles = {
        task.slug: task.title
        for _, journey in sorted(loading.all_journeys().items())
        for task in journey.tasks
    }
    return dict(sorted(titles.items(), key=lambda item: item[1]))


@cache
def names() -> Names:
    """For holding content against what there is."""
    return Names(frozenset(route_titles()), frozenset(step_titles()))
