"""The page of results, as the template needs it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from markupsafe import Markup

from toolkit.core import clock
from toolkit.core.stages import Stage
from toolkit.core.text import count as counted
from toolkit.search import kinds
from toolkit.search.counting import Count
from toolkit.search.filters import Filters
from toolkit.search.links import Opening, link_to
from toolkit.search.log import kept_text
from toolkit.search.selectors import SOME, Hit, Results

_LONGEST_FACET = 12
"""Values of a facet that are offered: those with most results."""
_TITLES = {"kind": "Kind", "stage": "Stage", "role": "For your role", "topic": "Topic"}


@dataclass(frozen=True, slots=True)
class ShownHit:
    title: str
    href: str
    snippet: Markup
    facts: str
    updated_at: dt.datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet; `number` is empty where it is not known."""

    slug: str
    words: str
    number: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on, and the address without it."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class ResultsPage:
    query: str
    was_cut: bool
    heading: str
    note: str
    suggestion: str
    suggestion_href: str
    """Leads to the results of the suggestion; empty when these are shown already."""
    bets: tuple[ShownHit, ...]
    hits: tuple[ShownHit, ...]
    facets: tuple[Facet, ...]
    chips: tuple[Chip, ...]
    everything_href: str
    previous_href: str
    next_href: str


def results_page(found: Results, *, filters: Filters, was_cut: bool) -> ResultsPage:
    """What stands on the page."""
    of = found.suggestion if found.is_of_suggestion else found.query

    def address(query: str, pairs: Sequence[tuple[str, str]] = (), page: int = 1) -> str:
        given = [("q", query), *pairs, *([("page", str(page))] if page > 1 else [])]
        return f"{reverse('search')}?{urlencode(given)}"

    pairs = filters.pairs()
    facets = _facets(found, filters)
    names = {(facet.name, choice.slug): choice.words for facet in facets for choice in facet.choices}
    return ResultsPage(
        query=found.query,
        was_cut=was_cut,
        heading=_heading(found),
        note=_note(found),
        suggestion=found.suggestion,
        suggestion_href="" if found.is_of_suggestion else address(found.suggestion, pairs),
        bets=_shown(found.bets, found.query),
        hits=_shown(found.hits, found.query),
        # One result is not narrowed, except where filters did it.
        facets=tuple(facet for facet in facets if facet.choices) if found.total > 1 or pairs else (),
        chips=tuple(
            Chip(names[pair], address(found.query, [other for other in pairs if other != pair]))
            for pair in pairs
        ),
        everything_href=address(found.query),
        previous_href=address(of, pairs, found.page - 1) if found.page > 1 else "",
        next_href=address(of, pairs, found.page + 1) if found.page < found.pages else "",
    )


def _heading(found: Results) -> str:
    if found.counts.is_more:
        number = f"More than {found.total:,} results"
    elif found.total:
        number = counted(found.total, "result")
    else:
        return "No results"
    return f"{number}, page {found.page} of {found.pages:,}" if found.pages > 1 else number


def _note(found: Results) -> str:
    if found.is_of_suggestion:
        return "Nothing has these words. These are the results for"
    if found.total and found.how == SOME:
        return "Nothing has all of these words. These have some of them."
    return ""


def _shown(hits: Sequence[Hit], query: str) -> tuple[ShownHit, ...]:
    text, day = kept_text(query), clock.today()
    return tuple(
        ShownHit(
            title=hit.title,
            href=link_to(Opening(text, day, hit.url)),
            snippet=hit.snippet,
            facts=" · ".join(part for part in (hit.kind, hit.stage) if part),
            updated_at=hit.updated_at,
            reason=hit.reason,
        )
        for hit in hits
    )


def _facets(found: Results, filters: Filters) -> list[Facet]:
    return [
        Facet(name, title, _choices(name, found, getattr(filters, name))) for name, title in _TITLES.items()
    ]


def _choices(name: str, found: Results, chosen: Sequence[str]) -> tuple[Choice, ...]:
    """The values with most results, then those that are chosen and have none, so that they can be taken away."""
    counts = {each.slug: each for each in found.counts.facets.get(name, [])}
    for slug in chosen:
        counts.setdefault(slug, Count(slug, "", 0))
    order = [stage.value for stage in Stage] if name == "stage" else []

    def place(each: Count) -> tuple[bool, int, int, str]:
        in_order = order.index(each.slug) if each.slug in order else 0
        return each.slug not in chosen, in_order, -each.number, each.words

    def words(each: Count) -> str:
        if name == "kind":
            return kinds.labels().get(each.slug, each.slug)
        if name == "stage":
            return Stage(each.slug).label
        return each.words or each.slug.replace("-", " ").capitalize()

    return tuple(
        Choice(
            each.slug,
            words(each),
            "" if found.counts.is_more else f"{each.number:,}",
            each.slug in chosen,
        )
        for each in sorted(counts.values(), key=place)[:_LONGEST_FACET]
    )
