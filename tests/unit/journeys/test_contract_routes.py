"""Routes about a contract: what nobody has said removes nothing, and an organisation's own rules remove no duty."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.journeys.runs import BASE, TODAY
from workflows.journeys import loading
from workflows.journeys.definitions import Journey, TaskKind
from workflows.journeys.facts import Facts
from workflows.journeys.forms import WhatIfForm
from workflows.journeys.own_rules import OwnRules
from workflows.journeys.pages import what_if
from workflows.journeys.progress import Status, fold
from workflows.journeys.vocabulary import CHOICES

ROUTES = [journey for journey in loading.latest() if journey.about != "procurement"]


def unsaid(journey: Journey, **more: object) -> Facts:
    """Nobody has said anything: also none of the facts that are one of several."""
    asked = {given.fact for task in journey.tasks for given in task.fields if given.fact in CHOICES}
    return replace(BASE, light_touch=None, choices=dict.fromkeys(asked), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("journey", ROUTES, ids=lambda journey: journey.slug)
def test_with_nothing_said_every_step_stays(journey: Journey) -> None:
    progress = fold(journey, unsaid(journey, regime="unknown"), (), today=TODAY)
    gone = {state.task.slug: state.because for state in progress.states if state.status == Status.NOT_NEEDED}
    assert not gone


@pytest.mark.parametrize("journey", ROUTES, ids=lambda journey: journey.slug)
def test_with_an_unknown_law_no_statutory_day_of_the_act_is_shown(journey: Journey) -> None:
    days = {
        "contract-ended": TODAY,
        "challenger-knew": TODAY,
        "challenge-received": TODAY,
        "change-planned": TODAY,
    }
    progress = fold(journey, unsaid(journey, regime="unknown", events=days), (), today=TODAY)
    for state in progress.states:
        if state.task.kind == TaskKind.NOTICE and state.due is not None and state.task.slug != "change-copy":
            assert state.due.day is None, state.task.slug


@given(
    switch=st.sampled_from([None, True, False]),
    option=st.sampled_from([None, "provided", "not-provided"]),
    said=st.sampled_from([None, True, False]),
    regime=st.sampled_from(["pa23", "pcr2015", "psr", "unknown"]),
)
def test_the_switch_for_options_only_ever_adds_a_duty(
    switch: bool | None, option: str | None, said: bool | None, regime: str
) -> None:
    """A step that stands in statute and is there without the organisation's rules is there with them."""
    journey = loading.get("contract-extension")
    facts = replace(
        unsaid(journey, regime=regime),
        answers={"option_notice_due": said},
        choices={**unsaid(journey).choices, "option_kind": option},
    )
    plain = fold(journey, facts, (), today=TODAY)
    ruled = fold(journey, replace(facts, own=OwnRules(notice_for_provided_options=switch)), (), today=TODAY)
    for before, after in zip(plain.states, ruled.states, strict=True):
        statute = any(law.confidence == "statute" for law in before.task.law)
        if statute and before.status != Status.NOT_NEEDED:
            assert after.status != Status.NOT_NEEDED, after.task.slug


def test_the_what_if_page_of_an_older_contract_knows_its_law() -> None:
    journey = loading.get("contract-change-old-law")
    form = WhatIfForm(journey, {"regime": "ccr_ucr2016"})
    assert form.is_valid(), form.errors
    assert form.facts().regime == "ccr_ucr2016"
    unspoken = WhatIfForm(journey, {"kind": "services"})
    assert unspoken.is_valid() and unspoken.facts().regime == "pcr2015"
    left = {row.task.slug for row in what_if(journey, unspoken.facts(), today=TODAY).not_needed}
    assert "limb-choice" not in left and "change-2016" in left
