"""Dates as people type them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.pipeline.registers.dates import (
    EARLIEST,
    LATEST,
    Order,
    dates_in,
    evidence,
    order_of,
    read_date,
)
from workflows.pipeline.registers.table import Cell


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("12/11/2025", "2025-11-12"),
        ("1.4.26", "2026-04-01"),
        ("01-04-2026", "2026-04-01"),
        ("31/03/99", "1999-03-31"),
        ("12/11/2025 00:00:00", "2025-11-12"),
        ("12/11/2025 12:30 PM", "2025-11-12"),
        ("31st March 2027", "2027-03-31"),
        ("Wednesday, 31 March 2027", "2027-03-31"),
        ("27-Sep-20", "2020-09-27"),
        ("1 Sept 2026", "2026-09-01"),
        ("March 31, 2027", "2027-03-31"),
        ("2026-04-01", "2026-04-01"),
        ("2026/04/01", "2026-04-01"),
        ("20260401", "2026-04-01"),
        (20260401, "2026-04-01"),
        ("2025-11-07T09:59:50Z", "2025-11-07"),
        ("2025-06-30T23:30:00Z", "2025-07-01"),
        ("2025-10-24T15:11:44+01:00", "2025-10-24"),
        (45748, "2025-04-01"),
        (45748.75, "2025-04-01"),
        ("45748", "2025-04-01"),
        (dt.date(2025, 4, 1), "2025-04-01"),
        (dt.datetime.fromisoformat("2025-04-01T23:59"), "2025-04-01"),
    ],
)
def test_a_clear_date_is_read_without_a_word(cell: Cell, day: str) -> None:
    read = read_date(cell)
    assert (read.day, read.message) == (dt.date.fromisoformat(day), "")


@pytest.mark.parametrize(
    "cell",
    [
        "",
        None,
        "n/a",
        "N/A",
        "TBC",
        "tba",
        "To be confirmed",
        "-",
        "—",
        "Not known",
        "unknown",
        "00/00/0000",
        "#REF!",
        0,
    ],
)
def test_a_cell_that_says_nothing_gives_nothing_and_no_warning(cell: Cell) -> None:
    read = read_date(cell)
    assert (read.day, read.message, read.no_fixed_end) == (None, "", False)


@pytest.mark.parametrize(
    "cell",
    [
        "Ongoing",
        "Mo. to Mo.",
        "Mo. To Mo.",
        "month-to-month",
        "Rolling contract",
        "Perpetual",
        "open ended",
        "Until further notice",
        "31/12/9999",
        "Auto-renews",
    ],
)
def test_a_contract_without_a_fixed_end_says_so(cell: str) -> None:
    read = read_date(cell, is_end=True)
    assert read.day is None
    assert read.no_fixed_end
    assert read.message


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [("Mar-27", 1, 31), ("March 2027", 1, 31), ("03/2027", 1, 31), ("Mar 27", 1, 31)],
)
def test_a_month_alone_is_its_first_day_for_a_start_and_its_last_for_an_end(
    cell: str, first: int, last: int
) -> None:
    assert read_date(cell).day == dt.date(2027, 3, first)
    assert read_date(cell, is_end=True).day == dt.date(2027, 3, last)
    assert "Only a month" in read_date(cell).message


@pytest.mark.parametrize("cell", ["31/02/2026", "11/31/2015", "31 June 2026", "99/99/2026", "2026-13-01"])
def test_an_impossible_day_is_a_problem(cell: str) -> None:
    assert read_date(cell).day is None
    assert read_date(cell).message == "There is no such day."


@pytest.mark.parametrize("cell", ["2026", 2026, "2026/27", "Q2 2026", "Spring 2027", "FY 2026/27"])
def test_a_year_or_quarter_is_no_date(cell: Cell) -> None:
    assert read_date(cell).day is None
    assert "year" in read_date(cell).message


@pytest.mark.parametrize(
    "cell", ["See contract", "various", True, 3.5, dt.time(9), "1e9999", float("inf"), "1/1"]
)
def test_anything_else_is_not_a_date(cell: Cell) -> None:
    assert read_date(cell).day is None
    assert read_date(cell).message


def test_words_around_a_date_are_mentioned() -> None:
    read = read_date("31/03/2026 (option to 31/03/2028)")
    assert read.day == dt.date(2026, 3, 31)
    assert "more than one date" in read.message
    assert read_date("31/03/2026, subject to approval").message.startswith("There is more than a date")


def test_dates_before_1950_are_not_taken() -> None:
    assert read_date("01/01/1900").day is None
    assert read_date("01/01/1900").message


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (["6/30/15", "3/4/15"], Order.MONTH_FIRST),
        (["30/6/15", "3/4/15"], Order.DAY_FIRST),
        (["3/4/15", "5/6/15"], Order.DAY_FIRST),
        (["30/6/15", "6/30/15"], Order.DAY_FIRST),
        ([dt.date(2015, 6, 30), "TBC"], Order.DAY_FIRST),
    ],
)
def test_a_column_is_british_unless_it_shows_otherwise(column: list[Cell], order: Order) -> None:
    assert order_of(evidence(column)) is order


def test_a_silent_column_follows_the_others_of_its_file() -> None:
    assert order_of((0, 0), (0, 5)) is Order.MONTH_FIRST
    assert order_of((0, 0), (1, 5)) is Order.DAY_FIRST
    assert read_date("4/1/15", order=Order.MONTH_FIRST).day == dt.date(2015, 4, 1)


def test_several_dates_in_a_text_are_found_in_order() -> None:
    assert dates_in("from 1.4.24 to 31 March 2027, review 2026-10-01") == (
        dt.date(2024, 4, 1),
        dt.date(2027, 3, 31),
        dt.date(2026, 10, 1),
    )


@given(st.dates(EARLIEST, LATEST))
def test_every_day_written_the_british_way_comes_back(day: dt.date) -> None:
    for text in (
        f"{day:%d/%m/%Y}",
        f"{day.day} {day:%B %Y}",
        day.isoformat(),
        f"{day:%A} {day.day}th {day:%b %Y}",
    ):
        assert read_date(text).day == day


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    read_date(text)
