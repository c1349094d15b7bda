"""Public references such as `PR-7K2D`: what stands in addresses and e-mails instead of primary keys.

Letters and digits that are read for one another (0/O, 1/I/L, 5/S, 2/Z, 8/B, U/V) are left out, so a reference can be
read over the telephone. They are random, so nobody can count a borough's procurements from them.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

ALPHABET = "3467ACDEFGHJKMNPQRTWXY"
LENGTH = 4
PATTERN = r"[A-Z]{2}-[0-9A-Z]{4,6}"


class NoFreeReference(RuntimeError):
    """Every reference tried was taken, although longer ones were tried too."""


def new(prefix: str, *, taken: Callable[[str], bool]) -> str:
    """A reference `prefix-XXXX` for which `taken` is false; grows by one or two characters when short ones run out."""
    return several(prefix, 1, taken=lambda tried: {reference for reference in tried if taken(reference)})[0]


def several(prefix: str, number: int, *, taken: Callable[[set[str]], set[str]]) -> list[str]:
    """`number` different references. `taken` says which of those tried are: it is asked a few times, however many."""
    found: set[str] = set()
    for length in (LENGTH, LENGTH, LENGTH, LENGTH + 1, LENGTH + 2, LENGTH + 2):
        tried = {_random(prefix, length) for _ in range(number - len(found))} - found
        found |= tried - taken(tried)
        if len(found) == number:
            return list(found)
    raise NoFreeReference(prefix)


def _random(prefix: str, length: int) -> str:
    return f"{prefix}-" + "".join(secrets.choice(ALPHABET) for _ in range(length))


class ReferenceConverter:
    """The `reference` path converter for urls."""

    regex = PATTERN

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
