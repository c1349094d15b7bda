"""How wide the columns of a table are, and which of its rows stay in one piece."""

from __future__ import annotations

from collections.abc import Sequence

from guidance.documents.assembly.blocks import Runs, Table, plain

LONGEST_WORD = 24
LONGEST_TEXT = 160
SHORT = 600
"""Characters up to which a row is never split over two pages."""


def shares(table: Table) -> Sequence[float]:
    """The share of the width that each column has; together 1. Long text gets more, but no word less than it needs."""
    needs = [_need(table, at) for at in range(len(table.columns))]
    return [need / sum(needs) for need in needs]


def _need(table: Table, at: int) -> float:
    texts = [table.columns[at], *(plain(row[at]) for row in table.rows if at < len(row))]
    word = max((len(word) for text in texts for word in text.split()), default=0)
    longest = max(map(len, texts))
    return max(min(word, LONGEST_WORD), 6, min(longest, LONGEST_TEXT) ** 0.75) + 2


def is_number(table: Table, at: int) -> bool:
    """Do the cells of this column align right?"""
    return at < len(table.is_number) and table.is_number[at]


def is_to_fill(row: Sequence[Runs]) -> bool:
    """Is the row there to be written into by hand, such as for a signature? Its first cell is empty then."""
    return bool(row) and not plain(row[0]).strip()


def is_short(row: Sequence[Runs]) -> bool:
    """Is the row short enough never to be split?"""
    return sum(len(run.text) for cell in row for run in cell) <= SHORT
