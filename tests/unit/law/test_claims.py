"""The time for claims: section 106, and the Regulations of 2015 before it."""

from __future__ import annotations

import datetime as dt

from toolkit.law.claims import claims_end


def test_the_longest_limit_is_taken() -> None:
    end = claims_end(dt.date(2026, 8, 31))
    assert end.day == dt.date(2027, 2, 28)
    assert end.source == "Procurement Act 2023, section 106"
    assert not end.caution


def test_the_older_law_names_its_own_source_and_asks() -> None:
    end = claims_end(dt.date(2024, 5, 1), old_law=True)
    assert end.day == dt.date(2024, 11, 1)
    assert "2015" in end.source
    assert end.caution
