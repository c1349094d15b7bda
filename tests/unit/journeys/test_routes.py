"""The routes as shipped, and what a wrong file is told."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from django.conf import settings

from toolkit.core.stages import Stage
from workflows.journeys import loading
from workflows.journeys.conditions import CONDITIONS
from workflows.journeys.conditions.common import NO_MORE
from workflows.journeys.definitions import FieldType, Journey, JourneyError, TaskKind
from workflows.journeys.overlay import gate_of
from workflows.journeys.vocabulary import ANSWERS, EVENTS

SHIPPED = loading.latest()
STAGES = [Stage.PLAN, Stage.ENGAGE, Stage.DEFINE, Stage.PROCURE, Stage.AWARD, Stage.MANAGE]


PURCHASES = [journey for journey in SHIPPED if journey.about == "procurement"]
SHORT = {"use-existing-contract", "waiver", "spot-purchase", "grant", "insourcing"}
"""Nothing is competed: no engagement, no specification of its own, or nothing to procure."""


def test_every_route_goes_from_planning_to_exit() -> None:
    for journey in PURCHASES:
        stages = [stage for stage, _ in journey.stages]
        if journey.slug in SHORT:
            assert stages[-1] == Stage.MANAGE
        else:
            assert [stage for stage in STAGES if stage != Stage.ENGAGE] == [
                stage for stage in stages if stage != Stage.ENGAGE
            ], journey.slug


def test_work_about_a_contract_awards_nothing() -> None:
    """A contract that is there already is changed on its own page: nothing there makes a second one."""
    others = [journey for journey in SHIPPED if journey.about != "procurement"]
    assert {journey.slug for journey in others} == {
        "abandon-and-restart", "challenge", "contract-assignment", "contract-change", "contract-change-old-law",
        "contract-extension", "exit-and-reprocure", "price-uplift", "supplier-insolvency",
    }  # fmt: skip
    for journey in others:
        assert all(task.kind != TaskKind.AWARD for task in journey.tasks)
        assert all(
            task.gate for task in journey.tasks if task.kind in (TaskKind.ENDORSEMENT, TaskKind.DECISION)
        )


def test_a_published_version_never_changes_meaning() -> None:
    known = tomllib.loads((Path(__file__).parent / "digests.toml").read_text())
    shipped = {
        f"{slug}.v{version}": journey.digest for (slug, version), journey in loading.all_journeys().items()
    }
    assert shipped == known, (
        "a published route was changed: make a new version, and add its line to digests.toml"
    )


@pytest.mark.parametrize("journey", SHIPPED, ids=lambda journey: journey.slug)
def test_every_step_says_what_why_who_and_where_it_stands(journey: Journey) -> None:
    for task in journey.tasks:
        assert task.title and task.hint and task.what and task.why and task.output, task.slug
        assert task.who and task.law, task.slug
        assert len(task.what.split(". ")) <= 5, f"{task.slug} takes too long to say what to do"
        for given in task.fields:
            assert given.label
            if given.type == FieldType.ANSWER:
                assert given.fact, f"{task.slug}: {given.name}"


@pytest.mark.parametrize("journey", SHIPPED, ids=lambda journey: journey.slug)
def test_each_question_is_asked_before_the_steps_it_decides(journey: Journey) -> None:
    asked = {given.fact for task in journey.tasks for given in task.fields if given.fact}
    for task in journey.tasks:
        for name in task.when:
            fact = name.replace("-", "_")
            assert fact not in ANSWERS or fact in asked, f"{task.slug} hangs on {name}, which nothing asks"


@pytest.mark.parametrize("journey", SHIPPED, ids=lambda journey: journey.slug)
def test_guidance_that_a_step_names_is_there(journey: Journey) -> None:
    there = {path.stem for path in (Path(settings.ROOT) / "guidance" / "pages" / "content").glob("*.md")}
    for task in journey.tasks:
        assert set(task.guidance) <= there, task.slug


@pytest.mark.parametrize(
    ("slug", "first"),
    [
        ("open-competition", "tender-notice"),
        ("competitive-flexible", "flexible-tender-notice"),
        ("light-touch-competition", "flexible-tender-notice"),
        ("works-competition", "flexible-tender-notice"),
        ("concession-competition", "flexible-tender-notice"),
        ("direct-award", "transparency-notice"),
        ("switch-to-direct-award", "transparency-notice"),
        ("urgent-award", "transparency-notice"),
        ("user-choice", "transparency-notice"),
    ],
)
def test_the_notices_stand_in_the_order_of_the_statute(slug: str, first: str) -> None:
    order = [task.slug for task in loading.get(slug).tasks]
    confirmed = f"conflicts-confirmed-{first.removeprefix('flexible-')}"
    wanted = [
        "conflicts-assessment", confirmed, first, "award-decision", "conflicts-review", "award-notice", "standstill",
        "record-contracts", "conflicts-confirmed-details-notice", "contract-details-notice", "termination-notice",
    ]  # fmt: skip
    assert [task for task in order if task in wanted] == wanted
    assert confirmed in loading.get(slug).task(first).needs
    assert {"award-decision", "conflicts-review"} <= set(loading.get(slug).task("award-notice").needs)
    assert {"award-decision", "award-notice"} <= set(loading.get(slug).task("record-contracts").needs)
    assert "award-notice" in loading.get(slug).task("standstill").needs
    assert "standstill" in loading.get(slug).task("record-contracts").needs


@pytest.mark.parametrize("journey", SHIPPED, ids=lambda journey: journey.slug)
def test_what_belongs_before_a_decision_names_one_that_the_route_has(journey: Journey) -> None:
    gates = {gate_of(task) for task in journey.tasks if task.kind == TaskKind.DECISION}
    for task in journey.tasks:
        if task.due is not None and task.due.rule == "before-gate":
            assert dict(task.due.params)["gate"] in gates, task.slug


NO_CONTRACT = {"set-up-dynamic-market", "use-existing-contract", "grant", "insourcing"}
"""Nothing is signed that would be a row of its own in the contracts register."""


def test_only_the_three_special_kinds_are_completed_elsewhere() -> None:
    for journey in SHIPPED:
        for task in journey.tasks:
            if task.kind in (TaskKind.DECISION, TaskKind.ENDORSEMENT):
                assert gate_of(task), f"{journey.slug}: {task.slug} names no approval"
        kinds = [task.kind for task in journey.tasks]
        if journey.about == "procurement":
            assert (TaskKind.AWARD in kinds) == (journey.slug not in NO_CONTRACT), journey.slug
            assert TaskKind.DECISION in kinds and TaskKind.ENDORSEMENT in kinds, journey.slug


def test_no_condition_is_there_for_nothing() -> None:
    used = {NO_MORE}  # own steps that the organisation's rules dropped
    for journey in loading.all_journeys().values():
        for task in journey.tasks:
            used.update(task.when, *(law.only for law in task.law), *(given.when for given in task.fields))
    assert set(CONDITIONS) == used


def test_every_condition_has_words_for_all_three_answers() -> None:
    for condition in CONDITIONS.values():
        assert condition.holds and condition.fails and condition.unknown
    assert set(EVENTS) >= {"award-notice", "contract-entered"}


TASKS = {
    "first": {
        "stage": "plan", "kind": "action", "title": "First", "hint": "h", "what": "w", "why": "y", "who": ["service"], "output": "o",
        "law": [["The Act", "statute"]],
    }
}  # fmt: skip
JOURNEY = 'title = "T"\nsummary = "S"\nuse_when = "U"\nnot_when = "N"\ntasks = "{tasks}"\nsteps = {steps}\n[aims]\nplan = 10\n'


def write(folder: Path, task: str = "", steps: str = '["first"]', version: int = 1, **changes: str) -> None:
    tasks = folder / "tasks" / f"v{version}"
    tasks.mkdir(parents=True)
    lines = [f"{key} = {_toml(value)}" for key, value in {**TASKS["first"], **changes}.items()]
    (tasks / "plan.toml").write_text("[first]\n" + "\n".join(lines) + f"\n{task}")
    (folder / f"route.v{version}.toml").write_text(JOURNEY.format(steps=steps, tasks=f"v{version}"))


def _toml(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return f'"{value}"'


@pytest.mark.parametrize(
    ("task", "steps", "sentence"),
    [
        ('colour = "red"', '["first"]', "unknown colour"),
        ('when = ["full-moon"]', '["first"]', "unknown condition full-moon"),
        ('due = { rule = "someday" }', '["first"]', "unknown due rule someday"),
        ('fields = [{ name = "a", type = "sound", label = "A" }]', '["first"]', "field a"),
        (
            'fields = [{ name = "a", type = "date", label = "A", event = "party" }]',
            '["first"]',
            "unknown event party",
        ),
        ("", '["second"]', "unknown task second"),
        ("", '["first", "first"]', "a step twice"),
        ("", '[{ task = "first", needs = ["later"] }]', "needs a step that does not come before it"),
        ('needs = ["frist"]', '["first"]', "first: needs frist, and there is no such task"),
        ('guidance = ["The Problem"]', '["first"]', "The Problem is no slug"),
        ('documents = ["business_case"]', '["first"]', "business_case is no slug"),
        (
            'fields = [{ name = "a", type = "choice", label = "A", fact = "moon", choices = [["b", "B"]] }]',
            '["first"]',
            "unknown fact moon",
        ),
        (
            'fields = [{ name = "a", type = "choice", label = "A", fact = "engagement_notice", choices = [["b", "B"]] }]',
            '["first"]',
            "its choices are not those of the fact engagement_notice",
        ),
        (
            'fields = [{ name = "a", type = "date", label = "A", after = "b" }]',
            '["first"]',
            "after a field that is not there",
        ),
        (
            'fields = [{ name = "a", type = "date", label = "A", only_if = ["b", "yes"] }]',
            '["first"]',
            "only if an answer that nobody can give",
        ),
        (
            'fields = [{ name = "a", type = "yes-no-not-sure", label = "A", fact = "technology", must = ["maybe", "No"] }]',
            '["first"]',
            "must be an answer that nobody can give",
        ),
        (
            'fields = [{ name = "a", type = "date", label = "A", when = ["full-moon"] }]',
            '["first"]',
            "unknown condition full-moon",
        ),
        (
            'fields = [{ name = "a", type = "date", label = "A", not_before = ["party", 3] }]',
            '["first"]',
            "unknown event party",
        ),
    ],
)
def test_a_wrong_file_is_told_what_is_wrong_and_where(
    tmp_path: Path, task: str, steps: str, sentence: str
) -> None:
    write(tmp_path, task, steps)
    with pytest.raises(JourneyError, match=sentence):
        loading.load_journey(tmp_path / "route.v1.toml")


def test_a_right_file_loads_and_its_digest_follows_its_meaning(tmp_path: Path) -> None:
    write(tmp_path)
    journey = loading.load_journey(tmp_path / "route.v1.toml")
    again = loading.load_journey(tmp_path / "route.v1.toml")
    assert journey == again
    changed = JOURNEY.format(steps='["first"]', tasks="v1").replace('"S"', '"Other"')
    (tmp_path / "route.v1.toml").write_text(changed)
    assert loading.load_journey(tmp_path / "route.v1.toml").digest != journey.digest


def test_a_second_version_changes_a_task_and_leaves_the_first_as_it_was(tmp_path: Path) -> None:
    write(tmp_path)
    first = loading.load_all(tmp_path)["route", 1]
    write(tmp_path, version=2, what="Something else")
    both = loading.load_all(tmp_path)
    assert both["route", 1] == first
    assert both["route", 1].digest == first.digest
    assert both["route", 1].task("first").what == "w"
    assert both["route", 2].task("first").what == "Something else"
    assert both["route", 2].digest != first.digest


def test_a_later_set_says_only_what_it_changes_of_a_step(tmp_path: Path) -> None:
    write(tmp_path)
    later = tmp_path / "tasks" / "v2"
    later.mkdir()
    (later / "more.toml").write_text('[first]\namends = true\nhint = "Another"\n')
    route = JOURNEY.format(steps='["first"]', tasks="v1").replace('tasks = "v1"', 'tasks = ["v1", "v2"]')
    (tmp_path / "route.v2.toml").write_text(route)
    both = loading.load_all(tmp_path)
    assert [both["route", version].task("first").hint for version in (1, 2)] == ["h", "Another"]
    assert both["route", 2].task("first").what == both["route", 1].task("first").what == "w"
    (later / "more.toml").write_text('[second]\namends = true\nhint = "Of nothing"\n')
    with pytest.raises(JourneyError, match="second: there is no earlier task to amend"):
        loading.load_journey(tmp_path / "route.v2.toml")


def test_the_same_step_can_rest_on_another_law_in_another_route(tmp_path: Path) -> None:
    steps = '[{ task = "first", what = "Another way", law = [["Another Act", "check", "services"]], guidance = ["quotations"] }]'
    write(tmp_path, steps=steps)
    first = loading.load_journey(tmp_path / "route.v1.toml").task("first")
    assert first.what == "Another way"
    assert [(law.text, law.confidence, law.only) for law in first.law] == [
        ("Another Act", "check", ("services",))
    ]
    assert first.guidance == ("quotations",)
    assert first.title == "First"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("law = []", "first: law is missing"),
        ('law = [["The Act", "rumour"]]', "its confidence is none of"),
        ('law = [["The Act", "check", "full-moon"]]', "unknown condition full-moon"),
        ('documents = ["The Form"]', "The Form is no slug"),
    ],
)
def test_a_step_that_changes_where_it_stands_is_held_to_the_same(
    tmp_path: Path, change: str, sentence: str
) -> None:
    write(tmp_path, steps=f'[{{ task = "first", {change} }}]')
    with pytest.raises(JourneyError, match=sentence):
        loading.load_journey(tmp_path / "route.v1.toml")


def test_a_journey_names_a_set_of_tasks_that_is_there(tmp_path: Path) -> None:
    write(tmp_path)
    path = tmp_path / "route.v1.toml"
    path.write_text(JOURNEY.format(steps='["first"]', tasks="v9"))
    with pytest.raises(JourneyError, match="no set of tasks v9"):
        loading.load_journey(path)
    path.write_text(path.read_text().replace('tasks = "v9"\n', ""))
    with pytest.raises(JourneyError, match="lacks tasks"):
        loading.load_journey(path)


def test_a_route_that_is_not_there_is_an_error_in_words() -> None:
    with pytest.raises(JourneyError, match="no route teleport"):
        loading.get("teleport")
    with pytest.raises(JourneyError, match="version 99"):
        loading.get("open-competition", 99)
