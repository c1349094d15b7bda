"""What the templates of the logs need, made ready: the templates only loop."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.db.models import Model
from django.urls import reverse

from toolkit.accounts.visibility import Reader
from toolkit.core import clock
from toolkit.core.text import count, day, moment
from workflows.journeys.definitions import Task
from workflows.journeys.progress import Progress
from workflows.procurements.logs import conflicts, permissions
from workflows.procurements.logs.forms import FORMS
from workflows.procurements.logs.kinds import KINDS, Log, LogKind, log_of
from workflows.procurements.logs.models import (
    Clarification,
    Conflict,
    ConflictsConfirmation,
    Declared,
    Effect,
    Engagement,
    Entry,
    LoggedDecision,
    Opening,
    Risk,
)
from workflows.procurements.logs.selectors import earlier, entries
from workflows.procurements.models import Procurement
from workflows.procurements.permissions import is_working_on

Facts = list[tuple[str, str]]
TEAM_ALONE = "For the team alone"


@dataclass(frozen=True, slots=True)
class Shown:
    """One entry as one reader may have it."""

    number: int
    title: str
    url: str
    facts: Facts
    tags: list[tuple[str, str]]
    """(slug of a colour, words)"""
    written: str
    """By whom and when, and who changed it last, and why."""


@dataclass(frozen=True, slots=True)
class LogLine:
    """One log in the list of all."""

    kind: LogKind
    url: str
    said: str


def log_lines(procurement: Procurement, counts: dict[Log, int | None]) -> list[LogLine]:
    """Every log, with how much is in it, or that it is for the team alone."""
    return [
        LogLine(
            kind,
            reverse("procurement_log", args=[procurement.reference, log]) if counts[log] is not None else "",
            TEAM_ALONE if (number := counts[log]) is None else count(number, "entry", "entries"),
        )
        for log, kind in KINDS.items()
    ]


def _on(value: dt.date | None) -> str:
    return day(value) if value is not None else ""


def shown(reader: Reader, procurement: Procurement, log: Log, entry: Entry) -> Shown:
    """An entry in words."""
    on_team = is_working_on(reader, procurement)
    title, facts, tags = _words(entry, on_team=on_team)
    if entry.is_closed:
        tags = [("closed", "Closed")]
        facts = [*facts, ("Closed because", entry.closed_because)]
    url = reverse("procurement_log_entry", args=[procurement.reference, log, str(entry.number)])
    return Shown(entry.number, title, url, facts, tags, _written(entry, on_team=on_team))


def _written(entry: Entry, *, on_team: bool) -> str:
    words = f"Written by {entry.written_by} on {day(entry.written_at)}"
    if entry.changed_at is not None:
        words += f", changed by {entry.changed_by} on {day(entry.changed_at)}"
        if entry.change_reason and on_team:
            words += f": {entry.change_reason}"
    return words


def _words(entry: Entry, *, on_team: bool) -> tuple[str, Facts, list[tuple[str, str]]]:
    match entry:
        case Conflict():
            return _conflict(entry)
        case Engagement():
            return _engagement(entry)
        case Clarification():
            return _clarification(entry, on_team=on_team)
        case Risk():
            return _risk(entry)
        case LoggedDecision():
            return _decision(entry)
        case Opening():
            return _opening(entry)
    raise TypeError(f"no words for {type(entry)}")


def _conflict(entry: Conflict) -> tuple[str, Facts, list[tuple[str, str]]]:
    facts: Facts = [
        ("Part", str(entry.get_part_display())),
        (
            "Declared",
            f"{entry.get_declared_display()}{f', on {day(entry.declared_on)}' if entry.declared_on else ''}",
        ),
    ]
    tags = [("waiting", "Has not declared")] if entry.declared == Declared.NOT_YET else []
    if entry.declared == Declared.INTEREST:
        facts += [
            ("Interest", entry.interest),
            ("It amounts to", str(entry.get_nature_display()) if entry.nature else "Not assessed yet"),
            ("Because", entry.assessment),
            ("What is done", entry.mitigation),
            ("Looked at again on", _on(entry.review_on)),
        ]
        tags += [("overdue", "Not assessed")] if entry.lacks_assessment else []
        tags += (
            [("overdue", "Look at it again")] if entry.review_on and entry.review_on < clock.today() else []
        )
    return entry.who, facts, tags


def _engagement(entry: Engagement) -> tuple[str, Facts, list[tuple[str, str]]]:
    facts: Facts = [
        ("Suppliers", entry.suppliers),
        ("From us", entry.ours),
        ("About", entry.about),
        ("Told or given", f"{entry.get_told_display()}{f': {entry.what_told}' if entry.what_told else ''}"),
    ]
    if entry.shared_on is not None:
        where = f", {entry.shared_where}" if entry.shared_where else ""
        facts.append(("Every supplier had it on", f"{day(entry.shared_on)}{where}"))
    tags = [("overdue", "They have had what nobody else has had")] if entry.is_unfair else []
    return f"{entry.get_how_display()} on {day(entry.held_on)}", facts, tags


def _clarification(entry: Clarification, *, on_team: bool) -> tuple[str, Facts, list[tuple[str, str]]]:
    facts: Facts = [
        ("Question as published", entry.published_question),
        ("Answer as published", entry.published_answer),
        ("Published on", _on(entry.published_on)),
    ]
    if on_team:
        asked = f"{entry.asker or 'Not said'}, on {day(entry.asked_on)}"
        facts = [("Asked by (team alone)", asked), ("As asked (team alone)", entry.question), *facts]
        facts.append(("Answered on", _on(entry.answered_on)))
    moved = f": {day(entry.new_deadline_on)}" if entry.new_deadline_on is not None else ""
    if entry.effect != Effect.NONE:
        facts.append(("Deadline", f"{entry.get_effect_display()}{moved}"))
    tags = [] if entry.is_published else [("waiting", "Not published yet")]
    title = f"Published on {day(entry.published_on)}" if entry.published_on else "Not published yet"
    return title, [fact for fact in facts if fact[0] != "Published on"], tags


def _risk(entry: Risk) -> tuple[str, Facts, list[tuple[str, str]]]:
    facts: Facts = [
        ("Because", entry.cause),
        ("Then", entry.consequence),
        ("Likelihood", str(entry.get_likelihood_display())),
        ("Impact", str(entry.get_impact_display())),
        ("Looked after by", entry.owner),
        ("What is done", entry.action),
        ("Looked at again on", _on(entry.review_on)),
    ]
    late = entry.review_on is not None and entry.review_on < clock.today()
    return entry.event, facts, [("overdue", "Look at it again")] if late else []


def _decision(entry: LoggedDecision) -> tuple[str, Facts, list[tuple[str, str]]]:
    facts: Facts = [
        ("Decided on", day(entry.decided_on)),
        ("By", entry.decided_by),
        ("Reasons", entry.reasons),
        ("Not chosen", entry.rejected),
    ]
    return entry.what, facts, [("review", "In confidence")] if entry.in_confidence else []


def _opening(entry: Opening) -> tuple[str, Facts, list[tuple[str, str]]]:
    facts: Facts = [
        ("Released", f"{moment(entry.released_at)}, by {entry.released_by}"),
        ("Also there", entry.witnessed_by),
        ("Reference", entry.system_reference),
        ("In time", str(entry.received)),
        ("Late", f"{entry.late}{f': {entry.late_why}' if entry.late_why else ''}"),
        ("Lots", entry.lots),
        ("Bidders", entry.bidders),
    ]
    return f"Released on {day(entry.released_at)}", facts, []


@dataclass(frozen=True, slots=True)
class Before:
    """One change of an entry: who, when, why, and (what, before, after) for each thing that changed."""

    who: str
    at: dt.datetime
    reason: str
    changes: list[tuple[str, str, str]] = field(default_factory=list)


def changes_of(entry: Entry, log: Log) -> list[Before]:
    """How an entry came to say what it says, newest first. One query."""
    found: list[Before] = []
    states = earlier(entry)
    for old, new in pairwise(states):
        changed = [
            (_label(log, name), _said(old, name), _said(new, name))
            for name in entry.FILLED
            if getattr(old, name) != getattr(new, name)
        ]
        who, at = getattr(new, "changed_by", None), getattr(new, "changed_at", None)
        reason = str(getattr(new, "change_reason", ""))
        found.append(Before(str(who or "The toolkit"), at or clock.now(), reason, changed))
    return found[::-1]


def _label(log: Log, name: str) -> str:
    fields: dict[str, Any] = FORMS[log].base_fields
    return str(fields[name].label) if name in fields else "Released"


def _said(state: Model, name: str) -> str:
    value = getattr(state, name)
    display = getattr(state, f"get_{name}_display", None)
    if isinstance(value, dt.datetime):
        return moment(value)
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return str(display() if display is not None else value) or "nothing"


@dataclass(frozen=True, slots=True)
class StepLog:
    """The log of one step, as its page shows it."""

    title: str
    url: str
    said: str
    confirm_url: str = ""
    """Where the conflicts log is confirmed for the notice of this step; empty when it need not be, or has been."""
    confirmed: str = ""


def step_log(reader: Reader, procurement: Procurement, task: Task, progress: Progress) -> StepLog | None:
    """The log that a step leads to, with how much stands in it. At most four queries."""
    asks = conflicts.asks_confirmation(procurement, task, progress.facts)
    log = Log.CONFLICTS if asks else log_of(task)
    if log is None or not permissions.opens(reader, procurement, log):
        return None
    url = reverse("procurement_log", args=[procurement.reference, log])
    said = count(entries(reader, procurement, log).count(), "entry", "entries")
    if not asks or not permissions.sees_all(reader, procurement, log):
        return StepLog(KINDS[log].title, url, said)
    standing = conflicts.confirmation_of(procurement, task.slug)
    if standing is not None:
        return StepLog(KINDS[log].title, url, said, confirmed=confirmation_words(standing))
    confirm = reverse("procurement_conflicts_confirm", args=[procurement.reference, task.slug])
    return StepLog(KINDS[log].title, url, said, confirm_url=confirm)


def confirmation_words(row: ConflictsConfirmation) -> str:
    """Who confirmed the conflicts log, when, and with what."""
    what = "there is nothing to declare" if row.is_nothing else f"{count(row.declared, 'declaration')}"
    waiting = f", {row.awaited} still awaited" if row.awaited else ""
    words = f": {row.words}" if row.words else ""
    return f"Confirmed by {row.by} on {day(row.at)}: {what}{waiting}{words}"


def csv_rows(found: Iterable[Entry]) -> Iterable[list[str]]:
    """The published questions as rows of a spreadsheet, headings first; nothing that tells who asked. A cell that begins
    like a formula is none there."""
    yield ["Number", "Question", "Answer", "Published on", "New deadline"]
    for entry in found:
        assert isinstance(entry, Clarification)
        cells = (
            str(entry.number), entry.published_question, entry.published_answer, str(entry.published_on or ""),
            str(entry.new_deadline_on or ""),
        )  # fmt: skip
        yield [f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell for cell in cells]
