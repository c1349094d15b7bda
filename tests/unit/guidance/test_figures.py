"""Figures in texts are those of the calculators."""

from __future__ import annotations

import datetime as dt

import pytest

from guidance.pages.figures import DATES, PERIODS, figure, filled, unknown_in
from toolkit.law.thresholds import TRIGGERS, ContractType

DAY = dt.date(2026, 11, 24)


def test_thresholds_follow_the_day_a_reader_looks() -> None:
    tag = "{threshold:goods-services-sub-central}"
    assert filled(tag, on=dt.date(2025, 12, 31)) == "£214,904"
    assert filled(tag, on=dt.date(2026, 1, 1)) == "£207,720"


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("{period:standstill}", "8 working days"),
        ("{period:contract-details}", "30 days"),
        ("{period:contract-details-light-touch}", "120 days"),
        ("{period:contract-copy}", "90 days"),
        ("{period:contract-copy-light-touch}", "180 days"),
        ("{period:pipeline-notice}", "56 days"),
        ("{period:tender}", "25 days"),
        ("{period:tender-neither}", "35 days"),
        ("{period:tender-shortened}", "10 days"),
        ("{period:participation}", "25 days"),
        ("{period:planned-notice-least}", "40 days"),
        ("{period:key-decision}", "28 clear days"),
        ("{period:payment}", "30 days"),
        ("{period:payments-notices}", "30 days"),
        ("{money:kpis}", "£5 million"),
        ("{money:payment}", "£30,000"),
        ("{money:pipeline-spend}", "£100 million"),
        ("{threshold:works}", "£5,193,000"),
        ("{threshold:light-touch}", "£663,540"),
        ("{date:standstill:2026-11-23}", "3 December 2026"),
        ("{date:sign-from:2026-11-23}", "4 December 2026"),
        ("{date:contract-details:2026-12-01}", "30 December 2026"),
        ("{date:termination:2027-03-31}", "29 April 2027"),
        ("{date:tender:2026-11-23}", "18 December 2026"),
        ("{date:tender-documents-later:2027-01-11}", "10 February 2027"),
        ("{date:payments-over-30k:2026-12-31}", "29 January 2027"),
        ("{date:payments-over-30k:2027-02-22}", "29 April 2027"),
        ("{date:payments-compliance:2026-11-23}", "29 April 2027"),
        ("{date:payments-compliance:2027-09-30}", "29 October 2027"),
        ("{date:pipeline-notice:2027-04-01}", "26 May 2027"),
        ("{date:key-decision-notice:2026-12-22}", "23 November 2026"),
        ("{date:planned-notice-first:2026-11-23}", "2 January 2027"),
    ],
)
def test_a_figure(tag: str, words: str) -> None:
    assert filled(f"a {tag} b", on=DAY) == f"a {words} b"


def test_every_name_gives_something() -> None:
    for key in PERIODS:
        assert figure("period", key, None, on=DAY)
    for key in DATES:
        assert figure("date", key, "2026-11-23", on=DAY)
    for key in TRIGGERS:
        assert figure("money", key, None, on=DAY).startswith("£")
    for kind in ContractType:
        assert figure("threshold", kind.value, None, on=DAY).startswith("£")


@pytest.mark.parametrize(
    "tag",
    ["{period:never}", "{threshold:standstill}", "{date:standstill}", "{date:standstill:2026-02-30}", "{period:standstill:2026-01-01}", "{other:x}", "{date:standstill:9999-12-31}", "{period:Standstill}", "{date:standstill:today}"],
)  # fmt: skip
def test_what_names_no_figure_is_found_and_left_as_it_is(tag: str) -> None:
    assert unknown_in(f"a {tag} b", on=DAY) == [tag]
    assert filled(tag, on=DAY) == tag


def test_ordinary_braces_are_no_tags() -> None:
    assert unknown_in("{a} { b: c } {}", on=DAY) == []
