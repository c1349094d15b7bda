"""Every route of a competition or a direct award can be worked to its end, whatever is answered on the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from tests.unit.journeys.runs import BASE, TODAY
from workflows.journeys import loading
from workflows.journeys.definitions import Field, FieldType, Journey, Task, TaskKind
from workflows.journeys.facts import Facts
from workflows.journeys.progress import Happened, Happening, Progress, fold
from workflows.journeys.refusals import fields_asked, refusals

ROUTES = [journey for journey in loading.latest() if journey.family in ("competition", "direct")]
PATHS: dict[str, dict[str, str]] = {
    "first of everything": {},
    "requests and three rounds": {
        "first_stage": "requests", "rounds": "three", "negotiates": "yes", "refines": "yes", "leaves_out": "yes",
        "only_preselected": "yes", "agreed": "no",
    },
    "yes to every question": {"*": "yes"},
    "no to every question": {"*": "no"},
}  # fmt: skip
GROUNDS = sorted(
    {slug for slug, _ in loading.get("direct-award").task("direct-award-justification").fields[0].choices}
)


def answer(given: Field, path: Mapping[str, str], today: dt.date) -> str:
    if given.must is not None:
        return given.must[0]
    match given.type:
        case FieldType.DATE:
            return (today + dt.timedelta(40 if given.ahead else 0)).isoformat()
        case FieldType.CHOICE:
            return path.get(given.name, given.choices[0][0])
        case FieldType.ANSWER:
            return path.get(given.name, path.get("*", "no"))
        case _:
            return "Facts and reasons"


def answers(task: Task, facts: Facts, path: Mapping[str, str], today: dt.date) -> dict[str, Any]:
    if task.kind == TaskKind.AWARD:
        start, end = today + dt.timedelta(30), today + dt.timedelta(1000)
        days = {"contract-entered": today, "contract-starts": start, "contract-ends": end}
        return {"_events": {name: day.isoformat() for name, day in days.items()}}
    data: dict[str, Any] = {}
    for given in fields_asked(task, facts):
        if given.is_asked(data) and (given.required or given.type != FieldType.DATE):
            data[given.name] = answer(given, path, today)
    return data


def worked(journey: Journey, facts: Facts, path: Mapping[str, str]) -> tuple[list[str], Progress]:
    """Do what can be done; where only waiting is left, let days pass."""
    events: list[Happened] = []
    done: list[str] = []
    today = TODAY
    for _ in range(2 * len(journey.tasks) + 400):
        progress = fold(journey, facts, events, today=today)
        if progress.is_finished:
            return done, progress
        able = [state.task for state in progress.can_start if not state.task.optional]
        typed = [(task, answers(task, progress.facts, path, today)) for task in able]
        lawful = [
            (task, data) for task, data in typed if not refusals(task, data, progress.facts, today=today)
        ]
        if not lawful:
            today += dt.timedelta(3)
            continue
        task, data = lawful[0]
        events.append(Happened(Happening.COMPLETED, task.slug, today, data, "Ada Okoro"))
        done.append(task.slug)
    stuck = [(state.task.slug, state.status, state.because) for state in progress.required if state.is_open]
    pytest.fail(f"never finished: {stuck}")


def in_order(done: list[str], *slugs: str) -> None:
    places = [done.index(slug) for slug in slugs if slug in done]
    assert places == sorted(places), [slug for slug in slugs if slug in done]


@pytest.mark.parametrize("path", PATHS, ids=str)
@pytest.mark.parametrize("journey", ROUTES, ids=lambda journey: journey.slug)
def test_a_route_can_be_worked_to_its_end_in_the_order_of_the_statute(journey: Journey, path: str) -> None:
    light = journey.slug in ("light-touch-competition", "user-choice")
    facts = replace(BASE, light_touch=light, concession=journey.slug.startswith("concession"))
    done, _ = worked(journey, facts, PATHS[path])
    in_order(
        done, "conflicts-assessment", "conflicts-confirmed-tender-notice", "flexible-tender-notice", "participation-period",
        "exclusion-checks-participation", "select-participants", "invite-tenders", "tender-period", "exclusion-checks",
        "assess-first-round", "second-round-invitation", "assess-second-round", "third-round-invitation", "evaluate",
        "award-decision", "assessment-summaries", "award-notice", "standstill", "record-contracts",
        "contract-details-notice", "termination-notice",
    )  # fmt: skip
    in_order(done, "refine-criteria", "evaluate")
    in_order(
        done, "conflicts-assessment", "conflicts-confirmed-transparency-notice", "transparency-notice", "supplier-standing",
        "award-decision", "conflicts-review", "award-notice", "record-contracts",
    )  # fmt: skip
    if journey.slug != "user-choice":
        assert "award-notice" in done
        assert ("standstill" in done) is (journey.slug not in ("light-touch-competition", "urgent-award"))


@pytest.mark.parametrize("ground", GROUNDS)
def test_each_ground_of_a_direct_award_can_be_worked_to_its_end(ground: str) -> None:
    facts = replace(BASE, light_touch=ground == "user-choice")
    done, _ = worked(loading.get("direct-award"), facts, {"ground": ground})
    assert ("standstill" in done) is (ground not in ("urgency", "user-choice"))
    assert ("transparency-notice" in done) is (ground != "user-choice")
    assert ("award-notice" in done) is (ground != "user-choice")
    in_order(
        done, "transparency-notice", "supplier-standing", "award-decision", "award-notice", "record-contracts"
    )


def test_a_concession_below_the_threshold_is_worked_without_a_notice_of_the_act() -> None:
    facts = replace(BASE, concession=True, above_threshold=False)
    done, progress = worked(
        loading.get("concession-competition"), facts, {"first_stage": "tenders", "rounds": "one"}
    )
    assert "concession-invitation" in done
    for state in progress.states:
        if state.task.kind == TaskKind.NOTICE and "(UK" in state.task.title:
            assert state.task.slug not in done, state.task.slug
