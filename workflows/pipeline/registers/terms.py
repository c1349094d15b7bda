"""Lengths of time as people type them: how long a contract runs, how it may be extended, how much notice it asks for."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from typing import Literal

from workflows.pipeline.registers.bounds import LONGEST_VALUE
from workflows.pipeline.registers.dates import NOT_GIVEN
from workflows.pipeline.registers.table import Cell, line_of

type Unit = Literal["months", "years", "weeks", "days", ""]

LONGEST = 240
"""Months in one option or term: more is a slip."""
MOST_OPTIONS = 12
SMALLEST_BARE_MONTHS = 6
"""A number with no unit: from this on it means months (6, 12, 36), below it could as well be years."""

_WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_NUMBER_WORD = re.compile(rf"\b({'|'.join(_WORDS)})\b", re.I)
_N = r"(\d{1,3}(?:\.\d+)?)"
_U = r"(years?|yrs?|y|months?|mths?|mos?|weeks?|wks?|days?)\b"
_LENGTH = re.compile(rf"{_N}[\s-]*{_U}", re.I)
_TIMES = re.compile(
    rf"(\d{{1,2}})\s*(?:x|×|\*|(?:(?:further|additional|optional|possible|extension|more|separate)\s+)*(?:periods?|extensions?|options?|lots?|terms?)\s*(?:of|at)?(?:\s+up to)?)"
    rf"\s*(?:periods? of\s*)?{_N}[\s-]*(?:{_U})?",
    re.I,
)
_TIMES_AFTER = re.compile(
    rf"(\d{{1,2}})\s*(?:x\s*)?(?:(?:further|additional|optional|possible|more|separate)\s+)*{_N}[\s-]*{_U}\s*(?:(?:extension|optional)\s*)?(?:periods?|options?|extensions?|terms?)",
    re.I,
)
_PLUS = re.compile(r"\s*(?:\+|\bplus\b|\bthen\b|\bfollowed by\b|;)\s*", re.I)
_AND = re.compile(r"\s*(?:&|,|\band\b)\s*(?=(?:a further\s+)?\d)", re.I)
_BRACKETED = re.compile(r"\(([^()]*)\)")
_SHORT_PLUS = re.compile(r"\d{1,2}(?:\s*\+\s*\d{1,2})+")

_YES = frozenset({"yes", "y", "true", "t", "1", "✓", "x"})
_NO = frozenset({"no", "n", "false", "f", "0", "none", "nil", "✗"})


@dataclass(frozen=True, slots=True)
class ReadTerm:
    """Lengths in months: `initial` (None when not said) and each option to extend, in the order they would be used."""

    initial: int | None = None
    options: tuple[int, ...] = ()
    message: str = ""


def yes_no(cell: Cell) -> bool | None:
    """What a cell answers; None when it is neither."""
    word = line_of(cell).strip(".! ").lower()
    return True if word in _YES else False if word in _NO else None


def unit_in(header: str) -> Unit:
    """The unit a column's header names, for numbers that stand alone in it."""
    found = re.findall(r"\b(months?|mths?|years?|yrs?|weeks?|wks?|days?)\b", header.lower())
    units = {_unit(word) for word in found}
    return units.pop() if len(units) == 1 else ""


def read_months(cell: Cell, *, unit: Unit = "") -> int | None:
    """One length of time in months, weeks and days rounded up (notice given early does no harm). None: it names none."""
    lengths = _lengths(line_of(cell)[:LONGEST_VALUE], unit)
    return sum(lengths) if lengths else None


def read_extension(cell: Cell, *, unit: Unit = "", initial: int | None = None) -> ReadTerm:
    """The options to extend that a cell names: `2 x 12 months` → 12, 12.

    `initial`: the months between the contract's start and end, where known. People write the whole term into this
    column (`3+1+1`); a first number that equals the initial term, or is greater than all that follow, is the initial term.
    """
    text = line_of(cell)
    if not text or NOT_GIVEN.fullmatch(text) or yes_no(cell) is False:
        return ReadTerm()
    if yes_no(cell) is True and not isinstance(cell, (int, float)) and text != "1":
        return ReadTerm(message="It can be extended, but the file does not say for how long.")
    options = _options(text, unit) if len(text) <= LONGEST_VALUE else None
    if options is None:
        return ReadTerm(message="The length of the extension is not clear.")
    whole_term = (
        len(options) > 1
        and _SHORT_PLUS.search(text)
        and (options[0] == initial or options[0] > max(options[1:]))
    )
    term = ReadTerm(options[0], options[1:]) if whole_term else ReadTerm(None, options)
    return _checked(term)


