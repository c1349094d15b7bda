"""The steps of a route and the activities of its plan: what completes an activity, and by when a step should be done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from toolkit.core.stages import Stage
from toolkit.law.values import NotCountable, words
from workflows.journeys.conditions import judge
from workflows.journeys.definitions import Journey, Task, TaskKind
from workflows.journeys.due import Due
from workflows.journeys.facts import Facts
from workflows.journeys.overlay import gate_of
from workflows.journeys.planning.activities import ACTIVITIES
from workflows.journeys.planning.back import latest
from workflows.journeys.planning.network import Network, network_of
from workflows.journeys.planning.shapes import Shape, shape_of
from workflows.journeys.planning.working_days import Ordinal

_FIRST_VERSIONS = frozenset({"open-competition", "direct-award", "below-threshold-quotation"})
"""Routes whose version 1 was published with days for each stage instead, and keeps them."""

_TENDERS = (
    "tendering",
    "final-tenders",
    "market-tenders",
    "quotations",
    "further-competition",
    "old-law-competition",
    "offers",
)
_BETWEEN = ("negotiation", "first-assessment", "evaluation")
_SECOND = ("second-round", "middle-round", "final-tenders", "evaluation")
_THIRD = ("third-round", "final-tenders", "evaluation")
_SELECTION = ("selection", "selection-of-requests", "evaluation")
_AT_THE_BEGINNING = frozenset(
    {
        "key-decision-notice-strategy",
        "strategy-papers",
        "key-decision-notice-award",
        "award-papers",
        "staff-information",
        "invite-tenders",
        "second-round-invitation",
        "third-round-invitation",
        "change-key-decision-notice",
        "change-papers",
        "private-notice-strategy",
        "private-second-notice-strategy",
        "private-notice-award",
        "private-second-notice-award",
        "private-notice-change",
        "private-second-notice-change",
        "exit-staff-information",
    }
)
"""Steps that begin their activity: the days that follow are for others …"""
_INSTEAD = frozenset(
    {"strategy", "assessment", "justification", "award-report", "evaluation", "mobilisation", "terms"}
)
"""… unless the route has no activity of its own for them, and they are done by the end of one of these."""
_STEPS: Mapping[str, tuple[str, ...]] = {
    "strategy-meeting": ("strategy",),
    "key-decision-notice-strategy": ("key-notice-strategy", "strategy", "assessment", "justification"),
    "strategy-papers": ("strategy-papers", "waiver-papers", "strategy", "assessment", "justification"),
    "private-notice-strategy": ("private-notice-strategy", "strategy", "assessment", "justification"),
    "private-second-notice-strategy": (
        "strategy-papers",
        "waiver-papers",
        "strategy",
        "assessment",
        "justification",
    ),
    "say-what-was-decided": ("strategy-call-in", "strategy-decision"),
    "change-key-decision-notice": ("key-notice-change", "assessment"),
    "change-papers": ("change-papers", "assessment"),
    "private-notice-change": ("private-notice-change", "assessment"),
    "private-second-notice-change": ("change-papers", "assessment"),
    "change-standstill": ("change-standstill",),
    "staff-and-unions-first": ("consultation", "strategy"),
    "take-over": ("mobilisation",),
    "exit-staff-information": ("staff-information", "mobilisation"),
    "waiver-log": ("waiver-call-in", "waiver-decision"),
    "engagement-plan": ("engagement",),
    "engagement-notice": ("engagement",),
    "run-engagement": ("engagement",),
    "planned-notice": ("planned-notice", "engagement"),
    "conflicts-assessment": ("tender-documents", "justification"),
    "joint-conflicts": ("tender-documents",),
    "joint-agreement": ("agreement",),
    "join-agreement": ("agreement",),
    "tender-pack": ("tender-documents",),
    "market-tender-pack": ("tender-documents",),
    "conflicts-confirmed-tender-notice": ("tender-documents", "specification"),
    "conflicts-confirmed-transparency-notice": ("justification",),
    "direct-award-justification": ("justification",),
    "market-check": ("justification",),
    "prototype-plan": ("justification",),
    "original-contract": ("justification",),
    "market-price": ("justification",),
    "insolvency-check": ("justification",),
    "emergency-scope": ("justification",),
    "leaseholders-first-observations": ("leaseholders-first",),
    "leaseholders-second-observations": ("leaseholders-second",),
    "select-suppliers": ("specification",),
    "participation-period": ("participation", "requests"),
    "exclusion-checks-participation": _SELECTION,
    "exclusion-notification-participation": _SELECTION,
    "select-participants": _SELECTION,
    "invite-tenders": ("negotiation", "final-tenders", "tendering"),
    "assess-first-round": _BETWEEN,
    "leave-out-first": _BETWEEN,
    "negotiate-tenders": _BETWEEN,
    "refine-criteria": _BETWEEN,
    "second-round-invitation": _SECOND,
    "assess-second-round": ("second-assessment", "evaluation"),
    "third-round-invitation": _THIRD,
    "second-round-period": _SECOND,
    "third-round-period": _THIRD,
    "clarifications": _TENDERS,
    "tender-period": _TENDERS,
    "quotation-period": _TENDERS,
    "call-off-period": _TENDERS,
    "old-bids": _TENDERS,
    "psr-offers-period": _TENDERS,
    "supplier-information": _TENDERS,
    "psr-approach-wait": ("approach",),
    "exclusion-checks": ("evaluation",),
    "evaluate": ("evaluation",),
    "negotiate": ("transparency", "terms"),
    "award-report": ("award-report",),
    "urgent-report": ("award-report",),
    "grant-report": ("award-report",),
    "market-applications": ("membership",),
    "market-report": ("award-report",),
    "market-conflicts-review": ("award-call-in", "award-decision"),
    "special-urgency": ("award-report",),
    "award-meeting": ("award-report",),
    "key-decision-notice-award": ("key-notice-award", "award-report"),
    "award-papers": ("award-papers", "award-report"),
    "private-notice-award": ("private-notice-award", "award-report"),
    "private-second-notice-award": ("award-papers", "award-report"),
    "partners-decisions": ("partner-decisions",),
    "partners-call-in": ("partner-decisions",),
    "assessment-summaries": ("summaries",),
    "conflicts-review": ("summaries", "award-call-in", "award-decision"),
    "standstill": ("standstill",),
    "voluntary-standstill": ("standstill-voluntary", "standstill"),
    "promised-wait": ("standstill-voluntary",),
    "psr-standstill": ("health-standstill",),
    "psr-representations-early": ("health-standstill",),
    "psr-further-decision": ("health-standstill",),
    "psr-go-back": ("health-standstill",),
    "psr-further-wait": ("health-standstill",),
    "set-indicators": ("signature",),
    "record-contracts": ("signature", "terms"),
    "handover": ("mobilisation",),
    "staff-information": ("staff-information", "mobilisation"),
    "mobilise": ("mobilisation",),
    # After the signature the law has its own days.
    "contract-details-notice": (),
    "contract-copy": (),
    "contracts-register": (),
    "market-established": (),
    "market-establishment-notice": (),
}
"""Step → the activity it belongs to; the first that the plan has."""

_OF_STAGE: Mapping[Stage, tuple[str, ...]] = {
    Stage.PLAN: ("strategy", "assessment", "justification"),
    Stage.ENGAGE: ("engagement", "specification", "agreement", "justification", "terms", "assessment"),
    Stage.DEFINE: ("specification", "tender-documents", "justification", "terms", "agreement", "assessment"),
    Stage.PROCURE: ("evaluation", "transparency", "terms", "agreement", "assessment"),
    Stage.AWARD: ("signature", "terms", "award-report"),
}
"""Where every other step of a stage belongs. After the award, steps have the law's own days."""
BEGINNING, END = "beginning", "end"


