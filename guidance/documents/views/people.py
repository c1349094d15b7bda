"""Who is on a document, what they say to one another, and what happened."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guidance.documents import happenings, permissions
from guidance.documents.assembly.definitions import Confidence
from guidance.documents.forms.documents import CommentForm, PersonForm
from guidance.documents.models import Comment
from guidance.documents.pages import documents as document_pages
from guidance.documents.services import remarks, reviewing
from guidance.documents.versions import definition_of
from guidance.documents.views.common import colleagues, found, found_to_write, frame, person_of
from toolkit.accounts.readers import reader_for
from toolkit.core.errors import Refused

ON_A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, reference: str) -> HttpResponse:
    """Who is on it; whoever writes in it puts people on."""
    document = found(request, reference)
    context = frame(request, document)
    if request.method == "POST" and not context["may_write"]:
        raise PermissionDenied
    writing = {each.person_id for each in document.people.all() if each.may_write} | {document.created_by_id}
    form = PersonForm(
        request.POST or None, people=[each for each in colleagues(document) if each.pk not in writing]
    )
    if request.method == "POST" and form.is_valid():
        person = form.cleaned_data["person"]
        try:
            reviewing.put_on(document=document, person=person, actor=person_of(request))
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, f"{person} is on the document")
            return redirect("document_people", reference)
    context |= {
        "form": form,
        "is_for_the_team": bool(document.subject_kind) and document.confidence == Confidence.TEAM,
        "who_sees": document_pages.who_sees(bool(document.subject_kind), document.confidence),
        "submit": "Put on the document",
    }
    return render(request, "documents/people.html", context)


@require_POST
def take_off(request: HttpRequest, reference: str, email: str) -> HttpResponse:
    """Take somebody off."""
    document = found_to_write(request, reference)
    on_it = next((each for each in document.people.all() if each.person.email == email), None)
    if on_it is not None:
        try:
            reviewing.take_off(document=document, person=on_it.person, actor=person_of(request))
        except Refused as refused:
            messages.error(request, refused.sentence)
        else:
            messages.success(request, f"{on_it.person} is off the document")
            if on_it.person == person_of(request):
                return redirect("documents")
    return redirect("document_people", reference)


@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: HttpRequest, reference: str) -> HttpResponse:
    """Every comment, open ones first, and one more: on the whole, or on the question it was sent from."""
    document = found(request, reference)
    reader = reader_for(request)
    if not permissions.sees_remarks(reader, document):
        raise Http404
    may_comment = permissions.may_comment(reader, document)
    if request.method == "POST" and not may_comment:
        raise PermissionDenied
    definition, question = definition_of(document), request.POST.get("question", "")
    form = CommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            remarks.comment(
                document=document, text=form.cleaned_data["text"], question=question, actor=person_of(request)
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            if question:
                return redirect("document_question", reference, question)
            return redirect("document_comments", reference)
    page = Paginator(
        document.comments.select_related("by", "done_by").order_by(F("done_at").asc(nulls_first=True), "at"),
        ON_A_PAGE,
    )
    context = {
        **frame(request, document),
        "page_of_comments": page.get_page(request.GET.get("page")),
        "asks": {each.name: each.ask for each in definition.questions},
        "may_comment": may_comment,
        "question": question if definition.has(question) else "",
        "form": form,
        "submit": "Add the comment",
    }
    return render(request, "documents/comments.html", context)


@require_POST
def settle(request: HttpRequest, reference: str) -> HttpResponse:
    """Mark a comment as dealt with."""
    document = found(request, reference)
    if not permissions.may_comment(reader_for(request), document):
        raise PermissionDenied
    key = request.POST.get("comment", "")
    comment: Comment | None = (
        document.comments.filter(pk=int(key)).first()
        if key.isascii() and key.isdigit() and len(key) < 19
        else None
    )
    try:
        if comment is None:
            raise Refused("That comment is not there any more")
        remarks.settle(comment=comment, actor=person_of(request))
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, "The comment is dealt with")
    return redirect("document_comments", reference)


@require_safe
def history(request: HttpRequest, reference: str) -> HttpResponse:
    """Who answered what, who reviewed it, what was made: newest first."""
    document = found(request, reference)
    if not permissions.sees_remarks(reader_for(request), document):
        raise Http404
    page = Paginator(happenings.places(document), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        **frame(request, document),
        "page_of_moments": page,
        "moments": happenings.told(document, list(page.object_list)),
    }
    return render(request, "documents/history.html", context)
