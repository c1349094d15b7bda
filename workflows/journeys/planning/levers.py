"""Levers: what would make a late plan less late, each lawful here, not lawful, or not known (practice.md §4).

What a lever saves is found by planning again with one change, from today. What is not lawful saves nothing and is listed
so that nobody looks for it. Lateness of our own making is never urgency.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from toolkit.law.values import ASK_LEGAL
from workflows.journeys.facts import Facts
from workflows.journeys.planning import tendering
from workflows.journeys.planning.counts import ClearDays, Count, Days, Meeting, Period
from workflows.journeys.planning.network import NO_CHANGE, Change
from workflows.journeys.planning.plan import Plan
from workflows.journeys.planning.shapes import Shape, shape_of

ACT = "Procurement Act 2023"
PRACTICE = "Practice, not law"
CONSTITUTION = "Your organisation’s constitution"


class Standing(StrEnum):
    """Is it lawful here?"""

    LAWFUL = "lawful"
    NOT_KNOWN = "not-known"
    NOT_LAWFUL = "not-lawful"

    @property
    def label(self) -> str:
        return {"lawful": "Lawful here", "not-known": "Not known", "not-lawful": "Not lawful"}[self.value]


@dataclass(frozen=True, slots=True)
class Lever:
    """One of them. `saved`: calendar days from today; None where it is not lawful or changes no date of the plan."""

    slug: str
    title: str
    standing: Standing
    sentence: str
    condition: str
    source: str
    saved: int | None = None
    caution: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """The plan as it is, and how to plan again."""

    plan: Plan
    facts: Facts
    again: Callable[[Change, Facts, Shape], Plan]

    @property
    def shape(self) -> Shape:
        return self.plan.shape

    def has_open(self, slug: str) -> bool:
        """Does the plan have this activity, not begun?"""
        row = self.plan.row(slug)
        return row is not None and not row.is_over and not row.has_begun

    def count(self, slug: str) -> Count | None:
        row = self.plan.row(slug)
        return row.count if row is not None else None

    def saved(
        self, change: Change = NO_CHANGE, *, facts: Facts | None = None, shape: Shape | None = None
    ) -> int:
        """Calendar days earlier that it is there, with this change. Never less than none: nobody need use it."""
        changed = self.again(change, facts or self.facts, shape or self.shape)
        return max(0, (self.plan.ready_on - changed.ready_on).days)


_TENDERS = ("tendering", "final-tenders")
_GATES = ("strategy", "award", "change", "waiver")


def _period_of(case: Case) -> tuple[str, Period] | None:
    """The tender period that is still to begin, if the Act numbers it."""
    for slug in _TENDERS:
        count = case.count(slug)
        if case.has_open(slug) and isinstance(count, Period) and case.facts.light_touch is not True:
            return slug, count
    return None


def _shorter(period: Period, least: int) -> Period:
    """15 days less, as 10 is to 25, and never less than `least`."""
    return replace(period, days=max(least, period.days - 15))


def documents_at_once(case: Case) -> Lever | None:
    found = _period_of(case)
    if found is None:
        return None
    told = replace(case.facts, answers={**case.facts.answers, "electronic": True, "documents_at_once": True})
    saved, is_counted = case.saved(facts=told), tendering.minimum(told) == tendering.minimum(case.facts)
    return Lever(
        "documents-at-once", "Publish every document with the tender notice, and take tenders electronically",
        Standing.LAWFUL,
        "It is counted already: 25 days is the ordinary period." if is_counted else "25 days is then the ordinary period; without it 30 or 35.",
        "Every associated tender document is there on the day of the notice.", f"{ACT}, section 54(4)", saved,
    )  # fmt: skip


def planned_notice(case: Case) -> Lever | None:
    found = _period_of(case)
    if found is None or not case.shape.has("planned-notice") or case.facts.day_of("planned-notice"):
        return None
    if found[0] == "final-tenders":
        return None
    change = Change(counts={found[0]: _shorter(found[1], 10)}, taken_in=frozenset({"planned-notice"}))
    row = case.plan.row(found[0])
    assert row is not None
    within_a_year = (row.start - case.plan.today).days <= 365
    saved = case.saved(change) if within_a_year else 0
    return Lever(
        "planned-notice", "A planned procurement notice (UK3), published today", Standing.LAWFUL,
        "It would let tenders take 10 days instead of 25, but the tender notice must wait at least 40 days for it: 40 and 10 are more than 25. It saves nothing here; it is for the next procurement."
        if not saved
        else "The tender notice is far enough off for it: tenders may then take 10 days instead of 25.",
        "The notice qualifies, comes 40 days to 12 months before the tender notice (41 to be safe), and the shorter time is still reasonable (section 54(1)).",
        f"{ACT}, sections 15 and 54", saved, f"How the 40 days are counted is not settled. {ASK_LEGAL}.",
    )  # fmt: skip


def preselected(case: Case) -> Lever | None:
    count = case.count("final-tenders")
    if not case.has_open("final-tenders") or not isinstance(count, Period) or case.facts.light_touch:
        return None
    return Lever(
        "preselected", "A shorter period for the suppliers already selected", Standing.LAWFUL,
        "Where only pre-selected suppliers may tender, 10 days are the least; with the agreement of every one of them, any period.",
        "All have been found to meet the conditions of participation, and the time is reasonable and the same for all.",
        f"{ACT}, section 54(4)", case.saved(Change(counts={"final-tenders": _shorter(count, 10)})),
    )  # fmt: skip


def _other_route(
    slug: str, title: str, sentence: str, condition: str, source: str
) -> Callable[[Case], Lever | None]:
    def lever(case: Case) -> Lever | None:
        if not (case.has_open("tendering") or case.has_open("participation")):
            return None
        shape = shape_of(slug)
        if shape is None:
            return None
        return Lever(slug, title, Standing.NOT_KNOWN, sentence, condition, source, case.saved(shape=shape))

    return lever


def delegated_award(case: Case) -> Lever | None:
    if not (case.has_open("strategy-decision") and case.has_open("award-papers")):
        return None
    change = Change(without=frozenset({"award-papers"}), counts={"award-decision": Days(0, CONSTITUTION)})
    return Lever(
        "delegated-award", "One report that approves the strategy and delegates the award", Standing.NOT_KNOWN,
        "The award then waits for no second meeting.",
        "Your constitution allows the delegation. The officer’s award may itself be a key decision, with its notice and call-in: both are still counted here.",
        CONSTITUTION, case.saved(change), f"{ASK_LEGAL}.",
    )  # fmt: skip


def extra_meeting(case: Case) -> Lever | None:
    waits: Mapping[str, Count] = {
        f"{gate}-decision": Days(0, CONSTITUTION)
        for gate in _GATES
        if case.has_open(f"{gate}-decision") and isinstance(case.count(f"{gate}-decision"), Meeting)
    }
    if not waits:
        return None
    return Lever(
        "extra-meeting", "A special meeting on the day the papers allow", Standing.NOT_KNOWN,
        "The decision then does not wait for the next ordinary meeting.",
        "Whoever may call one agrees. The papers still go out 5 clear days before.", CONSTITUTION,
        case.saved(Change(counts=waits)), f"{ASK_LEGAL}.",
    )  # fmt: skip


def _key_notices(case: Case) -> list[str]:
    if case.facts.decision_model != "executive":
        return []
    return [
        slug
        for slug in ("key-notice-strategy", "key-notice-award", "key-notice-change")
        if case.has_open(slug)
    ]


def general_exception(case: Case) -> Lever | None:
    slugs = _key_notices(case)
    if not slugs:
        return None
    counts: Mapping[str, Count] = {slug: ClearDays(5, "SI 2012/2089, regulation 10") for slug in slugs}
    return Lever(
        "general-exception", "General exception to the 28 clear days", Standing.NOT_KNOWN,
        "A key decision may be taken on 5 clear days’ notice.",
        "Giving 28 days is impracticable; the chair of scrutiny is told, the notice and the reasons are published, and 5 clear days pass.",
        "SI 2012/2089, regulation 10", case.saved(Change(counts=counts)), f"{ASK_LEGAL}.",
    )  # fmt: skip


def special_urgency(case: Case) -> Lever | None:
    slugs = _key_notices(case)
    if not slugs:
        return None
    return Lever(
        "special-urgency", "Special urgency of the key decision", Standing.NOT_KNOWN,
        "Not even the 5 clear days pass. It is about the decision alone, and makes no tender period and no standstill shorter.",
        "The chair of scrutiny agrees that the decision is urgent and cannot reasonably be deferred. A plan that is late is no reason by itself.",
        "SI 2012/2089, regulation 11", case.saved(Change(without=frozenset(slugs))), f"{ASK_LEGAL}.",
    )  # fmt: skip


def private_item(case: Case) -> Lever | None:
    own = frozenset(
        slug for slug in (f"private-notice-{gate}" for gate in _GATES) if case.has_open(slug)
    )  # of decisions that are not key
    if not _key_notices(case) and not (own and case.facts.decision_model == "executive"):
        return None
    return Lever(
        "private-item", "Agreement to a private item at short notice", Standing.NOT_KNOWN,
        "Where part of the report is private, its own 28 clear days have to be dispensed with too. For a key decision that alone saves nothing.",
        "An agreement of its own, besides those for key decisions: that the meeting is urgent and cannot reasonably be deferred.",
        "SI 2012/2089, regulation 5", case.saved(Change(without=own)) if own else 0, f"Known from practice. {ASK_LEGAL}.",
    )  # fmt: skip


def call_in_waived(case: Case) -> Lever | None:
    slugs = frozenset(f"{gate}-call-in" for gate in _GATES if case.has_open(f"{gate}-call-in"))
    if not slugs:
        return None
    return Lever(
        "call-in-waived", "Call-in waived", Standing.NOT_KNOWN, "What follows need not wait for the end of call-in.",
        "Your constitution lets somebody waive it, they agree before the decision, and the record says who and why.",
        CONSTITUTION, case.saved(Change(without=slugs)), f"{ASK_LEGAL}.",
    )  # fmt: skip


def overlap(case: Case) -> Lever | None:
    if not case.has_open("specification"):
        return None
    return Lever(
        "overlap", "Write the specification while the strategy is decided", Standing.LAWFUL,
        "It need not wait for the decision or for engagement; the tender notice does.",
        "Work may be lost if the strategy is decided differently, and the papers must not read as if it were decided already.",
        PRACTICE, case.saved(Change(loose=frozenset({"specification"}))),
    )  # fmt: skip


def _half(slug: str, name: str, title: str, sentence: str, condition: str) -> Callable[[Case], Lever | None]:
    def lever(case: Case) -> Lever | None:
        count = case.count(slug)
        if not case.has_open(slug) or not isinstance(count, Days) or count.days < 2:
            return None
        shorter = replace(count, days=(count.days + 1) // 2)
        return Lever(name, title, Standing.LAWFUL, sentence, condition, PRACTICE, case.saved(Change(counts={slug: shorter})))  # fmt: skip

    return lever


def no_promise(case: Case) -> Lever | None:
    if not case.has_open("standstill-voluntary"):
        return None
    return Lever(
        "no-promise", "Promise no standstill", Standing.LAWFUL, "None is mandatory on this route; one that is promised binds.",
        "The contract award notice (UK6) has not promised one, and your organisation’s own rules do not ask for it.",
        f"{ACT}, section 51(3) and (4)", case.saved(Change(without=frozenset({"standstill-voluntary"}))),
        "Without a standstill a contract can be set aside more easily afterwards.",
    )  # fmt: skip


_OTHER_LAW: Mapping[str, str] = {
    "psr": "Health Care Services (Provider Selection Regime) Regulations 2023",
    "pcr2015": "Public Contracts Regulations 2015",
}


def bridge(case: Case) -> Lever | None:
    law = case.shape.law
    condition = {
        "psr": "Only if the contract provides for it, or the regime’s own rules on changes allow it: neither section 74 nor regulation 72 is for such a contract.",
        "pcr2015": "Only if the contract provides for it, or regulation 72 allows the change.",
    }.get(law, "Only if the contract provides for it, or section 74 (regulation 72 for contracts under the earlier law) allows the change. Whether using a provided option needs a contract change notice (UK10) is read differently.")  # fmt: skip
    source = {"psr": _OTHER_LAW["psr"], "pcr2015": f"{_OTHER_LAW['pcr2015']}, regulation 72"}.get(law, f"{ACT}, sections 74 and 75; {_OTHER_LAW['pcr2015']}, regulation 72")  # fmt: skip
    return Lever(
        "bridge", "Keep the present contract going meanwhile", Standing.NOT_KNOWN,
        "It moves the day of need, not the plan.", condition, source, None, f"{ASK_LEGAL}.",
    )  # fmt: skip


def no_shorter_tenders(case: Case) -> Lever | None:
    found = _period_of(case)
    if found is None:
        return None
    return Lever(
        "shorter-tenders", "Give suppliers less than the least period", Standing.NOT_LAWFUL,
        "No period may be shorter than section 54 allows for these facts.", "", f"{ACT}, section 54",
    )  # fmt: skip


def no_shorter_standstill(case: Case) -> Lever | None:
    if not (case.has_open("standstill") or case.has_open("health-standstill")):
        return None
    health = case.has_open("health-standstill")
    source = "Provider Selection Regime Regulations 2023, regulation 12" if health else f"{ACT}, section 51"
    return Lever(
        "shorter-standstill", "Sign within the standstill", Standing.NOT_LAWFUL,
        "A contract that is signed before the standstill has ended can be set aside.", "", source,
    )  # fmt: skip


def no_urgency(case: Case) -> Lever | None:
    return Lever(
        "urgency", "Call it urgent", Standing.NOT_LAWFUL,
        "Lateness of our own making is never urgency: not for a direct award, and not for the 10-day period.",
        "", _OTHER_LAW.get(case.shape.law, f"{ACT}, Schedule 5, paragraph 13, and section 54"),
    )  # fmt: skip


def no_splitting(case: Case) -> Lever | None:
    if case.shape.law != "pa23":
        return None
    return Lever(
        "splitting", "Split it below the threshold", Standing.NOT_LAWFUL,
        "Needs that could be one contract are valued together, unless there is good reason not to.", "", f"{ACT}, section 4(3) and Schedule 3",
    )  # fmt: skip


_LEVERS: tuple[Callable[[Case], Lever | None], ...] = (
    documents_at_once,
    preselected,
    overlap,
    _half("evaluation", "evaluation", "More evaluators, and days kept free for them", "An allowance is not law: the evaluation takes half of it.", "Each still scores alone, then all moderate, and every tender gets the same care."),
    _half("mobilisation", "mobilisation", "A shorter mobilisation", "An allowance is not law: half of it is left.", "The supplier can do it. Where staff transfer, the 28 days for information about them are still counted."),
    no_promise,
    planned_notice,
    delegated_award,
    extra_meeting,
    general_exception,
    special_urgency,
    private_item,
    call_in_waived,
    _other_route("framework-call-off", "Call off from a framework instead", "Its suppliers were found by a competition already: no tender notice, no period of section 54, no mandatory standstill.", "A framework that you may use covers what you need, its value and its term, and its own rules on calling off are kept.", f"{ACT}, sections 45, 46 and 51(3)"),
    _other_route("dynamic-market-award", "Buy through a dynamic market instead", "10 days are the least for tenders, and no standstill is mandatory.", "A dynamic market for it is open, and applications to it that are pending are considered.", f"{ACT}, sections 34 to 38, 51(3) and 54"),
    bridge,
    no_shorter_tenders,
    no_shorter_standstill,
    no_urgency,
    no_splitting,
)  # fmt: skip
_ORDER = {Standing.LAWFUL: 0, Standing.NOT_KNOWN: 1, Standing.NOT_LAWFUL: 2}


def levers(plan: Plan, facts: Facts, again: Callable[[Change, Facts, Shape], Plan]) -> list[Lever]:
    """Every lever of this plan: lawful ones first, within each standing those that save most."""
    case = Case(plan, facts, again)
    found = [lever for make in _LEVERS if (lever := make(case)) is not None]
    return sorted(found, key=lambda lever: (_ORDER[lever.standing], -(lever.saved or 0)))
