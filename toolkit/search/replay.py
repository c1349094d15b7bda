"""What a synonym would do: the latest queries asked again, with and without it. Nothing is saved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from toolkit.core.text import plain
from toolkit.search.models import BestBet, Synonym
from toolkit.search.selectors import first_result

LATEST = 500
"""Distinct queries that are asked again."""

_LATEST = """
SELECT query, sum(times) FROM search_askedquery
GROUP BY query ORDER BY max(day) DESC, sum(times) DESC, query LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Move:
    """One query whose first result would be another. A title is empty where there is no result."""

    query: str
    times: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Replay:
    """What was tried, and what would move."""

    tried: int
    moves: tuple[Move, ...]


def replay(proposed: Synonym) -> Replay:
    """Ask the latest queries again, as everybody, with the synonyms in use and with the proposed one in its place."""
    proposed.plain = plain(proposed.phrase)
    others = list(Synonym.objects.filter(is_active=True).exclude(pk=proposed.pk))
    saved = Synonym.objects.filter(pk=proposed.pk, is_active=True).first() if proposed.pk else None
    before = [*others, saved] if saved else others
    after = [*others, proposed] if proposed.is_active else others
    with connection.cursor() as cursor:
        cursor.execute(_LATEST, [LATEST])
        latest: list[tuple[str, int]] = cursor.fetchall()
    moves = []
    # A synonym changes only queries that hold its phrase: the others read the same, and are not asked again.
    phrases = [synonym.plain for synonym in (saved, proposed) if synonym]
    fixed = set(BestBet.objects.filter(is_active=True).values_list("plain", flat=True))
    for query, times in _holding(latest, phrases):
        if plain(query) in fixed:  # editors have said what comes first
            continue
        first, then = first_result(query, before), first_result(query, after)
        if (first and first.source) != (then and then.source):
            moves.append(Move(query, times, first.title if first else "", then.title if then else ""))
    return Replay(len(latest), tuple(moves))


def _holding(queries: Iterable[tuple[str, int]], phrases: Sequence[str]) -> list[tuple[str, int]]:
    return [
        (query, times)
        for query, times in queries
        if any(f" {phrase} " in f" {plain(query)} " for phrase in phrases)
    ]