def read_term(cell: Cell, *, unit: Unit = "") -> ReadTerm:
    """The length of a contract: `3 years`, `36`, and `3+1+1`, whose first number is the initial term."""
    text = line_of(cell)
    if not text or NOT_GIVEN.fullmatch(text):
        return ReadTerm()
    lengths = _options(text, unit) if len(text) <= LONGEST_VALUE else None
    if not lengths:
        return ReadTerm(message="The length of the contract is not clear.")
    return _checked(ReadTerm(lengths[0], lengths[1:]))


def months_between(starts_on: dt.date, ends_on: dt.date) -> int:
    """Whole months from the first day to the last day, both counted, to the nearest month: 1 April to 31 March is 12."""
    after = ends_on + dt.timedelta(days=1)
    months = (after.year - starts_on.year) * 12 + after.month - starts_on.month
    return months + (1 if after.day - starts_on.day > 15 else -1 if starts_on.day - after.day > 15 else 0)


def _checked(term: ReadTerm) -> ReadTerm:
    lengths = (*term.options, *((term.initial,) if term.initial is not None else ()))
    if len(term.options) > MOST_OPTIONS or any(not 1 <= length <= LONGEST for length in lengths):
        return ReadTerm(message="The length given is not one a contract would have.")
    return term


def _options(text: str, unit: Unit) -> tuple[int, ...] | None:
    """Every length the text lists; None when any part of it is unclear."""
    text = _NUMBER_WORD.sub(lambda word: str(_WORDS.index(word[1].lower()) + 1), text)
    outside, inside = _BRACKETED.sub(" ", text), _BRACKETED.findall(text)
    total = _parts(outside, unit)
    for breakdown in inside:
        parts = _parts(breakdown, unit)
        if parts and (total is None or (len(total) == 1 and sum(parts) == total[0] and len(parts) > 1)):
            return parts
    return total


def _parts(text: str, unit: Unit) -> tuple[int, ...] | None:
    pieces = [piece for piece in _PLUS.split(text) if re.search(r"\d", piece)]
    if len(pieces) == 1 and _same_unit_throughout(text):
        pieces = [piece for piece in _AND.split(text) if re.search(r"\d", piece)]
    own_units = {_unit(found[2]) for found in _LENGTH.finditer(text)}
    shared: Unit = own_units.pop() if len(own_units) == 1 else unit
    bare = [float(piece) for piece in pieces if re.fullmatch(r"\s*\d{1,3}\s*", piece)]
    if not shared and len(bare) == len(pieces) > 1:
        shared = "years" if max(bare) < SMALLEST_BARE_MONTHS else "months"
    months: list[int] = []
    for piece in pieces:
        times = _TIMES.search(piece) or _TIMES_AFTER.search(piece)
        if times:
            each = _in_months(float(times[2]), _unit(times[3]) if times[3] else shared)
            count = int(times[1])
            if each is None or count > MOST_OPTIONS:
                return None
            months += [each] * count
        elif lengths := _lengths(piece, shared):
            months.append(sum(lengths))
        else:
            return None
    return tuple(months) or None


def _same_unit_throughout(text: str) -> bool:
    units = [_unit(found[2]) for found in _LENGTH.finditer(text)]
    return len(units) > 1 and len(set(units)) == 1


def _lengths(text: str, unit: Unit) -> list[int]:
    text = _NUMBER_WORD.sub(lambda word: str(_WORDS.index(word[1].lower()) + 1), text)
    found = [_in_months(float(length[1]), _unit(length[2])) for length in _LENGTH.finditer(text)]
    if not found and (bare := re.fullmatch(rf"\s*{_N}\s*", text)):
        found = [_in_months(float(bare[1]), unit)]
    return [months for months in found if months is not None]


def _in_months(number: float, unit: Unit) -> int | None:
    match unit:
        case "months":
            return math.ceil(number)
        case "years":
            return math.ceil(number * 12)
        case "weeks":
            return math.ceil(number * 7 / 30.4375)
        case "days":
            return math.ceil(number / 30.4375)
    return math.ceil(number) if number >= SMALLEST_BARE_MONTHS else None


def _unit(word: str) -> Unit:
    letter = word[0].lower()
    return "years" if letter == "y" else "months" if letter == "m" else "weeks" if letter == "w" else "days"
