"""What a journey is: a route's steps as data. On screen a journey is a *route* with *steps*."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from toolkit.core.stages import Stage
from toolkit.core.who import WHO


class JourneyError(ValueError):
    """A definition file is wrong. The message names the file, the task and what is wrong."""


class RouteMissing(JourneyError):
    """A run began on a route that is not among the shipped ones any more: its file was taken away."""


class TaskKind(StrEnum):
    """What doing a task means."""

    ACTION = "action"
    """Do it, and mark it complete."""
    QUESTIONS = "questions"
    """Answer: the answers decide which tasks apply."""
    NOTICE = "notice"
    """Publish a notice elsewhere; record the day and the reference."""
    ENDORSEMENT = "endorsement"
    """Somebody other than the requester endorses."""
    DECISION = "decision"
    """A formal decision made elsewhere is recorded; it holds others up until call-in ends."""
    AWARD = "award"
    """Record the signed contracts: they come into being."""
    PERIOD = "period"
    """A time that must pass: complete when its last day is over."""


CONFIDENCE = ("statute", "practice", "check")
"""`statute`: read in the law itself. `practice`: a good secondary source. `check`: check with your legal team."""


class FieldType(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long-text"
    DATE = "date"
    CHOICE = "choice"
    ANSWER = "yes-no-not-sure"
    URL = "url"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a task asks for. With `fact` the answer becomes a fact; with `event` a date becomes an event's day."""

    name: str
    type: FieldType
    label: str
    help: str = ""
    required: bool = True
    choices: tuple[tuple[str, str], ...] = ()
    fact: str = ""
    event: str = ""
    when: tuple[str, ...] = ()
    """Names of conditions: the field is left out where one of them fails."""
    only_if: tuple[str, str] | None = None
    """(another field, its answer): asked for, and kept, only with that answer."""
    ahead: bool = False
    """A day that may lie ahead, such as a deadline; any other has happened when it is recorded."""
    after: str = ""
    """Another field, whose day comes before this one's."""
    not_before: tuple[str, int] | None = None
    """(event, days): not earlier than so many days after that event, if its day is known."""
    must: tuple[str, str] | None = None
    """(the one answer that leaves the route open, the sentence for whoever answers otherwise)."""

    def is_asked(self, answers: Mapping[str, Any]) -> bool:
        """Do these answers leave the field in?"""
        return self.only_if is None or answers.get(self.only_if[0]) == self.only_if[1]


@dataclass(frozen=True, slots=True)
class LawRef:
    """Where a step stands. `only`: the names of conditions under which it does."""

    text: str
    confidence: str = "statute"
    only: tuple[str, ...] = ()

    @property
    def caution(self) -> str:
        return "Check with your legal team" if self.confidence == "check" else ""


@dataclass(frozen=True, slots=True)
class DueRule:
    """A named rule of workflows.journeys.due and what it is told."""

    rule: str
    params: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """One step of a journey."""

    slug: str
    stage: Stage
    kind: TaskKind
    title: str
    hint: str
    what: str
    why: str
    who: tuple[str, ...]
    output: str
    law: tuple[LawRef, ...]
    when: tuple[str, ...] = ()
    """Names of conditions; all must hold. Empty: always."""
    needs: tuple[str, ...] = ()
    due: DueRule | None = None
    optional: bool = False
    repeats: bool = False
    """Done again for each round of its due rule; what an earlier round recorded stays."""
    fields: tuple[Field, ...] = ()
    guidance: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    gate: str = ""
    """The approval it belongs to, such as `strategy` or `award`: the organisation’s own rules decide what that needs."""
    is_own: bool = False
    """Added by the organisation’s own rules, not by the route."""

    @property
    def who_labels(self) -> list[str]:
        return [WHO[role] for role in self.who]


ABOUT = frozenset({"procurement", "contract", "turn"})
"""What a route can be about."""

FAMILIES: Mapping[str, str] = {
    "competition": "Competitions above the threshold",
    "frameworks": "Frameworks and dynamic markets",
    "direct": "Awards without competition",
    "small": "Below the threshold, and smaller things",
    "health": "Health care services",
    "together": "Buying with others",
    "contract": "A contract you already have",
    "turn": "When a procurement takes a turn",
}
"""How routes are grouped in lists."""


@dataclass(frozen=True, slots=True)
class Journey:
    """A route from planning to exit. A published version never changes meaning: `digest` is its fingerprint."""

    slug: str
    version: int
    title: str
    summary: str
    use_when: str
    not_when: str
    tasks: tuple[Task, ...]
    aims: tuple[tuple[Stage, int], ...]
    """Stage → calendar days before the day of need by which its tasks should be done: a planning aid, not law."""
    digest: str
    family: str = ""
    """Where it stands in the list of routes: a slug of `FAMILIES`."""
    about: str = "procurement"
    """What it is about: a `procurement`, a `contract` that is there already, or the `turn` of a procurement. Only the first
    is a purchase, and in the pipeline."""
    regimes: tuple[str, ...] = ("pa23",)
    """The law it can be under; with one, that is the law of whatever is started on it."""

    withdrawn: str = ""
    """Why nothing begins on it any more; empty while it is offered. What began on it goes on to its end."""

    def task(self, slug: str) -> Task:
        """The task of this slug. Raises KeyError when the journey has none."""
        for task in self.tasks:
            if task.slug == slug:
                return task
        raise KeyError(slug)

    def has(self, slug: str) -> bool:
        return any(task.slug == slug for task in self.tasks)

    @property
    def stages(self) -> list[tuple[Stage, list[Task]]]:
        """The stages that have tasks, in order, with them."""
        grouped = [(stage, [task for task in self.tasks if task.stage == stage]) for stage in Stage]
        return [(stage, tasks) for stage, tasks in grouped if tasks]
