"""“Is this page useful?”: a page of its own, so that guidance stays the same bytes for everybody."""

from __future__ import annotations

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from guidance.pages.feedback.forms import FeedbackForm
from guidance.pages.models import Feedback, Guide, Page
from toolkit.core.scrub import without_contact_details
from toolkit.errors import too_many


@login_not_required
@require_http_methods(["GET", "POST"])
def about_page(request: HttpRequest, stage: str, slug: str) -> HttpResponse:
    """Say whether a page is useful."""
    return _about(request, get_object_or_404(Page.objects.published(), slug=slug, stage=stage))


@login_not_required
@require_http_methods(["GET", "POST"])
def about_guide(request: HttpRequest, slug: str) -> HttpResponse:
    """Say whether a guide is useful."""
    return _about(request, get_object_or_404(Guide.objects.published(), slug=slug))


def _about(request: HttpRequest, item: Page | Guide) -> HttpResponse:
    form = FeedbackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action="feedback"):
            return too_many(request)
        Feedback.objects.create(
            path=item.get_absolute_url(),
            title=item.title,
            is_useful=form.cleaned_data["is_useful"] == "yes",
            words=without_contact_details(form.cleaned_data["words"].strip()),
        )
        return redirect("feedback_thanks")
    return render(request, "guidance/feedback.html", {"form": form, "item": item})


@login_not_required
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """It has been kept."""
    return render(request, "guidance/feedback_thanks.html")
