"""What the templates of routes need, made ready: the templates only loop."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from toolkit.core.stages import Stage
from workflows.journeys import loading
from workflows.journeys.conditions import CONDITIONS, Condition
from workflows.journeys.definitions import FAMILIES, Journey, LawRef, Task
from workflows.journeys.due import Due, due_of
from workflows.journeys.facts import Facts
from workflows.journeys.order import numbers_of
from workflows.journeys.progress import Status, fold, law_of


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step in the table of a route."""

    number: int
    task: Task
    conditions: tuple[Condition, ...]
    due: Due | None
    after: tuple[tuple[int, str], ...]
    """The steps that have to be done before: (number, slug)."""
    law: tuple[LawRef, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """Routes that stand together in a list."""

    slug: str
    label: str
    journeys: tuple[Journey, ...]


def families(journeys: Iterable[Journey]) -> list[Family]:
    """The routes in their groups; groups without one are left out."""
    journeys = list(journeys)
    grouped = (
        Family(slug, label, tuple(each for each in journeys if each.family == slug))
        for slug, label in FAMILIES.items()
    )
    return [family for family in grouped if family.journeys]


def steps_by_stage(journey: Journey) -> list[tuple[Stage, list[StepRow]]]:
    """The table of a route, with what it says before any fact is known."""
    numbers = numbers_of(journey)
    return [(stage, [_row(task, numbers) for task in tasks]) for stage, tasks in journey.stages]


def _row(task: Task, numbers: dict[str, int]) -> StepRow:
    return StepRow(
        number=numbers[task.slug],
        task=task,
        conditions=tuple(CONDITIONS[name] for name in task.when),
        due=due_of(task.due, Facts()) if task.due is not None else None,
        after=tuple(sorted((numbers[need], need) for need in task.needs)),
        law=law_of(task, Facts()),
    )


@dataclass(frozen=True, slots=True)
class WhatIfRow:
    """One step for the facts that were given. `because`: why it is not needed, or what nobody has said."""

    task: Task
    because: str
    due: Due | None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The steps of a route for given facts."""

    needed: tuple[tuple[Stage, tuple[WhatIfRow, ...]], ...]
    unsure: tuple[WhatIfRow, ...]
    """Steps that stay because nobody has said enough to leave them out."""
    not_needed: tuple[WhatIfRow, ...]

    @property
    def count(self) -> int:
        return sum(len(rows) for _, rows in self.needed)


def what_if(journey: Journey, facts: Facts, *, today: dt.date) -> WhatIf:
    """Which steps apply to these facts, which may, and which don't, with the reason."""
    needed: dict[Stage, list[WhatIfRow]] = {}
    unsure: list[WhatIfRow] = []
    not_needed: list[WhatIfRow] = []
    for state in fold(journey, facts, (), today=today).states:
        row = WhatIfRow(state.task, state.because, state.due)
        if state.status == Status.NOT_NEEDED:
            not_needed.append(row)
        elif state.may_apply:
            unsure.append(WhatIfRow(state.task, state.may_apply, state.due))
        else:
            needed.setdefault(state.task.stage, []).append(row)
    return WhatIf(
        tuple((stage, tuple(rows)) for stage, rows in needed.items()), tuple(unsure), tuple(not_needed)
    )


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """A condition and the steps that hang on it: (route’s slug, step’s slug, step’s title) of the first route that has it."""

    condition: Condition
    steps: tuple[tuple[str, str, str], ...]


def conditions_in_use() -> Sequence[ConditionRow]:
    """Every condition that a step of a current route hangs on, in the order of their words."""
    steps: dict[str, dict[str, tuple[str, str, str]]] = {}
    for journey in loading.latest():
        for task in journey.tasks:
            for name in task.when:
                steps.setdefault(name, {}).setdefault(task.slug, (journey.slug, task.slug, task.title))
    rows = [ConditionRow(CONDITIONS[name], tuple(found.values())) for name, found in steps.items()]
    return sorted(rows, key=lambda row: row.condition.holds)
