"""What stands in the contents list of a paper, and where its clauses carry their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from guidance.documents.assembly.blocks import Block, Clause, Heading, List, Paper, Paragraph, Runs, all_texts

DEEPEST = 2
"""The lowest level of heading that the contents list shows."""
FEWEST = 3
"""Headings that a contents list needs to be worth its room."""
MOST = 26
"""Lines from which it shows the first level alone, to stay on its page."""
OWN_PAGE_FROM = 1_500
"""Words from which title and contents have a page to themselves."""

_NUMBER = re.compile(r"(\d+(?:\.\d+)+)\s+")


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading: `key` names its place within the file."""

    key: str
    level: int
    text: str


def key_of(position: int) -> str:
    """The name of the place of the nth heading, from 1, in reading order."""
    return f"section-{position}"


def outline(paper: Paper) -> Sequence[Entry]:
    """Every heading, in reading order."""
    return [
        Entry(key_of(position), level, text)
        for position, (level, text) in enumerate(_headings(paper.blocks), start=1)
    ]


def contents(paper: Paper) -> Sequence[Entry]:
    """What the contents list shows; nothing for a letter, or a paper with hardly a heading."""
    if paper.is_letter:
        return []
    every = outline(paper)
    found = [entry for entry in every if entry.level <= DEEPEST]
    if len(found) > MOST:
        found = [entry for entry in every if entry.level == 1]
    return found if len(found) >= FEWEST else []


def is_long(paper: Paper) -> bool:
    """Do title and contents have a page to themselves?"""
    return sum(len(text.split()) for text in all_texts(paper)) >= OWN_PAGE_FROM


def _headings(blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    for block in blocks:
        match block:
            case Heading():
                yield block.level, block.text
            case List():
                for point in block.points:
                    yield from _headings(point)
            case Clause():
                yield 1, title_of(block)
                yield from _headings(block.blocks)


def title_of(clause: Clause) -> str:
    """The heading of a clause."""
    return f"{clause.number} {clause.title}".strip()


def numbered(paragraph: Paragraph) -> tuple[str, Runs]:
    """The number that a paragraph of a clause begins with (`3.1`, or nothing), and the rest of it."""
    found = _NUMBER.match(paragraph.runs[0].text) if paragraph.runs else None
    if found is None:
        return "", paragraph.runs
    first, *rest = paragraph.runs
    return found[1], (replace(first, text=first.text[found.end() :]), *rest)
