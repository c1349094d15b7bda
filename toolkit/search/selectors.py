"""Finding: by every word, else by some of them, else by the words that were probably meant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.contrib.postgres.search import SearchHeadline, SearchQueryCombinable, SearchRank
from django.db import connection, transaction
from django.db.models import Case, F, FloatField, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Concat, Left
from django.utils.html import escape
from markupsafe import Markup

from toolkit.accounts.visibility import PUBLIC, Level, Reader, seen_by
from toolkit.core.stages import Stage
from toolkit.core.text import plain
from toolkit.search import kinds as registered
from toolkit.search.counting import EXACT_UP_TO, Counts, count
from toolkit.search.filters import Filters
from toolkit.search.models import CONFIG, BestBet, SearchEntry, Synonym
from toolkit.search.querying import Asked, asked, clean
from toolkit.search.spelling import did_you_mean

PAGE_SIZE = 10
EVERY, SOME = "every", "some"
"""How results match: they have every word asked for, or some of them."""

_WEIGHTS = [0.1, 0.3, 0.6, 1.0]
"""Of a word in the body, the summary, the topics and names, the title."""
_START, _STOP = "\ue000", "\ue001"
_HEADLINE_FROM = 20_000
_MOST_BETS = 3
_RANKED_BY_ALL = 1_000
"""Up to so many results are ranked by all their words; more of them by title and summary, which takes a fifth of the time."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. `snippet` is safe HTML in which matches stand in `<mark>`."""

    title: str
    url: str
    kind: str
    stage: str
    snippet: Markup
    updated_at: dt.datetime
    source: tuple[str, str]
    """Kind and key, as the owner names it."""
    is_public: bool
    reason: str = ""
    """Why editors put it first; empty for any other result."""


@dataclass(frozen=True, slots=True)
class Results:
    """A page of results."""

    query: str
    how: str = EVERY
    hits: tuple[Hit, ...] = ()
    bets: tuple[Hit, ...] = ()
    """What editors put first; not again among the hits of the page."""
    counts: Counts = field(default_factory=Counts)
    page: int = 1
    pages: int = 1
    suggestion: str = ""
    """What was probably meant. When nothing was found, the results are of this."""
    is_of_suggestion: bool = False

    @property
    def total(self) -> int:
        """At most 5,000; `counts.is_more` says that there are more."""
        return min(self.counts.total, EXACT_UP_TO)


def search(query: str, *, reader: Reader = PUBLIC, filters: Filters | None = None, page: int = 1) -> Results:
    """What `reader` may see that answers `query`, best first. Any input is answered; a page that does not exist gives
    the nearest. At most six queries.
    """
    text = clean(query)
    if not text:
        return Results(text)
    return _answer(text, reader, filters or Filters(), page)


@transaction.atomic
def _answer(text: str, reader: Reader, filters: Filters, page: int) -> Results:
    _by_index()
    seen = SearchEntry.objects.filter(seen_by(reader))
    synonyms = list(Synonym.objects.filter(is_active=True))
    bets = () if filters.any or page > 1 else _best_bets(seen, text)
    found = _found(seen.filter(filters.condition()), text, synonyms, page)
    if (found.how == EVERY and found.total) or bets:
        return replace(found, bets=bets, hits=_without(found.hits, bets))
    suggestion = did_you_mean(text)
    if suggestion and not found.total:
        meant = _found(seen.filter(filters.condition()), suggestion, synonyms, page)
        found = replace(meant, query=text, is_of_suggestion=bool(meant.total))
    return replace(found, suggestion=suggestion)


