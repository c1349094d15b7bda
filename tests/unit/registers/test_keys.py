"""Recognising the same row in the next import."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.registers.sheets import csv_file
from workflows.pipeline.registers.keys import LONGEST_KEY, recognise, row_key
from workflows.pipeline.registers.register import RegisterRow
from workflows.pipeline.registers.rows import read_register

HEADERS = ("Ref", "Title", "Supplier", "End date")
Line = tuple[str, str, str, str]


def rows(*lines: Line) -> tuple[RegisterRow, ...]:
    return read_register(csv_file([HEADERS, *lines]), "r.csv").rows


def test_the_same_facts_give_the_same_key_whatever_their_order_or_dress() -> None:
    first, second = rows(
        ("FL/1", "Parks", "Brook Ltd", "31/03/2027"), ("fl/1", "PARKS", "Brook Ltd", "31 March 2027")
    )
    assert row_key(first) == row_key(second)


def test_a_row_keeps_its_key_when_other_facts_change() -> None:
    before = rows(("1", "Parks", "Brook", "31/03/2027"), ("2", "Meals", "Wandle", "31/03/2027"))
    known = recognise(before)
    for changed in (
        ("1", "Parks", "Brook", "31/03/2029"),
        ("1", "Parks and trees", "Brook", "31/03/2027"),
        ("1", "Parks", "Other Ltd", "31/03/2027"),
        ("1", "Trees", "Other", ""),
    ):
        assert recognise(rows(before_line(2), changed), known) == (known[1], known[0])


def before_line(number: int) -> Line:
    return {1: ("1", "Parks", "Brook", "31/03/2027"), 2: ("2", "Meals", "Wandle", "31/03/2027")}[number]


def test_rows_that_share_a_reference_are_told_apart_by_supplier() -> None:
    known = recognise(
        rows(("6756**", "Painting", "Brook", "31/12/2015"), ("6756**", "Painting", "Wandle", "31/12/2015"))
    )
    again = recognise(
        rows(("6756**", "Painting", "Wandle", "31/12/2016"), ("6756**", "Painting", "Effra", "31/12/2015")),
        known,
    )
    assert again[0] == known[1]
    assert again[1] not in known


def test_a_new_row_with_an_old_reference_does_not_take_the_old_rows_key() -> None:
    known = recognise(rows(("1", "Parks", "Brook", "31/03/2027")))
    again = recognise(
        rows(("1", "Parks", "Wandle", "31/03/2027"), ("1", "Parks", "Brook", "31/03/2027")), known
    )
    assert again[1] == known[0]
    assert again[0] != known[0]


def test_references_that_differ_in_signs_only_are_different() -> None:
    first, second = rows(("A-1", "Parks", "Brook", ""), ("A-1*", "Parks", "Brook", ""))
    assert row_key(first) != row_key(second)


def test_a_row_without_a_reference_is_known_by_title_and_supplier_and_may_gain_one() -> None:
    known = recognise(rows(("", "Parks", "Brook", "31/03/2027")))
    assert recognise(rows(("", "Parks", "Brook", "31/03/2028")), known) == known
    assert recognise(rows(("FL-1", "Parks", "Brook", "31/03/2027")), known) == known
    planned = recognise(rows(("", "Parks", "", "31/03/2027")))
    assert recognise(rows(("", "Parks", "Brook", "31/03/2027")), planned) == planned


def test_two_titles_without_references_stay_two() -> None:
    known = recognise(rows(("", "Parks", "Brook", "")))
    assert recognise(rows(("", "Trees", "Brook", "")), known) != known


def test_twins_are_as_many_afterwards_as_before() -> None:
    twins = rows(("1", "Parks", "Brook", ""), ("1", "Parks", "Brook", ""), ("1", "Parks", "Brook", ""))
    known = recognise(twins)
    assert len(set(known)) == 3
    assert set(recognise(twins, known)) == set(known)
    assert recognise(twins[:1], known)[0] in known


def test_a_key_fits_its_column() -> None:
    (row,) = rows(("x" * 500, "t" * 500, "s" * 500, "31/03/2027"))
    assert len(row_key(row)) <= LONGEST_KEY


def test_keys_of_another_make_are_left_alone() -> None:
    mine = rows(("1", "Parks", "Brook", ""))
    assert recognise(mine, ["typed-in-7"]) == recognise(mine)


_lines = st.lists(
    st.tuples(
        st.sampled_from(["", "1", "2"]),
        st.sampled_from(["Parks", "Meals", "Lifts"]),
        st.sampled_from(["", "Brook", "Wandle"]),
        st.sampled_from(["", "31/03/2027"]),
    ),
    min_size=1,
    max_size=12,
)


@given(_lines, st.randoms())
def test_importing_again_in_any_order_finds_every_row_and_nothing_new(
    lines: list[Line], chance: random.Random
) -> None:
    found = rows(*lines)
    known = recognise(found)
    assert len(set(known)) == len(found)
    shuffled = list(zip(found, known, strict=True))
    chance.shuffle(shuffled)
    again = recognise([row for row, _ in shuffled], known)
    assert set(again) == set(known)
    assert [key.rsplit(".", 2)[0] for key in again] == [key.rsplit(".", 2)[0] for _, key in shuffled]
