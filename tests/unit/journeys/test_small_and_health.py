"""Small routes and health care services: what must never stand in them, and the standstill that representations keep open."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.journeys.runs import BASE, completed, d
from toolkit.law import notices
from workflows.journeys import loading
from workflows.journeys.definitions import FieldType, Journey, Task, TaskKind
from workflows.journeys.due.health import further_wait_ends
from workflows.journeys.facts import Facts
from workflows.journeys.overlay import gate_of
from workflows.journeys.own_rules import Approval, OwnRules
from workflows.journeys.progress import Happened, Progress, Status, fold

SMALL = [journey for journey in loading.latest() if journey.family == "small"]
HEALTH = [journey for journey in loading.latest() if journey.family == "health"]
WAITING = [journey for journey in HEALTH if journey.has("psr-standstill")]
PSR = replace(BASE, regime="psr")


def slugs(routes: list[Journey]) -> list[str]:
    return [journey.slug for journey in routes]


def test_the_routes_are_there() -> None:
    assert set(slugs(SMALL)) == {
        "below-threshold-open", "below-threshold-quotation", "below-threshold-reserved", "use-existing-contract", "waiver",
        "spot-purchase", "grant", "insourcing",
    }  # fmt: skip
    assert set(slugs(HEALTH)) == {
        "psr-direct-award-a", "psr-direct-award-b", "psr-direct-award-c", "psr-most-suitable-provider", "psr-competitive",
    }  # fmt: skip


@pytest.mark.parametrize("journey", SMALL, ids=slugs(SMALL))
def test_no_notice_of_larger_contracts_stands_in_a_small_route(journey: Journey) -> None:
    there = {task.slug for task in journey.tasks}
    assert not there & {"transparency-notice", "award-notice", "standstill", "change-notice", "contract-copy", "breach-notice", "not-awarding", "conflicts-assessment"}  # fmt: skip
    payments = {"payments-over-30k", "payments-compliance"}
    assert there & payments == (payments if journey.slug == "spot-purchase" else set()), (
        "of user choice above the threshold"
    )
    assert ("termination-notice" in there) == (journey.slug == "insourcing"), "of the contract that ends"


@pytest.mark.parametrize("journey", HEALTH, ids=slugs(HEALTH))
def test_no_notice_of_the_act_stands_in_a_health_route(journey: Journey) -> None:
    assert journey.regimes == ("psr",)
    for task in journey.tasks:
        assert not re.search(r"\(UK\d", task.title), task.slug
        for law in task.law:
            assert not law.text.startswith("Procurement Act 2023") or task.slug == "psr-mixed", task.slug


@pytest.mark.parametrize("journey", HEALTH, ids=slugs(HEALTH))
def test_what_was_not_read_of_the_regime_is_to_be_checked(journey: Journey) -> None:
    """Regulation 12 was read as made; the others are known from secondary sources."""
    for task in journey.tasks:
        for law in task.law:
            numbers = re.findall(r"regulations? (\d+)", law.text) if "2023/1348" in law.text else []
            assert numbers in ([], ["12"]) or law.confidence == "check", f"{task.slug}: {law.text}"


def test_the_order_of_2026_is_always_said_to_be_known_from_secondary_sources() -> None:
    for journey in SMALL:
        for task in journey.tasks:
            for law in task.law:
                if "Order 2026" in law.text:
                    assert "secondary sources" in law.text and law.confidence == "check", task.slug


def test_every_approval_of_a_small_route_names_its_gate_or_is_known() -> None:
    for journey in (*SMALL, *HEALTH):
        for task in journey.tasks:
            if task.kind in (TaskKind.ENDORSEMENT, TaskKind.DECISION):
                assert gate_of(task), f"{journey.slug}, {task.slug}"


def at(journey: Journey, *events: object, today: dt.date) -> Progress:
    return fold(journey, PSR, events, today=today)  # type: ignore[arg-type]


DAYS = st.dates(d("2026-06-01"), d("2027-12-31"))


@given(
    st.sampled_from(WAITING),
    DAYS,
    st.sampled_from(["yes", "no", "not-sure", None]),
    st.sampled_from(["yes", "no", "not-sure", None]),
    st.sampled_from(["go-on", "go-back", "abandon", None]),
    st.integers(1, 40),
)
def test_a_contract_is_never_signed_inside_a_standstill_that_is_open(
    journey: Journey, notice: dt.date, early: str | None, made: str | None, decision: str | None, after: int
) -> None:
    told = notice + dt.timedelta(after)
    events = [completed("psr-intention-notice", published_on=notice.isoformat())]
    if early:
        events.append(completed("psr-representations-early", came=early))
    if made:
        events.append(completed("psr-standstill", made=made))
    if decision:
        events.append(
            completed("psr-further-decision", decision=decision, told_on=told.isoformat(), reasons="x")
        )
    due = at(journey, *events, today=told).state("record-contracts").due
    close = notices.psr_representations_end(notice).day
    if due is None:  # the process is abandoned
        assert decision == "abandon"
        return
    if due.day is None:
        assert due.rule
        return
    assert due.not_before
    assert due.day > close
    if early == "yes" or made == "yes":
        assert decision == "go-on"
        assert due.day > further_wait_ends(told, PSR).day
    else:
        assert made == "no"


@pytest.mark.parametrize("journey", WAITING, ids=slugs(WAITING))
def test_while_a_representation_waits_the_contract_cannot_be_recorded(journey: Journey) -> None:
    known = [task.slug for task in journey.tasks if task.slug not in ("psr-further-decision", "psr-further-wait", "record-contracts")]  # fmt: skip
    answers = {
        "psr-intention-notice": {"published_on": "2027-01-11"},
        "psr-representations-early": {"came": "yes"},
        "psr-standstill": {"made": "yes"},
    }
    before = known[: known.index("psr-record")]
    progress = at(
        journey, *(completed(slug, **answers.get(slug, {})) for slug in before), today=d("2027-03-01")
    )
    state = progress.state("record-contracts")
    assert state.status == Status.CANNOT_START
    assert "consider the representations" in state.because


SAID = {
    "open_advert": "yes", "selection": "no", "area": "uk", "kind": "no", "scope": "yes", "value": "yes", "term": "yes", "users": "yes",
    "framework": "no", "reason": "one-supplier", "basis": "user-choice", "verdict": "grant", "in_house": "yes", "law": "act",
    "key_decision": "no", "decider": "officer", "fits": "yes", "urgent": "no", "mixed": "no", "made": "no", "decision": "go-on",
    "panel": "no", "changed": "no", "out_of_hours": "no", "health": "no",
}  # fmt: skip


def answers_of(task: Task, today: dt.date, said: Mapping[str, str]) -> dict[str, Any]:
    """Something that can be, for every question of a step."""
    if task.kind == TaskKind.AWARD:
        ends = today + dt.timedelta(700)
        return {"_events": {"contract-entered": today.isoformat(), "contract-starts": today.isoformat(), "contract-ends": ends.isoformat()}}  # fmt: skip
    data: dict[str, Any] = {}
    for field in task.fields:
        if field.type == FieldType.DATE:
            data[field.name] = (today + dt.timedelta(20 if field.after else 0)).isoformat()
        elif field.type in (FieldType.CHOICE, FieldType.ANSWER):
            data[field.name] = said.get(field.name, "no")
    return data


def walked(journey: Journey, said: Mapping[str, str], facts: Facts) -> Progress:
    """A run worked to its end: what can be done is done, and when only waiting is left, days pass."""
    today = d("2026-11-24")
    events: list[Happened] = []
    for _ in range(150):
        progress = fold(journey, facts, events, today=today)
        if progress.is_finished:
            return progress
        able = [state.task for state in progress.can_start if not state.task.optional]
        if able:
            events.append(completed(able[0].slug, **answers_of(able[0], today, said)))
        else:
            today += dt.timedelta(3)
    pytest.fail(
        f"{journey.slug} never ends: {[state.task.slug for state in progress.required if state.is_open]}"
    )


@pytest.mark.parametrize("journey", [*SMALL, *HEALTH], ids=slugs([*SMALL, *HEALTH]))
@pytest.mark.parametrize("made", ["no", "yes"])
def test_every_route_can_be_worked_to_its_end(journey: Journey, made: str) -> None:
    small = replace(BASE, value_inc_vat=Decimal(90_000), above_threshold=False)
    facts = small if journey.family == "small" else PSR
    said = {**SAID, "made": made}
    if journey.slug == "below-threshold-quotation":
        said["open_advert"] = "no"
    progress = walked(journey, said, facts)
    if journey.has("record-contracts"):
        assert progress.state("record-contracts").status == Status.COMPLETED
        assert progress.facts.day_of("contract-entered") is not None


@pytest.mark.parametrize("journey", WAITING, ids=slugs(WAITING))
def test_a_process_that_is_abandoned_on_representations_comes_to_its_end(journey: Journey) -> None:
    progress = walked(journey, {**SAID, "made": "yes", "decision": "abandon"}, PSR)
    assert progress.state("record-contracts").status == Status.NOT_NEEDED
    assert progress.state("end-contract").status == Status.NOT_NEEDED
    assert progress.state("psr-record").status == Status.COMPLETED


def test_own_rules_leave_out_no_step_that_rests_on_statute() -> None:
    own = OwnRules(approvals=tuple(Approval(gate) for gate in ("strategy", "award", "waiver")))
    for journey in (*SMALL, *HEALTH):
        without = fold(journey, PSR, [], today=d("2026-11-24"))
        ruled = fold(journey, replace(PSR, own=own), [], today=d("2026-11-24"))
        for before, after in zip(without.states, ruled.states, strict=True):
            if before.status != Status.NOT_NEEDED and after.status == Status.NOT_NEEDED:
                assert before.task.kind in (TaskKind.ENDORSEMENT, TaskKind.DECISION), before.task.slug
