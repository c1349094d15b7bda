"""Which law a process is under: what it says of itself, and what it inherits from the framework it was called off from.

`legalBasis` decides; else the award date and the parent framework; else nobody knows (practice.md §1). A call-off has the
law its framework was made under, whatever its own notice says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LEGAL_BASES = {
    "2023/54": "pa23",
    "32014L0024": "pcr2015",
    "32014L0023": "ccr_ucr2016",
    "32014L0025": "ccr_ucr2016",
    "2023/1348": "psr",
}
ACT_BEGAN = "2025-02-24"
UNKNOWN = "unknown"
GENERATIONS = 4
"""A call-off of a call-off of a framework is rare; further than this nobody is asked, so that a circle comes to an end."""


@dataclass(frozen=True, slots=True)
class Kin:
    """What a process tells about its law, and whom else to ask."""

    own: str
    is_call_off: bool
    frameworks: tuple[str, ...]

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Kin:
        """From a folded record; one folded before it told what it says of itself is taken at its regime."""
        own = record.get("own_regime") or record.get("regime", UNKNOWN)
        return cls(own, record.get("is_call_off", False), tuple(record.get("frameworks", ())))


def own_regime(record: Mapping[str, Any]) -> str:
    """What a process says of itself. An award before the Act began settles it, except for a call-off: its framework's
    law counts, and that may be older or another."""
    known = LEGAL_BASES.get(record.get("legal_basis", ""))
    if known:
        return known
    awarded = record.get("awarded_on")
    is_old = awarded is not None and awarded < ACT_BEGAN and not record.get("is_call_off")
    return "pcr2015" if is_old else UNKNOWN


def inherited(kin: Mapping[str, Kin]) -> dict[str, str]:
    """The law of each process: asked generation by generation, so that the answer depends on who is related to whom and
    never on who was asked first."""
    regimes = {ocid: one.own for ocid, one in kin.items()}
    for _ in range(GENERATIONS):
        before = dict(regimes)
        for ocid, one in kin.items():
            parents = {before.get(parent, UNKNOWN) for parent in one.frameworks if parent != ocid} - {UNKNOWN}
            regimes[ocid] = parents.pop() if one.is_call_off and len(parents) == 1 else one.own
    return regimes
