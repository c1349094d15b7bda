"""A page, or a whole guide, on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from guidance.pages import markdown
from guidance.pages.markdown import Pictures
from guidance.pages.models import Guide, Page
from guidance.pages.pages import SourceLine, Upkeep, sources_of, upkeep_of, who_of
from guidance.pages.rendering import filled, rendered
from guidance.pages.selectors import pages_by_slug
from toolkit.core import clock
from toolkit.core.stages import Stage


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One page within a printed document."""

    title: str
    stage: str
    summary: str
    body: Markup
    who: Sequence[tuple[str, Sequence[str]]]
    sources: Sequence[SourceLine]
    upkeep: Upkeep


@dataclass(frozen=True, slots=True)
class Printed:
    """A page, or a guide with all its pages, as one document for paper."""

    title: str
    summary: str
    url: str
    introduction: Markup
    pages: Sequence[PrintedPage]
    is_guide: bool
    made_on: dt.date


def pictures_of(item: Page | Guide) -> list[str]:
    """The slugs of every picture of a page, or of a guide and its pages."""
    return [slug for text in _texts(item) for slug in markdown.pictures_in(text)]


def _pages_of(item: Page | Guide) -> list[Page]:
    if isinstance(item, Page):
        return [item]
    slugs = [link.slug for link in pages_by_slug(item.page_slugs).values()]
    found: Mapping[str, Page] = {page.slug: page for page in Page.objects.published().filter(slug__in=slugs)}
    return [found[slug] for slug in slugs if slug in found]


def _texts(item: Page | Guide) -> list[str]:
    return [*([item.body] if isinstance(item, Guide) else []), *(page.body for page in _pages_of(item))]


def printed(item: Page | Guide, *, pictures: Pictures | None = None) -> Printed:
    """A page or a whole guide on paper: nothing to open, nothing to press. One query for a guide’s pages."""
    return Printed(
        title=item.title,
        summary=filled(item.summary),
        url=item.get_absolute_url(),
        introduction=rendered(item.body, mark=False, anchored=False, pictures=pictures).html
        if isinstance(item, Guide)
        else Markup(""),
        pages=[
            PrintedPage(
                title=page.title,
                stage=Stage(page.stage).label,
                summary=filled(page.summary),
                body=rendered(page.body, mark=False, anchored=False, pictures=pictures).html,
                who=who_of(page),
                sources=sources_of(page),
                upkeep=upkeep_of(page, sources_of(page)),
            )
            for page in _pages_of(item)
        ],
        is_guide=isinstance(item, Guide),
        made_on=clock.today(),
    )
