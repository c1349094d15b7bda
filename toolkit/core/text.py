"""Words: dates and lists as people read them, names as machines compare them."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence

from toolkit.core import clock

DISCLOSURE = "What you write may be disclosed (freedom of information, court). Facts and reasons, not opinions of people."
"""Under every box for free text."""

_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters but tab and line end, lone surrogates, and what no XML can hold."""
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def printable(text: str) -> str:
    """Text that a page, a database and every kind of document can hold: one kind of line end, no control characters. A
    browser, a spreadsheet or Word (a vertical tab for a line break) may send others."""
    return _NOT_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n"))


def plain(text: str) -> str:
    """Lower case, no accents, `&` as `and`, everything but letters and digits as one space: for comparing names."""
    decomposed = unicodedata.normalize("NFKD", text.replace("&", " and ").replace("’", "").replace("'", ""))
    ascii_only = decomposed.encode("ascii", "ignore").decode().lower()
    return _NOT_WORD.sub(" ", ascii_only).strip()


def day(value: dt.date) -> str:
    """`3 December 2026`. A datetime is read in London time."""
    if isinstance(value, dt.datetime):
        value = value.astimezone(clock.LONDON).date()
    return f"{value.day} {value:%B %Y}"


def day_and_weekday(value: dt.date) -> str:
    """`Thursday 3 December 2026`."""
    if isinstance(value, dt.datetime):
        value = value.astimezone(clock.LONDON).date()
    return f"{value:%A} {day(value)}"


def moment(value: dt.datetime) -> str:
    """`3 December 2026 at 2:05pm`, London time."""
    local = value.astimezone(clock.LONDON)
    hour = local.hour % 12 or 12
    return f"{day(local)} at {hour}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


def month(value: dt.date) -> str:
    """`March 2028`."""
    return f"{value:%B %Y}"


def ago(value: dt.date) -> str:
    """`today`, `yesterday`, `12 days ago`, `3 months ago`: how long since a past date."""
    if isinstance(value, dt.datetime):
        value = value.astimezone(clock.LONDON).date()
    days = (clock.today() - value).days
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    if days < 60:
        return f"{days} days ago"
    if days < 730:
        return f"{days // 30} months ago"
    return f"{days // 365} years ago"


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 task`, `3 tasks`, `no tasks`."""
    word = one if number == 1 else (many or f"{one}s")
    return f"{'no' if number == 0 else f'{number:,}'} {word}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """`a, b and c`."""
    if len(words) <= 1:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def sentence(text: str) -> str:
    """The text with its first letter in upper case and a full stop at its end."""
    text = text.strip()
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".!?…" else f"{text}."


def lower_first(text: str) -> str:
    """The text with its first letter in lower case, unless its first word is all capitals: `service lead`, `HR`."""
    first = text.split(" ", 1)[0]
    return text if first.isupper() else text[:1].lower() + text[1:]


def whole_number(typed: str | None, otherwise: int = 0) -> int:
    """A number of at most nine digits out of a form or an address; `otherwise` for anything else."""
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 10 else otherwise


def kilobytes(size: int) -> str:
    """`84 KB`, `1.2 MB`."""
    return f"{max(1, round(size / 1000))} KB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"
