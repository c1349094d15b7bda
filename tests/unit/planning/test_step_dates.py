"""The plan's day of every step: from its activity, and only for routes published with plans."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tests.unit.journeys.runs import completed
from tests.unit.planning.plans import BASE, NEEDED, TODAY, planned
from workflows.journeys import loading
from workflows.journeys.facts import Planned
from workflows.journeys.planning.steps import done_of, step_dates
from workflows.journeys.progress import fold

SECOND = replace(loading.get("open-competition", 1), version=2)
FACTS = replace(BASE, events={"needed": NEEDED})


def test_the_first_versions_keep_their_days_for_each_stage() -> None:
    first = loading.get("open-competition", 1)
    assert step_dates(first, FACTS) == {}
    aim = fold(first, FACTS, [], today=TODAY).state("evaluate").aim
    assert aim is not None
    assert aim.day == NEEDED - dt.timedelta(100)


def test_a_later_version_has_the_plans_days_with_the_reason() -> None:
    progress, plan = fold(SECOND, FACTS, [], today=TODAY), planned()
    for step, activity in (("evaluate", "evaluation"), ("strategy-report", "strategy"), ("award-decision", "award-decision")):  # fmt: skip
        aim, row = progress.state(step).aim, plan.row(activity)
        assert aim is not None
        assert row is not None
        assert aim.day == row.latest_end
        assert row.activity.label in aim.rule
        assert aim.basis == "plan"
    notice, tendering = progress.state("tender-notice").aim, plan.row("tendering")
    assert notice is not None
    assert tendering is not None
    assert notice.day == tendering.latest_start


def test_days_follow_the_order_of_the_work() -> None:
    dates = step_dates(SECOND, FACTS)
    days = [dates[slug].day for slug in ("strategy-report", "strategy-decision", "specification", "tender-notice", "evaluate", "award-decision", "award-notice", "record-contracts", "mobilise")]  # fmt: skip
    assert days == sorted(days, key=lambda day: day or dt.date.min)


def test_a_move_moves_the_days_of_its_steps_and_of_what_waits() -> None:
    later = dt.date(2027, 12, 20)
    dates = step_dates(SECOND, replace(FACTS, planned=Planned(starts={"evaluation": later})))
    before = step_dates(SECOND, FACTS)
    assert dates["evaluate"].day == later + dt.timedelta(27)
    assert dates["award-decision"].day >= before["award-decision"].day  # type: ignore[operator]
    assert dates["strategy-report"].day == before["strategy-report"].day
    assert "moved" in dates["evaluate"].rule


def test_while_nobody_knows_which_law_applies_there_are_no_planned_days() -> None:
    assert step_dates(SECOND, replace(FACTS, regime="unknown")) == {}


def test_without_a_day_of_need_or_with_one_no_calendar_holds_there_are_none() -> None:
    assert step_dates(SECOND, BASE) == {}
    for day in (dt.date.min, dt.date.max):
        step_dates(SECOND, replace(BASE, events={"needed": day}))


def test_an_activity_is_done_once_all_its_required_steps_are() -> None:
    steps = {"evaluate": TODAY, "exclusion-checks": TODAY - dt.timedelta(3)}
    others = frozenset(
        task.slug for task in SECOND.tasks if task.slug not in steps and task.stage == "procure"
    )
    assert done_of(SECOND, steps, others, FACTS)["evaluation"] == TODAY
    assert "evaluation" not in done_of(SECOND, {"evaluate": TODAY}, frozenset(), FACTS)
    progress = fold(SECOND, FACTS, [completed("evaluate")], today=TODAY)
    assert progress.state("evaluate").is_open is False
