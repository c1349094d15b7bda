"""Recognising the same row in the next import of the same organisation’s register.

A row is known by four marks: its reference, its title, its suppliers, and its period with its value. None of them
is safe alone: one reference stands on the rows of twenty suppliers, titles get corrected, dates get extended. So a key
holds all four, and `recognise` compares in steps, the surest first:

1. all four alike
2. reference, title and suppliers alike (the dates or the value have changed)
3. reference and suppliers alike, where that pair stands once in the file and once among the known
4. reference and title alike, likewise
5. reference alike, likewise: the row was rewritten, but the reference is nobody else’s
6. title and suppliers alike, likewise, and one side has no reference yet
7. title alike, likewise, neither has a reference, and one side names no supplier yet

Nothing depends on where a row stands. Rows alike in all four marks are twins: they are told apart by a running number,
so that as many are known afterwards as the file had.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from toolkit.core.text import plain
from workflows.pipeline.registers.register import RegisterRow

LONGEST_KEY = 200
_MARK = 12
_NOTHING = "-"


class _Marks(NamedTuple):
    reference: str
    title: str
    suppliers: str
    period: str
    twin: int


@dataclass(frozen=True, slots=True)
class _Step:
    marks: Callable[[_Marks], tuple[str, ...]]
    applies: Callable[[_Marks, _Marks], bool]
    only_once: bool
    """Whether the marks must stand once in the file and once among the known."""


def row_key(row: RegisterRow) -> str:
    """The key of a row by itself, at most 200 characters: the same for the same facts, in any file and any order."""
    return _key(_marks(row))


def recognise(rows: Sequence[RegisterRow], known: Iterable[str] = ()) -> tuple[str, ...]:
    """For each row the key to keep it under: the known key of the row it is, else a new one. No key is given twice.

    `known`: the keys already kept for this organisation’s register. A row keeps its first key however it changes.
    """
    ours = _numbered([_marks(row) for row in rows])
    theirs = {key: _read(key) for key in dict.fromkeys(known)}
    taken: dict[int, str] = {}
    free = dict(theirs)
    for step in _STEPS:
        in_file = Counter(step.marks(marks) for marks in ours)
        in_known = Counter(step.marks(marks) for marks in theirs.values())
        waiting: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for key, marks in free.items():
            waiting[step.marks(marks)].append(key)
        for index, marks in enumerate(ours):
            same = step.marks(marks)
            if (
                index in taken
                or not waiting[same]
                or (step.only_once and (in_file[same], in_known[same]) != (1, 1))
            ):
                continue
            key = waiting[same][0]
            if step.applies(marks, theirs[key]):
                taken[index] = key
                waiting[same].remove(key)
                del free[key]
    used = set(theirs)
    return tuple(taken[index] if index in taken else _unused(marks, used) for index, marks in enumerate(ours))


_STEPS = (
    _Step(
        lambda m: (m.reference, m.title, m.suppliers, m.period, str(m.twin)), lambda ours, theirs: True, False
    ),
    _Step(lambda m: (m.reference, m.title, m.suppliers), lambda ours, theirs: True, False),
    _Step(
        lambda m: (m.reference, m.suppliers),
        lambda ours, theirs: _NOTHING not in (ours.reference, ours.suppliers),
        True,
    ),
    _Step(
        lambda m: (m.reference, m.title),
        lambda ours, theirs: _NOTHING not in (ours.reference, ours.title),
        True,
    ),
    _Step(lambda m: (m.reference,), lambda ours, theirs: ours.reference != _NOTHING, True),
    _Step(
        lambda m: (m.title, m.suppliers),
        lambda ours, theirs: ours.title != _NOTHING and _NOTHING in (ours.reference, theirs.reference),
        True,
    ),
    _Step(
        lambda m: (m.title,),
        lambda ours, theirs: (
            ours.title != _NOTHING
            and (ours.reference, theirs.reference) == (_NOTHING, _NOTHING)
            and _NOTHING in (ours.suppliers, theirs.suppliers)
        ),
        True,
    ),
)


def _marks(row: RegisterRow) -> _Marks:
    suppliers = " ".join(sorted(plain(name) for name in row.supplier_names))
    amounts = "/".join(
        "" if amount is None else f"{amount:f}" for amount in (row.value, row.value_low, row.value_high)
    )
    period = f"{row.starts_on or ''}/{row.ends_on or ''}/{amounts}".strip("/")
    return _Marks(_reference(row.reference), _mark(plain(row.title)), _mark(suppliers), _mark(period), 1)


def _reference(reference: str) -> str:
    """Readable where it fits; `*` and the like are kept apart by a mark of the exact text."""
    words = plain(reference).replace(" ", "-")
    if not reference:
        return _NOTHING
    exact = "".join(reference.lower().split())
    return words if words.replace("-", "") == exact and len(words) <= 100 else f"{words[:100]}~{_mark(exact)}"


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_MARK] if text else _NOTHING


def _key(marks: _Marks) -> str:
    return f"{marks.title}.{marks.suppliers}.{marks.period}.{marks.twin}.{marks.reference}"


def _read(key: str) -> _Marks:
    """Back from a key; a key of another make is one that no row matches but exactly."""
    parts = key.split(".", 4)
    if len(parts) != 5 or not parts[3].isdigit():
        return _Marks(f"other {key}", key, key, key, 1)
    title, suppliers, period, twin, reference = parts
    return _Marks(reference, title, suppliers, period, int(twin))


def _numbered(all_marks: list[_Marks]) -> list[_Marks]:
    seen: Counter[_Marks] = Counter()
    numbered = []
    for marks in all_marks:
        seen[marks] += 1
        numbered.append(marks._replace(twin=seen[marks]))
    return numbered


def _unused(marks: _Marks, used: set[str]) -> str:
    while (key := _key(marks)) in used:
        marks = marks._replace(twin=marks.twin + 1)
    used.add(key)
    return key
