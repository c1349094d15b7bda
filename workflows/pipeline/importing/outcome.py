"""What an import did: counts that add up, and a report line for everything worth a word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

type Result = Literal["added", "updated", "unchanged", "duplicates", "rejected"]


class DryRun(Exception):
    """Rolls the transaction of an import back."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report: which unit, which field, which value, and what is wrong or was done."""

    where: str
    field: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class Change:
    """What an import adds or changes, for the person who is asked whether it should."""

    result: Result
    where: str
    title: str
    details: str = ""
    """Which facts change, from what to what."""


@dataclass(slots=True)
class Outcome:
    """Counts by unit (a release or a row). `read` is the sum of the other five."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicates: int = 0
    rejected: int = 0
    lines: list[Line] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    """What a register adds and changes, row by row; an import of releases lists none."""

    def count(self, result: Result) -> None:
        setattr(self, result, getattr(self, result) + 1)

    def warn(self, where: str, name: str, value: object, message: str) -> None:
        self.lines.append(Line(where, name, str(value)[:200], message))

    def as_json(self) -> dict[str, int]:
        counted = [self.added, self.updated, self.unchanged, self.duplicates, self.rejected]
        return {
            "read": sum(counted),
            "added": self.added,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "duplicates": self.duplicates,
            "rejected": self.rejected,
            "warnings": len(self.lines),
        }


def report_rows(lines: Iterable[Line]) -> Iterable[list[str]]:
    """The report as rows of a spreadsheet, headings first. A cell that begins like a formula is none there."""
    yield ["Row", "Field", "Value", "What is wrong"]
    for line in lines:
        cells = (line.where, line.field, line.value, line.message)
        yield [f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell for cell in cells]
