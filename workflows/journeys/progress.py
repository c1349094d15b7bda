"""Progress: a pure fold of a journey, the facts and the events into where everything stands, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from toolkit.core.stages import Stage
from toolkit.core.text import listed
from toolkit.law.values import words
from workflows.journeys.conditions import CONDITIONS, judge
from workflows.journeys.definitions import FieldType, Journey, LawRef, Task, TaskKind
from workflows.journeys.due import Due, aim_for, due_of
from workflows.journeys.facts import Facts, Recorded
from workflows.journeys.overlay import left_out, with_own_answers, with_own_steps
from workflows.journeys.planning.steps import step_dates
from workflows.journeys.states import Happened, Happening, Progress, Status, TaskState
from workflows.journeys.vocabulary import CHOICES

__all__ = [
    "Happened", "Happening", "Need", "Needs", "Progress", "Status", "TaskState", "fold", "law_of", "needs_of", "recorded",
    "recorded_by",
]  # fmt: skip


@dataclass(slots=True)
class _Story:
    """What the events say of one task so far."""

    status: Status = Status.NOT_STARTED
    data: Mapping[str, Any] = field(default_factory=dict)
    on: dt.date | None = None
    by: str = ""
    because: str = ""


def _tell(story: _Story, event: Happened) -> None:
    match event.kind:
        case Happening.STARTED:
            if story.status == Status.NOT_STARTED:
                story.status = Status.IN_PROGRESS
        case Happening.ASKED:
            story.status, story.because = Status.WAITING, f"waiting for {event.data.get('of', 'an answer')}"
        case Happening.GIVEN | Happening.DECLINED:
            still = event.data.get("still")  # whom else it waits for
            story.status = Status.WAITING if still else Status.IN_PROGRESS
            story.because = f"waiting for {still}" if still else str(event.data.get("because", ""))
        case Happening.COMPLETED:
            story.status, story.data, story.on, story.by, story.because = (
                Status.COMPLETED,
                event.data,
                event.on,
                event.by,
                "",
            )
        case Happening.REOPENED:
            story.status = Status.IN_PROGRESS
            story.because = str(event.data.get("because") or "reopened")


def recorded_by(task: Task, data: Mapping[str, Any]) -> Recorded:
    """What one task's answers say. An answer to a question that the other answers leave out says nothing."""
    answers: dict[str, bool | None] = {}
    choices: dict[str, str | None] = {}
    days: dict[str, dt.date] = {}
    for given in task.fields:
        if not given.is_asked(data):
            continue
        value = data.get(given.name)
        if given.fact in CHOICES:
            choices[given.fact] = str(value) if value else None
        elif given.fact:
            answers[given.fact] = {"yes": True, "no": False}.get(str(value))
        if given.event and given.type == FieldType.DATE and value:
            days[given.event] = dt.date.fromisoformat(str(value))
    for event, value in dict(data.get("_events", {})).items():
        days[event] = dt.date.fromisoformat(str(value))
    return Recorded(answers, choices, days)


def recorded(journey: Journey, events: Iterable[Happened]) -> Recorded:
    """What the present answers of completed tasks say, and the rounds of those that are done again and again.

    A choice that the route asks for and nobody has made is None; one it never asks for is left out.
    """
    events = list(events)
    stories = _stories(journey, events)
    asked = {given.fact for task in journey.tasks for given in task.fields if given.fact in CHOICES}
    answers: dict[str, bool | None] = {}
    choices: dict[str, str | None] = dict.fromkeys(asked)
    days: dict[str, dt.date] = {}
    for task in journey.tasks:
        if stories[task.slug].status == Status.COMPLETED:
            said = recorded_by(task, stories[task.slug].data)
            answers |= said.answers
            choices |= said.choices
            days |= said.events
    return Recorded(answers, choices, days, _rounds(journey, events))


def _rounds(journey: Journey, events: Iterable[Happened]) -> dict[str, tuple[dt.date, ...]]:
    """Reopening a repeated task begins its next round: what an earlier one recorded stays."""
    repeated = {task.slug: task for task in journey.tasks if task.repeats}
    rounds: dict[str, set[dt.date]] = {}
    for event in events:
        if event.kind == Happening.COMPLETED and event.task in repeated:
            for name, day in recorded_by(repeated[event.task], event.data).events.items():
                rounds.setdefault(name, set()).add(day)
    return {name: tuple(sorted(days)) for name, days in rounds.items()}


def _stories(journey: Journey, events: Iterable[Happened]) -> dict[str, _Story]:
    stories = {task.slug: _Story() for task in journey.tasks}
    for event in events:
        if event.task in stories:
            _tell(stories[event.task], event)
    return stories


def fold(journey: Journey, facts: Facts, events: Iterable[Happened], *, today: dt.date) -> Progress:
    """Where a run of `journey` stands on `today`, given what is known and what has happened."""
    events = list(events)
    journey = with_own_steps(journey, facts.own, {event.task for event in events})
    facts = with_own_answers(facts.with_recorded(recorded(journey, events)))
    stories = _stories(journey, events)
    aims = _aims(journey, facts)
    states: dict[str, TaskState] = {}
    for task in journey.tasks:
        states[task.slug] = _state(task, stories[task.slug], facts, aims.get(task.slug), states, today)
    return Progress(journey, tuple(states.values()), facts)


