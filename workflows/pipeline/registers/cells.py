"""The cells of one row by field, and the collecting of what is wrong with them."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from toolkit.core.scrub import without_contact_details
from workflows.pipeline.registers.dates import Order, read_date
from workflows.pipeline.registers.excerpts import excerpt
from workflows.pipeline.registers.headers import Column, Mapping
from workflows.pipeline.registers.synonyms import Field
from workflows.pipeline.registers.table import Cell, Problem, cut, line_of, text_of

LONGEST_TEXT = 200


@dataclass(slots=True)
class Reader:
    """Reads the cells of one row and notes what is wrong with them."""

    number: int
    cells: tuple[Cell, ...]
    mapping: Mapping
    orders: dict[int, Order]
    """How dates are ordered in each column (by index)."""
    problems: list[Problem] = field(default_factory=list)

    def all(self, one: Field) -> Iterator[tuple[Column, Cell]]:
        """The cells of a field that have something in them, the most specific column first."""
        for column in self.mapping.columns.get(one, ()):
            cell = self.cells[column.index] if column.index < len(self.cells) else None
            if line_of(cell):
                yield column, cell

    def first(self, one: Field) -> tuple[Column | None, Cell]:
        return next(self.all(one), (None, None))

    def line(self, one: Field, most: int = LONGEST_TEXT) -> str:
        """A field as one line without contact details."""
        return cut(without_contact_details(line_of(self.first(one)[1])), most)

    def text(self, one: Field, most: int) -> str:
        """A field as text of several lines without contact details."""
        return cut(without_contact_details(text_of(self.first(one)[1])), most)

    def date(self, one: Field, *, is_end: bool = False) -> tuple[dt.date | None, bool]:
        """The day in the first column of a field that has one, and whether a cell says that there is no end."""
        said: list[tuple[Cell, str]] = []
        for column, cell in self.all(one):
            read = read_date(cell, order=self.orders.get(column.index, Order.DAY_FIRST), is_end=is_end)
            if read.day or read.no_fixed_end:
                if read.message:
                    self.note(one, cell, read.message)
                return read.day, read.no_fixed_end
            if read.message:
                said.append((cell, read.message))
        for cell, message in said:
            self.note(one, cell, message)
        return None, False

    def note(self, one: Field | str, cell: Cell, message: str) -> None:
        slug = one.value if isinstance(one, Field) else one
        self.problems.append(Problem(self.number, slug, excerpt(cell), message))

    def digest(self) -> str:
        """SHA-256 of every cell that is read, by field."""
        parts = [
            f"{one.value}\x1f{line_of(cell)}"
            for one in sorted(self.mapping.columns, key=str)
            for _, cell in self.all(one)
        ]
        return hashlib.sha256("\x1e".join(parts).encode()).hexdigest()
