"""A route as a picture: its stages as bands, its steps as numbered boxes in order, each with the numbers of the steps that it
waits for. The table beside it says the rest."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.core.stages import Stage
from toolkit.core.text import listed
from workflows.journeys.definitions import Journey, Task, TaskKind
from workflows.journeys.order import in_short, numbers_of, waits_for

ACROSS = 5
"""Boxes in a row."""
BOX_WIDTH, BOX_HEIGHT, GAP = 178, 80, 10
BAND_TITLE, BAND_PADDING = 32, 12
WIDTH = ACROSS * BOX_WIDTH + (ACROSS - 1) * GAP + 2 * BAND_PADDING
LETTERS = 20
"""Of a title in one line of a box."""
NUMERALS = 24
"""Letters in the line of a box that is mostly numbers, which are narrower."""

SHAPES = {
    TaskKind.NOTICE: "notice",
    TaskKind.DECISION: "decision",
    TaskKind.ENDORSEMENT: "decision",
    TaskKind.PERIOD: "period",
    TaskKind.AWARD: "award",
}
"""Kinds that look different; anything else is a plain step."""


@dataclass(frozen=True, slots=True)
class Box:
    """One step. `is_conditional`: it applies only under a condition, or is optional."""

    number: int
    slug: str
    title: str
    lines: tuple[str, ...]
    after: str
    """What it waits for in words, or empty; in the box's own name, which is never cut."""
    after_line: str
    """The same as a line of the box."""
    shape: str
    is_conditional: bool
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Band:
    """One stage."""

    stage: Stage
    y: int
    height: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Diagram:
    """All of it, in the units of the picture."""

    width: int
    height: int
    box_width: int
    box_height: int
    bands: tuple[Band, ...]


def _lines(title: str) -> tuple[str, ...]:
    """At most three lines; what is cut is in the table, and in the box's own name."""
    return tuple(textwrap.wrap(title, LETTERS, max_lines=3, placeholder="…"))


def _after_line(waits: list[int]) -> str:
    words = f"after {', '.join(in_short(waits))}" if waits else ""
    return textwrap.shorten(words, NUMERALS, placeholder=" …")


def _box(task: Task, numbers: Mapping[str, int], place: int, top: int) -> Box:
    row, column = divmod(place, ACROSS)
    waits = waits_for(task, numbers)
    return Box(
        number=numbers[task.slug],
        slug=task.slug,
        title=task.title,
        lines=_lines(task.title),
        after=f"after {listed(in_short(waits))}" if waits else "",
        after_line=_after_line(waits),
        shape=SHAPES.get(task.kind, "step"),
        is_conditional=bool(task.when) or task.optional,
        x=BAND_PADDING + column * (BOX_WIDTH + GAP),
        y=top + BAND_TITLE + row * (BOX_HEIGHT + GAP),
    )


def diagram_of(journey: Journey) -> Diagram:
    """The picture of a route."""
    bands, top, numbers = [], 0, numbers_of(journey)
    for stage, tasks in journey.stages:
        boxes = tuple(_box(task, numbers, place, top) for place, task in enumerate(tasks))
        rows = -(-len(tasks) // ACROSS)
        height = BAND_TITLE + rows * (BOX_HEIGHT + GAP) + BAND_PADDING - GAP
        bands.append(Band(stage, top, height, boxes))
        top += height + GAP
    return Diagram(WIDTH, top - GAP, BOX_WIDTH, BOX_HEIGHT, tuple(bands))
