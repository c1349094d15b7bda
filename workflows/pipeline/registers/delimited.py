"""CSV and its relatives: any encoding British spreadsheets write, any of four delimiters, any line ends."""

from __future__ import annotations

import codecs
import re
from itertools import islice

from charset_normalizer import from_bytes

from workflows.pipeline.registers.bounds import LONGEST_CELL, MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from workflows.pipeline.registers.excerpts import excerpt
from workflows.pipeline.registers.headers import likeness
from workflows.pipeline.registers.quotes import records
from workflows.pipeline.registers.table import Cell, NotARegister, Problem, Table

DELIMITERS = (",", ";", "\t", "|")
SAMPLE_ROWS = 40
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_OLD_ENCODINGS = ["cp1252", "mac_roman"]
_SEP = re.compile(r"sep=(.)\r?\n?", re.I)


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text and the encoding it was written in. Raises NotARegister for what is not text."""
    encoding = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotARegister(
            f"“{name}” is damaged: part of its text can’t be read. Save it again as CSV or XLSX."
        ) from error
    controls = sum(
        1 for character in text[:100_000] if character < " " and character not in "\t\n\r\f\x0b\x1a"
    )
    if "\x00" in text or controls * 100 > len(text[:100_000]):
        raise NotARegister(
            f"“{name}” is not a spreadsheet: save it as CSV, XLSX, XLS or ODS and bring that in."
        )
    return text.removeprefix("\ufeff"), encoding


def _encoding(data: bytes) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding
    sample = data[:4000]
    if len(sample) % 2 == 0 and sample.count(0) * 3 > len(sample):
        return "utf-16-le" if sample[1::2].count(0) >= sample[0::2].count(0) else "utf-16-be"
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        best = from_bytes(data, cp_isolation=_OLD_ENCODINGS).best()
        return (
            best.encoding if best else "latin-1"
        )  # Windows’ code page leaves five bytes out; Latin-1 has them all


def read_delimited(text: str, name: str, encoding: str) -> Table:
    """The table of a CSV file’s text. Raises NotARegister for what is too large.

    A row with a quotation mark astray comes in as well as it can be read, with a warning, and takes no other row with it.
    """
    rows: list[tuple[Cell, ...]] = []
    problems: list[Problem] = []
    delimiter = _delimiter(text)
    if hint := _SEP.match(text):
        text = text[hint.end() :]
        rows.append(())  # Excel’s own note of the delimiter is a line of the file, not part of the table
    cells = 0
    for values, is_astray in records(text, delimiter):
        number = len(rows) + 1
        row = _without_empty_end(values)
        cells += len(row)
        if number > MOST_ROWS or cells > MOST_CELLS:
            raise NotARegister(
                f"“{name}” has more than {MOST_ROWS:,} rows or {MOST_CELLS:,} cells: divide it into smaller files."
            )
        if len(row) > MOST_COLUMNS:
            raise NotARegister(
                f"“{name}” has more than {MOST_COLUMNS} columns in row {number}: that is not a register."
            )
        if is_astray:
            message = "A quotation mark is missing or astray in this row: check that its cells are right."
            problems.append(Problem(number, "row", excerpt(" · ".join(row)), message))
        if long := [cell for cell in row if len(cell) > LONGEST_CELL]:
            message = f"A cell with more than {LONGEST_CELL:,} characters was cut short."
            problems.append(Problem(number, "row", excerpt(long[0][:LONGEST_CELL]), message))
        rows.append(tuple(cell[:LONGEST_CELL] for cell in row))
    while rows and not rows[-1]:
        rows.pop()
    return Table(name, "csv", tuple(rows), encoding=encoding, problems=tuple(problems))


def _without_empty_end(values: list[str]) -> list[str]:
    end = len(values)
    while end and not values[end - 1].strip():
        end -= 1
    return values[:end]


def _delimiter(text: str) -> str:
    if hint := _SEP.match(text):
        return hint[1]
    return max(DELIMITERS, key=lambda delimiter: _fit(text, delimiter))


def _fit(text: str, delimiter: str) -> tuple[int, int]:
    """How well a delimiter fits: header names it brings out, then how many rows it divides alike."""
    rows = [row for row, _ in islice(records(text[:500_000], delimiter), SAMPLE_ROWS)]
    widths = [len(row) for row in rows if row]
    common = max(set(widths), key=widths.count, default=0)
    alike = sum(1 for width in widths if abs(width - common) <= 2 and width > 1)
    return (likeness(rows) if 2 * alike >= len(widths) else 0), alike
