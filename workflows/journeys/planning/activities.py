"""The activities a plan is made of: what each is, how long it takes, and when it is part of the plan.

An allowance is practice, in calendar days: the organisation's own rules and each plan may change it. A count of the law is
never shortened by an allowance. As with steps, an unknown fact takes nothing away: the activity stays and says what has
not been said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.core.stages import Stage
from toolkit.law.values import ASK_LEGAL
from workflows.journeys.conditions import Verdict, judge, standstill_stated
from workflows.journeys.conditions.health import represented
from workflows.journeys.facts import Facts
from workflows.journeys.planning import deciding, tendering
from workflows.journeys.planning.counts import (
    ALLOWANCE,
    OWN,
    ClearDays,
    Count,
    Days,
    HealthStandstill,
    Leaseholders,
    Period,
    PlannedNotice,
    Standstill,
)
from workflows.journeys.planning.working_days import working_days
from workflows.journeys.vocabulary import CHOICES
from workflows.journeys.vocabulary.health import GO_ON

if TYPE_CHECKING:
    from workflows.journeys.planning.shapes import Shape

LONGEST_ALLOWANCE = 730
"""Two years: an activity that takes longer is a slip."""

TOOLKIT, THIS_PLAN, OWN_RULES = (
    "The toolkit’s planning allowance",
    "This plan",
    "Your organisation’s own rules",
)


@dataclass(frozen=True, slots=True)
class Takes:
    """Calendar days an activity takes, and who says so."""

    days: int
    source: str
    basis: str = ALLOWANCE
    small: bool = False
    """What nobody has said of decisions is taken as the small case."""


Maker = Callable[[Facts, Takes], Count]
Asked = Callable[[Facts, bool], Verdict]
"""Is it part of the plan? The second says that what nobody has said of decisions is taken as the small case."""


def _always(facts: Facts, small: bool) -> Verdict:
    return Verdict(True)


def _if(*names: str) -> Asked:
    return lambda facts, small: judge(names, facts)


def _allowance(facts: Facts, takes: Takes) -> Count:
    return Days(takes.days, takes.source, takes.basis)


@dataclass(frozen=True, slots=True)
class Activity:
    """One named span of a plan."""

    slug: str
    label: str
    stage: Stage
    what: str
    days: int = 0
    """The toolkit's allowance, where it takes one."""
    make: Maker = _allowance
    asked: Asked = _always
    after: str | None = None
    """Beside the chain: it may begin once this activity is over (empty: at once) …"""
    before: tuple[str, ...] = ()
    """… and the first of these that the route has waits for it."""
    begins: tuple[str, ...] = ()
    """Events whose day is its first."""
    ends: tuple[str, ...] = ()
    """Events whose day is the one on which what follows may begin."""
    by_itself: bool = False
    """Runs from the end of what comes before it, with nobody doing anything."""

    @property
    def is_beside(self) -> bool:
        return self.after is not None

    @property
    def has_allowance(self) -> bool:
        return self.make is _allowance or self.slug in tendering.OVER_A_MINIMUM


def takes_of(activity: Activity, facts: Facts, shape: Shape) -> Takes:
    """This plan's own figure, else the organisation's, else the route's, else the toolkit's."""
    for given, source, basis in (
        (facts.planned.takes, THIS_PLAN, ALLOWANCE),
        (facts.own.allowances, OWN_RULES, OWN),
        (shape.takes, TOOLKIT, ALLOWANCE),
    ):
        if activity.slug in given:
            days = max(0, min(given[activity.slug], LONGEST_ALLOWANCE))
            return Takes(days, source, basis, shape.small)
    return Takes(activity.days, TOOLKIT, small=shape.small)


def _key_notice(facts: Facts, takes: Takes) -> Count:
    return ClearDays(
        28,
        "SI 2012/2089, regulation 9",
        caution="How clear days are counted follows usual practice. Check with your legal team.",
    )


def _private_notice(facts: Facts, takes: Takes) -> Count:
    return ClearDays(
        28,
        "SI 2012/2089, regulation 5",
        caution="How clear days are counted follows usual practice. Check with your legal team.",
    )


def _waits(facts: Facts, *, promised: bool) -> Count:
    published, stated = facts.day_of("award-notice"), facts.day_of("standstill-stated")
    return Standstill(
        working_days("act", facts.bank_holidays),
        facts.bank_holidays,
        promised=promised,
        published=published.toordinal() if published is not None else None,
        stated=stated.toordinal() if stated is not None else None,
    )


