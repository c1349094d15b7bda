"""The rules in words, for everyone of the organisation."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from toolkit.accounts.permissions import needs
from toolkit.accounts.readers import reader_for
from toolkit.accounts.roles import Right
from toolkit.core import slots
from workflows.rules import pages
from workflows.rules.models import RuleSet, RuleSetStatus, Weighing, WeighingState
from workflows.rules.views.common import organisation_of


@require_safe
@needs(Right.READ_BOROUGH)
def rules(request: HttpRequest) -> HttpResponse:
    """What is in force, what comes, who is listed, when bodies meet."""
    may_change = reader_for(request).may(Right.SET_RULES)
    shown = pages.overview(organisation_of(request), may_change=may_change)
    return render(request, "rules/overview.html", {"shown": shown, "may_change": may_change})


@require_safe
@needs(Right.READ_BOROUGH)
def version(request: HttpRequest, number: str) -> HttpResponse:
    """One published set, and which live procurements it touches that this reader may open."""
    if not (number.isascii() and number.isdigit() and len(number) < 6):
        raise Http404
    found = (
        RuleSet.objects.filter(
            organisation=organisation_of(request), number=int(number), status=RuleSetStatus.PUBLISHED
        )
        .select_related("organisation", "published_by")
        .first()
    )
    if found is None:
        raise Http404
    weighing = (
        Weighing.objects.filter(rule_set=found, lock_version=found.lock_version)
        .select_related("rule_set")
        .first()
    )
    is_done = weighing is not None and weighing.state == WeighingState.DONE
    context = {
        "rule_set": found,
        "topics": pages.topics_of(found),
        "weighing": weighing,
        "is_done": is_done,
        "touched": slots.fill(pages.TOUCHED, {"weighing": weighing, "reader": reader_for(request)})
        if is_done
        else [],
    }
    return render(request, "rules/version.html", context)
