"""Finding: by every word, else by some of them, else by words that look alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.postgres.search import SearchHeadline, SearchQueryCombinable, SearchRank
from django.db import connection, transaction
from django.db.models import Count, F, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat, Left
from django.utils.html import escape
from markupsafe import Markup

from toolkit.accounts.visibility import PUBLIC, Reader, seen_by
from toolkit.core.stages import Stage
from toolkit.search import kinds as registered
from toolkit.search.models import CONFIG, SearchEntry, Synonym
from toolkit.search.querying import Asked, asked, clean

PAGE_SIZE = 10
EVERY, SOME, SIMILAR = "every", "some", "similar"
"""How results match: they have every word asked for, some of them, or words that look like them."""

_WEIGHTS = [0.05, 0.2, 0.5, 1.0]
_BY_LENGTH = 1
_START, _STOP = "\ue000", "\ue001"
_HEADLINE_FROM = 20_000
_LIKENESS = "0.5"


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. `snippet` is safe HTML in which matches stand in `<mark>`."""

    title: str
    url: str
    kind: str
    stage: str
    snippet: Markup
    updated_at: dt.datetime


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many results of a kind there are, whatever kinds were chosen."""

    slug: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Results:
    """A page of results."""

    query: str
    how: str
    hits: tuple[Hit, ...]
    total: int
    page: int
    pages: int
    kinds: tuple[KindCount, ...]


def search(
    query: str, *, reader: Reader = PUBLIC, kinds: Collection[str] = (), stage: str = "", page: int = 1
) -> Results:
    """What `reader` may see that answers `query`, best first. Any input is answered; a page that does not exist gives
    the nearest. At most six queries.
    """
    text = clean(query)
    seen = SearchEntry.objects.filter(seen_by(reader))
    if stage:
        seen = seen.filter(stage=stage)
    if not text:
        return Results(text, EVERY, (), 0, 1, 1, ())
    reading = asked(text, Synonym.objects.filter(is_active=True))
    for how, tsquery in ((EVERY, reading.every), (SOME, reading.any)):
        matching = seen.filter(words=tsquery)
        counts = _counts(matching)
        if counts:
            rank = SearchRank(
                F("words"), tsquery, weights=_WEIGHTS, normalization=Value(_BY_LENGTH), cover_density=True
            )
            return _results(text, how, matching.order_by(rank.desc(), "title"), counts, kinds, page, tsquery)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [_LIKENESS])
        matching = seen.filter(_looks_like(reading))
        counts = _counts(matching)
        return _results(text, SIMILAR, matching.order_by("title"), counts, kinds, page, None)


def _looks_like(reading: Asked) -> Q:
    """Some word of four letters or more looks like a word of the title or summary."""
    condition = Q(pk__in=[])
    for word in [word for word in reading.words if len(word) > 3][:6]:
        condition |= Q(title__trigram_word_similar=word) | Q(summary__trigram_word_similar=word)
    return condition


def _counts(matching: QuerySet[SearchEntry]) -> dict[str, int]:
    return dict(matching.order_by().values_list("kind").annotate(Count("pk")))


def _results(
    text: str,
    how: str,
    matching: QuerySet[SearchEntry],
    counts: dict[str, int],
    kinds: Collection[str],
    page: int,
    tsquery: SearchQueryCombinable | None,
) -> Results:
    chosen = [kind for kind in kinds if kind in registered.labels()]
    total = sum(count for kind, count in counts.items() if not chosen or kind in chosen)
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(1, page), pages)
    if chosen:
        matching = matching.filter(kind__in=chosen)
    keys = (
        list(matching.values_list("pk", flat=True)[(page - 1) * PAGE_SIZE : page * PAGE_SIZE])
        if total
        else []
    )
    kind_counts = (KindCount(slug, label, counts.get(slug, 0)) for slug, label in registered.labels().items())
    return Results(
        text, how, _hits(keys, tsquery), total, page, pages, tuple(kind for kind in kind_counts if kind.count)
    )


def _hits(keys: list[int], tsquery: SearchQueryCombinable | None) -> tuple[Hit, ...]:
    """The entries in the order of `keys`; headlines are made for these few alone."""
    if not keys:
        return ()
    entries = SearchEntry.objects.filter(pk__in=keys).defer("body", "words")
    if tsquery is None:
        entries = entries.annotate(headline=F("summary"))
    else:
        entries = entries.annotate(
            headline=SearchHeadline(
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
        )
    by_key = entries.in_bulk(keys)
    return tuple(
        Hit(
            title=entry.title,
            url=entry.url,
            kind=registered.labels().get(entry.kind, entry.kind),
            stage=Stage(entry.stage).label if entry.stage else "",
            snippet=_highlighted(entry.headline),
            updated_at=entry.updated_at,
        )
        for entry in (by_key[key] for key in keys if key in by_key)
    )


def _highlighted(headline: str) -> Markup:
    """Escaped first; only then do the private marks, which no stored text contains, become tags."""
    return Markup(str(escape(headline)).replace(_START, "<mark>").replace(_STOP, "</mark>"))
