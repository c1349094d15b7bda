"""What a problem quotes of a cell: short, and never contact details."""

from __future__ import annotations

from toolkit.core.scrub import without_contact_details
from workflows.pipeline.registers.table import Cell, cut, line_of

LONGEST_EXCERPT = 120
"""Characters of a cell that a problem quotes."""


def excerpt(cell: Cell) -> str:
    """A cell as a problem quotes it."""
    return cut(without_contact_details(line_of(cell)), LONGEST_EXCERPT)
