"""Where readers look for a page: the front page of guidance, and the pages for one role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from guidance.pages.models import Part
from guidance.pages.pages import StageLink, stage_link
from guidance.pages.selectors import GuideLink, PageLink, guide_links, pages_for, reading_order
from toolkit.core.stages import Stage
from toolkit.core.text import listed
from toolkit.core.who import WHO

MOST_CHANGES = 5


@dataclass(frozen=True, slots=True)
class WhoLink:
    """Somebody’s part of the guidance."""

    words: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class IndexPage:
    stages: Sequence[StageLink]
    guides: Sequence[GuideLink]
    people: Sequence[WhoLink]
    changes: Sequence[PageLink]


@dataclass(frozen=True, slots=True)
class ForPage:
    """What there is to read for one role: (stage, [(page, their parts in words)])."""

    stages: Sequence[tuple[Stage, Sequence[tuple[PageLink, str]]]]
    total: int


def index_page() -> IndexPage:
    """The seven stages, the guides, who reads what, and what changed last."""
    pages = reading_order()
    people = [
        WhoLink(
            words,
            reverse("guidance_for", args=[slug]),
            sum(any(person == slug for person, _ in page.people) for page in pages),
        )
        for slug, words in WHO.items()
    ]
    return IndexPage(
        stages=[stage_link(stage, pages) for stage in Stage],
        guides=guide_links(),
        people=[link for link in people if link.count],
        changes=sorted(pages, key=lambda page: page.updated_at, reverse=True)[:MOST_CHANGES],
    )


def for_page(who: str) -> ForPage:
    """Everything that gives this person a part, by stage."""
    links = pages_for(who)
    rows = [(stage, [(link, _parts(link, who)) for link in links if link.stage == stage]) for stage in Stage]
    return ForPage([(stage, found) for stage, found in rows if found], len(links))


def _parts(link: PageLink, who: str) -> str:
    return listed([str(Part(part).label).lower() for person, part in link.people if person == who])
