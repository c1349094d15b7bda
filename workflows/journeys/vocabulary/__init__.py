"""The words of routes: the facts that steps ask about and the days that they record, by area.

`ANSWERS`: yes-or-no facts, each with the words for “you have not said …”. `CHOICES`: facts that are one of several.
`EVENTS`: days, each with the words for “worked out once … is recorded”. A name stands in one area only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from workflows.journeys.vocabulary import common, competing, contracts, frameworks, health, small
from workflows.journeys.vocabulary.common import PROTECT_LIFE, SWITCH, URGENCY, USER_CHOICE
from workflows.journeys.vocabulary.kinds import ChoiceFact

__all__ = ["ANSWERS", "CHOICES", "EVENTS", "PROTECT_LIFE", "SWITCH", "URGENCY", "USER_CHOICE", "ChoiceFact"]

AREAS = (common, competing, contracts, frameworks, health, small)


def _all[Words](parts: Iterable[Mapping[str, Words]]) -> dict[str, Words]:
    merged: dict[str, Words] = {}
    for part in parts:
        twice = merged.keys() & part.keys()
        if twice:
            raise ValueError(f"in two areas of the vocabulary: {', '.join(sorted(twice))}")
        merged |= part
    return merged


ANSWERS: Mapping[str, str] = _all(area.ANSWERS for area in AREAS)
CHOICES: Mapping[str, ChoiceFact] = _all(area.CHOICES for area in AREAS)
EVENTS: Mapping[str, str] = _all(area.EVENTS for area in AREAS)
