"""An organisation's own notes: written and confirmed by its administrators."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guidance.pages.models import Page
from guidance.pages.notes import services
from guidance.pages.notes.forms import NoteForm
from guidance.pages.notes.selectors import change_since, note_for, notes_of
from toolkit.accounts.permissions import needs
from toolkit.accounts.readers import current_organisation, reader_for
from toolkit.accounts.roles import Right
from toolkit.core.errors import Refused
from toolkit.core.text import whole_number


@require_safe
@needs(Right.SET_RULES)
def every(request: HttpRequest) -> HttpResponse:
    """The notes of the organisation one acts for, those to confirm first."""
    return render(request, "guidance/notes.html", {"notes": notes_of(reader_for(request))})


@require_http_methods(["GET", "POST"])
@needs(Right.SET_RULES)
def edit(request: HttpRequest, stage: str, slug: str) -> HttpResponse:
    """Write the organisation's note beside a page."""
    page, organisation = _page(stage, slug), current_organisation(request)
    assert organisation is not None, "who may set rules acts for an organisation"
    note = note_for(reader_for(request), page)
    said = note.body if note is not None else ""
    begun = {"body": said, "before": said, "organisation": organisation.slug, "number": page.live_number}
    form = NoteForm(request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data["organisation"] != organisation.slug:
                raise Refused(
                    f"You began this for another organisation and act for {organisation} now. Copy what you typed, and open the page again"
                )
            kept = services.write(
                organisation=organisation,
                page=page,
                body=form.cleaned_data["body"],
                number=form.cleaned_data["number"],
                before=form.cleaned_data["before"].replace("\r\n", "\n"),
                actor=request.user,  # type: ignore[arg-type]  # `needs` lets in only people
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, "The note is kept" if kept is not None else "The note is gone")
            return redirect(page)
    context = {
        "form": form,
        "item": page,
        "organisation": organisation,
        "note": note,
        "lines": change_since(note) if note is not None and note.is_behind else (),
    }
    return render(request, "guidance/note_edit.html", context)


@require_POST
@needs(Right.SET_RULES)
def confirm(request: HttpRequest, stage: str, slug: str) -> HttpResponse:
    """Say that the note still holds beside the page as it is now."""
    page = _page(stage, slug)
    note = note_for(reader_for(request), page)
    if note is None:
        raise Http404("There is no note")
    try:
        services.confirm(
            note=note,
            number=whole_number(request.POST.get("number")),
            actor=request.user,  # type: ignore[arg-type]  # `needs` lets in only people
        )
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("guidance_note", stage, slug)
    messages.success(request, "Confirmed: the note still holds")
    return redirect("guidance_notes" if _behind(request) else page)


def _behind(request: HttpRequest) -> bool:
    return any(note.is_behind for note in notes_of(reader_for(request)))


def _page(stage: str, slug: str) -> Page:
    return get_object_or_404(Page.objects.published(), slug=slug, stage=stage)
