"""What somebody typed, turned into what PostgreSQL is asked. Nothing typed can make a query that fails or runs long."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from django.contrib.postgres.search import SearchQuery, SearchQueryCombinable

from toolkit.core.text import plain
from toolkit.search.models import CONFIG, Synonym

LONGEST = 200
"""Characters of a query that are read."""
MOST_WORDS = 24

# Words of questions that carry nothing and that PostgreSQL’s own list of stop words leaves in.
_FILLERS = frozenset(
    {
        "must",
        "need",
        "needs",
        "needed",
        "want",
        "wants",
        "would",
        "shall",
        "whats",
        "tell",
        "show",
        "find",
        "about",
        "i",
        "we",
    }
)
_OPERATORS = re.compile(r'"|(?:^|\s)-\w|\bOR\b')
_EXCLUDED = re.compile(r'(?:^|\s)-(?:"[^"]*"|\S+)')


def clean(typed: str) -> str:
    """The query on one line, without control characters or anything else that cannot be printed, at most LONGEST long."""
    printable = "".join(
        " " if unicodedata.category(char)[0] in "CZ" else char for char in typed[: LONGEST * 10]
    )
    return " ".join(printable.split())[:LONGEST].strip()


@dataclass(frozen=True, slots=True)
class Asked:
    """A cleaned query and its two readings."""

    text: str
    words: tuple[str, ...]
    every: SearchQueryCombinable
    """Has every word, or a synonym of it."""
    any: SearchQueryCombinable
    """Has at least one of them."""


def _websearch(text: str) -> SearchQuery:
    return SearchQuery(text, config=CONFIG, search_type="websearch")


def _phrase(text: str) -> SearchQuery:
    return SearchQuery(text, config=CONFIG, search_type="phrase")


def _anything_of(queries: Iterable[SearchQueryCombinable]) -> SearchQueryCombinable:
    return reduce(or_, queries)


def asked(text: str, synonyms: Iterable[Synonym]) -> Asked:
    """The readings of a cleaned query. A query with quotes, a minus or OR is taken as written, without synonyms; one that
    only excludes is taken for its words, because all the rest is no answer.
    """
    words = tuple(re.findall(r"\w+", text))[:MOST_WORDS]
    if _OPERATORS.search(text) and re.search(r"\w", _EXCLUDED.sub(" ", text)):
        return Asked(text, words, _websearch(text), _websearch(text))
    rest = f" {plain(text)} "
    groups: list[SearchQueryCombinable] = []
    for synonym in sorted(synonyms, key=lambda synonym: -len(synonym.plain)):
        if f" {synonym.plain} " in rest:
            rest = rest.replace(f" {synonym.plain} ", "  ")
            groups.append(_anything_of(_phrase(words) for words in (synonym.phrase, *synonym.alternatives)))
    left = [word for word in (rest.split() if groups else words) if word.lower() not in _FILLERS]
    single: list[SearchQueryCombinable] = [_phrase(word) for word in left]
    if not groups and not single:
        return Asked(text, words, _websearch(text), _websearch(text))
    every = reduce(and_, [*([_websearch(" ".join(left))] if left else []), *groups])
    return Asked(text, words, every, _anything_of([*groups, *single]))
