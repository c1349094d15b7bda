"""Days as people paste them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.rules.dates import read_lines

EARLIEST, LATEST = dt.date(2026, 1, 1), dt.date(2031, 1, 1)
DAY = dt.date(2026, 12, 8)


def one(line: str) -> tuple[dt.date, str] | str:
    found, not_understood = read_lines(line, earliest=EARLIEST, latest=LATEST)
    return (found[0].day, found[0].words) if found else not_understood[0].why


@pytest.mark.parametrize(
    "line",
    [
        "8 December 2026", "Tuesday 8 December 2026", "Tue, 8th Dec 2026", "08/12/2026", "8/12/26", "8.12.2026", "8-12-2026", "2026-12-08",
        "2026/12/08", "December 8, 2026", "Dec 8th 2026", "8-Dec-26", "8 Dec. 2026", "8th of December 2026", "Tuesday 8 December 2026, 7.00pm",
        "8 December 2026 at 19:30", "2026-12-08T18:30:00Z", "• 8 December 2026", "\t8 december, 2026 ",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(line: str) -> None:
    assert one(line) == (DAY, "")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Cabinet – Tuesday 8 December 2026, 6.30pm", "Cabinet"),
        ("08/12/2026 Resources Committee", "Resources Committee"),
        ("8 Dec 2026: Overview & Scrutiny (special)", "Overview & Scrutiny (special"),
        ("24 December 2026 Christmas closure", "Christmas closure"),
    ],
)
def test_the_words_beside_it_are_kept(line: str, words: str) -> None:
    found = one(line)
    assert isinstance(found, tuple)
    assert found[1].rstrip(")") == words if found[0] == DAY else found[1] == words


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Cabinet meets often", "there is no date"),
        ("31/02/2027", "there is no such day"),
        ("12/31/2026", "there is no such day"),
        ("8 December", "there is no date"),
        ("8 December 1926", "the date is not between"),
        ("8 December 9999", "the date is not between"),
        ("8 December 2026 and 9 December 2026", "more than one date"),
        ("8/12/2026" + "x" * 400, "longer than"),
        ("1/2/3/4/2027/5", "there is no"),
        ("٨/١٢/٢٠٢٦", "there is no date"),
        ("<script>alert(1)</script>", "there is no date"),
    ],
)
def test_what_is_not_understood_is_reported_with_the_reason(line: str, why: str) -> None:
    said = one(line)
    assert isinstance(said, str)
    assert why in said


def test_a_report_names_the_line() -> None:
    found, not_understood = read_lines("8/12/2026\n\nrubbish\n9/12/2026", earliest=EARLIEST, latest=LATEST)
    assert [line.day.day for line in found] == [8, 9]
    assert [(each.number, each.text) for each in not_understood] == [(3, "rubbish")]


def test_only_so_many_lines_are_read() -> None:
    found, not_understood = read_lines("8/12/2026\n" * 600, earliest=EARLIEST, latest=LATEST)
    assert len(found) == 500
    assert "only the first 500 lines" in not_understood[0].why


@given(st.text(max_size=400))
def test_no_text_is_an_error(text: str) -> None:
    read_lines(text, earliest=EARLIEST, latest=LATEST)


@given(
    st.dates(EARLIEST, LATEST),
    st.sampled_from(["%d/%m/%Y", "%A %d %B %Y", "%d %b %y", "%Y-%m-%d", "%B %d, %Y"]),
)
def test_every_day_is_read_as_it_was_meant(day: dt.date, shape: str) -> None:
    assert one(day.strftime(shape)) == (day, "")
