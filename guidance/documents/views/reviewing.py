"""Review: asking for it, answering it, taking it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from guidance.documents import permissions
from guidance.documents.assembly import papers
from guidance.documents.forms.documents import AnswerReviewForm, AskReviewForm
from guidance.documents.models import AnswerChange, Document, DocumentStatus, Made, ReviewState
from guidance.documents.pages import copies
from guidance.documents.pages import documents as document_pages
from guidance.documents.selectors import standing_of
from guidance.documents.services import reviewing
from guidance.documents.views.common import (
    colleagues,
    count_changed,
    found,
    found_to_write,
    frame,
    person_of,
)
from toolkit.accounts.models import Person
from toolkit.accounts.readers import reader_for
from toolkit.core.errors import Refused
from toolkit.core.text import whole_number


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, reference: str) -> HttpResponse:
    """Where the review stands; for whoever may answer it, what was made and the answer."""
    document = found(request, reference)
    reader, person = reader_for(request), person_of(request)
    last = (
        document.reviews.exclude(state=ReviewState.WITHDRAWN)
        .select_related("asked_by", "asked_of", "by", "made")
        .order_by("-pk")
        .first()
    )
    may_review = permissions.may_review(reader, document)
    if request.method == "POST" and not may_review:
        raise PermissionDenied
    is_open = document.status == DocumentStatus.REVIEW and last is not None
    wrote = reviewing.wrote_some_of_it(person, document)
    may_say = (
        is_open
        and last is not None
        and may_review
        and not wrote
        and last.asked_by != person
        and last.asked_of in (None, person)
    )
    form = AnswerReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reviewing.answer(
                document=document,
                number=whole_number(request.POST.get("number")),
                passes=form.cleaned_data["passes"] == "yes",
                reasons=form.cleaned_data["reasons"],
                actor=person,
            )
        except Refused as refused:
            messages.error(request, refused.sentence)
        else:
            messages.success(request, "Your review is recorded")
        return redirect("document_review", reference)
    context = {
        **frame(request, document),
        "review": document_pages.review_now(document, last),
        "last": last,
        "is_open": is_open,
        "wrote": wrote,
        "may_say": may_say,
        "sent_back": None,
        "sentences": [],
        "form": form,
    }
    if is_open and last is not None:
        context["sent_back"] = copies.sent_back(document, last)
    if may_say and last is not None:
        context |= _to_read(last.made)
    return render(request, "documents/review.html", context)


def _to_read(made: Made) -> dict[str, Any]:
    """The paper, and what its PDF cannot show."""
    from guidance.documents.writers import glyphs, html

    paper = papers.read(made.paper)
    return {"paper": html.fragment(paper), "sentences": [str(each) for each in glyphs.missing(paper)]}


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that it is ready, and who is to review it."""
    document = found_to_write(request, reference)
    standing = standing_of(document)
    form = AskReviewForm(request.POST or None, people=_reviewers(document, person_of(request)))
    if request.method == "POST" and form.is_valid():
        try:
            reviewing.ask(
                document=document,
                of=form.cleaned_data["person"],
                note=form.cleaned_data["note"],
                actor=person_of(request),
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, "The review is asked for")
            return redirect("document_review", reference)
    context = {
        **frame(request, document),
        "form": form,
        "missing": standing.missing,
        "changed": count_changed(document, standing),
        "submit": "Ask for a review",
    }
    return render(request, "documents/review_ask.html", context)


def _reviewers(document: Document, asking: Person) -> list[Person]:
    """Colleagues who wrote none of it. Whether each may is asked when one is chosen."""
    wrote = set(AnswerChange.objects.filter(document=document).values_list("by", flat=True))
    wrote |= {asking.pk, document.created_by_id}
    return [person for person in colleagues(document) if person.pk not in wrote]


def _tried(
    request: HttpRequest, reference: str, act: Callable[..., None], sentence: str, to: str
) -> HttpResponse:
    document = found_to_write(request, reference)
    try:
        act(document=document, actor=person_of(request))
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, sentence)
    return redirect(to, reference)


@require_POST
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take it back from review."""
    return _tried(request, reference, reviewing.withdraw, "It is yours to go on with", "document")


@require_POST
def open_again(request: HttpRequest, reference: str) -> HttpResponse:
    """Go on writing in what was reviewed."""
    return _tried(request, reference, reviewing.open_again, "It is open again", "document")
