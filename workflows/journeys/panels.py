"""What routes show on pages of guidance and of templates: the steps that a page helps with, or that need a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.urls import reverse

from workflows.journeys import loading
from workflows.journeys.behind import Behind
from workflows.journeys.definitions import FAMILIES, Journey, Task

PLAIN = "open-competition"


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
    """The steps that the page names, or that name the page, once for each title: routes may word one step alike under
    several names. No query: routes are in memory."""
    return _steps(Behind(pages=frozenset([context["page"]]), steps=frozenset(context["steps"])))


def steps_of_template(context: Mapping[str, Any]) -> Sequence[StepLink]:
    """The steps that name one of these templates, or that it names. No query."""
    return _steps(Behind(templates=frozenset(context["slugs"]), steps=frozenset(context["steps"])))


def _plain_first() -> list[Journey]:
    """The current routes, those that most take first: a step that several have is linked to the plainest of them."""
    order = list(FAMILIES)
    return sorted(
        loading.latest(), key=lambda each: (order.index(each.family), each.slug != PLAIN, each.title)
    )


def _link(journey: str, task: Task) -> StepLink:
    return StepLink(task.title, f"{reverse('route', args=[journey])}#step-{task.slug}")


@lru_cache(maxsize=512)
def _steps(behind: Behind) -> Sequence[StepLink]:
    found: dict[str, StepLink] = {}
    for journey in _plain_first():
        for task in journey.tasks:
            if task.title not in found and behind.stands_behind(task):
                found[task.title] = _link(journey.slug, task)
    return tuple(found.values())
