"""Which row of a table holds the headers, and which of our fields each column is."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from toolkit.core.text import listed, plain
from workflows.pipeline.registers.synonyms import (
    BY_NAME,
    IGNORED,
    PATTERNS,
    PEOPLE_LIST,
    PERSONAL,
    SPEND_CERTAIN,
    SPEND_LIKELY,
    Field,
)
from workflows.pipeline.registers.table import Cell, NotARegister, Problem, Table, line_of

HEADER_WITHIN = 20
"""The header row is looked for in this many first rows: titles, notes and blank rows may stand above it."""
LONGEST_HEADER = 200

_TRAILING_NUMBER = re.compile(r"\s*\((?:[\d/.,\s–-]+)\)\s*$")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_TELLING = re.compile(r"\([^()]*\b(?:exten|option|annual|annum|yearly|per year)[^()]*\)", re.I)
"""Words in brackets that change what a column is: “End date (including extensions)”."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_VAT = re.compile(
    r"\b(?:(?:inc|incl|including|inclusive|ex|exc|excl|excluding|exclusive|plus|net|gross)(?: of)? )?v ?a ?t\b|\bgbp\b"
)

_COMPANIONS = frozenset(
    {
        Field.REFERENCE, Field.SUPPLIERS, Field.VALUE, Field.VALUE_ANNUAL, Field.VALUE_LOW, Field.VALUE_HIGH, Field.STARTS, Field.ENDS,
        Field.DATES, Field.TERM, Field.PUBLISHED, Field.CLOSES, Field.AWARDED, Field.SIGNED, Field.ADVERTISED, Field.CPV, Field.PROCEDURE,
    }
)  # fmt: skip
"""With a title, any one of these makes a register."""
_SUPPLIER_COMPANIONS = frozenset(
    {
        Field.REFERENCE,
        Field.TITLE,
        Field.DESCRIPTION,
        Field.STARTS,
        Field.ENDS,
        Field.DATES,
        Field.TERM,
        Field.PROCEDURE,
        Field.SIGNED,
    }
)
"""With a supplier alone, one of these: a supplier and an amount is a list of payments."""
_PERIOD = frozenset({Field.STARTS, Field.ENDS, Field.LATEST_END, Field.DATES, Field.TERM})

