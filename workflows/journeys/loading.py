"""Loading journeys from TOML: every mistake in a file is an error that names the file and the task.

`definitions/<slug>.v<version>.toml` is a journey: its words, and its steps in order. A step names a task of
`definitions/tasks/*.toml` (a task is written once, whichever routes use it) and may change its `when`, `needs`,
`due`, `optional`, `title` or `hint`. Needs that a journey does not have are left out of it.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from toolkit.core.stages import Stage
from toolkit.core.who import WHO
from workflows.journeys.conditions import CONDITIONS
from workflows.journeys.definitions import (
    CONFIDENCE,
    DueRule,
    Field,
    FieldType,
    Journey,
    JourneyError,
    LawRef,
    Task,
    TaskKind,
)
from workflows.journeys.due import RULES
from workflows.journeys.facts import ANSWERS, EVENTS

DEFINITIONS = Path(__file__).parent / "definitions"
_TASK_KEYS = {
    "stage", "kind", "title", "hint", "what", "why", "who", "output", "law", "when", "needs", "due", "optional", "fields",
    "guidance", "documents",
}  # fmt: skip
_STEP_KEYS = {"task", "when", "needs", "due", "optional", "title", "hint"}
_JOURNEY_KEYS = {"title", "summary", "use_when", "not_when", "aims", "steps"}


def _only(given: dict[str, Any], allowed: set[str], where: str) -> None:
    unknown = sorted(set(given) - allowed)
    if unknown:
        raise JourneyError(f"{where}: unknown {', '.join(unknown)}")


def _field(given: dict[str, Any], where: str) -> Field:
    _only(given, {"name", "type", "label", "help", "required", "choices", "fact", "event"}, where)
    try:
        made = Field(
            name=given["name"],
            type=FieldType(given["type"]),
            label=given["label"],
            help=given.get("help", ""),
            required=given.get("required", True),
            choices=tuple((slug, words) for slug, words in given.get("choices", [])),
            fact=given.get("fact", ""),
            event=given.get("event", ""),
        )
    except (KeyError, ValueError) as error:
        raise JourneyError(f"{where}: field {given.get('name', '?')}: {error}") from error
    if made.fact and made.fact not in ANSWERS:
        raise JourneyError(f"{where}: unknown fact {made.fact}")
    if made.event and made.event not in EVENTS:
        raise JourneyError(f"{where}: unknown event {made.event}")
    return made


def _due(given: dict[str, Any] | None, where: str) -> DueRule | None:
    if given is None:
        return None
    if given.get("rule") not in RULES:
        raise JourneyError(f"{where}: unknown due rule {given.get('rule')}")
    if "event" in given and given["event"] not in EVENTS:
        raise JourneyError(f"{where}: unknown event {given['event']}")
    return DueRule(
        given["rule"], tuple(sorted((key, value) for key, value in given.items() if key != "rule"))
    )


def _task(slug: str, given: dict[str, Any], where: str) -> Task:
    _only(given, _TASK_KEYS, where)
    try:
        task = Task(
            slug=slug,
            stage=Stage(given["stage"]),
            kind=TaskKind(given["kind"]),
            title=given["title"],
            hint=given["hint"],
            what=given["what"],
            why=given["why"],
            who=tuple(given["who"]),
            output=given["output"],
            law=tuple(LawRef(text, confidence) for text, confidence in given["law"]),
            when=tuple(given.get("when", [])),
            needs=tuple(given.get("needs", [])),
            due=_due(given.get("due"), where),
            optional=given.get("optional", False),
            fields=tuple(_field(field, where) for field in given.get("fields", [])),
            guidance=tuple(given.get("guidance", [])),
            documents=tuple(given.get("documents", [])),
        )
    except (KeyError, ValueError) as error:
        raise JourneyError(f"{where}: {error}") from error
    for role in task.who:
        if role not in WHO:
            raise JourneyError(f"{where}: unknown role {role}")
    if not task.law or any(law.confidence not in CONFIDENCE for law in task.law):
        raise JourneyError(f"{where}: law is missing, or its confidence is none of {', '.join(CONFIDENCE)}")
    _known_conditions(task.when, where)
    return task


def _known_conditions(names: tuple[str, ...], where: str) -> None:
    for name in names:
        if name not in CONDITIONS:
            raise JourneyError(f"{where}: unknown condition {name}")


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise JourneyError(f"{path.name}: {error}") from error


def load_tasks(folder: Path) -> dict[str, Task]:
    """Every task of a folder by slug. Raises JourneyError for a wrong file or a slug used twice."""
    tasks: dict[str, Task] = {}
    for path in sorted(folder.glob("*.toml")):
        for slug, given in _read(path).items():
            if slug in tasks:
                raise JourneyError(f"{path.name}, {slug}: this task is defined already")
            tasks[slug] = _task(slug, given, f"{path.name}, {slug}")
    return tasks


def load_journey(path: Path, tasks: dict[str, Task]) -> Journey:
    """One journey file. Raises JourneyError."""
    slug, _, version = path.stem.rpartition(".v")
    if not slug or not version.isdigit():
        raise JourneyError(f"{path.name}: a journey file is named <slug>.v<version>.toml")
    given = _read(path)
    _only(given, _JOURNEY_KEYS, path.name)
    steps: list[Task] = []
    for step in given["steps"]:
        steps.append(_step(step, tasks, steps, path.name))
    if [task.stage for task in steps] != sorted((task.stage for task in steps), key=list(Stage).index):
        raise JourneyError(f"{path.name}: steps are not in the order of the stages")
    journey = Journey(
        slug=slug,
        version=int(version),
        title=given["title"],
        summary=given["summary"],
        use_when=given["use_when"],
        not_when=given["not_when"],
        tasks=tuple(steps),
        aims=tuple((Stage(stage), days) for stage, days in given["aims"].items()),
        digest="",
    )
    content = json.dumps(asdict(journey), sort_keys=True, ensure_ascii=False)
    return Journey(
        **{
            **{name: getattr(journey, name) for name in journey.__slots__},
            "digest": hashlib.sha256(content.encode()).hexdigest(),
        }
    )


def _step(step: str | dict[str, Any], tasks: dict[str, Task], before: list[Task], where: str) -> Task:
    given: dict[str, Any] = {"task": step} if isinstance(step, str) else step
    _only(given, _STEP_KEYS, where)
    task = tasks.get(given["task"])
    if task is None:
        raise JourneyError(f"{where}: unknown task {given['task']}")
    earlier = {done.slug for done in before}
    if task.slug in earlier:
        raise JourneyError(f"{where}, {task.slug}: a step twice")
    if "needs" in given and not set(given["needs"]) <= earlier:
        raise JourneyError(f"{where}, {task.slug}: needs a step that does not come before it")
    when = tuple(given.get("when", task.when))
    _known_conditions(when, f"{where}, {task.slug}")
    values = {name: getattr(task, name) for name in task.__slots__}
    values |= {name: given[name] for name in ("title", "hint", "optional") if name in given}
    if "due" in given:
        values["due"] = _due(given["due"], f"{where}, {task.slug}")
    values |= {
        "when": when,
        "needs": tuple(slug for slug in given.get("needs", task.needs) if slug in earlier),
    }
    return Task(**values)


@cache
def all_journeys() -> dict[tuple[str, int], Journey]:
    """Every shipped journey, by slug and version."""
    tasks = load_tasks(DEFINITIONS / "tasks")
    journeys = [load_journey(path, tasks) for path in sorted(DEFINITIONS.glob("*.toml"))]
    return {(journey.slug, journey.version): journey for journey in journeys}


def get(slug: str, version: int | None = None) -> Journey:
    """A journey; the latest version unless one is named. Raises JourneyError for one that is not there."""
    versions = [number for name, number in all_journeys() if name == slug]
    wanted = max(versions, default=None) if version is None else version
    if wanted not in versions:
        raise JourneyError(f"There is no route {slug}" + (f" in version {version}" if version else ""))
    return all_journeys()[slug, wanted]


def latest() -> list[Journey]:
    """The latest version of every route, by title."""
    slugs = {slug for slug, _ in all_journeys()}
    return sorted((get(slug) for slug in slugs), key=lambda journey: journey.title)
