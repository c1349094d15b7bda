"""Amounts as people type them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.pipeline.registers.amounts import ReadAmount, read_amount, vat_of
from workflows.pipeline.registers.table import Cell


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("£1,234,567.89", "1234567.89"),
        ("1234567", "1234567"),
        ("1.2m", "1200000"),
        ("£8M", "8000000"),
        ("£250k", "250000"),
        ("£1.5 million", "1500000"),
        ("2bn", "2000000000"),
        ("£ 50 000.00", "50000"),
        ("GBP 50,000", "50000"),
        ("circa £40,000", "40000"),
        ("c. £40k", "40000"),
        ("approx. 40,000", "40000"),
        ("£40,000 over 4 years", "40000"),
        (40000, "40000"),
        (1234567.891, "1234567.89"),
    ],
)
def test_one_figure_is_the_value(cell: Cell, value: str) -> None:
    assert read_amount(cell) == ReadAmount(value=Decimal(value).quantize(Decimal("0.01")))


@pytest.mark.parametrize(
    ("cell", "low", "high"),
    [
        ("1,000 - 5,000", "1000", "5000"),
        ("£100k to £250k", "100000", "250000"),
        ("between £1m and £2m", "1000000", "2000000"),
        ("£1–2m", "1000000", "2000000"),
        ("up to £50,000", None, "50000"),
        ("<£25k", None, "25000"),
        ("over £5m", "5000000", None),
        (">£5m", "5000000", None),
        ("£5m+", "5000000", None),
    ],
)
def test_a_range_or_a_limit_gives_no_single_value(cell: str, low: str | None, high: str | None) -> None:
    read = read_amount(cell)
    assert read.value is None
    assert (read.low, read.high) == (low and Decimal(low), high and Decimal(high))
    assert not read.message


def test_a_range_that_runs_backwards_is_turned_with_a_word() -> None:
    read = read_amount("£5,000 - £1,000")
    assert (read.low, read.high) == (Decimal(1000), Decimal(5000))
    assert read.message


@pytest.mark.parametrize("cell", [None, "", "n/a", "TBC", "-", "Not known", "NaN"])
def test_a_cell_that_says_nothing_gives_nothing(cell: Cell) -> None:
    assert read_amount(cell) == ReadAmount()


@pytest.mark.parametrize("cell", ["0", 0, 0.0, "£0.00", "0 - 0"])
def test_nought_is_read_as_not_given_with_a_warning(cell: Cell) -> None:
    read = read_amount(cell)
    assert not read.is_given
    assert "0" in read.message


@pytest.mark.parametrize(
    "cell",
    ["-500", "(500.00)", "£-500", "−£500", -500, "1e9999", "Infinity", float("inf"), float("nan"), "12,34,5", "1.234.567", "£50k plus £10k", "see schedule",
     "1,2345", True, dt.date(2025, 1, 1), "9" * 15, "£1 / £2 / £3", "Framework 2024"],
)  # fmt: skip
def test_what_is_no_amount_is_a_problem_and_no_value(cell: Cell) -> None:
    read = read_amount(cell)
    assert not read.is_given
    assert read.message


@pytest.mark.parametrize(
    ("cell", "currency"), [("€1,000", "EUR"), ("$5m", "USD"), ("USD 5,000", "USD"), ("1000 euros", "EUR")]
)
def test_foreign_money_gives_no_value_but_is_named(cell: str, currency: str) -> None:
    read = read_amount(cell)
    assert not read.is_given
    assert read.currency == currency
    assert currency in read.message


@pytest.mark.parametrize(
    ("words", "vat"),
    [
        ("Contract Value (excl. VAT)", "ex"), ("Value ex VAT", "ex"), ("£50,000 + VAT", "ex"), ("Net value", "ex"), ("excluding V.A.T", "ex"),
        ("Total incl VAT", "inc"), ("Value (including VAT)", "inc"), ("Gross value", "inc"),
        ("Value", "unknown"), ("Value inc or exc VAT: including VAT / excluding VAT", "unknown"), ("Network value", "unknown"),
    ],
)  # fmt: skip
def test_vat_is_in_only_where_words_say_so(words: str, vat: str) -> None:
    assert vat_of(words) == vat


def test_vat_and_a_year_in_the_cell_are_kept() -> None:
    read = read_amount("£50,000 p.a. (excl. VAT)")
    assert (read.value, read.vat, read.covers) == (Decimal(50000), "ex", "year")


def test_a_nominal_value_is_questioned() -> None:
    assert read_amount("£1").value == 1
    assert "nominal" in read_amount("£1").message


@given(st.decimals(min_value=Decimal("0.01"), max_value=Decimal(10**10), places=2))
def test_every_amount_written_with_commas_comes_back(amount: Decimal) -> None:
    assert read_amount(f"£{amount:,.2f}").value == amount


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    read_amount(text)
