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


def _links(**conditions: object) -> list[PageLink]:
    """Published pages in reading order: by stage, then by their place in it. One query."""
    rows = (
        Page.objects.published()
        .filter(**conditions)
        .values_list("title", "summary", "slug", "stage", "updated_at", "position")
        .order_by("position", "title")
    )
    return [
        PageLink(title, reverse("guidance_page", args=[stage, slug]), summary, slug, Stage(stage), updated_at)
        for title, summary, slug, stage, updated_at, _ in sorted(rows, key=lambda row: _STAGE_ORDER[row[3]])
    ]


def pages_by_slug(slugs: Iterable[str]) -> dict[str, PageLink]:
    """The published pages among `slugs`; one that is not there, or not published, is left out. One query."""
    return {link.slug: link for link in _links(slug__in=list(slugs))}


def reading_order() -> list[PageLink]:
    """Every published page, in the order in which one reads them through. One query."""
    return _links()


def pages_of(stage: Stage) -> list[PageLink]:
    """The published pages of a stage, in order. One query."""
    return _links(stage=stage)