_IS_BUYER = re.compile(
    r"\b(council|borough|city|authority|nhs|trust|university|college|school|police|fire|transport|ministry|department|office|agency|service|services"
    r"|association|ltd|limited|plc|board|foundation|partnership|group|council s|corporation|company|homes|housing|academy|hospital|gla|tfl)\b"
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file. `index` counts from 0."""

    index: int
    header: str


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which columns are read for which field, the one to look at first, first."""

    header_row: int
    """As the spreadsheet numbers it."""
    columns: dict[Field, tuple[Column, ...]]
    withheld: tuple[str, ...] = ()
    """Headers of columns about persons: not read."""
    unused: tuple[str, ...] = ()
    """Headers that are none of our fields."""
    problems: tuple[Problem, ...] = field(default=())

    def has(self, *fields: Field) -> bool:
        return any(one in self.columns for one in fields)


def bare(header: str) -> str:
    """A header as its name is compared: `Contract Value (excl. VAT) (7)` → `contract value`."""
    text = _TRAILING_NUMBER.sub("", " ".join(header.split()))
    text = _CAMEL.sub(" ", text)
    without = plain(_BRACKETS.sub(" ", text))
    return _VAT.sub(" ", without or plain(text)).replace("  ", " ").strip() or plain(text)


def field_of(header: str) -> tuple[Field, int] | None:
    """The field a header names and how specifically (0 is most); None for columns we don't read."""
    if len(header) > LONGEST_HEADER:
        return None
    name = bare(header)
    full = plain(_TRAILING_NUMBER.sub("", header))
    if _TELLING.search(header) and (told := _by_pattern(full)):
        return told
    if name in BY_NAME:
        return BY_NAME[name]
    if full in BY_NAME:
        return BY_NAME[full]
    if PERSONAL.search(full) or IGNORED.search(full):
        return None
    return _by_pattern(name)


def _by_pattern(name: str) -> tuple[Field, int] | None:
    return next(((one, tier) for pattern, one, tier in PATTERNS if pattern.search(name)), None)


def likeness(rows: Sequence[Sequence[Cell]]) -> int:
    """How many different fields the best header row names: for choosing among sheets and delimiters."""
    return max((len(_named(row)) for row in rows[:HEADER_WITHIN]), default=0)


def map_columns(table: Table) -> Mapping:
    """Find the header row and say which column is which. Raises NotARegister for a table that is none."""
    at = _header_index(table.rows)
    if at is None:
        raise _refusal(table, 0)
    headers = [line_of(cell) for cell in table.rows[at]]
    found, withheld, unused = _candidates(table, at, headers)
    problems: list[Problem] = []
    columns = {one: _chosen(one, tiers, table, at, problems) for one, tiers in found.items()}
    mapping = Mapping(at + 1, columns, withheld, unused, tuple(problems))
    if _is_people(headers) or _is_payments(headers, mapping) or not _is_register(mapping):
        raise _refusal(table, at)
    return mapping


def _header_index(rows: Sequence[Sequence[Cell]]) -> int | None:
    scores = [len(_named(row)) for row in rows[:HEADER_WITHIN]]
    best = max(scores, default=0)
    return scores.index(best) if best >= 2 else None


def _named(row: Sequence[Cell]) -> set[str]:
    """The fields that the cells of a row name, were it the header row; two doubtful names count as well."""
    named: set[str] = set()
    for cell in row:
        if isinstance(cell, str) and cell.strip() and len(cell) <= LONGEST_HEADER:
            match = field_of(cell)
            name = bare(cell)
            if match:
                named.add(match[0].value)
            elif name in _DOUBTFUL:
                named.add(f"doubtful {name}")
    return named


def _candidates(
    table: Table, at: int, headers: list[str]
) -> tuple[dict[Field, list[tuple[int, Column]]], tuple[str, ...], tuple[str, ...]]:
    found: dict[Field, list[tuple[int, Column]]] = {}
    doubtful: list[Column] = []
    withheld: list[str] = []
    unused: list[str] = []
    for index, header in enumerate(headers):
        if not header:
            continue
        column = Column(index, header)
        match = field_of(header)
        if (
            match
            and match[0] is Field.ORGANISATION
            and bare(header) == "buyer"
            and not _names_organisations(table, at, index)
        ):
            withheld.append(header)
        elif match:
            found.setdefault(match[0], []).append((match[1], column))
        elif bare(header) in _DOUBTFUL:
            doubtful.append(column)
        elif PERSONAL.search(plain(header)):
            withheld.append(header)
        else:
            unused.append(header)
    for column in doubtful:
        settled = _DOUBTFUL[bare(column.header)](frozenset(found), _cells(table, at, column.index))
        found.setdefault(settled, []).append((0, column))
    if Field.TITLE not in found and Field.DESCRIPTION in found:
        found[Field.TITLE] = list(found[Field.DESCRIPTION])
    return found, tuple(withheld), tuple(unused)


def _chosen(
    one: Field, candidates: list[tuple[int, Column]], table: Table, at: int, problems: list[Problem]
) -> tuple[Column, ...]:
    """One column of each tier, in tier order: of two that are equally specific the better filled, with a warning."""
    chosen: list[Column] = []
    for tier in sorted({tier for tier, _ in candidates}):
        same = [column for own, column in candidates if own == tier]
        if one is Field.SUPPLIERS and all(re.search(r"\d$", column.header) for column in same):
            chosen += same
            continue
        filled = {
            column: sum(1 for cell in _cells(table, at, column.index) if line_of(cell)) for column in same
        }
        best = max(same, key=lambda column: filled[column])
        chosen.append(best)
        rest = [column for column in same if column is not best]
        if rest:
            names = listed([f"“{column.header}”" for column in same])
            problems.append(
                Problem(
                    at + 1,
                    one.value,
                    best.header,
                    f"{names} could each be the {one.label}: “{best.header}” is read, as it has the most in it.",
                )
            )
    return tuple(chosen)


def _cells(table: Table, at: int, index: int) -> list[Cell]:
    return [row[index] for row in table.rows[at + 1 :] if index < len(row)]


def _names_organisations(table: Table, at: int, index: int) -> bool:
    """Whether a column headed “Buyer” holds organisations; some boroughs put the officer’s name there."""
    names = {plain(line_of(cell)) for cell in _cells(table, at, index)} - {""}
    return not names or 2 * sum(1 for name in names if _IS_BUYER.search(name)) >= len(names)


def _reads_as_text(cells: Sequence[Cell]) -> bool:
    words = [len(line_of(cell).split()) for cell in cells if line_of(cell)]
    return bool(words) and sum(words) / len(words) > 2


def _contract(found: frozenset[Field], cells: Sequence[Cell]) -> Field:
    return Field.TITLE if _reads_as_text(cells) or Field.REFERENCE in found else Field.REFERENCE


def _service(found: frozenset[Field], cells: Sequence[Cell]) -> Field:
    return Field.DEPARTMENT if Field.TITLE in found else Field.TITLE


def _completion(found: frozenset[Field], cells: Sequence[Cell]) -> Field:
    return Field.SIGNED if Field.ENDS in found else Field.ENDS


def _name(found: frozenset[Field], cells: Sequence[Cell]) -> Field:
    return Field.SUPPLIERS if Field.TITLE in found and Field.SUPPLIERS not in found else Field.TITLE


_DOUBTFUL: dict[str, Callable[[frozenset[Field], Sequence[Cell]], Field]] = {
    "contract": _contract,
    "service": _service,
    "contract completion date": _completion,
    "completion date": _completion,
    "name": _name,
}
"""False friends. “Contract” is a reference or a title; “Service” a title or a department; “Contract completion date” is
the day of signing where an end date stands beside it (LLDC), and the end elsewhere."""


def _is_register(mapping: Mapping) -> bool:
    return (mapping.has(Field.TITLE) and mapping.has(*_COMPANIONS)) or (
        mapping.has(Field.SUPPLIERS) and mapping.has(*_SUPPLIER_COMPANIONS)
    )


def _is_people(headers: Sequence[str]) -> bool:
    return sum(1 for header in headers if PEOPLE_LIST.match(bare(header))) >= 2


def _is_payments(headers: Sequence[str], mapping: Mapping) -> bool:
    names = [plain(header) for header in headers]
    if mapping.has(*_PERIOD):
        return False
    if any(SPEND_CERTAIN.search(name) for name in names):
        return True
    titled = mapping.has(Field.REFERENCE) or mapping.columns.get(Field.TITLE) not in (
        None,
        mapping.columns.get(Field.DESCRIPTION),
    )
    return not titled and any(SPEND_LIKELY.search(name) for name in names)


def _refusal(table: Table, at: int) -> NotARegister:
    first = [
        line_of(cell)
        for row in table.rows[:HEADER_WITHIN]
        for cell in row
        if isinstance(cell, str) and len(cell) <= 60
    ]
    where = f"“{table.name}”" + (f", sheet “{table.sheet}”," if table.sheet else "")
    if any(SPEND_CERTAIN.search(plain(cell)) or SPEND_LIKELY.search(plain(cell)) for cell in first):
        return NotARegister(
            f"{where} looks like a list of payments to suppliers, not a contracts register or pipeline:"
            " it has no columns for the title, start or end of a contract."
        )
    return NotARegister(
        f"{where} has no row of headers that reads like a contracts register or pipeline: we looked in the first {HEADER_WITHIN} rows for"
        " a title or supplier, with a reference, value, start date or end date."
    )
