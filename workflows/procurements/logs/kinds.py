"""The logs there are, and which log a step of a route leads to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from workflows.journeys.definitions import Task, TaskKind
from workflows.procurements.logs.models import (
    Clarification,
    Conflict,
    Engagement,
    Entry,
    LoggedDecision,
    Opening,
    Risk,
)


class Log(StrEnum):
    """The slugs of the logs, in the order of the page that lists them."""

    CONFLICTS = "conflicts"
    ENGAGEMENT = "engagement"
    CLARIFICATION = "clarification"
    RISKS = "risks"
    DECISIONS = "decisions"
    OPENING = "opening"


@dataclass(frozen=True, slots=True)
class LogKind:
    """What a log is called, what it keeps, and where a search looks."""

    log: Log
    model: type[Entry]
    title: str
    lead: str
    add: str
    searched: tuple[str, ...]
    told: tuple[str, ...] = ()
    """Where the search of somebody outside the team looks, if it is not the same."""
    source: str = ""


_KINDS = (
    LogKind(
        Log.CONFLICTS, Conflict, "Conflicts of interest",
        "Everybody who acts in the procurement or can influence it declares, members and people from outside too. Each interest is assessed, dealt with and looked at again, until the contract ends.",
        "Add somebody", ("name", "person__name", "interest", "assessment", "mitigation"),
        source="Procurement Act 2023, sections 81 to 83",
    ),
    LogKind(
        Log.ENGAGEMENT, Engagement, "Engagement with suppliers",
        "Who was spoken to, when and how, what they were told, and when every other supplier was told the same.",
        "Add an engagement", ("suppliers", "ours", "about", "what_told", "shared_where"),
        source="Procurement Act 2023, sections 12 and 16",
    ),
    LogKind(
        Log.CLARIFICATION, Clarification, "Clarification",
        "Every question and its answer goes to every supplier, without the name of who asked. Who asked is for the team alone, always.",
        "Add a question", ("asker", "question", "published_question", "published_answer"),
        told=("published_question", "published_answer"),
        source="Procurement Act 2023, sections 12 and 31",
    ),
    LogKind(
        Log.RISKS, Risk, "Risks",
        "What may go wrong, why, what it would do, and who does what about it. Seen by those who see your organisation’s intent.",
        "Add a risk", ("cause", "event", "consequence", "owner", "action"),
    ),
    LogKind(
        Log.DECISIONS, LoggedDecision, "Decisions",
        "Material decisions and their reasons: the formal ones from their steps, and those taken on the way, written here. Keep them until three years after the contract is entered into, or longer if your own rules say so.",
        "Add a decision", ("what", "reasons", "rejected", "decided_by"),
        source="Procurement Act 2023, section 98",
    ),
    LogKind(
        Log.OPENING, Opening, "Opening record",
        "What the e-tendering system released: when, by whom, how many, which came late. Tenders stay in that system: no file of one belongs here.",
        "Add an opening", ("released_by", "witnessed_by", "system_reference", "bidders", "lots", "late_why"),
    ),
)  # fmt: skip

KINDS: Mapping[Log, LogKind] = {kind.log: kind for kind in _KINDS}

_BY_WORD: tuple[tuple[str, Log], ...] = (
    ("conflict", Log.CONFLICTS),
    ("clarification", Log.CLARIFICATION),
    ("engagement", Log.ENGAGEMENT),
    ("opening", Log.OPENING),
    ("risk", Log.RISKS),
)
"""What a step’s slug says → the log that is its evidence. Routes name their steps after what they leave behind."""

_OPENS = "Opening record"


def log_of(task: Task) -> Log | None:
    """The log a step leads to, if any: what is written there is the evidence that the step was done."""
    found = next((log for word, log in _BY_WORD if word in task.slug), None)
    if found is not None:
        return found
    if task.output == _OPENS:
        return Log.OPENING
    return Log.DECISIONS if task.kind == TaskKind.DECISION else None
