"""Reading guidance, open to everyone."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from guidance.editorial.models import Item, Status
from guidance.editorial.selectors import address_now
from guidance.pages import contents, pages, printing
from guidance.pages.models import LETTERS, Guide, Page, Rendition
from guidance.pages.notes.selectors import note_for, reader_if_signed_in
from guidance.pages.selectors import page_to_read, pages_of
from toolkit.accounts.roles import Right
from toolkit.core.page_cache import same_for_everyone
from toolkit.core.stages import Stage
from toolkit.core.who import WHO

PRINT, PDF = "print/", "pdf/"
"""How the addresses of a page or guide in another form end."""


def _stage(slug: str) -> Stage:
    if slug not in list(Stage):
        raise Http404("There is no such stage")
    return Stage(slug)


@login_not_required
@same_for_everyone
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The seven stages, the guides, your role, and the newest changes."""
    return render(request, "guidance/index.html", {"shown": contents.index_page()})


@login_not_required
@same_for_everyone
@require_safe
def stage(request: HttpRequest, stage: str) -> HttpResponse:
    """One stage and its pages."""
    return render(request, "guidance/stage.html", {"shown": pages.stage_page(_stage(stage))})


@login_not_required
@same_for_everyone
@require_safe
def for_somebody(request: HttpRequest, who: str) -> HttpResponse:
    """What there is to read for one role."""
    if who not in WHO:
        raise Http404("There is no such role")
    return render(request, "guidance/for.html", {"who": WHO[who], "found": contents.for_page(who)})


@login_not_required
@same_for_everyone
@require_safe
def page(request: HttpRequest, stage: str, slug: str) -> HttpResponse:
    """One page, or where it went."""
    found = page_to_read(stage, slug)
    if found is None or not found.is_published:
        return _instead(request, found)
    reader = reader_if_signed_in(request)
    context = {
        "shown": pages.guidance_page(found, through=request.GET.get("guide", "")),
        "note": pages.shown_note(note_for(reader, found)),
        "may_write_note": reader is not None and reader.may(Right.SET_RULES),
    }
    return render(request, "guidance/page.html", context)


@login_not_required
@same_for_everyone
@require_safe
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """One guide, step by step."""
    found = _guide_to_read(slug)
    if found is None or not found.is_published:
        return _instead(request, found)
    return render(request, "guidance/guide.html", {"shown": pages.guide_page(found)})


def _guide_to_read(slug: str) -> Guide | None:
    return Guide.objects.exclude(status=Status.DRAFT).filter(slug=slug).first()


def _instead(request: HttpRequest, found: Item | None, form: str = "") -> HttpResponse:
    """For what can't be read: 410 with the reason when it was withdrawn, the new address when it moved, else 404. `form`:
    it was asked for as `print/` or `pdf/`."""
    if found is not None:
        context = {"item": found, "others": pages_of(Stage(found.stage)) if isinstance(found, Page) else []}
        return render(request, "guidance/withdrawn.html", context, status=410)
    now = address_now(request.path.removesuffix(form))
    if now is None:
        raise Http404("Nothing is or was here")
    guide = request.GET.get("guide")
    return redirect(f"{now}{form}{f'?{urlencode({"guide": guide})}' if guide else ''}", permanent=True)


@login_not_required
@same_for_everyone
@require_safe
def page_on_paper(request: HttpRequest, stage: str, slug: str) -> HttpResponse:
    """One page as a document to print, or where it went."""
    return _on_paper(request, page_to_read(stage, slug))


@login_not_required
@same_for_everyone
@require_safe
def guide_on_paper(request: HttpRequest, slug: str) -> HttpResponse:
    """A guide and all its pages as one document to print, or where it went."""
    return _on_paper(request, _guide_to_read(slug))


def _on_paper(request: HttpRequest, item: Page | Guide | None) -> HttpResponse:
    if item is None or not item.is_published:
        return _instead(request, item, PRINT)
    return render(request, "guidance/print.html", {"shown": printing.printed(item), "for_pdf": False})


@login_not_required
@require_safe
def page_pdf(request: HttpRequest, stage: str, slug: str) -> HttpResponse:
    """The PDF of one page, or where it went."""
    return _pdf(request, "page", page_to_read(stage, slug))


@login_not_required
@require_safe
def guide_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The PDF of a guide and all its pages, or where it went."""
    return _pdf(request, "guide", _guide_to_read(slug))


def _pdf(request: HttpRequest, kind: str, item: Page | Guide | None) -> HttpResponse:
    if item is None or not item.is_published:
        return _instead(request, item, PDF)
    made = get_object_or_404(Rendition, kind=kind, item_id=item.pk, number=item.live_number)
    response = HttpResponse(bytes(made.content), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{item.slug}.pdf"'
    response["Cache-Control"] = "public, max-age=300"
    return response


@login_not_required
@same_for_everyone
@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """The words of the trade, by their letters."""
    return render(request, "guidance/glossary_index.html", {"shown": pages.glossary_index()})


@login_not_required
@same_for_everyone
@require_safe
def glossary_letter(request: HttpRequest, letter: str) -> HttpResponse:
    """What the words of one letter mean."""
    if letter not in LETTERS:
        raise Http404("There is no such letter")
    return render(request, "guidance/glossary.html", {"shown": pages.glossary_page(letter)})
