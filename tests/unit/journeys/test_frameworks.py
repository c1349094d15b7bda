"""Routes of frameworks, dynamic markets and joint buying: what they never hold, and the order of their notices."""

from __future__ import annotations

import re

import pytest

from tests.unit.journeys.runs import TODAY, at, completed, refused
from workflows.journeys import loading
from workflows.journeys.conditions import CONDITIONS
from workflows.journeys.definitions import TaskKind
from workflows.journeys.facts import Facts
from workflows.journeys.overlay import gate_of
from workflows.journeys.progress import Status, fold
from workflows.journeys.vocabulary.frameworks import PARTNERS

ROUTES = (
    "framework-call-off", "old-law-call-off", "dynamic-market-award", "set-up-framework", "set-up-open-framework",
    "set-up-dynamic-market", "joint-led", "joint-joined",
)  # fmt: skip
STANDSTILL = {"standstill", "voluntary-standstill"}
NEVER = {
    "framework-call-off": {"tender-notice", "tender-period", "transparency-notice", "not-awarding", "engagement-notice", "pipeline-notice", "lots", *STANDSTILL},
    "dynamic-market-award": {"tender-notice", "transparency-notice", *STANDSTILL},
    "set-up-framework": {"transparency-notice", "draft-indicators", "set-indicators", "indicator-assessment", "payments-over-30k"},
    "set-up-open-framework": {"transparency-notice", "set-indicators", "indicator-assessment", "framework-last-day", "framework-long-term"},
    "set-up-dynamic-market": {"tender-notice", "award-notice", "record-contracts", "contract-details-notice", "termination-notice", *STANDSTILL},
    "joint-joined": {"tender-notice", "tender-period", "award-notice", "not-awarding", *STANDSTILL},
}  # fmt: skip
"""Route → steps that it does not have, because the Act does not ask for them there."""
ORDER = {
    "framework-call-off": ["call-off-conflicts", "call-off-invite", "award-decision", "award-notice-without-wait", "promised-wait", "record-contracts", "call-off-details-notice", "termination-notice"],
    "dynamic-market-award": ["conflicts-assessment", "market-tender-notice", "pending-applications", "market-invite", "award-decision", "assessment-summaries", "award-notice-without-wait", "record-contracts", "contract-details-notice", "termination-notice"],
    "set-up-framework": ["conflicts-assessment", "tender-notice", "award-decision", "assessment-summaries", "award-notice", "standstill", "record-contracts", "contract-details-notice", "termination-notice"],
    "set-up-open-framework": ["conflicts-assessment", "tender-notice", "award-notice", "standstill", "record-contracts", "contract-details-notice", "open-framework-reopen", "termination-notice"],
    "set-up-dynamic-market": ["conflicts-assessment", "market-intention-notice", "market-established", "market-establishment-notice", "market-modification-notice", "market-cessation-notice"],
    "joint-led": ["joint-agreement", "named-boroughs", "conflicts-assessment", "joint-conflicts", "tender-notice", "award-decision", "partners-call-in", "assessment-summaries", "award-notice", "standstill", "joint-go-ahead", "record-contracts", "contract-details-notice", "termination-notice"],
    "joint-joined": ["join-agreement", "join-conflicts", "join-named", "award-decision", "join-tell-lead", "join-award-notice", "join-go-ahead", "record-contracts", "join-details-notice", "termination-notice"],
}  # fmt: skip


@pytest.mark.parametrize("route", NEVER)
def test_a_route_has_no_step_that_the_act_does_not_ask_for_there(route: str) -> None:
    assert not {task.slug for task in loading.get(route).tasks} & NEVER[route]


@pytest.mark.parametrize("route", ORDER)
def test_the_notices_stand_in_the_order_of_the_statute(route: str) -> None:
    assert [task.slug for task in loading.get(route).tasks if task.slug in ORDER[route]] == ORDER[route]


def test_the_old_law_route_rests_on_no_duty_of_the_act_and_names_no_notice_of_it() -> None:
    journey = loading.get("old-law-call-off")
    assert journey.regimes == ("pcr2015",)
    for task in journey.tasks:
        assert not any("Procurement Act 2023" in law.text for law in task.law), task.slug
        assert task.kind != TaskKind.NOTICE, task.slug
        assert not re.search(r"\(UK\d+\)", f"{task.title} {task.output}"), task.slug
        for law in task.law:
            assert "Regulations 2015" not in law.text or law.caution, (
                f"{task.slug}: {law.text} is called settled"
            )


def test_a_call_off_has_no_shortest_period() -> None:
    progress = at("framework-call-off", completed("framework-permits", law="act", covers="yes"), completed("call-off-way", way="competition"))  # fmt: skip
    assert not refused(progress, "call-off-invite", asked_on="2026-11-23", deadline_on="2026-11-25")


def test_joint_buying_is_never_told_as_settled() -> None:
    for route in ("joint-led", "joint-joined"):
        for task in loading.get(route).tasks:
            if "joining" in f"{task.hint} {task.what}".lower() and task.kind != TaskKind.PERIOD:
                assert any(law.caution for law in task.law), task.slug


@pytest.mark.parametrize("route", ROUTES)
def test_each_route_asks_for_the_approvals_that_own_rules_decide(route: str) -> None:
    gates = {gate_of(task) for task in loading.get(route).tasks if task.kind == TaskKind.DECISION}
    assert gates == {"strategy", "award"}


@pytest.mark.parametrize("route", ROUTES)
def test_what_nobody_knows_takes_no_notice_away(route: str) -> None:
    progress = fold(loading.get(route), Facts(), [], today=TODAY)
    left_out = [state for state in progress.states if state.status == Status.NOT_NEEDED]
    assert not [
        state.task.slug for state in left_out if state.task.kind in (TaskKind.NOTICE, TaskKind.PERIOD)
    ]


@pytest.mark.parametrize("route", ROUTES)
def test_a_notice_is_taken_away_only_with_the_provision_that_does(route: str) -> None:
    for task in loading.get(route).tasks:
        if task.kind == TaskKind.NOTICE:
            for name in task.when:
                said = CONDITIONS[name].fails
                asked = name in ("breach", "contract-changed", "change-notice-due", "excluded-supplier")
                assert asked or re.search(r"section|regulation|Schedule|SI \d", said), f"{task.slug}: {said}"


def test_the_grid_has_a_line_for_each_of_the_boroughs() -> None:
    names = {given.event for given in loading.get("joint-led").task("partners-decisions").fields}
    assert {f"partner-{n}-final" for n in range(1, PARTNERS + 1)} | {"partner-others-final"} <= names


def test_the_lead_signs_and_publishes_only_after_the_latest_call_in() -> None:
    journey = loading.get("joint-led")
    for slug in ("assessment-summaries", "award-notice", "record-contracts"):
        assert "partners-call-in" in journey.task(slug).needs, slug
