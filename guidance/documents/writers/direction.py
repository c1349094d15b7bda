"""Which way a text runs."""

from __future__ import annotations

import unicodedata

_RIGHT_TO_LEFT = ("R", "AL")


def is_right_to_left(text: str) -> bool:
    """Does it run from right to left? The first letter that has a direction decides; digits and signs have none."""
    for character in text:
        found = unicodedata.bidirectional(character)
        if found == "L":
            return False
        if found in _RIGHT_TO_LEFT:
            return True
    return False
