"""Reading guidance, open to everyone."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from guidance.pages import pages
from guidance.pages.models import Status
from guidance.pages.selectors import page_to_read, pages_of
from toolkit.core.page_cache import same_for_everyone
from toolkit.core.stages import Stage


@login_not_required
@same_for_everyone
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The seven stages and the newest changes."""
    return render(request, "guidance/index.html", {"shown": pages.index_page()})


@login_not_required
@same_for_everyone
@require_safe
def stage(request: HttpRequest, stage: str) -> HttpResponse:
    """One stage and its pages."""
    if stage not in list(Stage):
        raise Http404("There is no such stage")
    return render(request, "guidance/stage.html", {"shown": pages.stage_page(Stage(stage))})


@login_not_required
@same_for_everyone
@require_safe
def page(request: HttpRequest, stage: str, slug: str) -> HttpResponse:
    """One page. A draft is there for the service’s staff alone; a withdrawn one answers that it is gone."""
    found = page_to_read(slug)
    if found is None:
        raise Http404("There is no such page")
    # Only a draft asks who is looking, so that a published page is the same for everybody.
    if found.status == Status.DRAFT and not request.user.is_staff:
        raise Http404("A draft")
    if found.stage != stage:
        return redirect(found, permanent=False)
    if found.status == Status.WITHDRAWN:
        of = Stage(found.stage)
        context = {
            "title": found.title,
            "stage": of,
            "stage_url": pages.stage_url(of),
            "others": pages_of(of),
        }
        return render(request, "guidance/withdrawn.html", context, status=410)
    return render(request, "guidance/page.html", {"shown": pages.guidance_page(found)})
