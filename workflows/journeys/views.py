"""The public pages of the routes: every step of each, who does it, when, and where it stands in law."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from toolkit.core.page_cache import same_for_everyone
from toolkit.law.values import CHECKED_ON
from workflows.journeys import loading
from workflows.journeys.conditions import CONDITIONS
from workflows.journeys.definitions import JourneyError, Task
from workflows.journeys.due import due_of
from workflows.journeys.facts import Facts
from workflows.journeys.progress import law_of


@login_not_required
@same_for_everyone
@require_safe
def routes(request: HttpRequest) -> HttpResponse:
    """All routes."""
    return render(request, "journeys/routes.html", {"journeys": loading.latest()})


def _row(task: Task) -> dict[str, object]:
    due = due_of(task.due, Facts()) if task.due is not None else None
    return {
        "task": task,
        "when": " and ".join(CONDITIONS[name].holds for name in task.when),
        "due": due.rule if due else "",
        "law": law_of(task, Facts()),
    }


@login_not_required
@same_for_everyone
@require_safe
def route(request: HttpRequest, slug: str) -> HttpResponse:
    """One route from planning to exit."""
    try:
        journey = loading.get(slug)
    except JourneyError:
        raise Http404 from None
    stages = [(stage, [_row(task) for task in tasks]) for stage, tasks in journey.stages]
    context = {"journey": journey, "stages_with_rows": stages, "checked_on": CHECKED_ON}
    return render(request, "journeys/route.html", context)
