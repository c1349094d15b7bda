"""What a fact that is one of several is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChoiceFact:
    """A fact that is one of several, with the words for “you have not said …”."""

    unknown: str
    options: frozenset[str]