def _standstill(facts: Facts, takes: Takes) -> Count:
    return _waits(facts, promised=judge(("standstill-due",), facts).applies is False)


def _promised(facts: Facts) -> bool | None:
    """A notice that states the last day of a standstill promises one."""
    return True if facts.day_of("standstill-stated") is not None else standstill_stated(facts)


def _standstill_asked(facts: Facts, small: bool) -> Verdict:
    """Mandatory, or promised where it is not."""
    mandatory = judge(("standstill-due",), facts)
    if mandatory.applies is False and _promised(facts) and judge(("not-user-choice",), facts).applies:
        return Verdict(True)
    return mandatory


def _voluntary_asked(facts: Facts, small: bool) -> Verdict:
    if _promised(facts):
        return Verdict(True)
    return Verdict(
        False, "no standstill is mandatory on this route, and none is promised (section 51(3) and (4))"
    )


def _voluntary(facts: Facts, takes: Takes) -> Count:
    return _waits(facts, promised=True)


def _health_standstill(facts: Facts, takes: Takes) -> Count:
    """As the rule `psr-signature` has it: a representation keeps it open until the further decision is told."""
    published, told = facts.day_of("psr-intention-notice"), facts.day_of("psr-further-decision")
    made, goes_on = represented(facts), facts.choice("psr_further_decision") == GO_ON
    return HealthStandstill(
        working_days("psr", facts.bank_holidays),
        facts.bank_holidays,
        published=published.toordinal() if published is not None else None,
        represented=made is True,
        told=told.toordinal() if made and goes_on and told is not None else None,
    )


def _requests_asked(facts: Facts, small: bool) -> Verdict:
    """Of a route whose notice may ask for requests to take part, or for tenders at once."""
    stage = facts.choice("first_stage")
    if stage is None:
        return Verdict(None, CHOICES["first_stage"].unknown)
    return Verdict(stage == "requests", "" if stage == "requests" else "the notice invites tenders at once")


def _participation_asked(facts: Facts, small: bool) -> Verdict:
    if facts.choice("first_stage") == "tenders":
        return Verdict(False, "the notice invites tenders at once: nobody asks to take part first")
    return Verdict(True)


def _negotiation_asked(facts: Facts, small: bool) -> Verdict:
    if facts.choice("rounds") == "one" and facts.answer("negotiates") is False:
        return Verdict(False, "there is one round of tenders, and no negotiation")
    return Verdict(True)


def _rounds_asked(*rounds: str) -> Asked:
    """Further rounds count once somebody says that there are some: most competitions have one."""

    def asked(facts: Facts, small: bool) -> Verdict:
        said = facts.choice("rounds")
        if said in rounds:
            return Verdict(True)
        if said:
            return Verdict(False, "the procedure has fewer rounds of tenders")
        return Verdict(False, "it counts once you say how many rounds of tenders there are")

    return asked


def _engagement_asked(facts: Facts, small: bool) -> Verdict:
    """A small purchase is seldom preceded by engagement: there it counts once somebody says so."""
    verdict = judge(("engages-market",), facts)
    if small and verdict.applies is None:
        return Verdict(False, "it counts once you say that you engage the market")
    return verdict


def _change_standstill_asked(facts: Facts, small: bool) -> Verdict:
    """None is mandatory: it counts once somebody says that the notice promises one."""
    verdict = judge(CHANGE_STANDSTILL, facts)
    if verdict.applies is None:
        return Verdict(False, "it counts once a contract change notice (UK10) promises one (section 76)")
    return verdict


def _change_standstill(facts: Facts, takes: Takes) -> Count:
    published, stated = facts.day_of("change-notice"), facts.day_of("change-standstill-stated")
    return Standstill(
        working_days("act", facts.bank_holidays),
        facts.bank_holidays,
        promised=True,
        published=published.toordinal() if published is not None else None,
        stated=stated.toordinal() if stated is not None else None,
        promise="Procurement Act 2023, section 76",
    )


def _approach(facts: Facts, takes: Takes) -> Count:
    return Period(
        14,
        "Providers are assessed after the notice of the intended approach.",
        "Health Care Services (Provider Selection Regime) Regulations 2023, regulation 10",
        caution=f"The 14 days are known from practice. {ASK_LEGAL}.",
    )


