"""Who may take a formal decision, until when it may be called in, and what must wait for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from toolkit.core.text import day, listed
from toolkit.law.calendars import calendar
from toolkit.law.periods import moved
from toolkit.law.values import LegalDate, counted, words
from workflows.journeys.definitions import Task, TaskKind
from workflows.journeys.facts import Facts
from workflows.journeys.overlay import approval_of, gate_of
from workflows.journeys.own_rules import Approval
from workflows.journeys.progress import Progress, Status, TaskState
from workflows.procurements.models import DecisionMaker, FormalDecision, Procurement

_ORDER: Mapping[str, int] = {
    DecisionMaker.OFFICER: 0,
    DecisionMaker.MEMBER: 1,
    DecisionMaker.MAYOR: 2,
    DecisionMaker.CABINET: 2,
    DecisionMaker.COMMITTEE: 2,
    DecisionMaker.COUNCIL: 3,
}
"""Who stands above whom. Those of one rank do not stand in for one another."""

_NOBODY: Mapping[str, frozenset[str]] = {
    "committees": frozenset({DecisionMaker.MEMBER, DecisionMaker.MAYOR, DecisionMaker.CABINET}),
    "city-of-london": frozenset({DecisionMaker.MEMBER, DecisionMaker.MAYOR, DecisionMaker.CABINET}),
}
"""Whom a way of taking decisions does not have."""

EVENTS: Mapping[str, str] = {
    "strategy": "strategy-decided",
    "award": "award-decided",
    "change": "change-decided",
    "waiver": "waiver-decided",
}
"""Gate → the event that a decision at it records."""


def _is_as_high(maker: str, allowed: str) -> bool:
    return maker == allowed or _ORDER[maker] > _ORDER.get(allowed, len(_ORDER))


def delegation_of(procurement: Procurement, progress: Progress, task: Task) -> FormalDecision | None:
    """The strategy decision that stands and delegates the award, for a step that decides the award. One query."""
    if gate_of(task) != "award":
        return None
    slugs = [each.slug for each in progress.journey.tasks if gate_of(each) == "strategy"]
    return (
        procurement.decisions.filter(task__in=slugs, superseded_at=None)
        .exclude(delegated_to="")
        .order_by("-recorded_at")
        .first()
    )


def delegate_of(decision: FormalDecision) -> str:
    """What kind of maker it is delegated to; an officer where only a name was kept."""
    return decision.delegated_maker or DecisionMaker.OFFICER


def why_not_maker(maker: str, task: Task, facts: Facts, delegation: FormalDecision | None) -> str:
    """Why this maker may not take the decision, in words; empty where they may."""
    approval = approval_of(task, facts)
    if approval is None or not approval.makers:
        return ""
    if delegation is not None and _is_as_high(maker, delegate_of(delegation)):
        return ""
    label = DecisionMaker(maker).label
    if maker in _NOBODY.get(facts.decision_model, frozenset()):
        return f"Your organisation’s way of taking decisions has no such maker: {label[0].lower()}{label[1:]}"
    if any(_is_as_high(maker, allowed) for allowed in approval.makers):
        return ""
    return f"{label} may not take this decision: {makers_sentence(approval)}"


def makers_sentence(approval: Approval) -> str:
    """Who may take a decision, in words."""
    known = dict(DecisionMaker.choices)
    names = [known.get(maker, maker) for maker in approval.makers]
    source = f" ({approval.source})" if approval.source else ""
    return f"your organisation’s own rules ask for {listed(names, 'or')}, or somebody above them{source}"


def delegation_sentence(decision: FormalDecision) -> str:
    """What a strategy decision delegates, in words."""
    report = f", report {decision.report_reference}" if decision.report_reference else ""
    return (
        f"The strategy decision of {day(decision.decided_on)} ({decision.maker_name}{report}) delegates the award to "
        f"{decision.delegated_to}: they may take this decision."
    )


def working_days_after(start: dt.date, n: int, facts: Facts) -> LegalDate:
    """The last of `n` working days of the council after a day, which does not count itself."""
    days = calendar("council", facts.bank_holidays, facts.closed_days)
    current, so_far = start, 0
    while so_far < n:
        current = moved(current, 1)
        so_far += days.is_working_day(current)
    return LegalDate(
        current,
        f"{counted(n, 'working day')} after {words(start)}, in England and Wales and without your organisation’s closed days.",
        f"{facts.own.organisation or 'Your organisation'}’s own rules",
        confirmed=days.knows(start, current),
    )


def working_days_since(start: dt.date, today: dt.date, facts: Facts) -> int:
    """How many working days of the council have come after a day, up to and with today."""
    days = calendar("council", facts.bank_holidays, facts.closed_days)
    return sum(days.is_working_day(moved(start, more)) for more in range(1, (today - start).days + 1))


def call_in_end(published_on: dt.date | None, facts: Facts) -> LegalDate | None:
    """Until when a decision may be called in, by the organisation's own rules. None: they do not say, or nobody knows when it
    was published."""
    if published_on is None or not facts.own.call_in_days:
        return None
    return working_days_after(published_on, facts.own.call_in_days, facts)


def open_before(task: Task, progress: Progress) -> list[TaskState]:
    """What is still open and should come before this decision, although the decision waits for none of it: the required
    steps of its stage that the route puts before it, and those whose own day is counted back from it."""
    gate = gate_of(task)
    slugs = [state.task.slug for state in progress.states]
    place = slugs.index(task.slug) if task.slug in slugs else 0
    return [
        state
        for number, state in enumerate(progress.states)
        if state.is_open
        and not state.task.optional
        and state.task.slug != task.slug
        and ((number < place and state.task.stage == task.stage) or _is_due_for(state.task, gate))
    ]


def _is_due_for(task: Task, gate: str) -> bool:
    """Is its day counted back from the decision of this gate?"""
    if task.due is None:
        return False
    told = dict(task.due.params)
    match task.due.rule:
        case "before-gate":
            return told["gate"] == gate
        case "before":
            return told.get("event") == EVENTS.get(gate)
        case _:
            return False


def _rests_on_award(task: Task) -> bool:
    """The award notice and the signature."""
    return task.kind == TaskKind.AWARD or any(field.event == "award-notice" for field in task.fields)


def why_undecided(task: Task, progress: Progress, days: Iterable[dt.date]) -> str:
    """Why the award notice or the signature may not be recorded for these days: each rests directly on the decision to
    award and on the end of call-in. Empty where it may, and for every other step."""
    if not _rests_on_award(task):
        return ""
    for state in progress.states:
        if state.task.kind != TaskKind.DECISION or gate_of(state.task) != "award":
            continue
        if state.status == Status.NOT_NEEDED:
            continue
        if state.status != Status.COMPLETED:
            return f"First: {state.task.title[0].lower()}{state.task.title[1:]}. Nothing is awarded before it is decided"
        until = state.holds_until
        if until is not None and any(each <= until for each in days):
            return f"Call-in of “{state.task.title}” ends at the end of {day(until)}: it can be done from the day after"
    return ""
