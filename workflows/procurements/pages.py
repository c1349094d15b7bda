"""What the templates of procurements need, made ready: the templates only loop."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.core import clock
from toolkit.core.stages import Stage
from toolkit.core.text import day, listed
from toolkit.holidays.selectors import remembered_bank_holidays
from workflows.journeys.due import Due
from workflows.journeys.models import Event
from workflows.journeys.progress import Progress, TaskState
from workflows.journeys.selectors import progress_of_many
from workflows.procurements.facts import facts_of
from workflows.procurements.models import Procurement, Status


@dataclass(frozen=True, slots=True)
class StageStep:
    """One of the steps of the stage indicator."""

    label: str
    state: str
    """`done`, `now` or `ahead`."""


@dataclass(frozen=True, slots=True)
class Row:
    """One procurement in a list."""

    procurement: Procurement
    stage: str
    next_title: str
    next_due: dt.date | None
    urgency: str
    """`overdue`, `today`, `week`, `waiting`, or empty."""
    waiting_for: str


URGENCY_WORDS = {
    "overdue": "Overdue",
    "today": "Due today",
    "week": "Due this week",
    "waiting": "Waiting for others",
}


def stage_steps(progress: Progress) -> list[StageStep]:
    """The stages of the route, with where the procurement is now."""
    present = list(Stage).index(progress.stage)
    steps = [StageStep(f"{Stage.PREPARE.label} (always on)", "ahead")]
    for stage, states in progress.stages:
        open_here = any(state.is_open for state in states if not state.task.optional)
        done = not open_here if progress.is_finished or list(Stage).index(stage) != present else False
        state = "now" if stage == progress.stage and not progress.is_finished else "done" if done else "ahead"
        steps.append(StageStep(stage.label, state))
    return steps


def sentence_of(progress: Progress) -> str:
    """`9 of 31 done; 3 can start now; the next deadline is 14 January 2027.`"""
    parts = [f"{progress.done} of {len(progress.required)} done"]
    able = [state for state in progress.can_start if not state.task.optional]
    if able:
        parts.append(f"{len(able)} can start now")
    if progress.waiting:
        parts.append(f"{len(progress.waiting)} waiting for others")
    deadline = progress.next_deadline
    if deadline is not None and deadline.by_when is not None and deadline.by_when.day is not None:
        kind = "the next legal deadline" if deadline.by_when.basis == "law" else "the plan’s next date"
        parts.append(f"{kind} is {day(deadline.by_when.day)}")
    return "; ".join(parts) + "."


def risk_sentences(progress: Progress) -> list[str]:
    """What is late, in words."""
    law = [state for state in progress.overdue if state.by_when is not None and state.by_when.basis == "law"]
    plan = [state for state in progress.overdue if state.by_when is None or state.by_when.basis != "law"]
    sentences = [
        f"{state.task.title}: was due by law on {day(state.by_when.day)}."
        for state in law
        if state.by_when and state.by_when.day
    ]
    if plan:
        first = plan[0]
        days = (clock.today() - first.by_when.day).days if first.by_when and first.by_when.day else 0
        sentences.append(
            f"{len(plan)} step{'s are' if len(plan) != 1 else ' is'} behind the plan, by up to {days} days. "
            "A plan can be moved; lateness is never a reason for a direct award."
        )
    return sentences


def urgency_of(due: Due | None, today: dt.date) -> str:
    if due is None or due.day is None:
        return ""
    if due.day < today:
        return "overdue"
    if due.day == today:
        return "today"
    return "week" if (due.day - today).days <= 7 else ""


def rows_of(procurements: Iterable[Procurement]) -> list[Row]:
    """Rows for a list; one query for all their events."""
    procurements = list(procurements)
    today = clock.today()
    live = {procurement.run: procurement for procurement in procurements if procurement.run is not None}
    holidays = remembered_bank_holidays()
    progress = progress_of_many(
        {run: facts_of(procurement, holidays) for run, procurement in live.items()}, today=today
    )
    return [
        _row(procurement, progress.get(procurement.run) if procurement.run is not None else None, today)
        for procurement in procurements
    ]


def _row(procurement: Procurement, progress: Progress | None, today: dt.date) -> Row:
    if procurement.status == Status.DRAFT:
        return Row(procurement, "Draft", "Finish the opening questions", None, "", "")
    if progress is None or procurement.status in (Status.STOPPED, Status.CLOSED):
        return Row(procurement, "", "", None, "", "")
    following: TaskState | None = progress.next
    waiting = listed([state.because.removeprefix("waiting for ") for state in progress.waiting])
    if following is None:
        return Row(procurement, progress.stage.label, "", None, "waiting" if waiting else "", waiting)
    urgency = urgency_of(following.by_when, today)
    due = following.by_when.day if following.by_when is not None else None
    return Row(
        procurement,
        progress.stage.label,
        following.task.title,
        due,
        urgency or ("waiting" if waiting else ""),
        waiting,
    )


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the history, in words."""

    sentence: str
    detail: str
    at: dt.datetime


_VERBS = {
    "started": "started",
    "asked": "asked for an endorsement:",
    "declined": "answered",
    "completed": "completed",
    "reopened": "reopened",
}


def history(progress: Progress, events: Iterable[Event]) -> list[Moment]:
    """The history in words, newest first. Answers are not repeated here: they stand on the task's page."""
    moments = []
    for event in events:
        title = progress.journey.task(event.task).title
        who = str(event.by) if event.by is not None else "The toolkit"
        detail = str(event.data.get("because") or event.data.get("of") or "")
        moments.append(Moment(f"{who} {_VERBS[event.kind]} “{title}”", detail, event.at))
    return moments