def keeps_aims(journey: Journey) -> bool:
    """Was it published with days for each stage, before there were plans?"""
    return journey.version == 1 and journey.slug in _FIRST_VERSIONS


@lru_cache(maxsize=512)
def _remembered(digest: str, present: frozenset[str]) -> dict[str, tuple[str, str] | None]:
    """What `activity_of` found for the steps of a route that never changes."""
    return {}


def activities_of(journey: Journey, present: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    """Step → the activity it belongs to, and whether it begins it or is done by its end."""
    names = frozenset(present)
    memory = _remembered(journey.digest, names)
    found: dict[str, tuple[str, str]] = {}
    for task in journey.tasks:
        if task.is_own or task.slug not in memory:
            memory[task.slug] = activity_of(task, names)
        belongs = memory[task.slug]
        if belongs is not None:
            found[task.slug] = belongs
    return found


def activity_of(task: Task, present: frozenset[str]) -> tuple[str, str] | None:
    """The activity of one step, or None where the plan has none for it."""
    gate = gate_of(task)
    if task.kind == TaskKind.DECISION and gate and f"{gate}-decision" in present:
        return f"{gate}-decision", END
    if task.kind == TaskKind.ENDORSEMENT and gate:
        reports = {"strategy": ("strategy",), "award": ("award-report", "terms")}.get(gate, ())
        reports = (*reports, "assessment", "justification")
        report = next((slug for slug in reports if slug in present), None)
        if report is not None:
            return report, END
    if task.slug in _STEPS:
        found = next((slug for slug in _STEPS[task.slug] if slug in present), None)
        if found is not None:
            begins = task.slug in _AT_THE_BEGINNING and found not in _INSTEAD
            return found, BEGINNING if begins else END
        if not _STEPS[task.slug]:
            return None
    begun = _begun_by(task, present)
    if begun is not None:
        return begun, BEGINNING
    found = next((slug for slug in _OF_STAGE.get(task.stage, ()) if slug in present), None)
    return (found, END) if found is not None else None


def _begun_by(task: Task, present: frozenset[str]) -> str | None:
    events = {field.event for field in task.fields if field.event}
    return next((slug for slug in sorted(present) if events & set(ACTIVITIES[slug].begins)), None)


def step_dates(journey: Journey, facts: Facts) -> dict[str, Due]:
    """Step → the day by which the plan wants it done, with the reason. Empty without a day of need, without a shape, while
    nobody knows which law applies, or where the route keeps its own days for each stage. It hangs on the day of need alone, not on today."""
    shape = shape_of(journey.slug, journey.family)
    needed = facts.day_of("needed")
    if keeps_aims(journey) or shape is None or needed is None or facts.regime == "unknown":
        return {}
    try:
        return _dates(journey, facts, shape, needed)
    except (NotCountable, ValueError, OverflowError):  # a day of need that no calendar holds has no plan
        return {}


def _dates(journey: Journey, facts: Facts, shape: Shape, needed: dt.date) -> dict[str, Due]:
    network = network_of(shape, facts)
    back = latest(network, needed.toordinal())
    begins, ends = _meant(network, facts, back.starts)
    places = {node.activity.slug: place for place, node in enumerate(network.nodes)}
    until = words(needed)
    dues: dict[tuple[str, str], Due] = {}
    found: dict[str, Due] = {}
    for step, (slug, at) in activities_of(journey, places).items():
        if (slug, at) not in dues:
            place = places[slug]
            moved = " It was moved in the plan." if slug in facts.planned.starts else ""
            dues[slug, at] = Due(
                dt.date.fromordinal(begins[place] if at == BEGINNING else ends[place]),
                f"A plan, not law: “{network.nodes[place].activity.label}” {'begins' if at == BEGINNING else 'is over'} by then, so that it is there on {until}.{moved}",
                "Counted back from the day of need",
                confirmed=back.confirmed[place],
                basis="plan",
            )
        found[step] = dues[slug, at]
    _hold_the_order(journey, facts, found, until)
    return found


def _hold_the_order(journey: Journey, facts: Facts, found: dict[str, Due], until: str) -> None:
    """No step is planned after one that waits for it. What waits may have no day of its own: then what waits for that
    counts. A step that is known not to be needed holds up nothing."""
    limits: dict[str, tuple[dt.date, str]] = {}
    for task in reversed(journey.tasks):
        mine, limit = found.get(task.slug), limits.get(task.slug)
        if mine is not None and mine.day is not None and (limit is None or mine.day <= limit[0]):
            limit = mine.day, task.title
        elif limit is not None and mine is not None:
            found[task.slug] = replace(
                mine,
                day=limit[0],
                rule=f"A plan, not law: “{limit[1]}” waits for it and is planned for then, so that it is there on {until}.",
            )
            limit = limit[0], task.title
        if limit is None or not task.needs:
            continue
        earlier = [need for need in task.needs if need not in limits or limit[0] < limits[need][0]]
        if earlier and judge(task.when, facts).applies is not False:
            limits.update(dict.fromkeys(earlier, limit))


def _meant(
    network: Network, facts: Facts, starts: tuple[Ordinal, ...]
) -> tuple[list[Ordinal], list[Ordinal]]:
    """The beginnings and last days to aim at: the latest ones, unless somebody moved an activity, or one it waits for
    to later than that."""
    pushed: list[Ordinal | None] = []
    begins: list[Ordinal] = []
    ends: list[Ordinal] = []
    for place, node in enumerate(network.nodes):
        earlier = [day for each in node.waits_for if (day := pushed[each]) is not None]
        moved = facts.planned.starts.get(node.activity.slug)
        if moved is not None:
            earlier.append(moved.toordinal())
        start = max(earlier, default=None)
        pushed.append(node.count.after(start) if start is not None else None)
        begin = starts[place] if start is None else start if moved is not None else max(start, starts[place])
        begins.append(begin)
        ends.append(node.count.last(begin))
    return begins, ends


def done_of(
    journey: Journey, completed: Mapping[str, dt.date], needless: frozenset[str], facts: Facts
) -> dict[str, dt.date]:
    """Activities whose every required step is completed, and the day the last of them was. Those that events date are
    left to the events."""
    shape = shape_of(journey.slug, journey.family)
    if shape is None:
        return {}
    present = [activity.slug for activity in shape.activities]
    optional = {task.slug for task in journey.tasks if task.optional}
    days: dict[str, list[dt.date | None]] = {}
    for step, (slug, at) in activities_of(journey, present).items():
        if step not in optional and step not in needless and at == END:
            days.setdefault(slug, []).append(completed.get(step))
    return {
        slug: max(day for day in found if day is not None)
        for slug, found in days.items()
        if all(day is not None for day in found) and not (ACTIVITIES[slug].begins or ACTIVITIES[slug].ends)
    }
