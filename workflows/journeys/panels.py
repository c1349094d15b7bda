"""What routes show on pages of guidance: the steps that a page helps with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import reverse

from workflows.journeys import loading


@dataclass(frozen=True, slots=True)
class StepLink:
    """A step, and where the first route that has it shows it."""

    title: str
    url: str


def steps_of_page(context: Mapping[str, Any]) -> Sequence[StepLink]:
    """The steps that the page names, or that name the page. No query: routes are in memory."""
    return _steps(context["page"], tuple(context["steps"]))


@cache
def _steps(page: str, slugs: tuple[str, ...]) -> Sequence[StepLink]:
    found: dict[str, StepLink] = {}
    for journey in loading.latest():
        for task in journey.tasks:
            if task.slug not in found and (task.slug in slugs or page in task.guidance):
                where = f"{reverse('route', args=[journey.slug])}#step-{task.slug}"
                found[task.slug] = StepLink(task.title, where)
    return tuple(found.values())
