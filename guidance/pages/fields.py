"""Reading front matter: each function takes what TOML gave and returns it checked, or raises ContentError in a sentence."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from guidance.editorial.content import ContentError
from guidance.pages.models import Confidence, Part
from toolkit.core.who import WHO

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


_NAME = re.compile(r"(?:stages/)?[a-zA-Z0-9_-]{1,80}(?:: [a-z]+)?")
"""The slug of an item, and which of its tables: `ask-first: sources`. The name of a file, or a key, may be anything."""


class Front:
    """One front matter, read field by field; `done` refuses fields nobody asked for."""

    def __init__(self, given: Mapping[str, Any], where: str) -> None:
        if not _NAME.fullmatch(where):
            raise ContentError(
                f"“{where}” is no name for content: it must be 1 to 80 letters, digits and hyphens"
            )
        self.given, self.where = given, where
        self.read: set[str] = set()

    def fail(self, name: str, wrong: str) -> ContentError:
        """What to raise for a field; for one of a row, the field of the item that holds the rows is named too."""
        return ContentError(f"{self.where}: {name} {wrong}", field=self.table_name or name)

    @property
    def table_name(self) -> str:
        """Which table of the item this is a row of: `sources`; empty for the item itself."""
        return self.where.partition(": ")[2]

    def _take(self, name: str, default: Any) -> Any:
        self.read.add(name)
        return self.given.get(name, default)

    def text(self, name: str, *, longest: int, required: bool = True) -> str:
        value = self._take(name, "")
        if not isinstance(value, str):
            raise self.fail(name, "must be text")
        if required and not value.strip():
            raise self.fail(name, "is missing")
        if len(value) > longest:
            raise self.fail(name, f"must be {longest} characters or fewer")
        return value.strip()

    def number(self, name: str, default: int) -> int:
        value = self._take(name, default)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 32_000:
            raise self.fail(name, "must be a whole number from 0 to 32,000")
        return value

    def flag(self, name: str, default: bool) -> bool:
        value = self._take(name, default)
        if not isinstance(value, bool):
            raise self.fail(name, "must be true or false")
        return value

    def day(self, name: str, *, required: bool = True) -> dt.date | None:
        value = self._take(name, None)
        if value is None and not required:
            return None
        if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
            raise self.fail(name, "must be a date, such as 2027-05-31")
        return value

    def one_of(self, name: str, choices: Collection[str]) -> str:
        value = self._take(name, "")
        if not isinstance(value, str) or value not in choices:
            raise self.fail(name, f"must be one of {', '.join(choices)}")
        return value

    def texts(self, name: str, *, longest: int) -> list[str]:
        values = self._take(name, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise self.fail(name, "must be a list of texts")
        if any(not value.strip() or len(value) > longest for value in values):
            raise self.fail(name, f"must hold texts of 1 to {longest} characters")
        return list(dict.fromkeys(value.strip() for value in values))

    def slugs(self, name: str, *, longest: int = 60) -> list[str]:
        values = self.texts(name, longest=longest)
        for value in values:
            if not SLUG.fullmatch(value):
                raise self.fail(name, f"holds “{value}”, which is no slug")
        return values

    def tables(self, name: str) -> list[Mapping[str, Any]]:
        values = self._take(name, [])
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            raise self.fail(name, "must be a list of tables")
        return values

    def table(self, name: str) -> Mapping[str, Any]:
        value = self._take(name, {})
        if not isinstance(value, dict):
            raise self.fail(name, "must be a table")
        return value

    def done(self) -> None:
        unknown = sorted(set(self.given) - self.read)
        if unknown:
            raise ContentError(f"{self.where}: there is no field {', '.join(unknown)}", field=self.table_name)


def roles(front: Front) -> list[dict[str, str]]:
    """Who does it, as the model keeps it."""
    found = []
    for table in front.tables("roles"):
        row = Front(table, f"{front.where}: roles")
        found.append(
            {
                "who": row.one_of("who", WHO),
                "part": row.one_of("part", Part.values),
                "detail": row.text("detail", longest=120, required=False),
            }
        )
        row.done()
    return found


def sources(front: Front, *, today: dt.date) -> list[dict[str, str]]:
    """Where it stands, as the model keeps it."""
    found = []
    for table in front.tables("sources"):
        row = Front(table, f"{front.where}: sources")
        checked = row.day("checked_on")
        assert checked is not None
        if checked > today:
            raise row.fail("checked_on", "must be today or in the past")
        url = row.text("url", longest=400, required=False)
        if url and not url.startswith(("https://", "http://")):
            raise row.fail("url", "must begin with https:// or http://")
        found.append(
            {
                "label": row.text("label", longest=160),
                "section": row.text("section", longest=200, required=False),
                "url": url,
                "checked_on": checked.isoformat(),
                "confidence": row.one_of("confidence", Confidence.values)
                if "confidence" in table
                else Confidence.STATUTE.value,
            }
        )
        row.done()
    return found


ROLE = ("who", "part", "detail")
SOURCE = ("label", "section", "url", "checked_on", "confidence")
STEP = ("title", "text", "pages")


def as_tables(rows: Sequence[Mapping[str, Any]], order: Sequence[str]) -> list[dict[str, Any]]:
    """Rows of a model as front matter, in this order: empty values left out, days as dates, the ordinary confidence
    unsaid. (The database keeps no order within a row.)"""
    return [
        {
            name: dt.date.fromisoformat(row[name]) if name == "checked_on" else row[name]
            for name in order
            if row.get(name) and not (name == "confidence" and row[name] == Confidence.STATUTE)
        }
        for row in rows
    ]
