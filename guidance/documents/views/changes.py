"""What changed since: facts of the record it belongs to, and versions of its template."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from guidance.documents import comparing, permissions, prefilling
from guidance.documents.assembly import answers as said
from guidance.documents.forms.answers import seen_value
from guidance.documents.pages import answers as answer_pages
from guidance.documents.pages import variants as variant_pages
from guidance.documents.selectors import standing_of
from guidance.documents.services import answering, moving
from guidance.documents.views.common import found, found_to_write, frame, person_of
from toolkit.accounts.readers import reader_for
from toolkit.core.errors import Refused
from toolkit.core.text import whole_number


@require_http_methods(["GET", "HEAD", "POST"])
def changed(request: HttpRequest, reference: str) -> HttpResponse:
    """Each answer whose source says something else now: use the new one, or keep mine."""
    document = found(request, reference)
    if request.method == "POST":
        if not permissions.may_write(reader_for(request), document):
            raise PermissionDenied
        act = answering.take_source if request.POST.get("do") == "take" else answering.keep_mine
        try:
            act(
                document=document,
                name=request.POST.get("name", ""),
                value=seen_value(request.POST.get("value", "")),
                actor=person_of(request),
            )
        except Refused as refused:
            messages.error(request, refused.sentence)
        else:
            took = act is answering.take_source
            messages.success(request, "The new answer is used" if took else "Your answer is kept")
        return redirect("document_changed", reference)
    standing = standing_of(document)
    found_changes = prefilling.changed_since(
        standing.definition, standing.answers, prefilling.known_for(document)
    )
    context = {
        **frame(request, document),
        "differences": [answer_pages.difference(each) for each in found_changes],
    }
    return render(request, "documents/changed.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, reference: str) -> HttpResponse:
    """What moving to the newest version of the template would do, then do it."""
    document = found_to_write(request, reference)
    if request.method == "POST":
        try:
            moving.move(
                document=document,
                to_number=whole_number(request.POST.get("to_number")),
                seen=request.POST.get("seen", ""),
                actor=person_of(request),
            )
        except Refused as refused:
            messages.error(request, refused.sentence)
            return redirect("document_move", reference)
        messages.success(request, "The document is on the newest version of its template")
        return redirect("document", reference)
    plan = moving.planned(document)
    context = {
        **frame(request, document),
        "plan": plan,
        "change": comparing.compared(document.template_id, document.template_number, plan.to_number)
        if plan and plan.to_number != document.template_number
        else None,
        "own": variant_pages.change_of_additions(document, plan.variant) if plan else (),
        "clauses": comparing.clauses_compared(document.clause_pins, plan.pins) if plan else (),
        "why_not": moving.stays(document),
        "carried": [(question, said.words(question, value)) for question, value in plan.carried_over]
        if plan
        else [],
        "left": [(question, said.words(question, value)) for question, value in plan.left_behind]
        if plan
        else [],
    }
    return render(request, "documents/move.html", context)
