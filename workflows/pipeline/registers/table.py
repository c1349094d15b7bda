"""What a spreadsheet is to us once its file format is behind us: cells in rows, and what there was to say about them."""

from __future__ import annotations

import datetime as dt
import html
import math
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from toolkit.core.errors import Refused

type Cell = str | int | float | bool | dt.date | dt.time | dt.timedelta | None
"""One cell as its file gave it: workbooks give typed dates and numbers, CSV gives text. None and "" are both empty.

The text of a formula in a CSV file is text; a workbook gives the value it last worked out for the formula."""

_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\s*\n\s*\n\s*")
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#######"})


class NotARegister(Refused):
    """The file can't be read as a contracts register or pipeline. The message is one sentence for who brought it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not right in one place of the file. It warns; it never stops a row from coming in.

    `row` is the number the spreadsheet shows beside the row; None when it is about the whole file. `field` is ours
    (see `synonyms.Field`), `value` what the file says there, without contact details.
    """

    row: int | None
    field: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of one sheet. `rows[0]` is row 1 of the spreadsheet, blank rows included."""

    name: str
    format: str
    """`csv`, `xlsx`, `xls` or `ods`."""
    rows: tuple[tuple[Cell, ...], ...]
    sheet: str = ""
    """The sheet that was read; empty for CSV."""
    other_sheets: tuple[str, ...] = ()
    """Visible sheets with something in them that were not read."""
    encoding: str = ""
    """How the text was written, as Python names it; empty for workbooks."""
    problems: tuple[Problem, ...] = ()


@lru_cache(maxsize=1024, typed=True)
def text_of(cell: Cell) -> str:
    """A cell as one line or several of clean text: no invisible characters, single spaces, `12` and not `12.0`,
    `&` where an export left `&amp;`.

    A spreadsheet's error value (`#REF!`) is empty.
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, float) and math.isfinite(cell):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    text = unicodedata.normalize("NFC", html.unescape(str(cell))).replace("\r\n", "\n").replace("\r", "\n")
    text = _SPACES.sub(" ", _HIDDEN.sub("", text))
    text = _BLANK_LINES.sub("\n\n", text)
    text = "\n".join(line.strip() for line in text.split("\n")).strip()
    return "" if text.upper() in _ERRORS else text


def line_of(cell: Cell) -> str:
    """A cell as one line of clean text."""
    return " ".join(text_of(cell).split())


def cut(text: str, most: int) -> str:
    """At most `most` characters, with … where something was left off."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
