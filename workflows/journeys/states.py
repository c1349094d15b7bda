"""What a run's progress is made of: what can happen to a task, where a task stands, where all of them stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from toolkit.core.stages import Stage
from workflows.journeys.definitions import Journey, LawRef, Task, TaskKind
from workflows.journeys.due import Due
from workflows.journeys.facts import Facts


class Happening(StrEnum):
    """What can happen to a task: the kinds of event, past tense."""

    STARTED = "started"
    ASKED = "asked"
    GIVEN = "given"
    """One of several things asked for: the task still needs the others."""
    DECLINED = "declined"
    COMPLETED = "completed"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Happened:
    """One event, as the fold needs it."""

    kind: Happening
    task: str
    on: dt.date
    data: Mapping[str, Any] = field(default_factory=dict)
    by: str = ""


class Status(StrEnum):
    NOT_STARTED = "not-started"
    CANNOT_START = "cannot-start-yet"
    IN_PROGRESS = "in-progress"
    WAITING = "waiting"
    COMPLETED = "completed"
    NOT_NEEDED = "not-needed"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Status.NOT_STARTED: "Not started",
    Status.CANNOT_START: "Cannot start yet",
    Status.IN_PROGRESS: "In progress",
    Status.WAITING: "Waiting",
    Status.COMPLETED: "Completed",
    Status.NOT_NEEDED: "Not needed",
}


@dataclass(frozen=True, slots=True)
class TaskState:
    """Where one task stands. `because` says why it cannot start, waits, is not needed, or may not apply."""

    task: Task
    status: Status
    because: str = ""
    due: Due | None = None
    aim: Due | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    completed_on: dt.date | None = None
    completed_by: str = ""
    holds_until: dt.date | None = None
    """Completed, but what needs it may start only after this day (call-in)."""
    is_overdue: bool = False
    law: tuple[LawRef, ...] = ()
    """Where the step stands for these facts: what is known not to apply is left out."""
    may_apply: str = ""
    """What nobody has said, where that decides whether the step applies; empty where it is known."""

    @property
    def is_open(self) -> bool:
        return self.status not in (Status.COMPLETED, Status.NOT_NEEDED)

    @property
    def can_do(self) -> bool:
        return self.status in (Status.NOT_STARTED, Status.IN_PROGRESS, Status.WAITING)

    @property
    def by_when(self) -> Due | None:
        """The day to show: the law's last day where it is known, else the plan's."""
        if self.due is not None and self.due.day is not None and not self.due.not_before:
            return self.due
        return self.aim or self.due


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run stands."""

    journey: Journey
    states: tuple[TaskState, ...]
    facts: Facts

    def state(self, slug: str) -> TaskState:
        """The state of a task. Raises KeyError for a task that the journey does not have."""
        for state in self.states:
            if state.task.slug == slug:
                return state
        raise KeyError(slug)

    @property
    def required(self) -> list[TaskState]:
        return [
            state for state in self.states if state.status != Status.NOT_NEEDED and not state.task.optional
        ]

    @property
    def done(self) -> int:
        return sum(state.status == Status.COMPLETED for state in self.required)

    @property
    def can_start(self) -> list[TaskState]:
        return [state for state in self.states if state.can_do]

    @property
    def waiting(self) -> list[TaskState]:
        return [state for state in self.states if state.status == Status.WAITING]

    @property
    def overdue(self) -> list[TaskState]:
        return [state for state in self.states if state.is_overdue]

    @property
    def stage(self) -> Stage:
        """The first stage with a required task still open; the last one when all are done."""
        for state in self.required:
            if state.is_open:
                return state.task.stage
        return self.states[-1].task.stage

    @property
    def is_finished(self) -> bool:
        return not any(state.is_open for state in self.required)

    def good_until(self, today: dt.date) -> dt.date | None:
        """The last day on which this holds with nothing happening: then a period or a call-in ends, or a round begins.
        None: for good, apart from what is overdue, which whoever reads it sees by the day."""
        days = [state.holds_until for state in self.states if state.holds_until is not None]
        for state in self.states:
            if state.due is not None and state.due.day is not None and state.task.kind == TaskKind.PERIOD:
                days.append(state.due.day)
            if state.due is not None and state.due.opens_on is not None:
                days.append(state.due.opens_on - dt.timedelta(days=1))
        return min((day for day in days if day >= today), default=None)

    @property
    def next(self) -> TaskState | None:
        """The one thing to do next: overdue first, then the first in order, required before optional."""
        able = [state for state in self.can_start if state.status != Status.WAITING]
        able.sort(
            key=lambda state: (
                state.task.optional,
                not (state.is_overdue and state.by_when and state.by_when.basis == "law"),
            )
        )
        return able[0] if able else None

    @property
    def next_deadline(self) -> TaskState | None:
        """The open task whose last day comes first among those with a day of law, else of the plan."""
        dated = [
            state
            for state in self.states
            if state.is_open
            and state.by_when is not None
            and state.by_when.day is not None
            and not state.by_when.not_before
        ]
        return min(dated, key=lambda state: (state.by_when.day, state.task.slug), default=None)  # type: ignore[union-attr]

    @property
    def stages(self) -> list[tuple[Stage, list[TaskState]]]:
        grouped = [(stage, [state for state in self.states if state.task.stage == stage]) for stage in Stage]
        return [(stage, states) for stage, states in grouped if states]