def _never(facts: Facts, small: bool) -> Verdict:
    return Verdict(False, "it is for the next procurement, unless a planned procurement notice is published")


def _decision(gate: str, name: str, stage: Stage) -> tuple[Activity, ...]:
    """The papers, the decision and the call-in of one gate."""
    return (
        Activity(
            f"{gate}-papers", f"Papers for the {name}", stage,
            "The report is published with the agenda before the meeting.",
            make=lambda facts, takes: deciding.papers(facts),
            asked=lambda facts, small: deciding.papers_asked(gate, facts, small),
        ),
        Activity(
            f"{gate}-decision", f"{name[0].upper()}{name[1:]}", stage,
            "The decision is taken by whoever your constitution says.",
            make=lambda facts, takes: deciding.decision(gate, facts, takes),
            asked=lambda facts, small: deciding.decision_asked(gate, facts),
            ends=(f"{gate}-decided",) if gate in ("strategy", "award") else (),
        ),
        Activity(
            f"{gate}-call-in", f"Call-in of the {name}", stage,
            "Members may call the decision in; nothing is done on it until then.",
            days=deciding.PUBLISHED_WITHIN,
            make=lambda facts, takes: deciding.call_in(facts),
            asked=lambda facts, small: deciding.call_in_asked(gate, facts, small),
            by_itself=True,
        ),
    )  # fmt: skip


CHANGE_STANDSTILL = (
    "under-the-act",
    "change-not-light-touch",
    "public-or-convertible",
    "change-notice-needed",
    "change-standstill",
)
"""When a contract change notice promises a standstill: the conditions of its step."""

INVITES = (
    "participation",
    "requests",
    "approach",
    "tendering",
    "market-tenders",
    "quotations",
    "further-competition",
    "old-law-competition",
    "offers",
    "transparency",
)
"""What first asks suppliers, in any route."""

