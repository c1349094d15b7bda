"""Decisions of a council: key decisions asked for each, papers, and law that is for some councils only."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.journeys.runs import DIRECT, OPEN, QUOTATION, RESERVED, at, completed, d, due
from workflows.journeys.progress import Status
from workflows.journeys.refusals import fields_asked

KEY = {"meeting_on": "2027-01-20", "decider": "meeting", "key_decision": "yes"}
DELEGATED = {"meeting_on": "2027-03-01", "decider": "officer", "key_decision": "no"}


@pytest.mark.parametrize("route", [OPEN, QUOTATION, DIRECT])
def test_a_key_decision_on_the_strategy_forces_no_28_days_on_a_delegated_award(route: str) -> None:
    progress = at(route, completed("strategy-meeting", **KEY), completed("award-meeting", **DELEGATED))
    strategy = progress.state("key-decision-notice-strategy")
    assert strategy.status == Status.NOT_STARTED
    assert due(progress, "key-decision-notice-strategy") == d("2026-12-22")
    assert progress.state("key-decision-notice-award").status == Status.NOT_NEEDED
    assert progress.state("award-papers").status == Status.NOT_NEEDED
    assert "key-decision-notice-award" in progress.state("award-decision").task.needs


@pytest.mark.parametrize("route", [OPEN, QUOTATION, DIRECT])
def test_a_quotation_can_be_a_key_decision_as_well(route: str) -> None:
    progress = at(route, completed("award-meeting", **KEY), value_inc_vat=Decimal(90_000))
    assert due(progress, "key-decision-notice-award") == d("2026-12-22")
    assert "key-decision-notice-strategy" in progress.state("strategy-decision").task.needs


def test_papers_are_due_5_clear_days_before_the_meeting_and_only_a_meeting_has_them() -> None:
    progress = at(OPEN, completed("strategy-meeting", **{**KEY, "meeting_on": "2026-12-15"}))
    assert due(progress, "strategy-papers") == d("2026-12-07")
    closed = at(
        OPEN,
        completed("strategy-meeting", **{**KEY, "meeting_on": "2026-12-15"}),
        closed_days=(d("2026-12-11"),),
    )
    assert due(closed, "strategy-papers") == d("2026-12-04")
    assert (
        at(OPEN, completed("strategy-meeting", **DELEGATED)).state("strategy-papers").status
        == Status.NOT_NEEDED
    )


def test_law_of_executive_arrangements_is_cited_to_no_other_council() -> None:
    def cited(model: str, slug: str) -> str:
        return " ".join(law.text for law in at(OPEN, decision_model=model).state(slug).law)

    for slug in ("strategy-decision", "award-decision", "strategy-papers"):
        assert "SI 2012/2089" in cited("executive", slug)
        assert "(under executive arrangements)" not in cited("executive", slug)
        for model in ("committees", "gla-family", "city-of-london"):
            assert "2012/2089" not in cited(model, slug)
            assert cited(model, slug), "something has to stand there"
        assert "(under executive arrangements)" in cited("other", slug)


def test_a_committee_is_not_asked_for_a_key_decision_and_its_papers_follow_its_constitution() -> None:
    progress = at(
        OPEN,
        completed("strategy-meeting", meeting_on="2026-12-15", decider="meeting"),
        decision_model="committees",
    )
    asked = {field.name for field in fields_asked(progress.state("strategy-meeting").task, progress.facts)}
    assert asked == {"decider", "meeting_on"}
    papers = progress.state("strategy-papers").due
    assert papers is not None
    assert (papers.basis, papers.source) == ("practice", "Your organisation’s constitution")


def test_the_steps_of_a_quotation_come_in_the_order_of_the_act() -> None:
    order = [task.slug for task in at(RESERVED).journey.tasks]
    assert (
        order.index("how-to-ask") < order.index("below-threshold-notice") < order.index("invite-quotations")
    )
    assert at(RESERVED).state("how-to-ask").task.stage == "define"
    openly = at(RESERVED, completed("how-to-ask", open_advert="yes"))
    assert "publish the below-threshold tender notice" in openly.state("invite-quotations").because
    assert (
        at(RESERVED, completed("how-to-ask", open_advert="no")).state("below-threshold-notice").status
        == Status.NOT_NEEDED
    )


def test_a_quotation_waits_for_its_own_deadline_by_its_own_section() -> None:
    asked = completed("invite-quotations", asked_on="2026-11-23", deadline_on="2026-12-07")
    waits = at(QUOTATION, asked).state("quotation-period").due
    assert waits is not None
    assert waits.source == "Procurement Act 2023, section 87(6)"
    assert "quotations" in waits.rule
