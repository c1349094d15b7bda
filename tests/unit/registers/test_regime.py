"""Which law a row is likely to be under (practice.md §1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from tests.unit.registers.sheets import csv_file
from workflows.pipeline.registers.regime import RegimeGuess, guess_regime, regime_of
from workflows.pipeline.registers.rows import read_register

BEFORE, AFTER = dt.date(2025, 2, 23), dt.date(2025, 2, 24)


@pytest.mark.parametrize(
    "guess",
    [
        lambda day: guess_regime(awarded_on=day),
        lambda day: guess_regime(signed_on=day),
        lambda day: guess_regime(starts_on=day),
        lambda day: guess_regime(advertised_on=day),
    ],
)
def test_anything_dated_before_the_act_began_is_old_law_and_the_day_itself_is_open(
    guess: Callable[[dt.date], RegimeGuess],
) -> None:
    old, new = guess(BEFORE), guess(AFTER)
    assert old.regime == "pcr2015"
    assert "23 February 2025" in old.because
    assert new.regime == "unknown"


def test_a_call_off_after_the_act_began_is_unknown_and_says_why() -> None:
    guess = guess_regime(awarded_on=AFTER, words="Call off from RM6068 framework")
    assert guess.regime == "unknown"
    assert "framework" in guess.because
    assert guess_regime(awarded_on=BEFORE, words="Call-off from a framework").regime == "pcr2015"


@pytest.mark.parametrize(
    ("words", "regime"),
    [
        ("Awarded under the Procurement Act 2023", "pa23"),
        ("PCR 2015 regulation 32", "pcr2015"),
        ("under the Concession Contracts Regulations 2016", "ccr_ucr2016"),
        ("Provider Selection Regime direct award C", "psr"),
        ("PCR 2015 and Procurement Act 2023", "unknown"),
    ],
)
def test_a_row_that_names_its_law_is_believed(words: str, regime: str) -> None:
    assert guess_regime(awarded_on=AFTER, words=words).regime == regime


def test_what_may_have_had_rules_of_its_own_is_unknown() -> None:
    assert guess_regime(awarded_on=BEFORE, words="Beach café concession").regime == "unknown"
    assert guess_regime(awarded_on=dt.date(2024, 6, 1), words="Sexual health clinics").regime == "unknown"
    assert guess_regime(awarded_on=dt.date(2023, 6, 1), words="Sexual health clinics").regime == "pcr2015"
    assert guess_regime(awarded_on=dt.date(2014, 6, 1)).regime == "unknown"


def test_no_date_is_unknown() -> None:
    assert guess_regime().regime == "unknown"


def test_a_planned_start_is_no_evidence_and_a_published_tender_is() -> None:
    rows = read_register(
        csv_file(
            [
                ("Title", "Notice type", "Status", "Published date", "Start date", "Supplier"),
                ("Plan", "Pipeline", "Open", "01/02/2024", "01/04/2024", ""),
                ("Tender", "Tender", "Open", "01/02/2024", "01/04/2026", ""),
                ("Contract", "Contract", "Awarded", "01/02/2026", "01/04/2024", "Brook"),
            ]
        ),
        "r.csv",
    ).rows
    assert [regime_of(row).regime for row in rows] == ["unknown", "pcr2015", "pcr2015"]
