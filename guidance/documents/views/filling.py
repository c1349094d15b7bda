"""Filling in: where a document stands, and one question on each page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from guidance.documents import permissions, selectors
from guidance.documents.assembly.definitions import QuestionKind
from guidance.documents.forms.answers import AnswerForm, as_typed
from guidance.documents.forms.documents import CommentForm
from guidance.documents.models import Document, ReviewState
from guidance.documents.pages import answers as answer_pages
from guidance.documents.pages import copies
from guidance.documents.pages import documents as document_pages
from guidance.documents.selectors import Standing, standing_of
from guidance.documents.services import answering, moving
from guidance.documents.services.answering import Overtaken
from guidance.documents.views.common import (
    count_changed,
    found,
    frame,
    person_of,
    question_of,
    way_back,
    way_on,
)
from guidance.documents.views.tables import show_table
from toolkit.accounts.readers import reader_for
from toolkit.accounts.roles import Right
from toolkit.core import slots
from toolkit.core.errors import Refused
from toolkit.core.text import whole_number

MOST_MADE = 3
"""The newest things made that the document’s page lists."""


@require_safe
def document(request: HttpRequest, reference: str) -> HttpResponse:
    """Where a document stands: its sections, what is missing, what changed, who is on it, what was made."""
    document = found(request, reference)
    reader = reader_for(request)
    standing = standing_of(document)
    last = (
        document.reviews.exclude(state=ReviewState.WITHDRAWN)
        .select_related("asked_of", "by", "document")
        .order_by("-pk")
        .first()
    )
    context = {
        **frame(request, document),
        "subject": selectors.subject_of(document, reader),
        "who_sees": document_pages.who_sees(bool(document.subject_kind), document.confidence),
        "tag": document_pages.TAGS[document.status],  # type: ignore[index]  # a status is its slug
        "sections": document_pages.section_lines(document, standing),
        "missing": standing.missing,
        "filled": document_pages.filled_lines(document, standing),
        "changed": count_changed(document, standing),
        "review": document_pages.review_now(document, last),
        "may_review": permissions.may_review(reader, document),
        "copies": copies.copy_lines(document, document.made.defer("paper", "answers")[:MOST_MADE]),
        "open_comments": document.comments.filter(done_at=None).count(),
        "may_begin": reader.may(Right.DRAFT, document.organisation_id),
        "is_behind": moving.planned(document) is not None,
        "examples": slots.fill("document.examples", {"document": document, "reader": reader}),
    }
    return render(request, "documents/document.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """One question: its form, or its rows, or its answer for those who only read."""
    document = found(request, reference)
    standing = standing_of(document)
    asked = question_of(standing, name)
    if request.method == "POST" and not permissions.may_write(reader_for(request), document):
        raise PermissionDenied
    context = {
        **frame(request, document),
        "shown": answer_pages.question_page(document, standing, asked),
        "back": way_back(request, document),
        "next": way_on(request, document, standing, asked),
        "comments": document.comments.filter(question=name, done_at=None).select_related("by"),
        "comment_form": CommentForm(),
    }
    if asked.kind == QuestionKind.TABLE:
        return show_table(request, document, standing, asked, context)
    return _one_answer(request, document, standing, context)


def _one_answer(
    request: HttpRequest, document: Document, standing: Standing, context: dict[str, Any]
) -> HttpResponse:
    shown = context["shown"]
    kept = standing.value(shown.question.name)
    form = AnswerForm(
        request.POST or None,
        question=shown.question,
        is_answered=standing.is_answered(shown.question),
        initial={"value": as_typed(shown.question.kind, kept)},
    )
    seen = whole_number(request.POST.get("seen"))
    if request.method == "POST" and form.is_valid():
        try:
            answering.save_answer(
                document=document,
                name=shown.question.name,
                value=form.answer,
                seen=seen,
                actor=person_of(request),
            )
        except Overtaken as overtaken:
            context["both"] = answer_pages.both_answers(shown.question, overtaken.theirs, form.answer)
            return render(request, "documents/overtaken.html", context)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            return _saved(request, document, context)
    # What was shown first: a form that comes back with an error has not seen what others saved meanwhile.
    context |= {"form": form, "seen": seen if form.is_bound else shown.number}
    return render(request, "documents/question.html", context)


def _saved(request: HttpRequest, document: Document, context: dict[str, Any]) -> HttpResponse:
    """On to the next question, as the answers now stand."""
    question, standing = context["shown"].question, standing_of(document)
    if question not in standing.asked:
        messages.info(
            request,
            "Your answer is kept, but an earlier answer rules the question out: it does not stand in the document",
        )
    return redirect(way_on(request, document, standing, question))
