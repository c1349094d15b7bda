"""A register as read, apart from the file it came in: what an import needs of it, and as JSON for a preview."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, fields
from decimal import Decimal
from typing import Any

from workflows.pipeline.importing.outcome import Line
from workflows.pipeline.registers.register import Register, RegisterRow

_AMOUNTS = ("value", "value_low", "value_high")


@dataclass(frozen=True, slots=True)
class ReadRegister:
    """The rows, how many could not be read, and what there was to say about them. No contact details, as ever."""

    rows: tuple[RegisterRow, ...]
    rejected: int
    lines: tuple[Line, ...]

    @classmethod
    def of(cls, register: Register, name: str) -> ReadRegister:
        lines = tuple(
            Line(f"row {problem.row}" if problem.row else name, problem.field, problem.value, problem.message)
            for problem in (*register.problems, *register.unreadable)
        )
        return cls(register.rows, len(register.unreadable), lines)

    def as_json(self) -> dict[str, Any]:
        return {
            "rows": [{name: _plain(value) for name, value in asdict(row).items()} for row in self.rows],
            "rejected": self.rejected,
            "lines": [asdict(line) for line in self.lines],
        }

    @classmethod
    def from_json(cls, given: dict[str, Any]) -> ReadRegister:
        """The reverse of `as_json`."""
        rows = tuple(
            RegisterRow(**{each.name: _typed(each.name, row[each.name]) for each in fields(RegisterRow)})
            for row in given["rows"]
        )
        return cls(rows, given["rejected"], tuple(Line(**line) for line in given["lines"]))


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _typed(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _AMOUNTS:
        return Decimal(value)
    if name.endswith("_on"):
        return dt.date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value
