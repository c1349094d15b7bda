"""Reading scenarios: facts and events in, steps and days out. The shape is told in `scenarios/README.md`."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.unit.journeys.runs import BASE, TODAY
from toolkit.core.stages import Stage
from workflows.journeys import loading
from workflows.journeys.definitions import Journey
from workflows.journeys.facts import Facts
from workflows.journeys.own_rules import Amount, Approval, Band, ExtraTask, OwnRules
from workflows.journeys.progress import Happened, Happening, Progress, fold
from workflows.journeys.vocabulary import ANSWERS, CHOICES, EVENTS

FOLDER = Path(__file__).parent / "scenarios"
UNKNOWN = "unknown"
_PLAIN = {each.name for each in fields(Facts)} - {"own", "answers", "choices", "events", "rounds"}
_MONEY = {"value_inc_vat", "value_ex_vat"}


@dataclass(frozen=True, slots=True)
class Scenario:
    """One row: what is known and has happened, and what follows."""

    file: str
    name: str
    route: str
    cites: str
    version: int | None = None
    today: dt.date = TODAY
    facts: Mapping[str, Any] = field(default_factory=dict)
    own: Mapping[str, Any] = field(default_factory=dict)
    events: tuple[Mapping[str, Any], ...] = ()
    needed: tuple[str, ...] = ()
    may: Mapping[str, str] = field(default_factory=dict)
    not_needed: Mapping[str, str] = field(default_factory=dict)
    waits: Mapping[str, str] = field(default_factory=dict)
    due: Mapping[str, dt.date | str] = field(default_factory=dict)
    refused: tuple[Mapping[str, Any], ...] = ()
    notices: tuple[int, ...] | None = None
    """The numbers of every notice (UKn) that some step has, or may have: exactly these."""

    def __str__(self) -> str:
        return f"{self.file}: {self.name}"

    @property
    def journey(self) -> Journey:
        return loading.get(self.route, self.version)


def scenarios() -> Iterator[Scenario]:
    """Every scenario of every file. Raises ValueError for a wrong one, naming it."""
    for path in sorted(FOLDER.glob("*.toml")):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        if set(content) != {"scenario"}:
            raise ValueError(f"{path.name}: holds [[scenario]] alone")
        for given in content["scenario"]:
            lists = {
                key: tuple(given[key]) for key in ("events", "needed", "refused", "notices") if key in given
            }
            try:
                yield Scenario(file=path.stem, **{**given, **lists})
            except TypeError as error:
                raise ValueError(f"{path.name}, {given.get('name')}: {error}") from error


def progress_of(scenario: Scenario) -> Progress:
    """Where the run of a scenario stands. Raises ValueError for a fact that is no fact, or that nothing asks for."""
    journey = scenario.journey
    facts, chosen = _facts(scenario)
    events = [_event(each) for each in scenario.events]
    told = _said(journey, chosen, facts.answers, events, scenario)
    said = fold(journey, facts, told, today=scenario.today)
    for name, choice in chosen.items():
        if said.facts.choice(name) != choice:
            raise ValueError(f"{scenario}: {name} did not become {choice}")
    return said


def _facts(scenario: Scenario) -> tuple[Facts, dict[str, str]]:
    plain: dict[str, Any] = {}
    answers: dict[str, bool | None] = {}
    events = dict(BASE.events)
    chosen: dict[str, str] = {}
    for name, given in scenario.facts.items():
        value = None if given == UNKNOWN else given
        if name in _PLAIN:
            plain[name] = Decimal(str(value)) if name in _MONEY and value is not None else value
        elif name in CHOICES:
            chosen[name] = given
        elif name in ANSWERS:
            answers[name] = value
        elif name in EVENTS:
            events[name] = given
        else:
            raise ValueError(f"{scenario}: {name} is no fact")
    return replace(BASE, **plain, answers=answers, events=events, own=_own(scenario.own)), chosen


def _amount(given: list[Any] | None) -> Amount | None:
    return None if given is None else Amount(Decimal(str(given[0])), given[1])


def _banded(given: Mapping[str, Any]) -> dict[str, Any]:
    lists = {key: tuple(value) if isinstance(value, list) else value for key, value in given.items()}
    return lists | {end: _amount(given.get(end)) for end in ("start", "below")}


def _own(given: Mapping[str, Any]) -> OwnRules:
    values = dict(given)
    if "key_decision_from" in values:
        values["key_decision_from"] = _amount(values["key_decision_from"])
    for name, made in (("approvals", Approval), ("bands", Band)):
        if name in values:
            values[name] = tuple(made(**_banded(each)) for each in values[name])
    if "extra_tasks" in values:
        values["extra_tasks"] = tuple(
            ExtraTask(**{**each, "stage": Stage(each["stage"]), "who": tuple(each["who"])})
            for each in values["extra_tasks"]
        )
    return OwnRules(**values)


def as_kept(value: Any) -> Any:
    """An answer as an event keeps it: days as ISO text."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: as_kept(each) for key, each in value.items()}
    return value


def data_of(given: Mapping[str, Any], *without: str) -> dict[str, Any]:
    return {key: as_kept(value) for key, value in given.items() if key not in without}


def _event(given: Mapping[str, Any]) -> Happened:
    return Happened(
        Happening(given.get("kind", "completed")),
        given["task"],
        given.get("on", TODAY),
        data_of(given, "task", "on", "kind"),
        "Ada Okoro",
    )


def _said(
    journey: Journey,
    chosen: Mapping[str, str],
    answers: Mapping[str, bool | None],
    events: list[Happened],
    scenario: Scenario,
) -> list[Happened]:
    """The events, with what the facts say written into the steps that ask for it. A fact that is one of several is said
    by its step, so that step counts as completed; a yes-or-no fact is written in only where its step is completed."""
    told: dict[str, dict[str, Any]] = {}
    for name, choice in chosen.items():
        slug, given = _asking(journey, name) or ("", "")
        if not slug:
            raise ValueError(f"{scenario}: no step of {scenario.route} asks for {name}")
        told.setdefault(slug, {})[given] = choice
    done = {event.task for event in events if event.kind == Happening.COMPLETED} | set(told)
    for name, answer in answers.items():
        slug, given = _asking(journey, name) or ("", "")
        if slug in done:
            word = {True: "yes", False: "no", None: "not-sure"}[answer]
            told.setdefault(slug, {})[given] = word
    written = [
        replace(event, data={**told.pop(event.task), **event.data})
        if event.kind == Happening.COMPLETED and event.task in told
        else event
        for event in events
    ]
    return [
        Happened(Happening.COMPLETED, slug, TODAY, data, "Ada Okoro") for slug, data in told.items()
    ] + written


def _asking(journey: Journey, fact: str) -> tuple[str, str] | None:
    """The first step that asks for a fact, and its field."""
    return next(
        ((task.slug, given.name) for task in journey.tasks for given in task.fields if given.fact == fact),
        None,
    )
