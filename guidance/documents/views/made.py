"""What was made of a document: a list, the files of each, and the internal sheet."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from guidance.documents import permissions, provenance
from guidance.documents.assembly import papers
from guidance.documents.models import Document, FileState, Made
from guidance.documents.pages import copies
from guidance.documents.pages import documents as document_pages
from guidance.documents.services import making
from guidance.documents.services.making import SHEET
from guidance.documents.views.common import found, frame, person_of
from guidance.documents.writers.formats import FORMATS
from toolkit.accounts.readers import reader_for
from toolkit.core.errors import Refused
from toolkit.core.text import whole_number

ON_A_PAGE = 25


def _made(document: Document, number: str) -> Made:
    """Raises Http404."""
    made = (
        document.made.select_related("made_by", "variant_version").filter(number=whole_number(number)).first()
    )
    if made is None:
        raise Http404
    made.document = document  # with its template and organisation, which are loaded
    return made


@require_safe
def listing(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything that was made of it, newest first."""
    document = found(request, reference)
    made = document.made.defer("paper", "answers").select_related("made_by")
    page = Paginator(made, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        **frame(request, document),
        "page_of_made": page,
        "copies": copies.copy_lines(document, page.object_list),
    }
    return render(request, "documents/made_list.html", context)


@require_safe
def compare(request: HttpRequest, reference: str) -> HttpResponse:
    """What changed between two versions: `old` and `new`; without them the newest and the one before it."""
    document = found(request, reference)
    choices = copies.choices(document)
    new = whole_number(request.GET.get("new")) or (choices[0][0] if choices else 0)
    old = whole_number(request.GET.get("old")) or max(1, new - 1)
    compared = copies.compared(document, old, new)
    if compared is None and choices:
        raise Http404
    context = {**frame(request, document), "choices": choices, "compared": compared}
    return render(request, "documents/compare.html", context)


@require_safe
def one(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    """The files of one version: which are ready, which are on their way, which failed."""
    document = found(request, reference)
    made = _made(document, number)
    reader = reader_for(request)
    files = list(made.files.defer("content"))
    sees_sheet = permissions.sees_sheet(reader, document)
    context = {
        **frame(request, document),
        "made": made,
        "copy": copies.copy_lines(document, [made])[0],
        "files": document_pages.file_lines(made, files, with_sheet=sees_sheet),
        "is_waiting": any(file.state == FileState.WAITING and not making.is_stuck(file) for file in files),
        "may_make_again": any(making.is_stuck(file) for file in files)
        and permissions.may_comment(reader, document),
        "sees_sheet": sees_sheet,
    }
    return render(request, "documents/made.html", context)


@require_safe
def read(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    """Every word of it, as it was kept."""
    from guidance.documents.writers import html

    document = found(request, reference)
    made = _made(document, number)
    context = {**frame(request, document), "made": made, "paper": html.fragment(papers.read(made.paper))}
    return render(request, "documents/made_read.html", context)


@require_safe
def sheet(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    """The internal sheet on screen."""
    from guidance.documents.writers import html

    document = found(request, reference)
    if not permissions.sees_sheet(reader_for(request), document):
        raise Http404
    made = _made(document, number)
    context = {**frame(request, document), "made": made, "paper": html.fragment(provenance.paper_of(made))}
    return render(request, "documents/sheet.html", context)


@require_safe
def file(request: HttpRequest, reference: str, number: str, form: str) -> HttpResponse:
    """One file to keep. Its name says the template and the reference, never what it is about."""
    document = found(request, reference)
    if form == SHEET and not permissions.sees_sheet(reader_for(request), document):
        raise Http404
    made = _made(document, number)
    kept = made.files.filter(format=form, state=FileState.DONE).first()
    if kept is None:
        raise Http404
    written = FORMATS["docx" if form == SHEET else form]
    mark = "internal-sheet" if form == SHEET else "draft" if made.is_draft else "clean"
    name = f"{document.template.slug}-{document.reference}-{made.number}-{mark}.{written.extension}"
    response = HttpResponse(bytes(kept.content or b""), content_type=written.content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def again(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    """Have what failed or got lost written again."""
    document = found(request, reference)
    if not permissions.may_comment(reader_for(request), document):
        raise PermissionDenied
    made = _made(document, number)
    try:
        making.make_again(made=made, actor=person_of(request))
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("document_made", reference, made.number)
