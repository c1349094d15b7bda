"""Questions about guidance: which pages and guides there are, in what order, and where they are."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from guidance.editorial.models import Revision, State, Status
from guidance.pages import figures
from guidance.pages.models import Guide, Page, Rendition
from toolkit.core import clock
from toolkit.core.page_cache import PARTS_SECONDS
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


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is published, as links: looked up at most once every few seconds in each process."""

    pages: Sequence[PageLink]
    """In the order in which one reads them through: by stage, then by their place in it."""
    guides: Sequence[GuideLink]
    former: Mapping[str, str]
    """The slug a page had before → the one it has: steps, terms and guides may still name the old one."""


_kept: dict[str, tuple[Shelf, float]] = {}


def shelf() -> Shelf:
    """Everything published. Three queries, at most every PARTS_SECONDS and once a day at midnight."""
    today = clock.today()
    kept = _kept.get(today.isoformat())
    if kept is not None and time.monotonic() < kept[1]:
        return kept[0]
    former = _former()
    found = Shelf(_pages(today), _guides(today, former), former)
    _kept.clear()
    _kept[today.isoformat()] = (found, time.monotonic() + PARTS_SECONDS)
    return found


def forget() -> None:
    """Look it up anew next time; called with `page_cache.clear`, when something is published or withdrawn in this process."""
    _kept.clear()


def _pages(today: dt.date) -> list[PageLink]:
    rows = (
        Page.objects.published()
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


def _former() -> dict[str, str]:
    now = dict(Page.objects.published().values_list("pk", "slug"))
    had = (
        Revision.objects.filter(kind="page", state=State.PUBLISHED)
        .order_by("published_at")
        .values_list("slug", "item_id")
        .distinct()
    )
    return {slug: now[pk] for slug, pk in had if pk in now and now[pk] != slug and slug not in now.values()}


def _guides(today: dt.date, former: Mapping[str, str]) -> list[GuideLink]:
    return [
        GuideLink(
            guide.title,
            guide.get_absolute_url(),
            figures.filled(guide.summary, on=today),
            guide.slug,
            [former.get(slug, slug) for slug in guide.page_slugs],
        )
        for guide in Guide.objects.published()
        .only("title", "summary", "slug", "steps")
        .order_by("position", "title")
    ]


_SLUG, _STAGE = "the slug that is asked for", "the stage that is asked for"


@cache
def _sql_of_a_page() -> tuple[str, tuple[Any, ...]]:
    """What asks for one page. Django takes longer to put it together than PostgreSQL to answer it, and every reader of
    guidance asks it: so it is put together once."""
    size = Rendition.objects.filter(
        kind="page", item_id=OuterRef("pk"), number=OuterRef("live_number")
    ).values("size")
    query = Page.objects.exclude(status=Status.DRAFT).filter(slug=_SLUG, stage=_STAGE)
    sql, params = query.annotate(pdf_size=Subquery(size)).order_by().query.sql_with_params()
    return sql, tuple(params)


def page_to_read(stage: str, slug: str) -> Page | None:
    """One page that is or was published, with the size of its PDF as `pdf_size` (None: not made yet). One query."""
    sql, params = _sql_of_a_page()
    asked = {_SLUG: slug, _STAGE: stage}
    return next(iter(Page.objects.raw(sql, [asked.get(param, param) for param in params])), None)


def pages_by_slug(slugs: Iterable[str]) -> dict[str, PageLink]:
    """The published pages among `slugs`, each under the slug it was asked by, which may be one it had before; one that is
    not there, or not published, is left out."""
    known = {link.slug: link for link in shelf().pages}
    found = {slug: known.get(shelf().former.get(slug, slug)) for slug in slugs}
    return {slug: link for slug, link in found.items() if link is not None}


def reading_order() -> Sequence[PageLink]:
    """Every published page, in the order in which one reads them through."""
    return shelf().pages


def pages_of(stage: Stage) -> list[PageLink]:
    """The published pages of a stage, in order."""
    return [link for link in shelf().pages if link.stage == stage]


def pages_for(who: str) -> list[PageLink]:
    """The published pages that give this person a part, in reading order."""
    return [link for link in shelf().pages if any(person == who for person, _ in link.people)]


def guide_links() -> Sequence[GuideLink]:
    """Every published guide, in order."""
    return shelf().guides
