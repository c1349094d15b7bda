"""Terms, options to extend and notice periods as people type them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.pipeline.registers.table import Cell
from workflows.pipeline.registers.terms import (
    months_between,
    read_extension,
    read_months,
    read_term,
    unit_in,
    yes_no,
)


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("2 x 12 months", (12, 12)),
        ("2x12", (12, 12)),
        ("2 x 1 year", (12, 12)),
        ("two further periods of 12 months", (12, 12)),
        ("2 further 12 month periods", (12, 12)),
        ("Option to extend by up to 24 months", (24,)),
        ("1+1", (12, 12)),
        ("1 + 1 years", (12, 12)),
        ("12+12", (12, 12)),
        ("12 months + 12 months", (12, 12)),
        ("1 year + 6 months", (12, 6)),
        ("12 months and 12 months", (12, 12)),
        ("24 months (12+12)", (12, 12)),
        ("2 years (1+1)", (12, 12)),
        ("Up to two years", (24,)),
        ("36", (36,)),
        (36.0, (36,)),
        ("18mths", (18,)),
    ],
)
def test_options_to_extend_are_read_one_by_one(text: Cell, options: tuple[int, ...]) -> None:
    read = read_extension(text)
    assert (read.options, read.message) == (options, "")


def test_a_whole_term_in_the_extension_column_loses_its_first_number() -> None:
    assert read_extension("3+1+1").options == (12, 12)
    assert read_extension("3+1+1").initial == 36
    assert read_extension("2+2", initial=24).options == (24,)
    assert read_extension("2+2", initial=60).options == (24, 24)


@pytest.mark.parametrize("text", ["", "No", "None", "N/A", "Nil", "0", None])
def test_no_extension_is_no_problem(text: Cell) -> None:
    assert read_extension(text).options == ()
    assert not read_extension(text).message


@pytest.mark.parametrize("text", ["Yes", "by agreement", "3", "500 years", "40 x 12 months"])
def test_an_extension_of_unclear_length_is_a_problem(text: str) -> None:
    assert read_extension(text).options == ()
    assert read_extension(text).message


def test_the_headers_unit_decides_what_a_bare_number_means() -> None:
    assert unit_in("Extension Period Months") == "months"
    assert unit_in("Extension (years)") == "years"
    assert unit_in("Extension") == ""
    assert read_extension("3", unit="months").options == (3,)
    assert read_extension("3", unit="years").options == (36,)


@pytest.mark.parametrize(
    ("text", "initial", "options"),
    [
        ("3 years", 36, ()),
        ("36 months", 36, ()),
        ("1 year 6 months", 18, ()),
        ("2.5 years", 30, ()),
        ("3+1+1", 36, (12, 12)),
        ("5 + 5 years", 60, (60,)),
        ("three years", 36, ()),
    ],
)
def test_the_first_number_of_a_term_is_the_initial_one(
    text: str, initial: int, options: tuple[int, ...]
) -> None:
    read = read_term(text)
    assert (read.initial, read.options) == (initial, options)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("3 months", 3),
        ("90 days", 3),
        ("12 weeks", 3),
        ("28 days", 1),
        ("six months", 6),
        ("Reasonable", None),
        ("", None),
    ],
)
def test_notice_is_in_months_rounded_up(text: str, months: int | None) -> None:
    assert read_months(text) == months


def test_months_between_counts_both_days() -> None:
    assert months_between(dt.date(2024, 4, 1), dt.date(2027, 3, 31)) == 36
    assert months_between(dt.date(2024, 4, 1), dt.date(2024, 4, 30)) == 1
    assert months_between(dt.date(2024, 1, 15), dt.date(2025, 1, 14)) == 12


def test_yes_and_no() -> None:
    assert [yes_no(cell) for cell in ("Yes", "y", True, "NO", "n", False, "maybe", None)] == [
        True,
        True,
        True,
        False,
        False,
        False,
        None,
        None,
    ]


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    read_extension(text)
    read_term(text)
    read_months(text)
