"""A whole file, from bytes to rows.

What counts as a unit: every line below the header row, except blank lines, the header row repeated, total lines,
headings (one cell alone that is neither a title nor a supplier, without a digit) and notes below the table. A unit is
unreadable only when it has neither title nor supplier nor reference; everything else that is wrong is a warning.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from toolkit.core.text import plain
from workflows.pipeline.registers.cells import Reader
from workflows.pipeline.registers.checks import oddities
from workflows.pipeline.registers.dates import Order, evidence, order_of
from workflows.pipeline.registers.excerpts import excerpt
from workflows.pipeline.registers.facts import read_row
from workflows.pipeline.registers.files import read_table
from workflows.pipeline.registers.headers import Mapping, map_columns
from workflows.pipeline.registers.register import NoUnit, Register, RegisterRow, Skipped
from workflows.pipeline.registers.synonyms import DATE_FIELDS, Field
from workflows.pipeline.registers.table import Cell, NotARegister, Problem, Table, cut, line_of

_TOTAL = re.compile(
    r"(?:(?:grand|sub|overall)[\s-]*)?totals?(?: (?:value|amount|contracts|cost))?\s*:?", re.I
)
_NOTE = re.compile(
    r"(?:notes?|n\.?b\.?|source|key|last updated|updated|correct as|©|end of|\*|this (?:register|list|file|data))\b",
    re.I,
)
_LONG_NOTE = 60


def read_register(data: bytes, name: str) -> Register:
    """Read a contracts register or pipeline. `name` is the file’s name for the sentences.

    Raises NotARegister when the file is no spreadsheet, or its table no register (see `files` and `headers`).
    """
    table = read_table(data, name)
    mapping = map_columns(table)
    orders, problems = _orders(table, mapping)
    problems = [*table.problems, *mapping.problems, *problems]
    rows: list[RegisterRow] = []
    unreadable: list[Problem] = []
    skipped: list[Skipped] = []
    seen: dict[str, int] = {}
    headers = [plain(line_of(cell)) for cell in table.rows[mapping.header_row - 1]]
    blank = 0
    for number, cells in enumerate(table.rows[mapping.header_row :], start=mapping.header_row + 1):
        if not any(line_of(cell) for cell in cells):
            blank += 1
            continue
        if why := _no_unit(cells, mapping, headers):
            skipped.append(Skipped(number, why))
            continue
        reader = Reader(number, cells, mapping, orders)
        row = read_row(reader)
        if not (row.title or row.supplier_names or row.reference):
            said = " · ".join(excerpt(cell) for one in mapping.columns for _, cell in reader.all(one))
            unreadable.append(
                Problem(
                    number,
                    "row",
                    cut(said, 200),
                    "This row has neither a title nor a supplier nor a reference.",
                )
            )
            continue
        rows.append(row)
        problems += reader.problems
        problems += oddities(row)
        if row.digest in seen:
            problems.append(
                Problem(
                    number, "row", cut(row.title, 120), f"This row says the same as row {seen[row.digest]}."
                )
            )
        seen.setdefault(row.digest, number)
    if not rows and not unreadable:
        raise NotARegister(f"“{name}” has headers but no rows below them.")
    return Register(
        tuple(rows),
        tuple(unreadable),
        tuple(problems),
        tuple(skipped),
        blank,
        mapping.header_row,
        table.sheet,
        mapping,
        table.encoding,
    )


def _orders(table: Table, mapping: Mapping) -> tuple[dict[int, Order], list[Problem]]:
    """How each date column orders day and month, by what it shows; one warning for each that is month first."""
    columns = {column: one for one in DATE_FIELDS for column in mapping.columns.get(one, ())}
    own = {
        column: evidence(
            row[column.index] for row in table.rows[mapping.header_row :] if column.index < len(row)
        )
        for column in columns
    }
    whole = (
        sum(day_first for day_first, _ in own.values()),
        sum(month_first for _, month_first in own.values()),
    )
    orders = {column.index: order_of(own[column], whole) for column in columns}
    problems = [
        Problem(
            mapping.header_row,
            one.value,
            column.header,
            f"The dates under “{column.header}” are written month first (as 6/30/26) and were read so.",
        )
        for column, one in sorted(columns.items(), key=lambda item: item[0].index)
        if orders[column.index] is Order.MONTH_FIRST
    ]
    return orders, problems


def _no_unit(cells: Sequence[Cell], mapping: Mapping, headers: Sequence[str]) -> NoUnit | None:
    filled = {index: text for index, cell in enumerate(cells) if (text := line_of(cell))}
    repeated = sum(
        1 for index, text in filled.items() if index < len(headers) and plain(text) == headers[index]
    )
    if repeated >= 2 and 2 * repeated >= len(filled):
        return "header"
    first, *others = filled.values()
    if _TOTAL.fullmatch(first) and not any(re.search(r"[^\W\d_]{2}", text) for text in others):
        return "total"
    if len(filled) == 1 and len(mapping.columns) > 2:
        index = next(iter(filled))
        named = {
            column.index for one in (Field.TITLE, Field.SUPPLIERS) for column in mapping.columns.get(one, ())
        }
        if _NOTE.match(first) and (len(first) > _LONG_NOTE or index not in named or first[-1] in ".:"):
            return "note"
        if index not in named and len(first) > _LONG_NOTE:
            return "note"
        if index not in named and not re.search(r"\d", first):
            return "heading"
    return None
