"""Answers: how each kind is kept as JSON, checked, and said in words.

| kind | kept as |
|---|---|
| text, long-text | the text, line ends as `\\n` |
| choice | the option’s slug |
| yes-no | `yes` or `no` |
| date | `2027-03-01` |
| money | pounds as text, `1234.50`; the question says whether VAT is in it |
| table | a list of rows: column name → a value of the column’s kind, empty where nothing was said; `id` names the row |
"""

from __future__ import annotations

import datetime as dt
import re
import secrets
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from guidance.documents.assembly.definitions import Column, Question, QuestionKind
from toolkit.core.money import NotMoney, pounds, read_pounds
from toolkit.core.text import day, printable

LONGEST_TEXT = 300
LONGEST_CELL = 5_000
LONGEST_LONG_TEXT = 50_000
MOST_ROWS = 1_000
LONGEST_TABLE = 500_000
"""Characters in all cells of a table."""
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
YES_NO = {"yes": "Yes", "no": "No"}
VAT_WORDS = {"inc": "including VAT", "ex": "excluding VAT"}

_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_ROW = re.compile(r"r[0-9a-f]{1,10}")


class BadAnswer(ValueError):
    """The answer cannot be kept. The message is a sentence for whoever typed it."""


def clean_text(text: str) -> str:
    """Text that every format can hold: one kind of line end, no control characters, nothing around it."""
    return printable(text).strip()


def clean_lines(text: str) -> list[str]:
    """Lines of something pasted, tabs kept."""
    return printable(text).split("\n")


def read_cell(column: Column, text: str) -> str:
    """A cell as a spreadsheet writes it, as answers are kept: labels of choices become slugs, `31/03/2027` a date. What
    is not understood stays as it is, for `checked` to refuse."""
    text = text.strip()
    match column.kind:
        case QuestionKind.CHOICE:
            return next((each.slug for each in column.options if each.label.lower() == text.lower()), text)
        case QuestionKind.YES_NO:
            return text.lower()
        case QuestionKind.DATE if found := _SLASHED.fullmatch(text):
            return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    return text


def is_answered(value: Any) -> bool:
    return value not in (None, "", [])


def checked(question: Question, value: Any) -> Any:
    """The value as it is kept. Raises BadAnswer. Empty is always allowed: what is required is asked at the end."""
    if not is_answered(value):
        return [] if question.kind == QuestionKind.TABLE else ""
    if question.kind == QuestionKind.TABLE:
        return _rows(question, value)
    return _one(question.kind, value, [option.slug for option in question.options], _longest(question.kind))


def _longest(kind: QuestionKind) -> int:
    return LONGEST_LONG_TEXT if kind == QuestionKind.LONG_TEXT else LONGEST_TEXT


def _one(kind: QuestionKind, value: Any, options: Sequence[str], longest: int) -> str:
    if not isinstance(value, str):
        raise BadAnswer("The answer must be text")
    value = clean_text(value)
    if not value:
        return ""
    match kind:
        case QuestionKind.CHOICE if value not in options:
            raise BadAnswer("Select one of the options")
        case QuestionKind.YES_NO if value not in YES_NO:
            raise BadAnswer("Select yes or no")
        case QuestionKind.DATE:
            return _date(value)
        case QuestionKind.MONEY:
            return _pounds(value)
    if len(value) > longest:
        raise BadAnswer(f"The answer must be {longest:,} characters or fewer")
    return value


def _date(value: str) -> str:
    try:
        found = dt.date.fromisoformat(value)
    except ValueError as error:
        raise BadAnswer("Enter a real date") from error
    if not EARLIEST <= found <= LATEST:
        raise BadAnswer(f"Enter a date from {EARLIEST.year} to {LATEST.year}")
    return found.isoformat()


def _pounds(value: str) -> str:
    try:
        return str(read_pounds(value))
    except NotMoney as error:
        raise BadAnswer(str(error)) from error


def _rows(question: Question, value: Any) -> list[dict[str, str]]:
    if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
        raise BadAnswer("The answer must be rows")
    if len(value) > MOST_ROWS:
        raise BadAnswer(f"There may be {MOST_ROWS:,} rows at most")
    rows = []
    characters = 0
    for number, row in enumerate(value, 1):
        try:
            made = {
                column.name: checked_cell(column, row.get(column.name, "")) for column in question.columns
            }
        except BadAnswer as error:
            raise BadAnswer(f"Row {number}: {error}") from error
        if any(made.values()):
            characters += sum(map(len, made.values()))
            rows.append({"id": row["id"], **made} if _ROW.fullmatch(str(row.get("id", ""))) else made)
    if characters > LONGEST_TABLE:
        raise BadAnswer(f"The table must hold {LONGEST_TABLE:,} characters or fewer in all")
    return rows


def checked_cell(column: Column, value: Any) -> str:
    """A cell as it is kept. Raises BadAnswer."""
    try:
        return _one(column.kind, value or "", [option.slug for option in column.options], LONGEST_CELL)
    except BadAnswer as error:
        raise BadAnswer(f"{column.label}: {error}") from error


def with_ids(rows: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """The rows, each with an `id` of its own: those there are stay, so that two people can work on two rows, and one that
    was removed is never given again."""
    taken: set[str] = set()
    made = []
    for row in rows:
        name = row.get("id", "")
        while not name or name in taken:
            name = f"r{secrets.token_hex(5)}"
        taken.add(name)
        made.append({**row, "id": name})
    return made


def same(one: Any, other: Any) -> bool:
    """Do two answers say the same? Rows are compared without their ids."""
    return _bare(one) == _bare(other)


def _bare(value: Any) -> Any:
    if isinstance(value, list):
        return [{name: cell for name, cell in row.items() if name != "id" and cell} for row in value] or ""
    return value if is_answered(value) else ""


def words(question: Question, value: Any) -> str:
    """An answer in words, within a sentence. A table says how many rows it has."""
    if not is_answered(value):
        return ""
    if question.kind == QuestionKind.TABLE:
        return f"{len(value)} row{'s' if len(value) != 1 else ''}"
    return _said(
        question.kind, value, {option.slug: option.label for option in question.options}, question.vat
    )


def cell_words(column: Column, value: Any) -> str:
    """One cell in words; the column’s heading says about VAT."""
    return (
        _said(column.kind, value, {option.slug: option.label for option in column.options}, "")
        if value
        else ""
    )


def _said(kind: QuestionKind, value: str, options: Mapping[str, str], vat: str) -> str:
    match kind:
        case QuestionKind.DATE:
            return day(dt.date.fromisoformat(value))
        case QuestionKind.MONEY:
            amount = pounds(Decimal(value))
            return f"{amount} {VAT_WORDS[vat]}" if vat else amount
        case QuestionKind.CHOICE:
            return options[value]
        case QuestionKind.YES_NO:
            return YES_NO[value]
    return value


def heading_of(column: Column) -> str:
    """The column’s heading, with the VAT basis of its money."""
    return f"{column.label} ({VAT_WORDS[column.vat]})" if column.vat else column.label
