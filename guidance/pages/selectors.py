"""Questions about guidance: which pages and guides there are, in what order, and where they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from guidance.pages import figures
from guidance.pages.models import Guide, Page
from toolkit.core import clock
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
    people: Sequence[tuple[str, str]]
    """(slug of toolkit.core.who, Part) of everybody it gives a part to."""


@dataclass(frozen=True, slots=True)
class GuideLink:
    """Enough of a guide to link to it, and the pages it threads."""

    title: str
    url: str
    summary: str
    slug: str
    page_slugs: Sequence[str]


def _links(**conditions: object) -> list[PageLink]:
    """Published pages in reading order: by stage, then by their place in it. One query."""
    today = clock.today()
    rows = (
        Page.objects.published()
        .filter(**conditions)
        .values_list("title", "summary", "slug", "stage", "updated_at", "roles")
        .order_by("position", "title")
    )
    return [
        PageLink(
            title,
            reverse("guidance_page", args=[stage, slug]),
            figures.filled(summary, on=today),
            slug,
            Stage(stage),
            updated_at,
            [(role["who"], role["part"]) for role in roles],
        )
        for title, summary, slug, stage, updated_at, roles in sorted(
            rows, key=lambda row: _STAGE_ORDER[row[3]]
        )
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


def pages_for(who: str) -> list[PageLink]:
    """The published pages that give this person a part, in reading order. One query."""
    return _links(roles__contains=[{"who": who}])


def guide_links() -> list[GuideLink]:
    """Every published guide, in order. One query."""
    return [
        GuideLink(
            guide.title,
            guide.get_absolute_url(),
            figures.filled(guide.summary, on=clock.today()),
            guide.slug,
            guide.page_slugs,
        )
        for guide in Guide.objects.published()
        .only("title", "summary", "slug", "steps")
        .order_by("position", "title")
    ]
