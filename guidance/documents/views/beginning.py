"""Beginning a document, and the list of mine."""

from __future__ import annotations

import re

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from guidance.documents import selectors, subjects
from guidance.documents.assembly.definitions import Confidence
from guidance.documents.forms.documents import LabelForm
from guidance.documents.models import DocumentStatus, DocumentTemplate
from guidance.documents.pages import documents as document_pages
from guidance.documents.services import beginning
from guidance.documents.subjects import Subject
from guidance.documents.views.common import found, frame, person_of
from toolkit.accounts.permissions import members_only
from toolkit.accounts.readers import current_organisation, reader_for
from toolkit.accounts.roles import Right
from toolkit.core import form_keys
from toolkit.core.errors import Refused

ON_A_PAGE = 25
MOST_ALIKE = 10
_STEP = re.compile(r"[a-z0-9-]{0,60}")


@require_safe
@members_only
def listing(request: HttpRequest) -> HttpResponse:
    """Documents I began, am on, or am asked to review; or all I may open. By their state, and by words."""
    reader = reader_for(request)
    asked = document_pages.asked_for(request.GET)
    documents = selectors.listed(reader, only_mine=asked.only_mine, status=asked.status, words=asked.words)
    page = Paginator(documents, ON_A_PAGE).get_page(request.GET.get("page"))
    titles = selectors.titles_of_subjects(list(page.object_list), reader)
    context = {
        "page_of_documents": page,
        "lines": [document_pages.line_of(each, titles) for each in page.object_list],
        "asked": asked,
        "statuses": DocumentStatus.choices,
        "longest": document_pages.LONGEST_WORDS,
    }
    return render(request, "documents/mine.html", context)


def _subject(request: HttpRequest) -> Subject | None:
    """The record that the address names. Raises Http404 for one that this reader may not open, and for none at all."""
    given = request.GET.get("subject", "")
    if not given:
        return None
    split = subjects.split(given)
    provider = subjects.provider_of(split[0]) if split is not None else None
    subject = (
        provider.find(split[1], reader_for(request)) if provider is not None and split is not None else None
    )
    if subject is None:
        raise Http404
    return subject


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """What is about to be begun, what there is already, and which one it is. Looking at it begins nothing."""
    template = get_object_or_404(DocumentTemplate.objects.published(), slug=request.GET.get("template", ""))
    subject, step = _subject(request), request.GET.get("step", "")
    if not _STEP.fullmatch(step):
        raise Http404
    reader = reader_for(request)
    organisation = subject.organisation if subject is not None else current_organisation(request)
    if organisation is None or not reader.may(Right.DRAFT, organisation.pk):
        raise PermissionDenied
    provider = subjects.provider_of(subject.kind) if subject is not None else None
    if subject is not None and (
        provider is None or not provider.may_write(subject.key, reader, Confidence(template.confidence), step)
    ):
        raise PermissionDenied
    form = LabelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            document = beginning.begin(
                template=template,
                organisation=organisation,
                subject=subject,
                step=step,
                label=form.cleaned_data["label"],
                form_key=form_keys.read(request.POST.get("form_key")),
                actor=person_of(request),
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            return redirect("document", document.reference)
    context = {
        "template": template,
        "subject": subject,
        "organisation": organisation,
        "who_sees": document_pages.who_sees(subject is not None, template.confidence),
        "alike": selectors.alike(reader, template, subject, organisation.pk)[:MOST_ALIKE],
        "form": form,
        "form_key": form_keys.again(request.POST.get("form_key")),
        "submit": "Start now",
    }
    return render(request, "documents/new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def another(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin another like this one, with the same answers."""
    document = found(request, reference)
    reader = reader_for(request)
    if not reader.may(Right.DRAFT, document.organisation_id):
        raise PermissionDenied
    form = LabelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = beginning.begin_like(
                document=document,
                label=form.cleaned_data["label"],
                form_key=form_keys.read(request.POST.get("form_key")),
                actor=person_of(request),
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            return redirect("document", made.reference)
    context = {
        **frame(request, document),
        "form": form,
        "form_key": form_keys.again(request.POST.get("form_key")),
        "submit": "Begin another",
    }
    return render(request, "documents/another.html", context)
