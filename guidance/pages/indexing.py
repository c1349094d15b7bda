"""Rows of the search index for guidance."""

from __future__ import annotations

from guidance.pages.figures import filled
from guidance.pages.markdown import words_only
from guidance.pages.models import Guide, Page, Term
from toolkit.core import clock
from toolkit.core.who import WHO
from toolkit.search import services as search

PAGES, GUIDES, TERMS = "guidance", "guides", "glossary"
"""The kinds of the index that guidance pushes."""
WEIGHT_OF_TERMS = 0.4
"""A meaning is one sentence, and opens in every page that has the word: the page comes first, unless none is about it."""


def _follow(kind: str, slug: str, old_slug: str) -> None:
    if old_slug and old_slug != slug:
        search.rename(kind=kind, key=old_slug, to=slug)


def topics_of(item: Page | Guide) -> list[str]:
    """Its topics as readers see them: `Market engagement`."""
    return [topic.replace("-", " ").capitalize() for topic in item.topics]


def index_page(page: Page, *, old_slug: str = "") -> None:
    _follow(PAGES, page.slug, old_slug)
    sources = [" ".join((source["label"], source.get("section", ""))) for source in page.sources]
    search.push(
        kind=PAGES,
        key=page.slug,
        title=page.title,
        summary=filled(page.summary, on=clock.today()),
        body=" ".join(
            [
                words_only(page.body, on=clock.today()),
                *sources,
            ]
        ),
        url=page.get_absolute_url(),
        stage=page.stage,
        roles=[WHO[role["who"]] for role in page.roles if role["who"] in WHO],
        topics=topics_of(page),
        names=_names().get(page.slug, ()),
        updated_at=page.updated_at,
    )


def unindex_page(page: Page) -> None:
    search.remove(kind=PAGES, key=page.slug)


def index_guide(guide: Guide, *, old_slug: str = "") -> None:
    _follow(GUIDES, guide.slug, old_slug)
    steps = " ".join(f"{step['title']} {step['text']}" for step in guide.steps)
    search.push(
        kind=GUIDES,
        key=guide.slug,
        title=guide.title,
        summary=filled(guide.summary, on=clock.today()),
        body=f"{words_only(guide.body, on=clock.today())} {steps}",
        url=guide.get_absolute_url(),
        topics=topics_of(guide),
        updated_at=guide.updated_at,
    )


def unindex_guide(guide: Guide) -> None:
    search.remove(kind=GUIDES, key=guide.slug)


def index_term(term: Term, *, old_slug: str = "") -> None:
    _follow(TERMS, term.slug, old_slug)
    search.push(
        kind=TERMS,
        key=term.slug,
        title=term.name,
        summary=words_only(term.meaning, on=clock.today()),
        names=term.also,
        url=term.get_absolute_url(),
        updated_at=term.updated_at,
    )
    name_pages()


def unindex_term(term: Term) -> None:
    search.remove(kind=TERMS, key=term.slug)
    name_pages()


def name_pages() -> None:
    """Let every page be found by the words of the glossary that it explains."""
    search.name(kind=PAGES, names=_names())


def _names() -> dict[str, list[str]]:
    """Slug of a page → the names of the terms that it explains."""
    found: dict[str, list[str]] = {}
    for term in Term.objects.published().exclude(page="").order_by("slug"):
        found.setdefault(term.page, []).extend([term.name, *term.also])
    return found
