"""An organisation's own rules laid over routes: what they may change, and what they never do."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.journeys.runs import BASE, OPEN, QUOTATION, TODAY, at, completed, reopened
from tests.unit.rules.test_content import rules
from toolkit.core.stages import Stage
from workflows.journeys import loading
from workflows.journeys.definitions import TaskKind
from workflows.journeys.own_rules import Amount, Approval, ExtraTask, OwnRules
from workflows.journeys.progress import Status, fold, needs_of, recorded

BOARD = ExtraTask("board", Stage.PLAN, "Go to the board", "", "Go.", ("procurement",), "Standing orders, 3")
BOARD_SLUG = "own-board"


def needed(own: OwnRules, route: str = OPEN, **facts: Any) -> set[str]:
    progress = at(route, own=own, **facts)
    return {state.task.slug for state in progress.states if state.status != Status.NOT_NEEDED}


@settings(max_examples=60)
@given(rules(), st.sampled_from(sorted(loading.all_journeys())), st.sampled_from(["executive", "committees", "other"]), st.sampled_from([None, 20_000, 900_000]))  # fmt: skip
def test_no_rules_take_away_a_step_that_the_law_asks_for(
    own: OwnRules, which: tuple[str, int], model: str, value: int | None
) -> None:
    """Own rules touch endorsements, decisions and own steps, and none that cites statute; but where they answer a question
    (does a provided option have its notice?), nobody else is asked it."""
    worth = Decimal(value) if value is not None else None
    facts = replace(BASE, decision_model=model, value_inc_vat=worth, value_ex_vat=worth)
    journey = loading.get(*which)
    before = fold(journey, facts, [], today=TODAY)
    after = fold(journey, replace(facts, own=own), [], today=TODAY)
    for state in before.states:
        task, then = state.task, after.state(state.task.slug)
        if state.status == Status.NOT_NEEDED or then.status != Status.NOT_NEEDED:
            continue
        if task.slug == "change-provision-notice":
            continue
        if task.slug.startswith("private-notice-"):
            # From their figure on it is a key decision, whose notice says that part of the meeting is private.
            assert after.state(task.slug.replace("private", "key-decision")).status != Status.NOT_NEEDED
            continue
        assert task.kind in (TaskKind.ENDORSEMENT, TaskKind.DECISION), task.slug
        assert all(law.confidence != "statute" for law in state.law), task.slug
        assert "own rules" in then.because
    extra = {state.task.slug for state in after.states} - {state.task.slug for state in before.states}
    assert all(slug.startswith("own-") for slug in extra)


def test_two_organisations_with_different_rules_have_different_steps_for_the_same_facts() -> None:
    cabinet = OwnRules(
        key_decision_from=Amount(Decimal(500_000)),
        approvals=(Approval("award", endorsements=("finance",), makers=("cabinet",)),),
        extra_tasks=(BOARD,),
    )
    committees = OwnRules(
        approvals=(Approval("award", makers=("committee",)), Approval("strategy", makers=("officer",)))
    )
    worth: dict[str, Any] = {"value_ex_vat": Decimal(750_000)}
    first, second = needed(cabinet, **worth), needed(committees, decision_model="committees", **worth)
    assert first - second == {BOARD_SLUG, "endorse-award", "endorse-strategy", "key-decision-notice-strategy", "key-decision-notice-award", "strategy-papers", "award-papers", "private-second-notice-strategy", "private-second-notice-award"} & first - second  # fmt: skip
    assert {BOARD_SLUG, "endorse-award", "endorse-strategy"} <= first - second


@pytest.mark.parametrize(
    ("value", "basis", "comes"), [(499_999, "ex", False), (500_000, "ex", True), (599_999, "inc", False)]
)
def test_a_figure_without_vat_is_held_against_the_value_without_vat(
    value: int, basis: str, comes: bool
) -> None:
    own = OwnRules(key_decision_from=Amount(Decimal(500_000)))
    ex = Decimal(value) if basis == "ex" else Decimal(value) / Decimal("1.2")
    progress = at(OPEN, own=own, value_ex_vat=ex, value_inc_vat=ex * Decimal("1.2"))
    assert (progress.facts.answer("key_decision_award") is True) is comes


def test_where_the_law_asks_for_a_decision_record_no_rule_takes_it_away() -> None:
    own = OwnRules(approvals=(Approval("award"), Approval("strategy")))
    assert {"award-decision", "strategy-decision"} <= needed(own, decision_model="executive")
    assert not {"award-decision", "strategy-decision"} & needed(own, decision_model="committees")


def test_an_own_step_that_was_dropped_keeps_what_was_done_and_asks_for_nothing() -> None:
    asks, no_more = OwnRules(extra_tasks=(BOARD,)), OwnRules(past_tasks=(BOARD,))
    done = completed(BOARD_SLUG, note="Heard")
    assert at(QUOTATION, done, own=asks).state(BOARD_SLUG).status == Status.COMPLETED
    kept = at(QUOTATION, done, own=no_more).state(BOARD_SLUG)
    assert (kept.status, kept.data["note"]) == (Status.COMPLETED, "Heard")
    again = at(QUOTATION, done, reopened(BOARD_SLUG), own=no_more).state(BOARD_SLUG)
    assert again.status == Status.NOT_NEEDED
    assert "no more" in again.because
    assert not at(QUOTATION, own=no_more).journey.has(BOARD_SLUG)


def test_an_own_step_of_other_routes_alone_is_not_asked_for_here() -> None:
    own = OwnRules(extra_tasks=(replace(BOARD, routes=(QUOTATION,)),))
    assert BOARD_SLUG in needed(own, QUOTATION)
    assert BOARD_SLUG not in needed(own, OPEN)


@settings(max_examples=40)
@given(rules(), st.sampled_from(sorted(loading.all_journeys())), st.data())
def test_what_is_needed_is_what_the_whole_fold_says(
    own: OwnRules, which: tuple[str, int], data: st.DataObject
) -> None:
    journey = loading.get(*which)
    done = [completed(task.slug) for task in journey.tasks if data.draw(st.booleans())]
    facts = replace(BASE, own=own, value_ex_vat=Decimal(400_000))
    whole = fold(journey, facts, done, today=TODAY)
    needs = needs_of(journey, facts.with_recorded(recorded(journey, done)), done, today=TODAY)
    assert needs.stage == whole.stage
    assert [(need.task.slug, need.is_completed, need.because) for need in needs.needs] == [
        (
            state.task.slug,
            state.status == Status.COMPLETED,
            state.because if state.status == Status.NOT_NEEDED else "",
        )
        for state in whole.states
    ]


def test_a_published_route_keeps_its_fingerprint_under_any_rules() -> None:
    assert at(OPEN, own=OwnRules(extra_tasks=(BOARD,))).journey.digest == loading.get(OPEN).digest
