"""Two texts side by side, readably: which lines came and went, and which words within a changed line."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SAME, ADDED, REMOVED, SKIPPED = "same", "added", "removed", "skipped"
AROUND = 2
"""Unchanged lines shown on either side of a change."""
_WORDS = re.compile(r"\s+|[^\s]+")
_ALIKE = 0.35
_MOST_WORK = 2_000_000
"""Well under a second of looking for common parts. What is left to compare after that is shown as come and gone whole."""
_A_LINE = 400
"""What beginning to compare two lines costs, in the same measure."""

Step = tuple[str, int, int, int, int]


@dataclass(slots=True)
class _Work:
    """How much may still be done for one comparison: texts that repeat themselves could take minutes."""

    left: int = _MOST_WORK

    def allows(self, old: Sequence[str], new: Sequence[str]) -> bool:
        """Is there enough left for these two? Then it is taken off: every piece, and every pair of equal pieces, is looked
        at again for each common part that is found."""
        ours, theirs = Counter(old), Counter(new)
        pairs = sum(times * theirs[piece] for piece, times in ours.items() if not piece.isspace())
        parts = min(len(old), len(new), pairs)
        cost = _A_LINE + len(old) + len(new) + (len(old) + pairs) * parts // 2
        if cost > self.left:
            self.left -= _A_LINE + len(old) + len(new)
            return False
        self.left -= cost
        return True


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
    work = _Work()
    steps = _steps(before, after, work)
    for number, (tag, start, stop, other_start, other_stop) in enumerate(steps):
        if tag == "equal":
            lines += _unchanged(before[start:stop], is_first=number == 0, is_last=number == len(steps) - 1)
        else:
            lines += _changed(before[start:stop], after[other_start:other_stop], work)
    return tuple(lines)


def _in_common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many pieces the two begin with alike."""
    return next(
        (place for place, (one, other) in enumerate(zip(old, new, strict=False)) if one != other),
        min(len(old), len(new)),
    )


def _steps(old: Sequence[str], new: Sequence[str], work: _Work) -> list[Step]:
    """What leads from old to new, as difflib’s opcodes. What would take too long is replaced whole."""
    head = _in_common(old, new)
    tail = _in_common(old[head:][::-1], new[head:][::-1])
    before, after = old[head : len(old) - tail], new[head : len(new) - tail]
    found: list[Step] = []
    if work.allows(before, after):
        found += difflib.SequenceMatcher(str.isspace, before, after, autojunk=False).get_opcodes()
    else:
        found.append(("replace", 0, len(before), 0, len(after)))
    steps: list[Step] = [("equal", 0, head, 0, head)] if head else []
    for tag, start, stop, other_start, other_stop in found:
        steps.append((tag, start + head, stop + head, other_start + head, other_stop + head))
    if tail:
        steps.append(("equal", len(old) - tail, len(old), len(new) - tail, len(new)))
    return _joined(steps)


def _joined(steps: Sequence[Step]) -> list[Step]:
    """Neighbours that are both equal as one."""
    joined: list[Step] = []
    for step in steps:
        if joined and joined[-1][0] == step[0] == "equal":
            joined[-1] = ("equal", joined[-1][1], step[2], joined[-1][3], step[4])
        else:
            joined.append(step)
    return joined


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


def _changed(old: Sequence[str], new: Sequence[str], work: _Work) -> Iterator[Line]:
    """Lines changed one for one show which words; others came or went whole."""
    if len(old) != len(new):
        yield from (Line(REMOVED, ((line, True),)) for line in old)
        yield from (Line(ADDED, ((line, True),)) for line in new)
        return
    for before, after in zip(old, new, strict=True):
        if work.left < _A_LINE:
            yield from _whole(before, after)
        else:
            yield from _by_words(before, after, work)


def _whole(before: str, after: str) -> tuple[Line, Line]:
    return Line(REMOVED, ((before, True),)), Line(ADDED, ((after, True),))


def _by_words(before: str, after: str, work: _Work) -> Iterator[Line]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    steps = _steps(old, new, work)
    alike = sum(stop - start for tag, start, stop, _, _ in steps if tag == "equal")
    if 2 * alike < _ALIKE * (len(old) + len(new)):
        yield from _whole(before, after)
        return
    gone: list[tuple[str, bool]] = []
    come: list[tuple[str, bool]] = []
    for tag, start, stop, other_start, other_stop in steps:
        changed = tag != "equal"
        if stop > start:
            gone.append(("".join(old[start:stop]), changed))
        if other_stop > other_start:
            come.append(("".join(new[other_start:other_stop]), changed))
    yield Line(REMOVED, tuple(gone))
    yield Line(ADDED, tuple(come))
