"""What the templates of procurements need, made ready: the templates only loop."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from toolkit.accounts.visibility import Reader
from toolkit.core import clock
from toolkit.core.stages import Stage
from toolkit.core.text import day, listed
from toolkit.holidays.selectors import remembered_bank_holidays
from workflows.journeys.definitions import Task, TaskKind
from workflows.journeys.models import Event
from workflows.journeys.progress import Happening, Progress, TaskState
from workflows.journeys.progress import Status as Step
from workflows.procurements import confidence, permissions
from workflows.procurements.facts import facts_of
from workflows.procurements.models import (
    EndorsementStatus,
    HistoryLine,
    LineKind,
    OpenStep,
    Procurement,
    Status,
)
from workflows.procurements.standing import CAN_DO, TO_DO, folded, open_steps_of, overtaken, stages_of


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
    """`overdue`, `today`, `week`, or empty: of the most urgent open step, which is then the next one."""
    waiting_for: str
    """Whom it waits for, whatever else is due."""
    why: str = ""
    """Why the day of the next step, in one sentence with its source."""


def owed_after_stopping(procurement: Procurement, progress: Progress) -> list[TaskState]:
    """What a stopped procurement still has to publish or notify."""
    if procurement.status != Status.STOPPED:
        return []
    return [
        state
        for state in progress.states
        if state.task.slug in permissions.AFTER_STOPPING and state.can_do and not state.may_apply
    ]


URGENCY_WORDS = {
    "overdue": "Overdue",
    "today": "Due today",
    "week": "Due this week",
    "waiting": "Waiting for others",
}
URGENCIES = ("overdue", "today", "week")


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


def urgency_of(day: dt.date | None, today: dt.date) -> str:
    """`overdue`, `today`, `week` (the next seven days), or empty."""
    if day is None:
        return ""
    if day < today:
        return "overdue"
    if day == today:
        return "today"
    return "week" if (day - today).days <= 7 else ""


def rows_of(reader: Reader, procurements: Iterable[Procurement]) -> list[Row]:
    """Rows for a list, as far as this reader may know; prefetch `team`. Three queries, and one more where a day has
    overtaken what is written down, or where the window is closed to the reader."""
    procurements = list(procurements)
    today = clock.today()
    covered = {each.pk: each for each in procurements if confidence.unseen(reader, each)}
    late = {
        each.pk: each
        for each in overtaken(Procurement.objects.filter(pk__in=[each.pk for each in procurements]), today)
        if each.pk not in covered
    }
    written = OpenStep.objects.filter(
        procurement__in=[each for each in procurements if each.pk not in late and each.pk not in covered],
        status__in=CAN_DO,
    )
    steps: dict[int, list[OpenStep]] = {}
    shown = _shown(reader, covered.values(), today)
    rows = [row for each, progress in shown.items() for row in open_steps_of(each, progress)]
    for row in [*written, *folded(late.values(), today), *rows]:
        if row.status in CAN_DO:
            steps.setdefault(row.procurement_id, []).append(row)
    stages = stages_of(procurements) | {each.pk: progress.stage for each, progress in shown.items()}
    return [
        _row(each, Stage(stages[each.pk]).label if each.pk in stages else "", steps.get(each.pk, []), today)
        for each in procurements
    ]


def _shown(reader: Reader, covered: Collection[Procurement], today: dt.date) -> dict[Procurement, Progress]:
    """Where records in confidence stand, as far as this reader may know."""
    if not covered:
        return {}
    holidays = remembered_bank_holidays()
    given = ((each, facts_of(each, holidays)) for each in covered)
    return confidence.progress_shown_of_many(reader, given, today=today)


def _row(procurement: Procurement, stage: str, steps: list[OpenStep], today: dt.date) -> Row:
    if procurement.status == Status.DRAFT:
        return Row(procurement, "Draft", "Finish the opening questions", None, "", "")
    if procurement.run is None or procurement.status in (Status.STOPPED, Status.CLOSED):
        return Row(procurement, "", "", None, "", "")
    waiting = listed(
        [row.because.removeprefix("waiting for ") for row in steps if row.status == Step.WAITING]
    )
    doable = [row for row in steps if row.status in TO_DO]
    if procurement.status == Status.PAUSED or not doable:
        return Row(procurement, stage, "", None, "", waiting)
    following = min(doable, key=lambda row: _order(row, today))
    urgency = urgency_of(following.due_on, today) if not following.is_optional else ""
    why = f"{following.rule} {following.source}." if following.due_on is not None else ""
    return Row(procurement, stage, following.title, following.due_on, urgency, waiting, why)


def _order(row: OpenStep, today: dt.date) -> tuple[bool, int, bool, dt.date, bool, int]:
    """What comes first: what is overdue or due within the week, the law's days before the plan's; then the order of the
    route, what must be done before what may be."""
    urgency = urgency_of(row.due_on, today) if not row.is_optional else ""
    if not urgency or row.due_on is None:
        return (True, 0, False, dt.date.max, row.is_optional, row.place)
    return (False, URGENCIES.index(urgency), row.basis != "law", row.due_on, False, row.place)


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the history, in words."""

    sentence: str
    details: list[str]
    at: dt.datetime


