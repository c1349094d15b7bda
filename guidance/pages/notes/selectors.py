"""Questions about organisations' own notes beside central pages."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest

from guidance.editorial import diffs
from guidance.editorial.diffs import Line
from guidance.editorial.models import Revision, Status
from guidance.pages.models import BoroughNote, Page
from toolkit.accounts.readers import reader_for
from toolkit.accounts.roles import Right
from toolkit.accounts.visibility import Reader


def reader_if_signed_in(request: HttpRequest) -> Reader | None:
    """Who is asking, without touching the session of somebody who brings none: for pages that are the same bytes for
    everybody who is not signed in."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    reader = reader_for(request)
    return reader if reader.current_id is not None else None


def note_for(reader: Reader | None, page: Page) -> BoroughNote | None:
    """The note of the organisation the reader acts for; None for who may not read what it shares within itself."""
    if reader is None or reader.current_id is None or not reader.may(Right.READ_BOROUGH):
        return None
    return (
        BoroughNote.objects.filter(organisation_id=reader.current_id, page_id=page.pk)
        .select_related("organisation", "page")
        .first()
    )


def notes_of(reader: Reader) -> Sequence[BoroughNote]:
    """Every note of the organisation the reader acts for, those to confirm first. One query."""
    if reader.current_id is None:
        return []
    notes = BoroughNote.objects.filter(
        organisation_id=reader.current_id, page__status=Status.PUBLISHED
    ).select_related("page", "updated_by")
    return sorted(notes, key=lambda note: (not note.is_behind, note.page.title))


def to_confirm(reader: Reader) -> int:
    """How many notes of the organisation wait to be held against a page that changed; 0 for who may not. One query."""
    if not reader.may(Right.SET_RULES):
        return 0
    return sum(note.is_behind for note in notes_of(reader))


def change_since(note: BoroughNote) -> tuple[Line, ...]:
    """What changed in the page since the note was last held against it. One query."""
    texts = dict(
        Revision.objects.filter(
            kind="page", item_id=note.page_id, number__in=[note.about_number, note.page.live_number or 0]
        ).values_list("number", "text")
    )
    return diffs.compare(texts.get(note.about_number, ""), texts.get(note.page.live_number or 0, ""))
