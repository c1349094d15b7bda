"""What routes show on pages of guidance and of templates: the steps that a page helps with, or that need a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import reverse

from workflows.journeys import loading
from workflows.journeys.definitions import Task


@dataclass(frozen=True, slots=True)
class StepLink:
    """A step, and where the first route that has it shows it."""

    title: str
    url: str


def timeline_tool(context: Mapping[str, Any]) -> tuple[str, str, str]:
    """The timeline, for the list of tools: words, address, what it does."""
    return (
        "When must I start?",
        reverse("tool_timeline"),
        "Say how you buy and when it is needed, and see the last day to start, what binds, and what would help if it is late.",
    )


def steps_of_page(context: Mapping[str, Any]) -> Sequence[StepLink]:
    """The steps that the page names, or that name the page. No query: routes are in memory."""
    return _steps(context["page"], tuple(context["steps"]))


def steps_of_template(context: Mapping[str, Any]) -> Sequence[StepLink]:
    """The steps that name one of these templates, or that it names. No query."""
    slugs, steps = frozenset(context["slugs"]), frozenset(context["steps"])
    found: dict[str, StepLink] = {}
    for journey in loading.latest():
        for task in journey.tasks:
            if task.slug in steps or not slugs.isdisjoint(task.documents):
                found.setdefault(task.slug, _link(journey.slug, task))
    return tuple(found.values())


def _link(journey: str, task: Task) -> StepLink:
    return StepLink(task.title, f"{reverse('route', args=[journey])}#step-{task.slug}")


@cache
def _steps(page: str, slugs: tuple[str, ...]) -> Sequence[StepLink]:
    found: dict[str, StepLink] = {}
    for journey in loading.latest():
        for task in journey.tasks:
            if task.slug not in found and (task.slug in slugs or page in task.guidance):
                found[task.slug] = _link(journey.slug, task)
    return tuple(found.values())