def _aims(journey: Journey, facts: Facts) -> Mapping[str, Due | None]:
    """Step → the plan's day: counted back over the route's plan, or by its own days for each stage where it has none."""
    planned = step_dates(journey, facts)
    if planned:
        return planned
    needed, days = facts.day_of("needed"), dict(journey.aims)
    return {task.slug: aim_for(days[task.stage], needed) for task in journey.tasks if task.stage in days}


def _state(
    task: Task,
    story: _Story,
    facts: Facts,
    aim: Due | None,
    before: Mapping[str, TaskState],
    today: dt.date,
) -> TaskState:
    verdict = judge(task.when, facts)
    law = law_of(task, facts)
    due = due_of(task.due, facts) if task.due is not None else None
    if (
        story.status == Status.COMPLETED
        and task.repeats
        and due is not None
        and due.opens_on is not None
        and today >= due.opens_on
    ):
        story = _Story()  # the next round has begun
    if story.status == Status.COMPLETED:
        holds = story.data.get("_holds_until")
        return TaskState(
            task,
            Status.COMPLETED,
            due=due,
            data=story.data,
            completed_on=story.on,
            completed_by=story.by,
            holds_until=dt.date.fromisoformat(holds) if holds else None,
            law=law,
        )
    if verdict.applies is False:
        return TaskState(task, Status.NOT_NEEDED, because=verdict.because, law=law)
    if because := left_out(task, facts):
        return TaskState(task, Status.NOT_NEEDED, because=because, law=law)
    blocked = _blocked(task, before, due, today)
    unsaid = verdict.because if verdict.applies is None else ""
    may = f"may apply: you have not said {unsaid}" if unsaid else ""
    if blocked and story.status == Status.NOT_STARTED:
        return TaskState(
            task, Status.CANNOT_START, because=blocked, due=due, aim=aim, law=law, may_apply=unsaid
        )
    because = story.because or may
    by_when = due if due is not None and due.day is not None and not due.not_before else aim
    overdue = (
        by_when is not None
        and by_when.day is not None
        and by_when.day < today
        and task.kind != TaskKind.PERIOD
        and not task.optional
    )
    return TaskState(
        task,
        story.status,
        because=because,
        due=due,
        aim=aim,
        is_overdue=overdue,
        data=story.data,
        law=law,
        may_apply=unsaid,
    )


def law_of(task: Task, facts: Facts) -> tuple[LawRef, ...]:
    """Where a task stands for these facts. What may apply says under which condition it does."""
    standing = []
    for law in task.law:
        applies = judge(law.only, facts).applies
        if applies is None:
            scope = " and ".join(CONDITIONS[name].holds for name in law.only)
            standing.append(LawRef(f"{law.text} ({scope})", law.confidence, law.only))
        elif applies:
            standing.append(law)
    return tuple(standing)


def _blocked(task: Task, before: Mapping[str, TaskState], due: Due | None, today: dt.date) -> str:
    """Why the task cannot start yet; empty when it can."""
    open_needs = [before[slug] for slug in task.needs if before[slug].is_open]
    if open_needs:
        return (
            f"first: {listed([state.task.title[0].lower() + state.task.title[1:] for state in open_needs])}"
        )
    held = [
        state
        for slug in task.needs
        if (state := before[slug]).holds_until is not None and state.holds_until >= today
    ]
    if held:
        return f"call-in of “{held[0].task.title}” ends on {words(held[0].holds_until)}"  # type: ignore[arg-type]
    if task.kind == TaskKind.PERIOD:
        if due is None or due.day is None:
            return due.rule if due is not None else "its days are not known yet"
        if due.day >= today:
            return f"it ends at midnight on {words(due.day)}"
    return ""


@dataclass(frozen=True, slots=True)
class Need:
    """Whether one step is needed, without its days. `because`: why not; empty where it is. `unsaid`: what nobody has said,
    so that it may be."""

    task: Task
    is_completed: bool
    because: str
    unsaid: str = ""

    @property
    def is_open(self) -> bool:
        return not self.is_completed and not self.because


@dataclass(frozen=True, slots=True)
class Needs:
    """What a run needs, step by step."""

    needs: tuple[Need, ...]
    facts: Facts

    @property
    def stage(self) -> Stage:
        """As `Progress.stage`."""
        first = next(
            (need.task.stage for need in self.needs if need.is_open and not need.task.optional), None
        )
        return first if first is not None else self.needs[-1].task.stage


def needs_of(journey: Journey, facts: Facts, events: Sequence[Happened], *, today: dt.date) -> Needs:
    """What `fold` says of which steps are completed and which are not needed, several times as fast: for going through
    very many runs. `facts` have what was recorded already."""
    journey = with_own_steps(journey, facts.own, {event.task for event in events})
    facts = with_own_answers(facts)
    stories = _stories(journey, events)
    found = []
    for task in journey.tasks:
        is_completed = stories[task.slug].status == Status.COMPLETED
        if is_completed and task.repeats and task.due is not None:
            opens_on = due_of(task.due, facts).opens_on
            is_completed = opens_on is None or today < opens_on
        because = unsaid = ""
        if not is_completed:
            verdict = judge(task.when, facts)
            unsaid = verdict.because if verdict.applies is None else ""
            because = verdict.because if verdict.applies is False else left_out(task, facts)
        found.append(Need(task, is_completed, because, unsaid))
    return Needs(tuple(found), facts)
