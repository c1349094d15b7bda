"""The library: templates and clauses, open to all."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from guidance.documents import shelf
from guidance.documents.models import BlankFile, Clause, DocumentTemplate
from guidance.documents.pages import library as library_pages
from guidance.documents.writers.formats import FORMATS
from guidance.editorial.models import Status
from guidance.editorial.selectors import address_now
from toolkit.accounts.readers import person_of, reader_for
from toolkit.accounts.roles import Right
from toolkit.core.page_cache import same_for_everyone

EXAMPLE = "example/"
"""How the address of a template’s example ends."""


@login_not_required
@same_for_everyone
@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    """Every template, by stage; `stage` and `readers` narrow it."""
    shown = library_pages.templates_page(
        stage=request.GET.get("stage", ""), readers=request.GET.get("readers", "")
    )
    return render(request, "documents/templates.html", {"shown": shown})


def _template_to_read(slug: str) -> DocumentTemplate | None:
    return DocumentTemplate.objects.exclude(status=Status.DRAFT).filter(slug=slug).first()


def _instead(request: HttpRequest, item: DocumentTemplate | Clause | None, form: str = "") -> HttpResponse:
    """For what can’t be read: 410 with the reason when it was withdrawn, the new address when it moved, else 404."""
    if item is not None:
        return render(request, "documents/withdrawn.html", {"item": item}, status=410)
    now = address_now(request.path.removesuffix(form))
    if now is None:
        raise Http404("Nothing is or was here")
    return redirect(f"{now}{form}", permanent=True)


@login_not_required
@same_for_everyone
@require_safe
def template(request: HttpRequest, slug: str) -> HttpResponse:
    """One template: what it is for, what it asks, blanks of it; for members, what boroughs made of it."""
    item = _template_to_read(slug)
    if item is None or not item.is_published:
        return _instead(request, item)
    reader = reader_for(request) if person_of(request) is not None else None
    context = {
        "shown": library_pages.live_template_page(item, reader),
        "may_start": reader is None or reader.may(Right.DRAFT),
        "preview": None,
    }
    return render(request, "documents/template.html", context)


@login_not_required
@same_for_everyone
@require_safe
def example(request: HttpRequest, slug: str) -> HttpResponse:
    """A template filled in, as an example."""
    item = _template_to_read(slug)
    if item is None or not item.is_published:
        return _instead(request, item, EXAMPLE)
    return render(request, "documents/example.html", {"shown": library_pages.live_example_page(item)})


@login_not_required
@require_safe
def blank(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """A template with nothing filled in, as a file. Asking again for one that has not changed costs a 304."""
    if form not in FORMATS:
        raise Http404("There is no such format")
    item = _template_to_read(slug)
    if item is None or not item.is_published:
        return _instead(request, item, f"blank/{form}/")
    files = BlankFile.objects.filter(template=item, format=form, number=item.live_number or 0)
    known = files.values_list("pk", "made_at").first()
    etag = f'"{known[0]}-{known[1].timestamp():.6f}"' if known is not None else ""
    unchanged = get_conditional_response(request, etag=etag) if etag else None
    if unchanged is not None:
        return _kept(unchanged, etag)
    made = files.first() if known is not None else None
    if made is None:
        return render(
            request, "documents/blank_not_made.html", {"item": item, "format": FORMATS[form]}, status=404
        )
    return _kept(_file(item, made), f'"{made.pk}-{made.made_at.timestamp():.6f}"')


def _file(item: DocumentTemplate, made: BlankFile) -> HttpResponse:
    form = FORMATS[made.format]
    response = HttpResponse(bytes(made.content), content_type=form.content_type)
    response["Content-Disposition"] = f'attachment; filename="{item.slug}.{form.extension}"'
    return response


def _kept(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=300"
    return response


@login_not_required
@same_for_everyone
@require_safe
def clauses(request: HttpRequest) -> HttpResponse:
    """Every clause."""
    return render(request, "documents/clauses.html", {"clauses": shelf.clauses()})


@login_not_required
@same_for_everyone
@require_safe
def clause(request: HttpRequest, slug: str) -> HttpResponse:
    """One clause with its notes."""
    item = Clause.objects.exclude(status=Status.DRAFT).filter(slug=slug).first()
    if item is None or not item.is_published:
        return _instead(request, item)
    return render(
        request, "documents/clause.html", {"shown": library_pages.clause_page(item), "preview": None}
    )
