"""What people type into addresses and forms, read as numbers."""

from __future__ import annotations

import pytest

from toolkit.core.text import whole_number


@pytest.mark.parametrize("typed", [None, "", "-1", "1.5", "²", "٣", " 1", "9" * 10, "9" * 5_000])
def test_what_is_no_whole_number_is_something_else(typed: str | None) -> None:
    assert whole_number(typed, 7) == 7


def test_a_whole_number() -> None:
    assert [whole_number("0"), whole_number("12"), whole_number("9" * 9)] == [0, 12, 999_999_999]
