"""The fold: where everything stands, and why."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.journeys import loading
from workflows.journeys.definitions import Task
from workflows.journeys.facts import Facts
from workflows.journeys.progress import Happened, Happening, Progress, Status, fold
from workflows.journeys.vocabulary import ANSWERS

TODAY = dt.date(2026, 11, 24)
OPEN = loading.get("open-competition")
BASE = Facts(
    kind="services", value_inc_vat=Decimal(900_000), above_threshold=True, light_touch=False, concession=False,
    decision_model="executive",
    events={"needed": dt.date(2028, 4, 1)},
)  # fmt: skip


def happened(kind: Happening, task: str, on: dt.date = TODAY, **data: Any) -> Happened:
    return Happened(kind, task, on, data, "Ada Okoro")


def completed(task: str, **data: Any) -> Happened:
    return happened(Happening.COMPLETED, task, **data)


def at(*events: Happened, facts: Facts = BASE, today: dt.date = TODAY) -> Progress:
    return fold(OPEN, facts, events, today=today)


NO_CHECKS = dict.fromkeys(("personal_data", "staff_transfer", "leaseholders", "technology", "uses_ai", "off_payroll", "engages_market"), "no")  # fmt: skip


def test_at_the_start_the_first_steps_can_start_and_the_rest_say_what_they_wait_for() -> None:
    progress = at()
    assert progress.state("business-case").status == Status.NOT_STARTED
    blocked = progress.state("strategy-decision")
    assert blocked.status == Status.CANNOT_START
    assert blocked.because.startswith("first: get the strategy endorsed")
    assert progress.stage == "plan"
    assert progress.next is not None
    assert progress.next.task.slug == "say-which-checks-apply"


def test_an_unknown_fact_never_removes_a_step() -> None:
    state = at().state("data-protection")
    assert state.status == Status.NOT_STARTED
    assert state.because == "may apply: you have not said whether personal data is involved"


def test_a_known_fact_removes_a_step_with_its_reason() -> None:
    progress = at(completed("say-which-checks-apply", **NO_CHECKS))
    state = progress.state("leaseholders-first-notice")
    assert state.status == Status.NOT_NEEDED
    assert "section 20" in state.because
    assert state not in progress.required


def test_not_sure_is_not_an_answer() -> None:
    progress = at(completed("say-which-checks-apply", **{**NO_CHECKS, "personal_data": "not-sure"}))
    assert progress.state("data-protection").status == Status.NOT_STARTED


def test_28_clear_days_are_for_executive_arrangements_alone() -> None:
    meeting = completed("strategy-meeting", meeting_on="2027-01-20", decider="meeting", key_decision="yes")
    executive = at(meeting).state("key-decision-notice-strategy")
    assert executive.due is not None
    assert executive.due.day == dt.date(2026, 12, 22)
    for model, status in (
        ("committees", Status.NOT_NEEDED),
        ("gla-family", Status.NOT_NEEDED),
        ("other", Status.NOT_STARTED),
    ):
        facts = replace(BASE, decision_model=model)
        state = at(meeting, facts=facts).state("key-decision-notice-strategy")
        assert state.status == status


def test_call_in_holds_up_what_rests_on_a_decision() -> None:
    decision = completed("award-decision", _holds_until="2026-11-30")
    before = at(decision).state("conflicts-review")
    assert before.status == Status.CANNOT_START
    ready = [completed("conflicts-log"), completed("conflicts-assessment")]
    held = at(*ready, decision).state("conflicts-review")
    assert "ends on 30 November 2026" in held.because
    assert (
        at(*ready, decision, today=dt.date(2026, 12, 1)).state("conflicts-review").status
        == Status.NOT_STARTED
    )


def test_the_standstill_is_over_the_day_after_its_last_day() -> None:
    notice = completed("award-notice", published_on="2026-11-23")
    waiting = at(notice, today=dt.date(2026, 12, 3)).state("standstill")
    assert waiting.status == Status.CANNOT_START
    assert waiting.because == "it ends at midnight on 3 December 2026"
    assert waiting.due is not None
    assert waiting.due.day == dt.date(2026, 12, 3)
    assert at(notice, today=dt.date(2026, 12, 4)).state("standstill").status == Status.NOT_STARTED


def test_light_touch_is_spared_the_mandatory_standstill() -> None:
    facts = replace(BASE, light_touch=True)
    assert at(facts=facts).state("standstill").status == Status.NOT_NEEDED
    assert at(facts=facts).state("voluntary-standstill").status == Status.CANNOT_START


@pytest.mark.parametrize(
    ("light_touch", "due"), [(False, dt.date(2026, 12, 30)), (True, dt.date(2027, 3, 30))]
)
def test_the_details_notice_is_due_30_or_120_days_after_signing(light_touch: bool, due: dt.date) -> None:
    award = completed(
        "record-contracts", _events={"contract-entered": "2026-12-01", "contract-ends": "2030-01-01"}
    )
    state = at(award, facts=replace(BASE, light_touch=light_touch)).state("contract-details-notice")
    assert state.due is not None
    assert state.due.day == due
    assert "53" in state.due.source


def test_a_day_of_law_that_has_passed_is_overdue_and_comes_first() -> None:
    award = completed(
        "record-contracts", _events={"contract-entered": "2026-09-01", "contract-ends": "2030-01-01"}
    )
    progress = at(award)
    assert progress.state("conflicts-confirmed-details-notice").is_overdue
    progress = at(award, completed("conflicts-confirmed-details-notice"))
    assert progress.state("contract-details-notice").is_overdue
    assert progress.next is not None
    assert progress.next.task.slug == "contract-details-notice"


def test_until_a_day_is_known_the_step_says_what_it_hangs_on() -> None:
    due = at().state("contract-details-notice").due
    assert due is not None
    assert due.day is None
    assert "once the signature of the contract is recorded" in due.rule


def _follows_the_signature(task: Task) -> bool:
    return "record-contracts" in task.needs or any(
        _follows_the_signature(OPEN.task(need)) for need in task.needs
    )


def test_every_open_step_of_the_plan_has_a_day_to_aim_for() -> None:
    """After the signature the law has its own days."""
    for state in at().states:
        if state.task.stage != "manage" and state.is_open and not _follows_the_signature(state.task):
            assert state.aim is not None
            assert state.aim.basis == "plan"


def test_reopening_takes_the_answers_back() -> None:
    events = [
        completed("say-which-checks-apply", **NO_CHECKS),
        happened(Happening.REOPENED, "say-which-checks-apply"),
    ]
    progress = at(*events)
    assert progress.state("say-which-checks-apply").status == Status.IN_PROGRESS
    assert progress.state("data-protection").status == Status.NOT_STARTED


def test_an_event_of_a_step_the_route_lacks_changes_nothing() -> None:
    assert at(completed("no-such-step")).states == at().states


slugs = st.sampled_from([task.slug for task in OPEN.tasks])
events = st.lists(
    st.builds(
        Happened,
        kind=st.sampled_from(list(Happening)),
        task=slugs,
        on=st.dates(dt.date(2026, 1, 1), dt.date(2027, 1, 1)),
        data=st.just({}),
        by=st.just("Ada"),
    ),
    max_size=40,
)
answers = st.dictionaries(st.sampled_from(sorted(ANSWERS)), st.sampled_from([True, False, None]))


@given(events, answers)
def test_the_fold_is_total_and_its_numbers_add_up(
    told: list[Happened], given_answers: dict[str, bool | None]
) -> None:
    progress = at(*told, facts=replace(BASE, answers=given_answers))
    assert len(progress.states) == len(OPEN.tasks)
    assert 0 <= progress.done <= len(progress.required)
    for state in progress.states:
        if state.status in (Status.CANNOT_START, Status.NOT_NEEDED, Status.WAITING):
            assert state.because
        if state.status == Status.CANNOT_START:
            assert not state.can_do


@given(slugs, events)
def test_completing_twice_is_the_same_as_once(slug: str, told: list[Happened]) -> None:
    once = at(*told, completed(slug))
    assert at(*told, completed(slug), completed(slug)).states == once.states


@given(answers, st.sampled_from(sorted(ANSWERS)))
def test_forgetting_an_answer_never_takes_a_step_away(
    given_answers: dict[str, bool | None], forgotten: str
) -> None:
    known = at(facts=replace(BASE, answers=given_answers))
    less = at(facts=replace(BASE, answers={**given_answers, forgotten: None}))
    needed = {state.task.slug for state in known.states if state.status != Status.NOT_NEEDED}
    assert needed <= {state.task.slug for state in less.states if state.status != Status.NOT_NEEDED}
