"""What the templates of guidance need, as values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.urls import reverse
from markupsafe import Markup

from guidance.editorial.models import Item
from guidance.pages.markdown import Heading, Rendered
from guidance.pages.models import (
    LETTERS,
    BoroughNote,
    Confidence,
    Guide,
    Page,
    Part,
    Rendition,
    StageIntroduction,
    Term,
    source_day,
)
from guidance.pages.rendering import filled, meanings, rendered
from guidance.pages.selectors import GuideLink, PageLink, guide_links, pages_by_slug, reading_order
from toolkit.core import clock, slots
from toolkit.core.stages import Stage
from toolkit.core.text import plain
from toolkit.core.who import WHO

STEPS_SLOT = "guidance.steps"
"""Filled by whoever knows the steps of the routes: given `page` (a slug) and `steps` (slugs), each filling answers with
links, objects that have a `title` and a `url`."""
DOCUMENTS_SLOT = "guidance.documents"
"""Filled by whoever has documents to fill in: given `page` (a slug) and `documents` (the slugs that the page names), each
filling answers with links, objects that have a `title` and a `url`."""


@dataclass(frozen=True, slots=True)
class StageLink:
    """A stage and what there is to read about it."""

    stage: Stage
    url: str
    pages: Sequence[PageLink]


@dataclass(frozen=True, slots=True)
class StagePage:
    stage: Stage
    introduction: Markup
    meanings: Markup
    """What the words of the glossary that the text marks open."""
    pages: Sequence[PageLink]
    guides: Sequence[GuideLink]
    subscribe_url: str
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
class Change:
    """What changed and when, for readers."""

    on: dt.date
    note: str


@dataclass(frozen=True, slots=True)
class Upkeep:
    """Who keeps it right, and the signs that somebody does."""

    owner: str
    updated_at: dt.datetime
    review_by: dt.date | None
    is_overdue: bool
    checked_on: dt.date | None
    changes: Sequence[Change]


@dataclass(frozen=True, slots=True)
class InGuide:
    """A guide that threads this page: where in it the page stands, and its neighbours there."""

    guide: GuideLink
    step: int
    of: int
    previous: PageLink | None
    next: PageLink | None


@dataclass(frozen=True, slots=True)
class GuidancePage:
    page: Page
    title: str
    summary: str
    stage: Stage
    stage_url: str
    body: Markup
    meanings: Markup
    """What the words of the glossary that the text marks open."""
    headings: Sequence[Heading]
    who: Sequence[tuple[str, Sequence[str]]]
    """(part, people), only the parts that somebody has."""
    sources: Sequence[SourceLine]
    upkeep: Upkeep
    is_live: bool
    pdf_url: str
    pdf_size: int
    feedback_url: str
    subscribe_url: str
    steps: Sequence[Any]
    documents: Sequence[Any]
    guides: Sequence[GuideLink]
    through: InGuide | None
    previous: PageLink | None
    next: PageLink | None


@dataclass(frozen=True, slots=True)
class GuideStep:
    title: str
    text: Markup
    pages: Sequence[PageLink]


@dataclass(frozen=True, slots=True)
class GuidePage:
    guide: Guide
    title: str
    summary: str
    body: Markup
    meanings: Markup
    """What the words of the glossary that the text marks open."""
    steps: Sequence[GuideStep]
    upkeep: Upkeep
    is_live: bool
    pdf_url: str
    pdf_size: int
    feedback_url: str
    subscribe_url: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """One entry of the glossary."""

    slug: str
    name: str
    also: Sequence[str]
    meaning: Markup
    see: tuple[str, str] | None
    """(name, address) of today’s word."""
    more: PageLink | None


@dataclass(frozen=True, slots=True)
class Letter:
    """The words of one letter; the glossary has a page for each."""

    words: str
    url: str
    names: Sequence[str]


@dataclass(frozen=True, slots=True)
class GlossaryIndex:
    letters: Sequence[Letter]
    total: int


@dataclass(frozen=True, slots=True)
class GlossaryPage:
    letter: str
    letters: Sequence[Letter]
    terms: Sequence[Meaning]


def stage_url(stage: Stage) -> str:
    return reverse("guidance_stage", args=[stage.value])


def stage_link(stage: Stage, pages: Sequence[PageLink]) -> StageLink:
    """A stage with those of `pages` that are about it."""
    return StageLink(stage, stage_url(stage), [page for page in pages if page.stage == stage])


def stage_page(stage: Stage, introduction: StageIntroduction | None = None) -> StagePage:
    """One stage: its introduction, its pages, the guides that pass through it. One query, beside what is kept for a few seconds."""
    if introduction is None:
        introduction = StageIntroduction.objects.published().filter(slug=stage.value).first()
    text = rendered(introduction.body) if introduction is not None else Rendered(Markup(""), ())
    pages = reading_order()
    own = {page.slug for page in pages if page.stage == stage}
    order = list(Stage)
    place = order.index(stage)
    return StagePage(
        stage=stage,
        introduction=text.html,
        meanings=meanings(text.words),
        pages=[page for page in pages if page.stage == stage],
        guides=[guide for guide in guide_links() if own & set(guide.page_slugs)],
        subscribe_url=_subscribe_url("guidance-stage", stage.value),
        previous=stage_link(order[place - 1], ()) if place else None,
        next=stage_link(order[place + 1], ()) if place + 1 < len(order) else None,
    )


def _subscribe_url(kind: str, key: str) -> str:
    return f"{reverse('subscribe')}?to={kind}:{key}"


def who_of(page: Page) -> list[tuple[str, Sequence[str]]]:
    """(part, people with their details), only the parts that somebody has."""
    who: list[tuple[str, Sequence[str]]] = []
    for part in Part:
        names = [
            f"{WHO.get(role['who'], role['who'])}{', ' + role['detail'] if role.get('detail') else ''}"
            for role in page.roles
            if role["part"] == part
        ]
        if names:
            who.append((str(part.label), names))
    return who


class Sourced(Protocol):
    """Content that says where it stands."""

    sources: Any


def sources_of(item: Sourced) -> list[SourceLine]:
    """Where an item stands."""
    return [
        SourceLine(
            f"{source['label']}, {source['section']}" if source.get("section") else source["label"],
            source.get("url", ""),
            source_day(source),
            str(Confidence.CHECK.label) if source.get("confidence") == Confidence.CHECK else "",
        )
        for source in item.sources
    ]


def upkeep_of(item: Item, sources: Sequence[SourceLine]) -> Upkeep:
    """Who keeps it right."""
    days = [source.checked_on for source in sources]
    return Upkeep(
        owner=item.owner,
        updated_at=item.updated_at,
        review_by=item.review_by,
        is_overdue=item.is_overdue_on(clock.today()),
        checked_on=min(days) if days else None,
        changes=[Change(dt.date.fromisoformat(change["on"]), change["note"]) for change in item.changes],
    )


def _pdf(kind: str, item: Page | Guide) -> tuple[str, int]:
    """The address and size of its PDF, or nothing while there is none. One query, unless it came with the page."""
    if hasattr(item, "pdf_size"):
        size = item.pdf_size
    else:
        size = (
            Rendition.objects.filter(kind=kind, item_id=item.pk, number=item.live_number or 0)
            .values_list("size", flat=True)
            .first()
        )
    if size is None:
        return "", 0
    if isinstance(item, Guide):
        return reverse("guide_pdf", args=[item.slug]), size
    return reverse("guidance_pdf", args=[item.stage, item.slug]), size


def guidance_page(page: Page, *, through: str = "") -> GuidancePage:
    """One page; `through` is the slug of the guide the reader comes along. One query, beside what is kept for a few seconds."""
    text = rendered(page.body)
    order = reading_order()
    place = next((number for number, link in enumerate(order) if link.slug == page.slug), None)
    guides = [guide for guide in guide_links() if page.slug in guide.page_slugs]
    steps = [
        link
        for filling in slots.fill(STEPS_SLOT, {"page": page.slug, "steps": tuple(page.tasks)})
        for link in filling
    ]
    documents = [
        link
        for filling in slots.fill(DOCUMENTS_SLOT, {"page": page.slug, "documents": tuple(page.documents)})
        for link in filling
    ]
    sources = sources_of(page)
    stage = Stage(page.stage)
    pdf_url, pdf_size = _pdf("page", page)
    return GuidancePage(
        page=page,
        title=page.title,
        summary=filled(page.summary),
        stage=stage,
        stage_url=stage_url(stage),
        body=text.html,
        meanings=meanings(text.words),
        headings=text.headings,
        who=who_of(page),
        sources=sources,
        upkeep=upkeep_of(page, sources),
        is_live=page.is_published,
        pdf_url=pdf_url,
        pdf_size=pdf_size,
        feedback_url=reverse("guidance_feedback", args=[page.stage, page.slug]),
        subscribe_url=_subscribe_url("guidance-page", str(page.pk)),
        steps=steps,
        documents=documents,
        guides=guides,
        through=_in_guide(next((guide for guide in guides if guide.slug == through), None), page, order),
        previous=order[place - 1] if place else None,
        next=order[place + 1] if place is not None and place + 1 < len(order) else None,
    )


@dataclass(frozen=True, slots=True)
class ShownNote:
    """An organisation’s own note, as its members see it beside the page."""

    organisation: str
    body: Markup
    updated_at: dt.datetime
    is_behind: bool


def shown_note(note: BoroughNote | None) -> ShownNote | None:
    """A note made ready; its words are Markdown like the page’s."""
    if note is None:
        return None
    body = rendered(note.body, mark=False, pictures={}).html
    return ShownNote(note.organisation.short_name, body, note.updated_at, note.is_behind)


def _in_guide(guide: GuideLink | None, page: Page, order: Sequence[PageLink]) -> InGuide | None:
    if guide is None:
        return None
    known = {link.slug: link for link in order}
    slugs = [slug for slug in guide.page_slugs if slug in known]
    if page.slug not in slugs:
        return None
    place = slugs.index(page.slug)
    return InGuide(
        guide=guide,
        step=place + 1,
        of=len(slugs),
        previous=known[slugs[place - 1]] if place else None,
        next=known[slugs[place + 1]] if place + 1 < len(slugs) else None,
    )


def guide_page(guide: Guide) -> GuidePage:
    """A guide, step by step. One query, beside what is kept for a few seconds."""
    known = pages_by_slug(guide.page_slugs)
    text = rendered(guide.body)
    pdf_url, pdf_size = _pdf("guide", guide)
    return GuidePage(
        guide=guide,
        title=guide.title,
        summary=filled(guide.summary),
        body=text.html,
        meanings=meanings(text.words),
        steps=[
            GuideStep(
                step["title"],
                rendered(step["text"], mark=False).html,
                [known[slug] for slug in step["pages"] if slug in known],
            )
            for step in guide.steps
        ],
        upkeep=upkeep_of(guide, ()),
        is_live=guide.is_published,
        pdf_url=pdf_url,
        pdf_size=pdf_size,
        feedback_url=reverse("guide_feedback", args=[guide.slug]),
        subscribe_url=_subscribe_url("guidance-guide", str(guide.pk)),
    )


def _every_term() -> list[Term]:
    return sorted(Term.objects.published(), key=lambda term: plain(term.name))


def _letters(terms: Sequence[Term]) -> list[Letter]:
    names: dict[str, list[str]] = {}
    for term in terms:
        names.setdefault(term.letter, []).append(term.name)
    return [
        Letter(_letter_in_words(letter), reverse("glossary_letter", args=[letter]), names[letter])
        for letter in LETTERS
        if letter in names
    ]


def _letter_in_words(letter: str) -> str:
    return letter.upper().replace("-", "–")


def glossary_index() -> GlossaryIndex:
    """The letters and their words. One query."""
    terms = _every_term()
    return GlossaryIndex(_letters(terms), len(terms))


def glossary_page(letter: str = "", *, only: Term | None = None) -> GlossaryPage:
    """The meanings of one letter, or of one term alone for a preview. Two queries."""
    every = _every_term()
    terms = [only] if only is not None else [term for term in every if term.letter == letter]
    known = {term.slug: term for term in every}
    more = pages_by_slug({term.page for term in terms if term.page})
    return GlossaryPage(
        letter=_letter_in_words(only.letter if only is not None else letter),
        letters=_letters(every),
        terms=[
            Meaning(
                slug=term.slug,
                name=term.name,
                also=term.also,
                meaning=rendered(term.meaning, mark=False).html,
                see=(known[term.see].name, known[term.see].get_absolute_url()) if term.see in known else None,
                more=more.get(term.page),
            )
            for term in terms
        ],
    )
