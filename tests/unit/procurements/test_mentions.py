"""Mentions in a comment: what names somebody, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.procurements.mentions import mentioned_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@ada.okoro could you look?", ["ada.okoro"]),
        ("Could you look, @Ada.Okoro?", ["ada.okoro"]),
        ("Ask @ben, (@dev) and @ben.", ["ben", "dev"]),
        ("@ada.okoro@fleet.example has it", ["ada.okoro@fleet.example"]),
        ("Write to ada.okoro@fleet.example", []),
        ("£5 @ 20% or @ noon, @@x, a@@b", []),
        ("@o'neil-smith's note", ["o'neil-smith"]),
        ("@", []),
        ("end@.", []),
    ],
)
def test_who_is_mentioned(text: str, names: list[str]) -> None:
    assert mentioned_in(text) == names


@given(st.text(alphabet="@a.b-' \n", max_size=200))
def test_anything_typed_is_read_and_each_name_stands_once(text: str) -> None:
    found = mentioned_in(text)
    assert len(found) == len(set(found))
    assert all(name in text.lower() for name in found)
