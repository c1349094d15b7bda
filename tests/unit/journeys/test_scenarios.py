"""Facts in, steps and days out: every row of scenarios/*.toml, each with the provision it rests on."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter

import pytest

from tests.unit.journeys.scenario import Scenario, data_of, progress_of, scenarios
from tests.unit.journeys.test_lifecycle import ROWS, steps_of
from workflows.journeys.progress import Progress, Status
from workflows.journeys.refusals import refusals

ALL = list(scenarios())


def test_each_scenario_has_a_name_of_its_own_a_source_and_something_that_follows() -> None:
    assert ALL
    assert [name for name, times in Counter(map(str, ALL)).items() if times > 1] == []
    for each in ALL:
        assert re.search(
            r"section|schedule|regulation|SI \d|\bact\b|practice\.md|CSO|constitution", each.cites, re.I
        ), f"{each} cites nothing"
        follows = (each.needed, each.not_needed, each.may, each.waits, each.due, each.refused)
        assert any(follows) or each.notices is not None, each


def test_every_row_of_the_lifecycle_that_a_step_carries_is_in_some_scenario() -> None:
    named = {
        slug
        for each in ALL
        for part in (
            each.needed,
            each.may,
            each.not_needed,
            each.waits,
            each.due,
            [one["task"] for one in each.refused],
        )
        for slug in part
    }
    assert [row for row in ROWS if (steps := steps_of(row)) and not named & set(steps)] == []


@pytest.mark.parametrize("scenario", ALL, ids=str)
def test_scenario(scenario: Scenario) -> None:
    progress = progress_of(scenario)
    for slug in scenario.needed:
        state = progress.state(slug)
        assert state.status != Status.NOT_NEEDED, f"{slug} is not needed: {state.because}"
    for slug, words in scenario.may.items():
        state = progress.state(slug)
        assert state.is_open and words in state.because, f"{slug}: {state.status}, {state.because!r}"
    for slug, words in scenario.not_needed.items():
        state = progress.state(slug)
        assert state.status == Status.NOT_NEEDED, f"{slug} is {state.status}"
        assert words in state.because, f"{slug}: {state.because!r}"
    for slug, words in scenario.waits.items():
        state = progress.state(slug)
        assert state.status in (Status.CANNOT_START, Status.WAITING), f"{slug} is {state.status}"
        assert words in state.because, f"{slug}: {state.because!r}"
    for slug, expected in scenario.due.items():
        _due(progress, slug, expected)
    if scenario.notices is not None:
        assert notices_of(progress) == scenario.notices
    for given in scenario.refused:
        task = progress.state(given["task"]).task
        found = dict(
            refusals(task, data_of(given, "task", "field", "words"), progress.facts, today=scenario.today)
        )
        assert given["words"] in found.get(given["field"], ""), f"{given['task']}: {found}"


def notices_of(progress: Progress) -> tuple[int, ...]:
    """The numbers of the notices that steps of a run name, those left out that are not needed."""
    titles = (state.task.title for state in progress.states if state.status != Status.NOT_NEEDED)
    return tuple(sorted({int(number) for title in titles for number in re.findall(r"UK(\d+)", title)}))


def _due(progress: Progress, slug: str, expected: dt.date | str) -> None:
    due = progress.state(slug).due
    assert due is not None, f"{slug} has no rule, or is not needed"
    if isinstance(expected, dt.date):
        assert due.day == expected, f"{slug}: {due.rule}"
    else:
        assert due.day is None, f"{slug}: {due.day}"
        assert expected in due.rule, f"{slug}: {due.rule}"
