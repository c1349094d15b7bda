"""Queries with the page that should come first, and how well the index does by them."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.search.selectors import search

READ_TO = 10
"""Results that are looked through: one page."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One query and where the page stands that should be first."""

    query: str
    wanted: str
    """Kind and key, as `guidance/lots`."""
    rank: int
    """From 1; 0 when it is not on the first page."""
    first: str
    """What comes first, as `wanted` is written; empty when nothing is found."""


def judge(path: Path) -> list[Judged]:
    """Ask every query of the file as everybody. Raises LookupError for a file without queries."""
    wanted: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8")).get("queries", {})
    if not wanted:
        raise LookupError(f"{path} names no queries")
    return [_judged(query, source) for query, source in wanted.items()]


def _judged(query: str, wanted: str) -> Judged:
    found = search(query)
    shown = ["/".join(hit.source) for hit in (*found.bets, *found.hits)][:READ_TO]
    return Judged(query, wanted, shown.index(wanted) + 1 if wanted in shown else 0, next(iter(shown), ""))


def mean_reciprocal_rank(judged: Sequence[Judged]) -> float:
    """1 when every page that should be first is; 0 when none is found."""
    return sum(1 / each.rank for each in judged if each.rank) / len(judged)
