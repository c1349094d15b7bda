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
    for length in (LENGTH, LENGTH, LENGTH, LENGTH + 1, LENGTH + 2, LENGTH + 2):
        reference = f"{prefix}-" + "".join(secrets.choice(ALPHABET) for _ in range(length))
        if not taken(reference):
            return reference
    raise NoFreeReference(prefix)


class ReferenceConverter:
    """The `reference` path converter for urls."""

    regex = PATTERN

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
