"""What the templates of procurements need, made ready: the templates only loop."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.accounts.visibility import Reader
from toolkit.core import clock
from toolkit.core.money import pounds
from toolkit.core.stages import Stage
from toolkit.core.text import day, listed
from toolkit.holidays.selectors import remembered_bank_holidays
from workflows.journeys.definitions import Task, TaskKind
from workflows.journeys.due import Due
from workflows.journeys.models import Event
from workflows.journeys.progress import Happening, Progress, TaskState
from workflows.procurements import confidence
from workflows.procurements.facts import facts_of
from workflows.procurements.models import (
    Endorsement,
    EndorsementStatus,
    FormalDecision,
    HistoryLine,
    LineKind,
    Procurement,
    Status,
)


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

    def is_in(self, group: str) -> bool:
        """Does it belong to a group of URGENCY_WORDS?"""
        return bool(self.waiting_for) if group == "waiting" else self.urgency == group


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


def urgency_of(due: Due | None, today: dt.date) -> str:
    if due is None or due.day is None:
        return ""
    if due.day < today:
        return "overdue"
    if due.day == today:
        return "today"
    return "week" if (due.day - today).days <= 7 else ""


def rows_of(reader: Reader, procurements: Iterable[Procurement]) -> list[Row]:
    """Rows for a list, as far as this reader may know; one query for all their events. Prefetch `team`."""
    procurements = list(procurements)
    today = clock.today()
    live = [procurement for procurement in procurements if procurement.run is not None]
    holidays = remembered_bank_holidays()
    progress = confidence.progress_shown_of_many(
        reader, ((procurement, facts_of(procurement, holidays)) for procurement in live), today=today
    )
    return [_row(procurement, progress.get(procurement), today) for procurement in procurements]


def _row(procurement: Procurement, progress: Progress | None, today: dt.date) -> Row:
    if procurement.status == Status.DRAFT:
        return Row(procurement, "Draft", "Finish the opening questions", None, "", "")
    if progress is None or procurement.status in (Status.STOPPED, Status.CLOSED):
        return Row(procurement, "", "", None, "", "")
    waiting = listed([state.because.removeprefix("waiting for ") for state in progress.waiting])
    if procurement.status == Status.PAUSED:
        return Row(procurement, progress.stage.label, "", None, "", waiting)
    following = most_urgent(progress, today) or progress.next
    if following is None:
        return Row(procurement, progress.stage.label, "", None, "", waiting)
    urgency = urgency_of(following.by_when, today) if not following.task.optional else ""
    due = following.by_when.day if following.by_when is not None else None
    return Row(procurement, progress.stage.label, following.task.title, due, urgency, waiting)


def most_urgent(progress: Progress, today: dt.date) -> TaskState | None:
    """Of all steps that can be done now, the one that is overdue or due within the week; what the law sets comes first."""
    pressing = [
        (URGENCIES.index(urgency), state.by_when.basis != "law", state.by_when.day, place, state)
        for place, state in enumerate(progress.can_start)
        if state.status != "waiting"
        and not state.task.optional
        and state.by_when is not None
        and state.by_when.day is not None
        and (urgency := urgency_of(state.by_when, today))
    ]
    return min(pressing)[-1] if pressing else None


@dataclass(frozen=True, slots=True)
class Recorded:
    """An endorsement or a formal decision, as one reader may have it."""

    title: str
    facts: list[tuple[str, str]]
    caution: str = ""
    """What to know before relying on it."""


IN_CONFIDENCE = "For the team alone until the award, then for auditors too"


def endorsement_page(reader: Reader, procurement: Procurement, row: Endorsement, stage: Stage) -> Recorded:
    """An endorsement; what was asked and answered in confidence only for those who may know it."""
    value = pounds(row.value_inc_vat) if row.value_inc_vat is not None else "Cannot be estimated"
    open_to = row.asked_of_id == reader.person_id or confidence.sees_answers(reader, procurement, stage)
    facts = [
        ("Asked by", str(row.asked_by)),
        ("Asked of", str(row.asked_of)),
        ("Asked on", day(row.asked_at)),
        ("What", row.note if open_to else IN_CONFIDENCE),
        ("Value including VAT when asked", value),
        ("Answered on", day(row.answered_at) if row.answered_at else "Not answered yet"),
        ("Reasons", row.reasons if open_to else IN_CONFIDENCE),
    ]
    now, then = procurement.value_inc_vat, row.value_inc_vat
    risen = then is not None and (now is None or now > then)
    caution = (
        f"Given for {value}. The value is now {pounds(now) if now is not None else 'one that cannot be estimated'}."
        if row.status == EndorsementStatus.ENDORSED and risen
        else ""
    )
    return Recorded(f"{row.get_kind_display()}: {row.get_status_display().lower()}", facts, caution)


def decision_page(reader: Reader, procurement: Procurement, row: FormalDecision, stage: Stage) -> Recorded:
    """A formal decision; of one in confidence, who made it and when."""
    until = row.call_in_ends_on
    facts = [
        ("Decided on", day(row.decided_on)),
        ("Published on", day(row.published_on) if row.published_on else ""),
        ("Call-in ends at the end of", day(until) if until else "Call-in does not apply"),
    ]
    if confidence.sees_answers(reader, procurement, stage):
        facts = [
            ("Made by", f"{row.get_maker_display()}: {row.maker_name}"),
            ("Power", row.power),
            *facts,
            ("Report", " ".join(filter(None, (row.report_reference, row.report_link)))),
            ("Delegated to", row.delegated_to),
            *([("Reason for the change", row.reason)] if row.reason else []),
        ]
    else:
        facts = [("Made by", str(row.get_maker_display())), *facts, ("Everything else", IN_CONFIDENCE)]
    facts.append(("Recorded by", f"{row.recorded_by}, on {day(row.recorded_at)}"))
    if row.superseded_at is not None:
        return Recorded(
            "Superseded", facts, f"A further decision took its place on {day(row.superseded_at)}."
        )
    return Recorded("The decision", facts)


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
    lines = list(lines)
    moments = [moment_of(line) for line in lines if line.kind != LineKind.STARTED]
    for event in events:
        if event.kind == Happening.REOPENED and event.data.get("_for"):
            continue  # what it was reopened for follows at once, and is told there
        task = progress.journey.task(event.task)
        if not confidence.sees_step(reader, procurement, task):
            continue
        who = str(event.by) if event.by is not None else "The toolkit"
        details = [str(event.data[name]) for name in ("because", "of") if event.data.get(name)]
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
