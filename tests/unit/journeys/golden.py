"""Golden folds: what each published version says of fixed facts at three moments of its life.

The fingerprint of a version tells that its file is the same; this tells that its conditions, its due rules and the law
they count by still mean the same. Written anew, on purpose, with `python -m tests.unit.journeys.golden` (docs/adr/0004).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from tests.unit.journeys.wide import facts_for
from workflows.journeys import loading
from workflows.journeys.definitions import Field, FieldType, Journey, Task
from workflows.journeys.due import Due
from workflows.journeys.facts import Facts
from workflows.journeys.progress import Happened, Happening, TaskState, fold

FOLDER = Path(__file__).parent / "golden"
BEGUN = dt.date(2026, 11, 24)
MOMENTS = {
    "begun": (BEGUN, 0.0),
    "half-way": (dt.date(2027, 6, 1), 0.5),
    "at-the-end": (dt.date(2028, 9, 1), 1.0),
}
"""Moment → today, and how much of its steps is completed."""
_DAYS_OF_CONTRACT = {
    "contract-entered": "2028-02-01",
    "contract-starts": "2028-04-01",
    "contract-ends": "2033-03-31",
}


def facts_of(journey: Journey) -> Facts:
    """Fixed facts: services of £6 million under executive arrangements, above the threshold, of no special kind."""
    return replace(
        facts_for(journey),
        value_inc_vat=Decimal(6_000_000),
        value_ex_vat=Decimal(5_000_000),
        decision_model="executive",
    )


def _answer(given: Field, number: int) -> str:
    """The first answer of every question; days go on by one a step, so that each can be told from the others."""
    if given.type == FieldType.DATE:
        return (dt.date(2027, 1, 4) + dt.timedelta(number)).isoformat()
    if given.type == FieldType.ANSWER:
        return "yes"
    return given.choices[0][0] if given.choices else "Said"


def _completed(task: Task, number: int) -> Happened:
    data: dict[str, object] = {given.name: _answer(given, number) for given in task.fields}
    if task.kind == "award":
        data["_events"] = _DAYS_OF_CONTRACT
    return Happened(Happening.COMPLETED, task.slug, BEGUN, data, "Ada Okoro")


def events_of(journey: Journey, part: float) -> list[Happened]:
    """The first steps of the route, completed with fixed answers."""
    first = journey.tasks[: round(len(journey.tasks) * part)]
    return [_completed(task, number) for number, task in enumerate(first)]


def _day(due: Due | None) -> str:
    if due is None:
        return "-"
    if due.day is None:
        return "no day"
    return f"{'from ' if due.not_before else ''}{due.day.isoformat()}"


def _line(state: TaskState) -> str:
    """Status, day of the law, day of the plan, and whether it only may apply."""
    said = [state.status.value, _day(state.due), _day(state.aim)]
    return " | ".join([*said, "may apply"] if state.may_apply else said)


def folds(journey: Journey) -> dict[str, dict[str, str]]:
    """Moment → step → where it stands."""
    found = {}
    for moment, (today, part) in MOMENTS.items():
        progress = fold(journey, facts_of(journey), events_of(journey, part), today=today)
        found[moment] = {state.task.slug: _line(state) for state in progress.states}
    return found


def written(journey: Journey) -> str:
    lines = [
        "# Step = status | day of the law | day of the plan. Written by tests/unit/journeys/golden.py.\n"
    ]
    for moment, steps in folds(journey).items():
        lines.append(f"[{moment}]\n")
        lines += [f"{slug} = {json.dumps(line)}\n" for slug, line in steps.items()]
    return "".join(lines)


def path_of(journey: Journey) -> Path:
    return FOLDER / f"{journey.slug}.v{journey.version}.toml"


def files() -> Iterator[tuple[Path, str]]:
    for journey in loading.all_journeys().values():
        yield path_of(journey), written(journey)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    wanted = dict(files())
    for path in set(FOLDER.glob("*.toml")) - wanted.keys():
        path.unlink()
    for path, content in wanted.items():
        path.write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
