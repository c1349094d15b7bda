"""What stands behind a step: the pages that help with it and the templates it needs."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from workflows.journeys import loading
from workflows.journeys.definitions import Task


@dataclass(frozen=True, slots=True)
class Behind:
    """Pages and templates, by every name under which steps know them, and the steps that they name themselves."""

    pages: frozenset[str] = frozenset()
    templates: frozenset[str] = frozenset()
    steps: frozenset[str] = frozenset()

    def stands_behind(self, task: Task) -> bool:
        return (
            task.slug in self.steps
            or not self.pages.isdisjoint(task.guidance)
            or not self.templates.isdisjoint(task.documents)
        )

    def runs(self, prefix: str = "") -> Q:
        """The runs on a version of a route that has such a step, whether it applies to them or not. `prefix`: the way to
        the run."""
        found = Q(pk__in=[])
        for journey in loading.all_journeys().values():
            if any(self.stands_behind(task) for task in journey.tasks):
                found |= Q(**{f"{prefix}journey": journey.slug, f"{prefix}version": journey.version})
        return found
