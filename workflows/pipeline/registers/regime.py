"""Which law a row of a register is likely to be under. A guess that says why; people correct it.

The rule (practice.md §1; SI 2024/716 reg 5): what was awarded, signed or begun before 24 February 2025, or advertised
before it, stays under the law before the Procurement Act. What came after is *not* thereby under the Act: a call-off
keeps its framework's law, and a procurement commenced earlier keeps the old one. So after that day the answer is
`unknown` unless the row itself names its law, and `unknown` asks.

Old law is `pcr2015` unless words in the row speak of concessions, utilities or health services, which have (or may
have) regulations of their own, or the contract is older than those of 2015: then it is `unknown` too.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from toolkit.core.text import day
from workflows.pipeline.registers.register import RegisterRow

type RegimeSlug = Literal["pa23", "pcr2015", "ccr_ucr2016", "psr", "outside", "unknown"]
"""As `procurements.Regime` has them."""

ACT_BEGAN = dt.date(2025, 2, 24)
PCR_BEGAN = dt.date(2015, 2, 26)
PSR_BEGAN = dt.date(2024, 1, 1)

_NAMED: tuple[tuple[re.Pattern[str], RegimeSlug], ...] = (
    (re.compile(r"\bprocurement act(?: 2023)?\b|\bPA ?(?:20)?23\b", re.I), "pa23"),
    (re.compile(r"\bpublic contracts regulations(?: 2015)?\b|\bPCRs? ?(?:20)?15\b", re.I), "pcr2015"),
    (
        re.compile(
            r"\b(?:concession|utilities) contracts regulations(?: 2016)?\b|\b[CU]CR ?(?:20)?16\b", re.I
        ),
        "ccr_ucr2016",
    ),
    (re.compile(r"\bprovider selection regime\b|\bhealth care services \(provider selection", re.I), "psr"),
)
_OTHER_RULES = re.compile(r"\bconcession|\butilit(?:y|ies)\b", re.I)
_HEALTH = re.compile(
    r"\bpublic health\b|\bsexual health\b|\bhealth visit|\bschool nurs|\b0\s?[-–to]+\s?19\b|\b(?:drug|alcohol|substance)s?\b|\bstop smoking\b|\bhealth\s?care\b",
    re.I,
)
_CALL_OFF = re.compile(
    r"\bcall(?:ed)?[\s-]?offs?\b|\bframeworks?\b|\bdynamic (?:purchasing|market)|\bDPS\b", re.I
)


@dataclass(frozen=True, slots=True)
class RegimeGuess:
    """The slug and one sentence that says why."""

    regime: RegimeSlug
    because: str


def guess_regime(
    *,
    awarded_on: dt.date | None = None,
    signed_on: dt.date | None = None,
    starts_on: dt.date | None = None,
    advertised_on: dt.date | None = None,
    words: str = "",
) -> RegimeGuess:
    """The likely regime of something with these days. `words`: whatever the row says of itself (title, description, route, framework).

    `advertised_on` is the day the tender was published, not a planned day. A start date alone counts only before the
    Act: a contract that began earlier was awarded earlier too, but one that begins later may have been awarded before.
    """
    named = {regime for pattern, regime in _NAMED if pattern.search(words)}
    if len(named) == 1:
        return RegimeGuess(named.pop(), "The register names this law.")
    if named:
        return RegimeGuess("unknown", "The register names more than one law.")
    events = (
        ("awarded", awarded_on),
        ("signed", signed_on),
        ("begun", starts_on),
        ("advertised", advertised_on),
    )
    known = [(on, verb) for verb, on in events if on is not None]
    old = [(on, verb) for on, verb in known if on < ACT_BEGAN]
    if old:
        return _old_law(*min(old), words)
    if _CALL_OFF.search(words):
        return RegimeGuess(
            "unknown",
            "It speaks of a framework or dynamic market, which keeps the law it was set up under, and so do its call-offs.",
        )
    if known:
        return RegimeGuess(
            "unknown", "It is dated after 24 February 2025, but may have been commenced before."
        )
    return RegimeGuess("unknown", "The register gives no date to go by.")


def regime_of(row: RegisterRow) -> RegimeGuess:
    """The likely regime of one row. The start of something only planned is not evidence; nor is the day a notice of an
    award or of a plan was published: only a tender’s own publication counts."""
    return guess_regime(
        awarded_on=row.awarded_on,
        signed_on=row.signed_on,
        starts_on=row.starts_on if row.kind == "contract" else None,
        advertised_on=row.published_on if row.kind == "notice" else None,
        words=f"{row.title} {row.description} {row.procedure} {row.framework}",
    )


def _old_law(on: dt.date, verb: str, words: str) -> RegimeGuess:
    when = f"It was {verb} on {day(on)}"
    if on < PCR_BEGAN:
        return RegimeGuess("unknown", f"{when}, before the regulations of 2015.")
    if _OTHER_RULES.search(words):
        return RegimeGuess(
            "unknown",
            f"{when}, but may be a concession or for a utility, which had regulations of their own.",
        )
    if on >= PSR_BEGAN and _HEALTH.search(words):
        return RegimeGuess(
            "unknown", f"{when}, but may be a health service under the Provider Selection Regime."
        )
    return RegimeGuess("pcr2015", f"{when}, before the Procurement Act began on 24 February 2025.")