def _by_index() -> None:
    """For this transaction: the planner does not know that reading the words of every row is what takes long, and would
    rather do that than use the index for a common word (230 ms instead of 10 over 30,000 pages)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('enable_seqscan', 'off', true)")


@transaction.atomic
def first_result(query: str, synonyms: Iterable[Synonym]) -> Hit | None:
    """The first result that everybody may see, with these synonyms and without best bets. At most two queries."""
    _by_index()
    found = _found(SearchEntry.objects.filter(seen_by(PUBLIC)), clean(query), synonyms, 1)
    return next(iter(found.hits), None)


def _best_bets(seen: QuerySet[SearchEntry], text: str) -> tuple[Hit, ...]:
    """What editors put first for exactly this phrase, as far as the reader may see it."""
    chosen = {
        (bet.kind, bet.key): bet.reason
        for bet in BestBet.objects.filter(plain=plain(text), is_active=True)[:_MOST_BETS]
        if bet.plain
    }
    if not chosen:
        return ()
    named = Q()
    for kind, key in chosen:
        named |= Q(kind=kind, key=key)
    entries = {
        (entry.kind, entry.key): entry
        for entry in seen.filter(named).annotate(headline=F("summary")).defer("body", "words", "head")
    }
    return tuple(
        replace(_hit(entries[source]), reason=reason)
        for source, reason in chosen.items()
        if source in entries
    )


def _without(hits: Sequence[Hit], bets: Sequence[Hit]) -> tuple[Hit, ...]:
    shown = {bet.source for bet in bets}
    return tuple(hit for hit in hits if hit.source not in shown)


def _found(seen: QuerySet[SearchEntry], text: str, synonyms: Iterable[Synonym], page: int) -> Results:
    """One page of what answers the words of `text`. Two queries, one when there is nothing."""
    reading = asked(text, synonyms)
    counts = count(seen, reading)
    how = EVERY if counts.has_every else SOME
    total = min(counts.total, EXACT_UP_TO)
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(1, page), pages)
    hits = _hits(seen, reading, counts, page) if total else ()
    return Results(text, how, hits, counts=counts, page=page, pages=pages)


def _ranked_by_head(
    seen: QuerySet[SearchEntry], tsquery: SearchQueryCombinable, reading: Asked, is_more: bool
) -> QuerySet[SearchEntry]:
    """Very many results, those first that have most of the words in title and summary. Where there are more than are
    counted, only so many are ranked at all: those with every word in title and summary before any other.
    """
    matching = seen.filter(words=tsquery)
    if is_more:
        in_head = seen.filter(head=tsquery).order_by().values("pk")[:EXACT_UP_TO]
        elsewhere = matching.exclude(head=tsquery).order_by().values("pk")[:EXACT_UP_TO]
        matching = SearchEntry.objects.filter(
            pk__in=in_head.union(elsewhere, all=True).order_by()[:EXACT_UP_TO]
        )
    return _in_order(matching, "head", reading)


def _in_order(matching: QuerySet[SearchEntry], column: str, reading: Asked) -> QuerySet[SearchEntry]:
    """Best first: the more words, the weightier their places and the weightier the kind, the better. A word’s weightiest
    place counts most, so that a long page does not win by saying it often.
    """
    rank = SearchRank(F(column), reading.any, weights=_WEIGHTS) * _weight_of_kind(reading)
    return matching.order_by(rank.desc(), "title", "pk")


def _weight_of_kind(reading: Asked) -> Case:
    weights = registered.weights(reading.words)
    whens = [When(kind=slug, then=Value(weight)) for slug, weight in weights.items()]
    return Case(*whens, default=Value(1.0), output_field=FloatField())


def _hits(seen: QuerySet[SearchEntry], reading: Asked, counts: Counts, page: int) -> tuple[Hit, ...]:
    """The entries of one page. PostgreSQL makes headlines last, for the rows of the page alone. One query."""
    tsquery = reading.every if counts.has_every else reading.any
    if counts.total > _RANKED_BY_ALL:
        entries = _ranked_by_head(seen, tsquery, reading, counts.is_more)
    else:
        entries = _in_order(seen.filter(words=tsquery), "words", reading)
    headline = SearchHeadline(
        Left(Concat("summary", Value(" "), "body", output_field=TextField()), _HEADLINE_FROM),
        tsquery,
        config=CONFIG,
        start_sel=_START,
        stop_sel=_STOP,
        max_words=30,
        min_words=12,
        max_fragments=2,
        fragment_delimiter=" … ",
    )
    shown = entries.annotate(headline=headline).defer("body", "words", "head")
    return tuple(_hit(entry) for entry in shown[(page - 1) * PAGE_SIZE : page * PAGE_SIZE])


def _hit(entry: SearchEntry) -> Hit:
    return Hit(
        title=entry.title,
        url=entry.url,
        kind=registered.labels().get(entry.kind, entry.kind),
        stage=Stage(entry.stage).label if entry.stage else "",
        snippet=_highlighted(entry.headline),  # type: ignore[attr-defined]  # every caller annotates it
        updated_at=entry.updated_at,
        source=(entry.kind, entry.key),
        is_public=entry.visibility == Level.PUBLIC,
    )


def _highlighted(headline: str) -> Markup:
    """Escaped first; only then do the private marks, which no stored text contains, become tags."""
    return Markup(str(escape(headline)).replace(_START, "<mark>").replace(_STOP, "</mark>"))