def history(
    reader: Reader,
    procurement: Procurement,
    progress: Progress,
    events: Iterable[Event],
    lines: Iterable[HistoryLine],
) -> list[Moment]:
    """The history in words, newest first: what happened to the record and to its steps. Answers are not repeated here:
    they stand on the step's page. Details of what is in confidence are left out for those who may not know them."""
    lines = [line for line in lines if confidence.sees_line(reader, procurement, line)]
    moments = [moment_of(line) for line in lines if line.kind != LineKind.STARTED]
    for event in events:
        if event.kind == Happening.REOPENED and event.data.get("_for"):
            continue  # what it was reopened for follows at once, and is told there
        task = progress.journey.task(event.task)
        if not confidence.sees_step(reader, procurement, task):
            continue
        who = str(event.by) if event.by is not None else "The toolkit"
        details = [str(event.data[name]) for name in ("because", "of") if event.data.get(name)]
        if event.data.get("in_place_of"):
            details.append(f"In place of {event.data['in_place_of']}")
        details += [_change(*change) for change in event.data.get("_changes", [])]
        if not confidence.sees_answers(reader, procurement, task.stage):
            details = []
        moments.append(Moment(f"{who} {_verb(event, task)} “{task.title}”", details, event.at))
    # Of what happened in one moment, the start came first, and so stands last.
    moments += [moment_of(line) for line in lines if line.kind == LineKind.STARTED]
    return sorted(moments, key=lambda moment: moment.at, reverse=True)


def _verb(event: Event, task: Task) -> str:
    match event.kind:
        case Happening.ASKED:
            return "asked for an endorsement:"
        case Happening.GIVEN:
            return "endorsed, as one of several,"
        case Happening.REOPENED if event.data.get("answer") == EndorsementStatus.LAPSED:
            return "changed what was endorsed:"
        case Happening.DECLINED:
            return _ANSWERED.get(str(event.data.get("answer")), "answered")
        case Happening.COMPLETED if event.data.get("_for") == "further":
            return "recorded a further decision:"
        case Happening.COMPLETED if event.data.get("_for") == "dates":
            return "corrected the dates of the decision:"
        case Happening.COMPLETED if task.kind == TaskKind.ENDORSEMENT:
            return "endorsed"
        case Happening.STARTED | Happening.COMPLETED | Happening.REOPENED:
            return str(event.kind)
    raise ValueError(f"no words for {event.kind}")


_ANSWERED: dict[str, str] = {
    EndorsementStatus.DECLINED: "declined to endorse",
    EndorsementStatus.CHANGES: "asked for changes before endorsing",
    EndorsementStatus.WITHDRAWN: "withdrew the request to endorse",
    EndorsementStatus.LAPSED: "changed what somebody was asked to endorse:",
}

_LINES = {
    LineKind.STARTED: "started the procurement",
    LineKind.CLOSED: "did the last step: the procurement is closed",
    LineKind.REOPENED: "opened the procurement again",
    LineKind.PAUSED: "paused the procurement",
    LineKind.RESUMED: "resumed the procurement",
    LineKind.STOPPED: "stopped the procurement",
    LineKind.HANDED_OVER: "closed it here: it is handled outside the toolkit",
    LineKind.JOINED: "put {detail} on the team",
    LineKind.LEFT: "took {detail} off the team",
    LineKind.SHARED: "changed who sees it",
    LineKind.FACTS: "changed the facts",
    LineKind.PLAN: "changed the plan",
    LineKind.WORK: "handed over the work of {detail}",
}


def _change(what: str, before: str, after: str) -> str:
    return f"{what}: {before or 'not answered'} → {after or 'not answered'}"


def moment_of(line: HistoryLine) -> Moment:
    """A line of the record’s history in words."""
    who = str(line.by) if line.by is not None else "The toolkit"
    words = _LINES[LineKind(line.kind)]
    details = [line.detail] if line.detail and "{detail}" not in words else []
    details += [_change(*change) for change in line.changes]
    return Moment(f"{who} {words.format(detail=line.detail)}", details, line.at)
