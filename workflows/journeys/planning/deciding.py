"""How decisions take time: the notice of a key decision, the papers, the meeting, the call-in.

The 28 and the 5 clear days are law for executive arrangements alone (SI 2012/2089); elsewhere the constitution says, and
the plan says to check.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflows.journeys.conditions import Verdict
from workflows.journeys.facts import Facts
from workflows.journeys.planning.counts import ALLOWANCE, LAW, OWN, CallIn, Count, Days, Meeting, Papers
from workflows.journeys.planning.working_days import working_days

if TYPE_CHECKING:
    from workflows.journeys.planning.activities import Takes

MEETING, MEMBER, OFFICER, NONE = "meeting", "member", "officer", "none"
_MEETING_MAKERS = frozenset({"cabinet", "committee", "council"})
PUBLISHED_WITHIN = 2
"""Calendar days from a decision to its publication: practice."""
USUAL_CALL_IN = 5
CHECK = "Check with your legal team"
_CONSTITUTION = "Your organisation’s constitution"


def said_of(gate: str) -> str:
    """The gate whose steps record who decides, on which day, and whether it is a key decision: a waiver stands where the
    strategy does in other routes, and has the same steps."""
    return "strategy" if gate == "waiver" else gate


def decider(gate: str, facts: Facts) -> str | None:
    """Who decides: what a step recorded, else what the organisation's own rules say. None: nobody has said."""
    said = facts.choices.get(f"{said_of(gate)}_decider")
    if said:
        return said
    approval = facts.own.approval_for(gate, facts.value, facts.category, facts.kind)
    if approval is None:
        return None
    if not approval.makers:
        return NONE
    if OFFICER in approval.makers:
        return OFFICER
    return MEETING if _MEETING_MAKERS.issuperset(approval.makers) else MEMBER


def _supposed(gate: str, facts: Facts, small: bool) -> str | None:
    """Who decides; in a small purchase an officer, unless somebody has said."""
    found = decider(gate, facts)
    return OFFICER if found is None and small else found


def is_key(gate: str, facts: Facts) -> bool | None:
    return facts.answer(f"key_decision_{said_of(gate)}")


def key_asked(gate: str, facts: Facts, small: bool) -> Verdict:
    """Is the 28 clear days' notice part of the plan?"""
    if facts.decision_model not in ("executive", "other"):
        return Verdict(
            False,
            "the 28 clear days are for councils with executive arrangements (SI 2012/2089); your constitution may ask for a notice of its own: check",
        )
    if _supposed(gate, facts, small) == NONE:
        return Verdict(False, "your organisation’s own rules ask for no formal decision here")
    key = is_key(gate, facts)
    if key is False:
        return Verdict(False, f"the {gate} is no key decision (SI 2012/2089, regulation 8)")
    if key is None:
        if small:
            return Verdict(False, "it counts once you say that it is a key decision")
        return Verdict(None, f"whether the {gate} is a key decision")
    if facts.decision_model == "other":
        return Verdict(None, "how your organisation takes decisions")
    return Verdict(True)


def private_asked(gate: str, facts: Facts, small: bool) -> Verdict:
    """Is the 28 clear days' notice of a private meeting part of the plan? The notice of a key decision says it too."""
    if facts.decision_model not in ("executive", "other"):
        return Verdict(
            False,
            "the notice of a private meeting is for councils with executive arrangements (SI 2012/2089)",
        )
    meets = papers_asked(gate, facts, small)
    if meets.applies is False:
        return Verdict(False, "no meeting decides, and only a meeting can be private")
    if is_key(gate, facts) is True:
        return Verdict(
            False, "the notice of the key decision says it too (SI 2012/2089, regulations 5 and 9)"
        )
    private = facts.answer(f"private_{said_of(gate)}")
    if private is False:
        return Verdict(False, "no part of the meeting is private (SI 2012/2089, regulation 5)")
    if private is None:
        if small:
            return Verdict(False, "it counts once you say that part of the meeting is private")
        return Verdict(None, "whether part of the meeting is private")
    return meets if meets.applies is None else Verdict(True)


