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
from workflows.rules.models import RuleSet, RuleSetStatus, Weighing
from workflows.rules.views.common import organisation_of


@require_safe
@needs(Right.READ_BOROUGH)
def rules(request: HttpRequest) -> HttpResponse:
    """What is in force, what comes, who is listed, when bodies meet."""
    may_change = reader_for(request).may(Right.SET_RULES)
    shown = pages.overview(organisation_of(request), may_change=may_change)
    return render(request, "rules/overview.html", {"shown": shown, "may_change": may_change})


def _filled(request: HttpRequest, weighing: Weighing | None) -> dict[str, object]:
    """What a page shows of a weighing: as it is worked out, the procurements that its reader may open."""
    is_done = weighing is not None and weighing.is_done
    shown = {"weighing": weighing, "reader": reader_for(request)}
    return {
        "weighing": weighing,
        "is_done": is_done,
        "touched": slots.fill(pages.TOUCHED, shown) if is_done else [],
    }


@require_safe
@needs(Right.READ_BOROUGH)
def touched(request: HttpRequest, change: str) -> HttpResponse:
    """A change of what is kept beside the rule sets, and which live procurements it touches that this reader may open."""
    if not (change.isascii() and change.isdigit() and len(change) < 12):
        raise Http404
    weighing = (
        Weighing.objects.filter(kept=int(change), kept__organisation=organisation_of(request))
        .select_related("kept__by", "kept__organisation")
        .first()
    )
    if weighing is None:
        raise Http404
    return render(request, "rules/touched.html", {"change": weighing.kept, **_filled(request, weighing)})


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
    context = {"rule_set": found, "topics": pages.topics_of(found), **_filled(request, weighing)}
    return render(request, "rules/version.html", context)
