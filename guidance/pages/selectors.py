"""Questions about pages: which there are, in what order, and where they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from guidance.pages.models import Page
from toolkit.core.stages import Stage

_STAGE_ORDER = {stage.value: number for number, stage in enumerate(Stage)}


@dataclass(frozen=True, slots=True)
class PageLink:
    """Enough of a page to link to it."""

    title: str
    url: str
    summary: str
    slug: str
    stage: Stage
    updated_at: dt.datetime


_Row = tuple[str, str, str, str, dt.datetime]


# Put together once: evaluating a copy costs half of what putting it together each time does.
_PUBLISHED = (
    Page.objects.published()
    .order_by("position", "title")
    .values_list("title", "summary", "slug", "stage", "updated_at")
)


def _in_order(**conditions: object) -> list[_Row]:
    """Published pages in reading order: by stage, then by their place in it. One query."""
    rows = _PUBLISHED.filter(**conditions) if conditions else _PUBLISHED.all()
    return sorted(rows, key=lambda row: _STAGE_ORDER[row[3]])


def _link(row: _Row) -> PageLink:
    title, summary, slug, stage, updated_at = row
    url = reverse("guidance_page", args=[stage, slug])
    return PageLink(title, url, summary, slug, Stage(stage), updated_at)


def _links(**conditions: object) -> list[PageLink]:
    """The same, to link to. One query."""
    return [_link(row) for row in _in_order(**conditions)]


def pages_by_slug(slugs: Iterable[str]) -> dict[str, PageLink]:
    """The published pages among `slugs`; one that is not there, or not published, is left out. One query."""
    return {link.slug: link for link in _links(slug__in=list(slugs))}


def reading_order() -> list[PageLink]:
    """Every published page, in the order in which one reads them through. One query."""
    return _links()


def neighbours_of(slug: str) -> tuple[PageLink | None, PageLink | None]:
    """The published pages before and after this one in reading order, if there are any. One query."""
    order = _in_order()
    place = next((number for number, row in enumerate(order) if row[2] == slug), None)
    if place is None:
        return None, None
    before, after = order[max(place - 1, 0) : place], order[place + 1 : place + 2]
    return (_link(before[0]) if before else None), (_link(after[0]) if after else None)


def pages_of(stage: Stage) -> list[PageLink]:
    """The published pages of a stage, in order. One query."""
    return _links(stage=stage)