def papers_asked(gate: str, facts: Facts, small: bool) -> Verdict:
    found = _supposed(gate, facts, small)
    if found is None:
        return Verdict(None, "who decides")
    return Verdict(True) if found == MEETING else Verdict(False, "no meeting decides")


def papers(facts: Facts) -> Count:
    days = working_days("council", facts.bank_holidays, facts.closed_days)
    if facts.decision_model == "executive":
        return Papers(
            5, days, "SI 2012/2089, regulations 5 to 7", LAW,
            f"Councils commonly count working days here; the regulations say days. This is the earlier. {CHECK}.",
        )  # fmt: skip
    return Papers(5, days, _CONSTITUTION, OWN, f"Your constitution decides. {CHECK}.")


def decision_asked(gate: str, facts: Facts) -> Verdict:
    if decider(gate, facts) == NONE:
        return Verdict(False, "your organisation’s own rules ask for no formal decision here")
    return Verdict(True)


def decision(gate: str, facts: Facts, takes: Takes) -> Count:
    """The next meeting that can decide; by a member or an officer, on the day the report is ready."""
    if _supposed(gate, facts, takes.small) in (MEMBER, OFFICER):
        return Days(
            takes.days,
            takes.source,
            takes.basis,
            "Decided by one person, once the report and its endorsements are there.",
        )
    fixed = facts.events.get(f"{said_of(gate)}-meeting")
    if fixed is not None:
        return Meeting(
            (fixed.toordinal(),), "the body named for it", "The day of the meeting that you recorded"
        )
    approval = facts.own.approval_for(gate, facts.value, facts.category, facts.kind)
    makers = frozenset(approval.makers) if approval is not None else frozenset()
    able = [
        meeting
        for meeting in facts.own.meetings
        if not makers or not meeting.makers or not makers.isdisjoint(meeting.makers)
    ]
    bodies = {meeting.body for meeting in able}
    return Meeting(
        tuple(sorted({meeting.on.toordinal() for meeting in able})),
        bodies.pop() if len(bodies) == 1 else "a body that can decide",
        "The dates of meetings in your organisation’s own rules",
    )


def call_in_asked(gate: str, facts: Facts, small: bool) -> Verdict:
    """Call-in is not for executives alone; of officers' decisions only key ones are usually called in."""
    if facts.own.call_in_days == 0:
        return Verdict(False, "your organisation’s own rules have no call-in")
    if facts.own.call_in_days is None and facts.decision_model not in ("executive", "committees", "other"):
        return Verdict(False, "your organisation’s own rules say nothing of call-in: check your constitution")
    found = _supposed(gate, facts, small)
    if found == NONE:
        return Verdict(False, "your organisation’s own rules ask for no formal decision here")
    if found == OFFICER:
        key = is_key(gate, facts)
        if key is None and small:
            return Verdict(False, "an officer’s decision that is not key is not usually called in")
        if key is not True:
            return Verdict(key, f"whether the {gate} is a key decision" if key is None else "an officer’s decision that is not key is not usually called in")  # fmt: skip
    if found is None:
        return Verdict(None, "who decides")
    return Verdict(True)


def call_in(facts: Facts) -> Count:
    days, said = facts.own.call_in_days, True
    if days is None:
        days, said = USUAL_CALL_IN, False
    return CallIn(
        max(1, days),
        working_days("council", facts.bank_holidays, facts.closed_days),
        facts.bank_holidays,
        PUBLISHED_WITHIN,
        "Your organisation’s own rules; Local Government Act 2000, section 9F" if said else _CONSTITUTION,
        OWN if said else ALLOWANCE,
        "" if said else f"5 working days are common; your own rules do not say. {CHECK}.",
    )
