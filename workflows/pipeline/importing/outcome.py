"""What an import did: counts that add up, and a report line for everything worth a word."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Result = Literal["added", "updated", "unchanged", "duplicates", "rejected"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report: which unit, which field, which value, and what is wrong or was done."""

    where: str
    field: str
    value: str
    message: str


@dataclass(slots=True)
class Outcome:
    """Counts by unit (a release or a row). `read` is the sum of the other five."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicates: int = 0
    rejected: int = 0
    lines: list[Line] = field(default_factory=list)

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


def write_report(path: Path, lines: Iterable[Line]) -> None:
    """The report as CSV: row, field, value, what is wrong. Raises OSError."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Row", "Field", "Value", "What is wrong"])
        for line in lines:
            cells = (line.where, line.field, line.value, line.message)
            # A cell that begins like a formula is no formula in whatever opens the report.
            writer.writerow([f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell for cell in cells])
