"""Comparing two texts so that a person can read it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

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