_ALL = (
    Activity("strategy", "Business case and strategy", Stage.PLAN, "The need, the options, the checks, and the report that proposes the strategy, with its endorsements.", 42),
    Activity("assessment", "Assess the case", Stage.PLAN, "Facts, law and options are put on paper, with the report.", 14),
    Activity("key-notice-strategy", "Notice of the key decision on the strategy", Stage.PLAN, "The forward plan names the decision, and that part of it may be private.", make=_key_notice, asked=lambda facts, small: deciding.key_asked("strategy", facts, small), after="", before=("strategy-decision", "waiver-decision")),
    Activity("private-notice-strategy", "Notice that part of the meeting on the strategy is private", Stage.PLAN, "Where the decision is not key, this notice says that part of the meeting is private, and why.", make=_private_notice, asked=lambda facts, small: deciding.private_asked("strategy", facts, small), after="", before=("strategy-decision", "waiver-decision")),
    *_decision("strategy", "strategy decision", Stage.PLAN),
    Activity("key-notice-change", "Notice of the key decision on the change", Stage.MANAGE, "The forward plan names the decision, and that part of it may be private.", make=_key_notice, asked=lambda facts, small: deciding.key_asked("change", facts, small), after="", before=("change-decision",)),
    Activity("private-notice-change", "Notice that part of the meeting on the change is private", Stage.MANAGE, "Where the decision is not key, this notice says that part of the meeting is private, and why.", make=_private_notice, asked=lambda facts, small: deciding.private_asked("change", facts, small), after="", before=("change-decision",)),
    *_decision("change", "decision on the change", Stage.MANAGE),
    *_decision("waiver", "decision on the waiver", Stage.PLAN),
    Activity("agreement", "Agreement between the partners", Stage.PLAN, "Who leads, pays, decides and is liable is agreed and signed before the tender notice names anybody.", 60),
    Activity("partner-decisions", "Decisions of every partner", Stage.AWARD, "Each borough decides for itself; the award waits for the last decision and its call-in.", 42),
    Activity("leaseholders-first", "First notice to leaseholders", Stage.PLAN, "Notice of intention, and time for observations before tenders are invited.", make=lambda facts, takes: Leaseholders(), asked=_if("leaseholders"), after="strategy-call-in", before=INVITES, begins=("leaseholders-first",)),
    Activity("engagement", "Market engagement", Stage.ENGAGE, "Suppliers are asked early, fairly and on the record.", 28, asked=_engagement_asked),
    Activity("planned-notice", "Planned procurement notice (UK3)", Stage.ENGAGE, "Published at least 40 days before the tender notice, it shortens the tender period to 10 days.", make=lambda facts, takes: PlannedNotice(), asked=_never, after="", before=INVITES),
    Activity("specification", "Specification and contract terms", Stage.DEFINE, "What is needed, how the supplier is chosen, on what terms.", 42),
    Activity("tender-documents", "Tender documents", Stage.DEFINE, "The pack is completed and checked, and the notice is ready.", 14),
    Activity("justification", "Justify the direct award", Stage.DEFINE, "Which ground, on which facts, and the conflicts assessment.", 21),
    Activity("participation", "Requests to participate", Stage.PROCURE, "Suppliers ask to take part; the tender notice begins it.", 25, make=tendering.participation, asked=_participation_asked, begins=("tender-notice",)),
    Activity("requests", "Requests to participate", Stage.PROCURE, "Suppliers ask to take part; the tender notice begins it.", 25, make=tendering.participation, asked=_requests_asked, begins=("tender-notice",)),
    Activity("selection", "Selection", Stage.PROCURE, "Requests are checked and the suppliers who may tender are chosen.", 14, asked=_participation_asked),
    Activity("selection-of-requests", "Selection", Stage.PROCURE, "Requests are checked and the suppliers who may tender are chosen.", 14, asked=_requests_asked),
    Activity("negotiation", "Rounds and negotiation", Stage.PROCURE, "First tenders, meetings, refined criteria, as the tender notice said.", 35, asked=_negotiation_asked),
    Activity("tendering", "Tender period", Stage.PROCURE, "From the tender notice to the deadline for tenders.", 25, make=tendering.tenders, begins=("tender-notice", "invitation"), ends=("tender-deadline",)),
    Activity("final-tenders", "Tender period, from the invitation", Stage.PROCURE, "From the invitation to the selected suppliers to the deadline.", 25, make=tendering.tenders, begins=("tender-invitation",), ends=("tender-deadline",)),
    Activity("first-assessment", "Assessment between the rounds", Stage.PROCURE, "First tenders are assessed and discussed; some may be left out, and criteria refined, as the tender notice said.", 14, asked=_rounds_asked("two", "three")),
    Activity("second-round", "Second round of tenders", Stage.PROCURE, "From the invitation to the second round to its deadline.", 25, make=tendering.later_round, asked=_rounds_asked("two", "three"), begins=("second-invitation",), ends=("second-deadline",)),
    Activity("middle-round", "Second of three rounds", Stage.PROCURE, "From the invitation to the second round to its deadline.", 25, make=tendering.later_round, asked=_rounds_asked("three"), begins=("second-invitation",), ends=("second-deadline",)),
    Activity("second-assessment", "Assessment before the last round", Stage.PROCURE, "Tenders of the second round are assessed and discussed.", 14, asked=_rounds_asked("three")),
    Activity("third-round", "Third round of tenders", Stage.PROCURE, "From the invitation to the third round to its deadline.", 25, make=tendering.later_round, asked=_rounds_asked("three"), begins=("third-invitation",), ends=("third-deadline",)),
    Activity("market-tenders", "Tender period under the dynamic market", Stage.PROCURE, "From the invitation to the deadline; applications that are pending are considered.", 21, make=tendering.market_tenders, begins=("members-invited",), ends=("tender-deadline",)),
    Activity("quotations", "Time to quote", Stage.PROCURE, "From the notice or invitation to the deadline: reasonable and the same for all.", 21, make=tendering.reasonable("A reasonable time, the same for all, is asked for; the Act sets no number below the threshold.", "Procurement Act 2023, section 87(6)"), begins=("tender-notice", "invitation"), ends=("tender-deadline",)),
    Activity("further-competition", "Further competition", Stage.PROCURE, "From the invitation to the framework’s suppliers to the deadline.", 21, make=tendering.reasonable("The framework’s own terms say how long; section 54 sets no period for a call-off.", "Procurement Act 2023, sections 45, 46 and 54"), begins=("call-off-invited",), ends=("tender-deadline",)),
    Activity("old-law-competition", "Further competition under the earlier law", Stage.PROCURE, "From the invitation to the framework’s suppliers to the deadline.", 21, make=tendering.reasonable("The framework’s own terms and the law it was made under say how long. Check with your legal team.", "Public Contracts Regulations 2015"), begins=("call-off-invited",), ends=("tender-deadline",)),
    Activity("approach", "Notice of the intended approach", Stage.PROCURE, "Providers hear of it before likely ones are assessed.", make=_approach, begins=("psr-approach-notice",)),
    Activity("offers", "Time for offers", Stage.PROCURE, "From the notice to the deadline for offers.", 30, make=tendering.reasonable("A reasonable time, the same for all. Check with your legal team.", "Health Care Services (Provider Selection Regime) Regulations 2023"), begins=("psr-competition-notice",), ends=("tender-deadline",)),
    Activity("transparency", "Transparency notice (UK5) and terms", Stage.PROCURE, "The notice comes before the award; terms are settled with the supplier.", 28, asked=_if("not-user-choice"), begins=("transparency-notice",)),
    Activity("terms", "Settle the terms with the supplier", Stage.PROCURE, "Price, start and conditions are agreed.", 21),
    Activity("evaluation", "Evaluation", Stage.PROCURE, "Exclusion checks, scoring by each evaluator, moderation, clarification.", 28),
    Activity("award-report", "Award report", Stage.AWARD, "The report that proposes the award, with its endorsements.", 14),
    Activity("key-notice-award", "Notice of the key decision on the award", Stage.AWARD, "The forward plan names the decision; publish it while the tender is live.", make=_key_notice, asked=lambda facts, small: deciding.key_asked("award", facts, small), after="strategy-call-in", before=("award-decision",)),
    Activity("private-notice-award", "Notice that part of the meeting on the award is private", Stage.AWARD, "Where the decision is not key, this notice says that part of the meeting is private, and why.", make=_private_notice, asked=lambda facts, small: deciding.private_asked("award", facts, small), after="strategy-call-in", before=("award-decision",)),
    *_decision("award", "award decision", Stage.AWARD),
    Activity("leaseholders-second", "Second notice to leaseholders", Stage.AWARD, "Notice of the proposal, and time for observations before the contract is signed.", make=lambda facts, takes: Leaseholders(), asked=_if("leaseholders"), after="evaluation", before=("signature",), begins=("leaseholders-second",)),
    Activity("summaries", "Assessment summaries", Stage.AWARD, "To every supplier that was assessed, all together, before the contract award notice.", 2, ends=("summaries-sent",)),
    Activity("standstill", "Standstill", Stage.AWARD, "Begins with the contract award notice (UK6); the contract is signed after it.", make=_standstill, asked=_standstill_asked, begins=("award-notice",)),
    Activity("standstill-voluntary", "Standstill that is promised", Stage.AWARD, "Begins with the contract award notice (UK6) that promises it.", make=_voluntary, asked=_voluntary_asked, begins=("award-notice",)),
    Activity("health-standstill", "Standstill of the Provider Selection Regime", Stage.AWARD, "Begins the day after the notice; providers may make representations.", make=_health_standstill, begins=("psr-intention-notice",)),
    Activity("change-standstill", "Standstill that the change notice promises", Stage.MANAGE, "Begins with the contract change notice (UK10) that promises it.", make=_change_standstill, asked=_change_standstill_asked, begins=("change-notice",)),
    Activity("signature", "Signature", Stage.AWARD, "The contract is sealed or signed.", 3, ends=("contract-entered",)),
    Activity("membership", "Admit suppliers to the market", Stage.AWARD, "From the notice that the market is intended: applications are assessed against the conditions of membership.", 30, begins=("market-intended",)),
    Activity("staff-information", "Information about staff who transfer", Stage.MANAGE, "The present employer gives it at least 28 days before the transfer.", 28, make=lambda facts, takes: Days(28, "TUPE Regulations 2006, regulation 11", "law", "At least 28 days before the transfer. Check with your legal team."), asked=_if("staff-transfer"), after="summaries", before=("needed",)),
    Activity("consultation", "Talk to staff and unions", Stage.PLAN, "They hear first, before options are public.", 30),
    Activity("mobilisation", "Mobilisation", Stage.MANAGE, "The supplier gets ready: people, data, systems, premises.", 56, ends=("contract-starts",)),
    Activity("needed", "It is needed", Stage.MANAGE, "The day by which it has to be there."),
)  # fmt: skip

ACTIVITIES: Mapping[str, Activity] = {activity.slug: activity for activity in _ALL}
"""Every activity by slug."""
