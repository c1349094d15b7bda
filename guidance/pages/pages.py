"""What the templates need, as values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from guidance.pages import markdown
from guidance.pages.markdown import Heading, Rendered
from guidance.pages.models import Confidence, Page, Part, StageIntroduction
from guidance.pages.selectors import PageLink, neighbours_of, pages_of, reading_order, roles_of, sources_of
from toolkit.core import clock, slots
from toolkit.core.stages import Stage

STEPS_SLOT = "guidance.steps"
"""Filled by whoever knows the steps of the routes: given `page` (a slug) and `steps` (slugs), each filling answers with
links, objects that have a `title` and a `url`."""

MOST_CHANGES = 5


@dataclass(frozen=True, slots=True)
class StageLink:
    """A stage and how much there is to read about it."""

    stage: Stage
    url: str
    pages: Sequence[PageLink]


@dataclass(frozen=True, slots=True)
class IndexPage:
    stages: Sequence[StageLink]
    changes: Sequence[PageLink]


@dataclass(frozen=True, slots=True)
class StagePage:
    stage: Stage
    introduction: Markup
    pages: Sequence[PageLink]
    previous: StageLink | None
    next: StageLink | None


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Where a page stands. `caution` says what is not settled."""

    words: str
    url: str
    checked_on: dt.date
    caution: str


@dataclass(frozen=True, slots=True)
class GuidancePage:
    title: str
    summary: str
    stage: Stage
    stage_url: str
    body: Markup
    headings: Sequence[Heading]
    who: Sequence[tuple[str, Sequence[str]]]
    """(part, roles), only the parts that somebody has."""
    sources: Sequence[SourceLine]
    owner: str
    updated_at: dt.datetime
    review_by: dt.date
    is_overdue: bool
    is_draft: bool
    steps: Sequence[Any]
    previous: PageLink | None
    next: PageLink | None


@lru_cache(maxsize=256)
def _rendered(text: str, day: dt.date) -> Rendered:
    """The text as HTML, made once a day: it depends on the text, and on the law as it stands on the day, alone."""
    return markdown.render(text)


def _stage_link(stage: Stage, pages: Sequence[PageLink]) -> StageLink:
    return StageLink(stage, stage_url(stage), [page for page in pages if page.stage == stage])


def stage_url(stage: Stage) -> str:
    return StageIntroduction(stage=stage).get_absolute_url()


def index_page() -> IndexPage:
    """The seven stages and what changed last. One query."""
    pages = reading_order()
    newest = sorted(pages, key=lambda page: page.updated_at, reverse=True)
    return IndexPage([_stage_link(stage, pages) for stage in Stage], newest[:MOST_CHANGES])


def stage_page(stage: Stage) -> StagePage:
    """A stage’s introduction and its pages. Two queries."""
    introduction = StageIntroduction.objects.filter(stage=stage).first()
    order = list(Stage)
    place = order.index(stage)
    return StagePage(
        stage=stage,
        introduction=_rendered(introduction.body, clock.today()).html if introduction else Markup(""),
        pages=pages_of(stage),
        previous=_stage_link(order[place - 1], ()) if place > 0 else None,
        next=_stage_link(order[place + 1], ()) if place + 1 < len(order) else None,
    )


def guidance_page(page: Page) -> GuidancePage:
    """One page, ready to show. One query, its neighbours, for a page that `page_to_read` gave."""
    rendered = _rendered(page.body, clock.today())
    roles = roles_of(page)
    who = [(part.label, [role.role for role in roles if role.part == part]) for part in Part]
    previous, following = neighbours_of(page.slug)
    steps = [
        link
        for filling in slots.fill(STEPS_SLOT, {"page": page.slug, "steps": tuple(page.tasks)})
        for link in filling
    ]
    stage = Stage(page.stage)
    return GuidancePage(
        title=page.title,
        summary=page.summary,
        stage=stage,
        stage_url=stage_url(stage),
        body=rendered.html,
        headings=rendered.headings,
        who=[(str(part), names) for part, names in who if names],
        sources=[_source_line(source) for source in sources_of(page)],
        owner=page.owner,
        updated_at=page.updated_at,
        review_by=page.review_by,
        is_overdue=page.is_overdue_on(clock.today()),
        is_draft=not page.is_published,
        steps=steps,
        previous=previous,
        next=following,
    )


def _source_line(source: Any) -> SourceLine:
    caution = Confidence.CHECK.label if source.confidence == Confidence.CHECK else ""
    return SourceLine(str(source), source.url, source.checked_on, str(caution))
