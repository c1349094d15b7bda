"""Two texts side by side, readably: which lines came and went, and which words within a changed line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SAME, ADDED, REMOVED, SKIPPED = "same", "added", "removed", "skipped"
AROUND = 2
"""Unchanged lines shown on either side of a change."""
_WORDS = re.compile(r"\s+|[^\s]+")
_ALIKE = 0.35


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a comparison. `parts`: (words, is it what changed?)."""

    kind: str
    parts: tuple[tuple[str, bool], ...]


def compare(old: str, new: str) -> tuple[Line, ...]:
    """The lines to show, long unchanged stretches folded into one line that counts them. Empty: no difference."""
    before, after = old.splitlines(), new.splitlines()
    if before == after:
        return ()
    lines: list[Line] = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    blocks = matcher.get_opcodes()
    for number, (tag, start, stop, other_start, other_stop) in enumerate(blocks):
        if tag == "equal":
            lines += _unchanged(before[start:stop], is_first=number == 0, is_last=number == len(blocks) - 1)
        else:
            lines += _changed(before[start:stop], after[other_start:other_stop])
    return tuple(lines)


def _unchanged(lines: Sequence[str], *, is_first: bool, is_last: bool) -> Iterator[Line]:
    head, tail = (0 if is_first else AROUND), (0 if is_last else AROUND)
    if len(lines) <= head + tail + 1:
        yield from (_plain(SAME, line) for line in lines)
        return
    yield from (_plain(SAME, line) for line in lines[:head])
    yield _plain(SKIPPED, f"{len(lines) - head - tail} lines are the same")
    yield from (_plain(SAME, line) for line in lines[len(lines) - tail :])


def _plain(kind: str, line: str) -> Line:
    return Line(kind, ((line, False),))


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    """Lines changed one for one show which words; others came or went whole."""
    if len(old) != len(new):
        yield from (Line(REMOVED, ((line, True),)) for line in old)
        yield from (Line(ADDED, ((line, True),)) for line in new)
        return
    for before, after in zip(old, new, strict=True):
        yield from _words(before, after)


def _words(before: str, after: str) -> Iterator[Line]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _ALIKE:
        yield Line(REMOVED, ((before, True),))
        yield Line(ADDED, ((after, True),))
        return
    gone: list[tuple[str, bool]] = []
    come: list[tuple[str, bool]] = []
    for tag, start, stop, other_start, other_stop in matcher.get_opcodes():
        changed = tag != "equal"
        if stop > start:
            gone.append(("".join(old[start:stop]), changed))
        if other_stop > other_start:
            come.append(("".join(new[other_start:other_stop]), changed))
    yield Line(REMOVED, tuple(gone))
    yield Line(ADDED, tuple(come))
