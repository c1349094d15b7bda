"""The records of delimited text, where a quotation mark that is never closed spoils its own row and no other.

A reader of CSV that meets such a mark takes everything up to the next one, rows and all, for one cell. So each record is
read strictly; what can't be read so, or spans lines that look like rows themselves, is read as the one line it stands on.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence

from workflows.pipeline.registers.bounds import LONGEST_CELL

MOST_LINES = 500
"""How many lines one record may span."""


def records(text: str, delimiter: str) -> Iterator[tuple[list[str], bool]]:
    """Each record, and whether a quotation mark was astray in it."""
    # In this mode only \n, \r and \r\n end a line, and each line keeps its own.
    lines = io.StringIO(text, newline="").readlines()
    usual = _usual_width(lines, delimiter)
    start = 0
    while start < len(lines):
        read = _strictly(lines, start, delimiter)
        if read is None or _took_rows(lines[start : start + read[1]], read[0], usual, delimiter):
            yield _alone(lines[start], delimiter), True
            start += 1
        else:
            yield read[0], False
            start += read[1]


def _usual_width(lines: Sequence[str], delimiter: str) -> int:
    """How many cells most lines that have several have, quotation marks aside."""
    counted = Counter(found for line in lines if (found := line.count(delimiter)))
    return counted.most_common(1)[0][0] + 1 if counted else 1


def _strictly(lines: Sequence[str], start: int, delimiter: str) -> tuple[list[str], int] | None:
    """The record that begins here and how many lines it spans; None when its quotation marks don't pair."""
    if '"' not in lines[start]:
        return lines[start].rstrip("\r\n").split(delimiter), 1
    reader = csv.reader(iter(lines[start : start + MOST_LINES]), delimiter=delimiter, strict=True)
    try:
        return next(reader), reader.line_num
    except (csv.Error, StopIteration):
        return None


def _took_rows(lines: Sequence[str], record: Sequence[str], usual: int, delimiter: str) -> bool:
    """Whether a record of several lines has taken rows of their own: a line inside it has the cells of a row. In prose a
    delimiter is followed by a space; where the record has the usual width, only lines without such count."""
    if len(lines) == 1 or usual < 3:
        return False
    if len(record) != usual:
        return any(line.count(delimiter) + 1 >= usual for line in lines[1:])
    return any(line.count(delimiter) + 1 == usual and f"{delimiter} " not in line for line in lines[1:-1])


def _alone(line: str, delimiter: str) -> list[str]:
    """A damaged row by itself. Marks that pair still quote; one without its fellow is only a character."""
    if line.count('"') % 2 == 0 and len(line) <= LONGEST_CELL:
        return next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter), [])
    return [cell.strip().removeprefix('"') for cell in line.rstrip("\r\n").split(delimiter)]
