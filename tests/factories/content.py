"""Content, made as editors make it: drafted, approved and published."""

from __future__ import annotations

import datetime as dt
from typing import Any

from guidance.editorial import kinds
from guidance.editorial.models import Image, Item, Revision, State
from guidance.editorial.selectors import newest
from guidance.editorial.services import publishing
from guidance.pages.models import Guide, Page, StageIntroduction, Term
from toolkit.accounts.models import Person

SOURCES = [{"label": "Procurement Act 2023", "section": "section 16", "url": "https://www.legislation.gov.uk/ukpga/2023/54/section/16", "checked_on": "2026-11-23", "confidence": "statute"}]  # fmt: skip


def a_page(*, published: bool = True, by: Person | None = None, **fields: Any) -> Page:
    """A page of guidance, published unless said; `by` nobody: as if it had been shipped."""
    page = Page(
        **{
            "slug": "talk-to-suppliers", "stage": "engage", "title": "Talk to suppliers", "summary": "Talk to suppliers early.",
            "body": "## Do this\n\nAsk what they can do.", "owner": "Commercial team", "review_by": dt.date(2027, 5, 31), "sources": SOURCES,
            "roles": [{"who": "procurement", "part": "responsible", "detail": ""}], **fields,
        }
    )  # fmt: skip
    return _made(page, published=published, by=by)


def a_guide(*, published: bool = True, by: Person | None = None, **fields: Any) -> Guide:
    """A guide; without `steps` through the page `talk-to-suppliers`."""
    guide = Guide(
        **{
            "slug": "first-steps", "title": "First steps", "summary": "Where to begin.", "owner": "Commercial team", "review_by": dt.date(2027, 5, 31),
            "steps": [{"title": "Look around", "text": "Ask first.", "pages": ["talk-to-suppliers"]}], **fields,
        }
    )  # fmt: skip
    return _made(guide, published=published, by=by)


def a_term(*, published: bool = True, **fields: Any) -> Term:
    """A word of the glossary."""
    term = Term(
        **{
            "slug": "standstill",
            "name": "standstill",
            "meaning": "The days you wait before you sign.",
            **fields,
        }
    )
    return _made(term, published=published, by=None)


def an_introduction(**fields: Any) -> StageIntroduction:
    """The introduction of a stage."""
    made = StageIntroduction(**{"slug": "award", "body": "Award is a chain.", "owner": "Commercial team", "review_by": dt.date(2027, 5, 31), **fields})  # fmt: skip
    return _made(made, published=True, by=None)


def a_picture(**fields: Any) -> Image:
    """A picture of one point."""
    return Image.objects.create(
        **{
            "slug": "map", "alternative_text": "A map of the lots", "content": b"\x89PNG", "content_type": "image/png", "width": 1, "height": 1,
            "digest": "a" * 64, **fields,
        }
    )  # fmt: skip


def a_draft_of(item: Item, *, by: Person, state: State = State.DRAFT, **changes: Any) -> Revision:
    """A newer text of an item: its present one with some columns changed."""
    kind = kinds.of(item)
    fresh = type(item)._default_manager.get(pk=item.pk)
    for name, value in changes.items():
        setattr(fresh, name, value)
    latest = newest(kind.slug, item.pk)
    return Revision.objects.create(
        kind=kind.slug, item_id=item.pk, number=latest.number + 1 if latest else 1, slug=fresh.slug, title=str(fresh),
        text=kind.text_of(fresh), by=by, state=state, note="Something changed",
    )  # fmt: skip


def _made[T: Item](item: T, *, published: bool, by: Person | None) -> T:
    item.save()
    kind = kinds.of(item)
    revision = Revision.objects.create(
        kind=kind.slug, item_id=item.pk, number=1, slug=item.slug, title=str(item), text=kind.text_of(item), by=by,
        state=State.APPROVED if published else State.DRAFT,
    )  # fmt: skip
    if published:
        publishing.publish(revision=revision, actor=None)
    item.refresh_from_db()
    return item
