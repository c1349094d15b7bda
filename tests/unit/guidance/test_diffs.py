"""Comparing two texts so that a person can read it."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.editorial.content import LONGEST
from guidance.editorial.diffs import ADDED, REMOVED, SAME, SKIPPED, compare

LINES = st.lists(st.text(alphabet="ab ", max_size=6), max_size=12).map("\n".join)


def test_the_same_is_no_difference() -> None:
    assert compare("a\nb", "a\nb") == ()


def test_words_within_a_line() -> None:
    removed, added = compare("Wait eight days.", "Wait ten days.")
    assert (removed.kind, added.kind) == (REMOVED, ADDED)
    assert ("eight", True) in removed.parts
    assert ("ten", True) in added.parts
    assert ("Wait ", False) in added.parts


def test_long_stretches_are_folded() -> None:
    old = "\n".join(f"line {number}" for number in range(40))
    lines = compare(old, old.replace("line 20", "LINE 20"))
    folded = [line.parts[0][0] for line in lines if line.kind == SKIPPED]
    assert folded == ["18 lines are the same", "17 lines are the same"]


@given(LINES, LINES)
def test_old_and_new_can_be_put_together_again(old: str, new: str) -> None:
    lines = compare(old, new)
    if not lines:
        assert old.splitlines() == new.splitlines()
        return

    def text(*kinds: str) -> int:
        folded = sum(int(line.parts[0][0].split()[0]) for line in lines if line.kind == SKIPPED)
        return sum(line.kind in kinds for line in lines) + folded

    assert text(SAME, REMOVED) == len(old.splitlines())
    assert text(SAME, ADDED) == len(new.splitlines())


def _muddle(pieces: list[str], between: str, seed: int) -> str:
    """The longest text there may be, of these pieces in no order."""
    chance = random.Random(seed)
    return between.join(chance.choices(pieces, k=LONGEST // (len(pieces[0]) + len(between))))


@pytest.mark.parametrize(
    ("pieces", "between"),
    [
        (["a", "b"], "\n"),
        (["of", "to"], " "),
        (["of\n", "to", "is", "by"], " "),
        (["of the buyer\n", "to the buyer\n"], ""),
        ([f"{number:04}" for number in range(2_000)], " "),
        ([f"{number:04}" for number in range(2_000)], "\n"),
        ([" ".join(["of", "to", "by"] * 20 + [str(number)]) for number in range(100, 200)], "\n"),
        ([" \t", "\t "], "\n"),
    ],
)
def test_the_longest_texts_are_compared_at_once(pieces: list[str], between: str) -> None:
    began = time.process_time()
    assert compare(_muddle(pieces, between, 1), _muddle(pieces, between, 2))
    assert time.process_time() - began < 1


def test_two_changes_far_apart_in_a_long_text_are_found() -> None:
    lines = [f"Line {number} of the text." for number in range(1_200)]
    changed = [line.replace("Line", "Row") if number in (7, 1_190) else line for number, line in enumerate(lines)]  # fmt: skip
    shown = compare("\n".join(lines), "\n".join(changed))
    assert [line.kind for line in shown if line.kind in (ADDED, REMOVED)] == [REMOVED, ADDED] * 2
