"""Loading journeys from TOML: every mistake in a file is an error that names the file and the task.

`definitions/<slug>.v<version>.toml` is a journey: its words, its sets of tasks, and its steps in order. A step names a
task of those sets, `definitions/tasks/<set>/*.toml` (a task is written once, whichever routes use it), and may change its
`when`, `needs`, `due`, `optional` or words (`title`, `hint`, `what`, `why`), and where it stands (`law`, `guidance`,
`documents`) where the same step rests on another law; a later set's task takes the place of an earlier one's, or with
`amends = true` says only what it changes of it. Needs that a journey does not have are left out of it. `{ block = "…", without = […] }` stands for the steps of a block,
`definitions/blocks/<set>/*.toml`, that several routes share.

A published version never changes meaning, and sets and blocks are part of it: a new version that changes a task names a
further set that holds the changed task.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from typing import Any

from toolkit.core.stages import Stage
from toolkit.core.who import WHO
from workflows.journeys.conditions import CONDITIONS
from workflows.journeys.definitions import (
    ABOUT,
    CONFIDENCE,
    FAMILIES,
    DueRule,
    Field,
    FieldType,
    Journey,
    JourneyError,
    LawRef,
    RouteMissing,
    Task,
    TaskKind,
)
from workflows.journeys.due import RULES
from workflows.journeys.own_rules import GATES
from workflows.journeys.vocabulary import ANSWERS, CHOICES, EVENTS

DEFINITIONS = Path(__file__).parent / "definitions"
_TASK_KEYS = {
    "stage", "kind", "title", "hint", "what", "why", "who", "output", "law", "when", "needs", "due", "optional", "repeats",
    "fields", "guidance", "documents", "gate",
}  # fmt: skip
_STEP_WORDS = ("title", "hint", "what", "why", "optional")
_STEP_KEYS = {"task", "when", "needs", "due", "law", "guidance", "documents", *_STEP_WORDS}
_JOURNEY_KEYS = {"title", "summary", "use_when", "not_when", "tasks", "aims", "steps"}
_JOURNEY_MAY = {"family", "about", "regimes", "withdrawn"}
_LATER: Mapping[str, object] = {
    "about": "procurement", "regimes": ("pa23",), "gate": "", "is_own": False, "must": None,
}  # fmt: skip
"""Fields that came after the first versions were published: at these values they leave a fingerprint as it was."""
_FIELD_KEYS = {
    "name", "type", "label", "help", "required", "choices", "fact", "event", "when", "only_if", "ahead", "after", "not_before",
    "must",
}  # fmt: skip
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def _only(given: dict[str, Any], allowed: set[str], where: str) -> None:
    unknown = sorted(set(given) - allowed)
    if unknown:
        raise JourneyError(f"{where}: unknown {', '.join(unknown)}")


def _field(given: dict[str, Any], where: str) -> Field:
    _only(given, _FIELD_KEYS, where)
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
            when=tuple(given.get("when", [])),
            only_if=_pair(given.get("only_if")),
            ahead=given.get("ahead", False),
            after=given.get("after", ""),
            not_before=_pair(given.get("not_before")),
            must=_pair(given.get("must")),
        )
    except (KeyError, ValueError) as error:
        raise JourneyError(f"{where}: field {given.get('name', '?')}: {error}") from error
    _known_fact(made, where)
    _known_conditions(made.when, where)
    for event in (made.event, made.not_before[0] if made.not_before else ""):
        if event and event not in EVENTS:
            raise JourneyError(f"{where}: unknown event {event}")
    return made


def _pair(given: list[Any] | None) -> Any:
    if given is None:
        return None
    first, second = given
    return first, second


def _known_fact(field: Field, where: str) -> None:
    if not field.fact:
        return
    if field.fact not in (CHOICES if field.type == FieldType.CHOICE else ANSWERS):
        raise JourneyError(f"{where}: unknown fact {field.fact}")
    # A route may offer a part of them: an urgent award rests on urgency alone.
    if field.fact in CHOICES and not {slug for slug, _ in field.choices} <= CHOICES[field.fact].options:
        raise JourneyError(f"{where}: field {field.name}: its choices are not those of the fact {field.fact}")


def _fields(given: list[dict[str, Any]], where: str) -> tuple[Field, ...]:
    made = tuple(_field(field, where) for field in given)
    names = {field.name: field for field in made}
    for field in made:
        if field.after and field.after not in names:
            raise JourneyError(f"{where}: field {field.name}: after a field that is not there")
        if field.only_if is not None:
            other = names.get(field.only_if[0])
            if other is None or field.only_if[1] not in _answers(other):
                raise JourneyError(f"{where}: field {field.name}: only if an answer that nobody can give")
        if field.must is not None and field.must[0] not in _answers(field):
            raise JourneyError(f"{where}: field {field.name}: must be an answer that nobody can give")
    return made


def _answers(field: Field) -> set[str]:
    return {slug for slug, _ in field.choices} or {"yes", "no"}


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


def _law(given: list[Any]) -> tuple[LawRef, ...]:
    """Each is its words, its confidence, and the names of the conditions under which it applies."""
    return tuple(LawRef(text, confidence, tuple(only)) for text, confidence, *only in given)


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
            law=_law(given["law"]),
            when=tuple(given.get("when", [])),
            needs=tuple(given.get("needs", [])),
            due=_due(given.get("due"), where),
            optional=given.get("optional", False),
            repeats=given.get("repeats", False),
            fields=_fields(given.get("fields", []), where),
            guidance=tuple(given.get("guidance", [])),
            documents=tuple(given.get("documents", [])),
            gate=given.get("gate", ""),
        )
    except (KeyError, ValueError) as error:
        raise JourneyError(f"{where}: {error}") from error
    for role in task.who:
        if role not in WHO:
            raise JourneyError(f"{where}: unknown role {role}")
    if task.gate and task.gate not in GATES:
        raise JourneyError(f"{where}: unknown gate {task.gate}")
    _known_standing(task, where)
    return task


def _known_standing(task: Task, where: str) -> None:
    """Where a step stands is law of a known confidence, guidance and documents by their slugs, and known conditions."""
    if not task.law or any(law.confidence not in CONFIDENCE for law in task.law):
        raise JourneyError(f"{where}: law is missing, or its confidence is none of {', '.join(CONFIDENCE)}")
    for name in (*task.guidance, *task.documents):
        if not _SLUG.fullmatch(name):
            raise JourneyError(f"{where}: {name} is no slug of guidance or of a document")
    for names in (task.when, *(law.only for law in task.law)):
        _known_conditions(names, where)


def _known_conditions(names: tuple[str, ...], where: str) -> None:
    for name in names:
        if name not in CONDITIONS:
            raise JourneyError(f"{where}: unknown condition {name}")


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise JourneyError(f"{path.name}: {error}") from error


def _written(folder: Path) -> dict[str, tuple[dict[str, Any], str]]:
    """What a folder says of each task, and where. Raises JourneyError for a slug used twice."""
    found: dict[str, tuple[dict[str, Any], str]] = {}
    for path in sorted(folder.glob("*.toml")):
        for slug, given in _read(path).items():
            if slug in found:
                raise JourneyError(f"{path.name}, {slug}: this task is defined already")
            found[slug] = given, f"{path.name}, {slug}"
    return found


def load_sets(folder: Path, names: Sequence[str], where: str) -> dict[str, Task]:
    """The tasks of several sets by slug; a later set's task takes the place of an earlier one's, or amends it. Raises
    JourneyError."""
    said: dict[str, tuple[dict[str, Any], str]] = {}
    for name in names:
        found = _written(folder / name)
        if not found:
            raise JourneyError(f"{where}: there is no set of tasks {name}")
        for slug, (given, place) in found.items():
            amends = given.pop("amends", False)
            if amends and slug not in said:
                raise JourneyError(f"{place}: there is no earlier task to amend")
            said[slug] = (said[slug][0] | given if amends else given), place
    tasks = {slug: _task(slug, given, place) for slug, (given, place) in said.items()}
    for task in tasks.values():
        _known_needs(task.needs, tasks, task.slug)
    return tasks


def load_blocks(folder: Path, names: Sequence[str]) -> dict[str, list[Any]]:
    """The blocks of these sets: name → steps. A set need not have any. Raises JourneyError for a name used twice in one."""
    blocks: dict[str, list[Any]] = {}
    for name in names:
        found: dict[str, list[Any]] = {}
        for path in sorted((folder / name).glob("*.toml")):
            for block, steps in _read(path).items():
                if block in found:
                    raise JourneyError(f"{path.name}, {block}: this block is defined already")
                found[block] = steps
        blocks |= found
    return blocks


def _steps_of(given: Sequence[Any], blocks: Mapping[str, list[Any]], where: str) -> list[dict[str, Any]]:
    """The steps with blocks written out. Raises JourneyError for a block, or a step left out of one, that is not there."""
    steps: list[dict[str, Any]] = []
    for step in given:
        if not isinstance(step, dict) or "block" not in step:
            steps.append({"task": step} if isinstance(step, str) else step)
            continue
        _only(step, {"block", "without"}, where)
        if step["block"] not in blocks:
            raise JourneyError(f"{where}: there is no block {step['block']}")
        written = _steps_of(blocks[step["block"]], blocks, where)
        left_out = set(step.get("without", ()))
        lacking = sorted(left_out - {each["task"] for each in written})
        if lacking:
            raise JourneyError(f"{where}: block {step['block']} has no {', '.join(lacking)}")
        steps += [each for each in written if each["task"] not in left_out]
    return steps


def _known_needs(needs: tuple[str, ...], tasks: Mapping[str, Task], where: str) -> None:
    """A need may be of another route, but no need may be of none: a misspelt one would hold up nothing."""
    for slug in needs:
        if slug not in tasks:
            raise JourneyError(f"{where}: needs {slug}, and there is no such task")


_Read = dict[tuple[str, ...], tuple[dict[str, Task], dict[str, list[Any]]]]


def load_journey(path: Path, read: _Read | None = None) -> Journey:
    """One journey file, with the tasks of the sets it names. `read` keeps the sets for the next file that names the
    same. Raises JourneyError."""
    slug, _, version = path.stem.rpartition(".v")
    if not slug or not version.isdigit():
        raise JourneyError(f"{path.name}: a journey file is named <slug>.v<version>.toml")
    given = _read(path)
    _only(given, _JOURNEY_KEYS | _JOURNEY_MAY, path.name)
    lacking = sorted(_JOURNEY_KEYS - set(given))
    if lacking:
        raise JourneyError(f"{path.name}: lacks {', '.join(lacking)}")
    sets = [given["tasks"]] if isinstance(given["tasks"], str) else given["tasks"]
    read = {} if read is None else read
    if tuple(sets) not in read:
        tasks = load_sets(path.parent / "tasks", sets, path.name)
        read[tuple(sets)] = tasks, load_blocks(path.parent / "blocks", sets)
    tasks, blocks = read[tuple(sets)]
    steps: list[Task] = []
    for step in _steps_of(given["steps"], blocks, path.name):
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
        family=given.get("family", ""),
        about=given.get("about", "procurement"),
        regimes=tuple(given.get("regimes", ["pa23"])),
        withdrawn=given.get("withdrawn", ""),
    )
    if journey.family and journey.family not in FAMILIES:
        raise JourneyError(f"{path.name}: unknown family {journey.family}")
    if journey.about not in ABOUT:
        raise JourneyError(f"{path.name}: a route about {journey.about} is none")
    return replace(journey, digest=_fingerprint(journey))


def _fingerprint(journey: Journey) -> str:
    """Of what the route means; `family` says only where it is listed, `withdrawn` only whether it is offered."""
    content = asdict(journey)
    del content["family"], content["withdrawn"]
    fields = (field for task in content["tasks"] for field in task["fields"])
    for each in (content, *content["tasks"], *fields):
        for name, value in _LATER.items():
            if name in each and each[name] == value:
                del each[name]
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _step(step: dict[str, Any], tasks: dict[str, Task], before: list[Task], where: str) -> Task:
    _only(step, _STEP_KEYS, where)
    task = tasks.get(step["task"])
    if task is None:
        raise JourneyError(f"{where}: unknown task {step['task']}")
    earlier = {done.slug for done in before}
    if task.slug in earlier:
        raise JourneyError(f"{where}, {task.slug}: a step twice")
    if not set(step.get("needs", ())) <= earlier:
        raise JourneyError(f"{where}, {task.slug}: needs a step that does not come before it")
    values = {name: getattr(task, name) for name in task.__slots__}
    values |= {name: step[name] for name in _STEP_WORDS if name in step}
    values |= {name: tuple(step[name]) for name in ("guidance", "documents") if name in step}
    if "law" in step:
        values["law"] = _law(step["law"])
    if "due" in step:
        values["due"] = _due(step["due"], f"{where}, {task.slug}")
    values |= {
        "when": tuple(step.get("when", task.when)),
        "needs": tuple(slug for slug in step.get("needs", task.needs) if slug in earlier),
    }
    made = Task(**values)
    _known_standing(made, f"{where}, {task.slug}")
    return made


def load_all(folder: Path) -> dict[tuple[str, int], Journey]:
    """Every journey of a folder, by slug and version. Raises JourneyError."""
    read: _Read = {}
    journeys = [load_journey(path, read) for path in sorted(folder.glob("*.toml"))]
    return {(journey.slug, journey.version): journey for journey in journeys}


@cache
def all_journeys() -> dict[tuple[str, int], Journey]:
    """Every shipped journey, by slug and version."""
    return load_all(DEFINITIONS)


def get(slug: str, version: int | None = None) -> Journey:
    """A journey; the latest version unless one is named. Raises JourneyError for one that is not there."""
    versions = [number for name, number in all_journeys() if name == slug]
    wanted = max(versions, default=None) if version is None else version
    if wanted not in versions:
        raise JourneyError(f"There is no route {slug}" + (f" in version {version}" if version else ""))
    return all_journeys()[slug, wanted]


def of_run(slug: str, version: int) -> Journey:
    """The version that a run began on, withdrawn or not. Raises RouteMissing where its file is not there any more."""
    try:
        return get(slug, version)
    except JourneyError as error:
        raise RouteMissing(f"{error}, and something began on it") from error


def is_offered(slug: str) -> bool:
    """Can something begin on it? Not on a route that is not there, nor on one whose latest version is withdrawn."""
    versions = [number for name, number in all_journeys() if name == slug]
    return bool(versions) and not all_journeys()[slug, max(versions)].withdrawn


def latest() -> list[Journey]:
    """The latest version of every route that is offered, by title. A route whose latest version is withdrawn is none."""
    found = (get(slug) for slug in {slug for slug, _ in all_journeys()})
    return sorted((journey for journey in found if not journey.withdrawn), key=lambda journey: journey.title)
