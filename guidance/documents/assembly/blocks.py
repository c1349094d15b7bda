"""The one block tree that every writer writes: heading, paragraph, list, table, clause.

Text here is text: nothing in it is markup, a formula or a field, and writers keep it so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of one paragraph. `is_gap` marks a place that nobody has answered yet."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    is_gap: bool = False


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3, its number already in the text. The title of the paper is none of them."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. A line end in a run breaks the line. `is_note` marks an instruction to whoever fills it in."""

    runs: Runs
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class List:
    """Points, each with the blocks in it; the first block of a point is its own paragraph."""

    points: tuple[tuple[Block, ...], ...]
    is_numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns, which repeat at the top of every page. `caption` says what it is; `is_number` marks the
    columns whose cells align right."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Runs, ...], ...]
    is_number: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a contract: its number and title, and blocks that are numbered already where they need it."""

    number: str
    title: str
    blocks: tuple[Block, ...]


Block = Heading | Paragraph | List | Table | Clause


@dataclass(frozen=True, slots=True)
class Logo:
    """An organisation’s picture at the head of the first page. Checked before it comes here."""

    content: bytes
    content_type: str
    """`image/png` or `image/jpeg`."""
    alternative_text: str
    width: int
    height: int
    """In pixels, for the proportions."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole document, ready to be written. It names nobody who is not named in an answer."""

    title: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    """What it is about: usually the name of the procurement or contract."""
    organisation: str = ""
    """At the head of every page; empty for a blank."""
    footer: str = ""
    """At the foot of every page, before the page number."""
    is_letter: bool = False
    """A letter has no contents list, no title page, and does not show its title."""
    logo: Logo | None = None
    language: str = "en-GB"


def plain(runs: Sequence[Run]) -> str:
    """The words of some runs."""
    return "".join(run.text for run in runs)


def texts(blocks: Sequence[Block]) -> Iterator[str]:
    """Every text of these blocks, in reading order: a paragraph, a cell, a heading at a time."""
    for block in blocks:
        match block:
            case Heading():
                yield block.text
            case Paragraph():
                yield plain(block.runs)
            case List():
                for point in block.points:
                    yield from texts(point)
            case Table():
                yield block.caption
                yield from block.columns
                for row in block.rows:
                    for cell in row:
                        yield plain(cell)
            case Clause():
                yield f"{block.number} {block.title}".strip()
                yield from texts(block.blocks)


def all_texts(paper: Paper) -> Iterator[str]:
    """Every text of a paper that a reader sees, its title first. A letter shows none: it begins with its own words."""
    if not paper.is_letter:
        yield paper.title
        if paper.subtitle:
            yield paper.subtitle
    yield from texts(paper.blocks)


def gaps(blocks: Sequence[Block]) -> int:
    """How many places nobody has answered yet."""
    count = 0
    for block in blocks:
        match block:
            case Paragraph():
                count += sum(run.is_gap for run in block.runs)
            case List():
                count += sum(gaps(point) for point in block.points)
            case Table():
                count += sum(run.is_gap for row in block.rows for cell in row for run in cell)
            case Clause():
                count += gaps(block.blocks)
    return count
