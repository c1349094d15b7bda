"""The steps of a route and the activities of its plan: what completes an activity, and by when a step should be done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from toolkit.core.stages import Stage
from toolkit.law.values import NotCountable, words
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

_STEPS: Mapping[str, tuple[str, ...]] = {
    "strategy-meeting": ("strategy",),
    "key-decision-notice-strategy": ("key-notice-strategy",),
    "strategy-papers": ("strategy-papers",),
    "engagement-plan": ("engagement",),
    "engagement-notice": ("engagement",),
    "run-engagement": ("engagement",),
    "planned-notice": ("planned-notice", "engagement"),
    "conflicts-assessment": ("tender-documents", "justification"),
    "tender-pack": ("tender-documents",),
    "leaseholders-first-notice": ("leaseholders-first",),
    "leaseholders-first-observations": ("leaseholders-first",),
    "leaseholders-second-notice": ("leaseholders-second",),
    "leaseholders-second-observations": ("leaseholders-second",),
    "exclusion-checks": ("evaluation",),
    "evaluate": ("evaluation",),
    "negotiate": ("transparency", "terms"),
    "award-report": ("award-report",),
    "award-meeting": ("award-report",),
    "key-decision-notice-award": ("key-notice-award",),
    "award-papers": ("award-papers",),
    "assessment-summaries": ("summaries",),
    "conflicts-review": ("summaries",),
    "standstill": ("standstill",),
    "voluntary-standstill": ("standstill-voluntary", "standstill"),
    "set-indicators": ("signature",),
    "record-contracts": ("signature",),
    "handover": ("mobilisation",),
    "staff-information": ("staff-information", "mobilisation"),
    "mobilise": ("mobilisation",),
}
"""Step → the activity it belongs to; the first that the plan has."""

_OF_STAGE: Mapping[Stage, tuple[str, ...]] = {
    Stage.PLAN: ("strategy", "assessment"),
    Stage.ENGAGE: ("engagement", "specification"),
    Stage.DEFINE: ("specification", "tender-documents", "justification", "assessment"),
    Stage.PROCURE: ("evaluation", "transparency", "terms"),
    Stage.AWARD: ("signature", "award-report"),
}
"""Where every other step of a stage belongs. After the award, steps have the law's own days."""
BEGINNING, END = "beginning", "end"


def keeps_aims(journey: Journey) -> bool:
    """Was it published with days for each stage, before there were plans?"""
    return journey.version == 1 and journey.slug in _FIRST_VERSIONS


def activity_of(task: Task, present: Iterable[str]) -> tuple[str, str] | None:
    """The activity of a step, and whether the step is its beginning or belongs to its end. None: the plan has none."""
    present = frozenset(present)
    gate = gate_of(task)
    if task.kind == TaskKind.DECISION and gate and f"{gate}-decision" in present:
        return f"{gate}-decision", END
    if task.kind == TaskKind.ENDORSEMENT and gate:
        report = next((slug for slug in (f"{gate}-report", "strategy" if gate == "strategy" else "assessment") if slug in present), None)  # fmt: skip
        if report is not None:
            return report, END
    if task.slug in _STEPS:
        found = next((slug for slug in _STEPS[task.slug] if slug in present), None)
        if found is not None:
            return found, END
    if task.kind == TaskKind.NOTICE:
        found_beginning = _begun_by(task, present)
        if found_beginning is not None:
            return found_beginning, BEGINNING
    found = next((slug for slug in _OF_STAGE.get(task.stage, ()) if slug in present), None)
    return (found, END) if found is not None else None


def _begun_by(task: Task, present: frozenset[str]) -> str | None:
    from_events = {field.event for field in task.fields if field.event}
    return next(
        (slug for slug in ACTIVITIES if slug in present and from_events & set(ACTIVITIES[slug].begins)), None
    )


def step_dates(journey: Journey, facts: Facts) -> dict[str, Due]:
    """Step → the day by which the plan wants it done, with the reason. Empty without a day of need, without a shape, or
    where the route keeps its own days for each stage. It hangs on the day of need alone, not on today."""
    shape = shape_of(journey.slug, journey.family)
    needed = facts.day_of("needed")
    if keeps_aims(journey) or shape is None or needed is None:
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
    found: dict[str, Due] = {}
    for task in journey.tasks:
        belongs = activity_of(task, places)
        if belongs is None:
            continue
        slug, at = belongs
        place = places[slug]
        day = begins[place] if at == BEGINNING else ends[place]
        activity = network.nodes[place].activity
        moved = " It was moved in the plan." if slug in facts.planned.starts else ""
        found[task.slug] = Due(
            dt.date.fromordinal(day),
            f"A plan, not law: “{activity.label}” {'begins' if at == BEGINNING else 'is over'} by then, so that it is there on {words(needed)}.{moved}",
            "Counted back from the day of need",
            confirmed=back.confirmed[place],
            basis="plan",
        )
    return found


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
    days: dict[str, list[dt.date | None]] = {}
    for task in journey.tasks:
        belongs = activity_of(task, present)
        if belongs is None or task.optional or task.slug in needless or belongs[1] == BEGINNING:
            continue
        days.setdefault(belongs[0], []).append(completed.get(task.slug))
    return {
        slug: max(day for day in found if day is not None)
        for slug, found in days.items()
        if all(day is not None for day in found) and not (ACTIVITIES[slug].begins or ACTIVITIES[slug].ends)
    }
