"""Which of the notices UK1 to UK17 a purchase under the Act needs (fact base §1 and §7): the facts in, all 17 out.

What is not known never makes a notice unnecessary: it makes it needed *if*.
"""

from __future__ import annotations

from collections.abc import Callable

from toolkit.law.notices_needed import after, before
from toolkit.law.notices_needed.facts import Need, NeededNotice, NoticeFacts, Way, said
from toolkit.law.triage import Reason
from toolkit.law.values import ASK_LEGAL

__all__ = ["WHY_NONE", "Need", "NeededNotice", "NoticeFacts", "Way", "notices_for"]


def notices_for(facts: NoticeFacts) -> tuple[NeededNotice, ...]:
    """All 17 in order; the copy of the contract stands after the notice it goes with."""
    return tuple(rule(facts) for rule in _RULES)


WHY_NONE: dict[str, Reason] = {
    "earlier": Reason(
        "None of the notices UK1 to UK17. What commenced or was awarded before 24 February 2025, and every call-off from a framework made under the earlier law, stays under that law for life. Regulation 72 of the 2015 Regulations tests changes to it.",
        "SI 2024/716, regulation 5, as amended",
        f"Contracts for concessions and utilities have regulations of 2016 of their own. {ASK_LEGAL}.",
    ),
    "psr": Reason(
        "None of the notices UK1 to UK17. Health care services in scope are bought under the Provider Selection Regime, which has five processes and notices of its own.",
        "Procurement Regulations 2024, regulation 43; SI 2023/1348",
        f"{ASK_LEGAL} whether the service is in scope. The toolkit gives guidance only.",
    ),
    "utility": Reason(
        "A purchase for a utility activity has thresholds and rules of its own, so the toolkit lists no notices for it.",
        "Procurement Act 2023, section 6 and Schedules 1 and 4",
        f"{ASK_LEGAL}.",
    ),
    "unknown": Reason(
        "Find out first which law applies: ask when the procurement commenced and, for a call-off, when its framework was set up. From 24 February 2025 it is the Procurement Act 2023; a call-off keeps the law of its framework.",
        "SI 2024/716, regulation 5, as amended",
        f"{ASK_LEGAL}.",
    ),
}
"""The law that applies (a slug) → why the toolkit lists no notices for it."""


def _market(code: str, need: Need, why: str, when: str) -> Callable[[NoticeFacts], NeededNotice]:
    """The rule of a notice about a dynamic market itself."""

    def rule(facts: NoticeFacts) -> NeededNotice:
        if facts.way is Way.NEW_MARKET:
            return said(code, need, why, when=when)
        if facts.way is Way.DYNAMIC_MARKET:
            return said(code, Need.NOT_NEEDED, "Whoever runs the dynamic market publishes it.")
        return said(code, Need.NOT_NEEDED, "Only for whoever sets up or runs a dynamic market.")

    return rule


_RULES: tuple[Callable[[NoticeFacts], NeededNotice], ...] = (
    before.pipeline,
    before.engagement,
    before.planned,
    before.tender,
    before.transparency,
    before.award,
    after.details,
    after.copy,
    after.payments,
    after.performance,
    after.change,
    after.termination,
    after.abandoned,
    _market("UK13", Need.NEEDED, "It says that you are going to set up a dynamic market.", "Before you set it up. Assess conflicts of interest before it."),
    _market("UK14", Need.NEEDED, "It says that the dynamic market is there.", "As soon as reasonably practicable after you set it up."),
    _market("UK15", Need.IF, "Needed if the dynamic market changes, members admitted or removed included.", "As soon as reasonably practicable after the change."),
    _market("UK16", Need.IF, "Needed if the dynamic market ends.", "As soon as reasonably practicable after it ends."),
    after.compliance,
)  # fmt: skip
