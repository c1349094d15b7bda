"""How wide the columns of a table are, and which of its rows stay in one piece."""

from __future__ import annotations

from collections.abc import Sequence

from guidance.documents.assembly.blocks import Runs, Table, plain

LONGEST_WORD = 24
LONGEST_TEXT = 160
LINE = 84
"""Characters in a line of a table as wide as the page, where all are as wide as those of “Medium”, nearly."""
SHORT = 600
"""Characters up to which a row is never split over two pages."""


def shares(table: Table) -> Sequence[float]:
    """The share of the width that each column has; together 1. Long text gets more, but no word less than it needs, as long
    as the page is wide enough for that."""
    texts = [_texts(table, at) for at in range(len(table.columns))]
    least, needs = [_least(each) for each in texts], [_need(each) for each in texts]
    if sum(least) >= 1:
        return [each / sum(least) for each in least]
    tight: set[int] = set()
    while True:
        left = 1 - sum(least[at] for at in tight)
        rest = sum(need for at, need in enumerate(needs) if at not in tight)
        found = [least[at] if at in tight else left * need / rest for at, need in enumerate(needs)]
        more = {at for at, share in enumerate(found) if share < least[at]} - tight
        if not more:
            return found
        tight |= more


def _texts(table: Table, at: int) -> Sequence[str]:
    return [table.columns[at], *(plain(row[at]) for row in table.rows if at < len(row))]


def _word(texts: Sequence[str]) -> int:
    return min(max((len(word) for text in texts for word in text.split()), default=0), LONGEST_WORD)


def _least(texts: Sequence[str]) -> float:
    """The share in which the longest word stands in one piece, with the room around it."""
    return (_word(texts) + 3) / LINE


def _need(texts: Sequence[str]) -> float:
    return max(_word(texts), 6, min(max(map(len, texts)), LONGEST_TEXT) ** 0.75) + 2


def is_number(table: Table, at: int) -> bool:
    """Do the cells of this column align right?"""
    return at < len(table.is_number) and table.is_number[at]


def is_to_fill(row: Sequence[Runs]) -> bool:
    """Is the row there to be written into by hand, such as for a signature? Its first cell is empty then."""
    return bool(row) and not plain(row[0]).strip()


def is_short(row: Sequence[Runs]) -> bool:
    """Is the row short enough never to be split?"""
    return sum(len(run.text) for cell in row for run in cell) <= SHORT
