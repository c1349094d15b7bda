"""What the page of a decision says before it is recorded: that it was said to be no key decision, and what is still open."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.factories import a_procurement
from tests.factories.approvals import own_rules
from tests.factories.workflows import (
    ELSEWHERE,
    a_decided_procurement,
    a_decision,
    an_endorser,
    an_officer_decides,
)
from tests.pages import Pages
from tests.personas import People
from toolkit.core import clock
from toolkit.core.errors import Refused
from workflows.journeys.definitions import DueRule
from workflows.journeys.own_rules import Amount
from workflows.journeys.progress import Progress
from workflows.journeys.selectors import progress_of
from workflows.procurements import deciding
from workflows.procurements.facts import facts_of
from workflows.procurements.models import Procurement
from workflows.procurements.services import endorsements, tasks
from workflows.procurements.services.facts import change_facts

MEETING, DECISION = "strategy-meeting", "strategy-decision"
LINE = Amount(Decimal(1_000_000))


def progress(procurement: Procurement) -> Progress:
    assert procurement.run is not None
    return progress_of(procurement.run, facts_of(procurement), today=clock.today())


def test_that_something_large_is_no_key_decision_needs_a_reason_which_is_kept(
    people: People, pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_rules(monkeypatch, key_decision_from=LINE)
    procurement = a_procurement(
        by=people.officer, value_inc_vat=Decimal(12_000_000_000), value_ex_vat=Decimal(10_000_000_000)
    )
    page = pages.sign_in(people.officer).get(
        "procurement_task", reference=procurement.reference, slug=MEETING
    )
    assert "from £1,000,000 excluding VAT" in page.main
    today = clock.today()
    given: dict[str, Any] = {
        "decider": "officer", "key_decision": "no",
        "meeting_on-day": str(today.day), "meeting_on-month": str(today.month), "meeting_on-year": str(today.year),
    }  # fmt: skip
    again = pages.submit(page.form("Save and complete"), **given)
    assert len(again.errors) == 1
    assert again.errors[0].startswith("Enter why it is not a key decision: the value reaches £1,000,000")
    answers = {"decider": "officer", "key_decision": "no", "meeting_on": today.isoformat()}
    with pytest.raises(Refused, match="Enter why it is not a key decision"):
        tasks.complete_task(procurement=procurement, task=MEETING, data=answers, actor=people.officer)
    why = "It is paid for by a grant that has been decided"
    pages.submit(again.form("Save and complete"), not_key_because=why, **given)
    assert why in pages.get("procurement_task", reference=procurement.reference, slug=MEETING).main
    assert why in pages.get("procurement_task", reference=procurement.reference, slug=DECISION).main


def test_a_value_that_rises_later_is_told_and_the_record_says_that_nobody_said_why(
    people: People, pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_rules(monkeypatch, key_decision_from=LINE)
    procurement = a_decided_procurement(by=people.officer)
    change_facts(
        procurement=procurement,
        answers={"value_inc_vat": Decimal(1_200_000), "value_ex_vat": Decimal(1_000_000)},
        actor=people.officer,
    )
    a_decision(
        procurement=procurement, task=DECISION, by=people.officer, reason="It grew", reasons="More of it",
        instead_of=procurement.decisions.get(superseded_at=None),
    )  # fmt: skip
    pages.sign_in(people.officer)
    page = pages.get("procurement_task", reference=procurement.reference, slug=DECISION)
    assert page.facts["Not a key decision because"] == "No reason was recorded"
    record = pages.get("procurement_decision_record", reference=procurement.reference, slug=DECISION).text
    assert "No, although the value reaches the organisation’s own figure: No reason was recorded" in record


def test_open_steps_come_before_by_the_order_of_the_route_or_by_their_own_day(people: People) -> None:
    procurement = a_decided_procurement(by=people.officer)
    now = progress(procurement)
    before = [state.task.slug for state in deciding.open_before(now.journey.task(DECISION), now)]
    assert {"equality", "data-protection", "staff-transfer"} <= set(before)
    assert not {"business-case", MEETING, "specification"} & set(before), "done, or after it"

    # A step of another stage counts when its own day is counted back from the decision.
    due = DueRule("before", (("event", "strategy-decided"), ("source", "Good practice")))
    states = tuple(
        replace(state, task=replace(state.task, due=due)) if state.task.slug == "specification" else state
        for state in now.states
    )
    counted = deciding.open_before(now.journey.task(DECISION), replace(now, states=states))
    assert "specification" in [state.task.slug for state in counted]


def test_the_page_warns_whoever_is_to_record_it(people: People, pages: Pages) -> None:
    procurement = a_procurement(
        by=people.officer,
        value_inc_vat=Decimal(90_000),
        route="below-threshold-quotation",
        visibility="borough",
    )
    tasks.complete_task(procurement=procurement, task="business-case", data={}, actor=people.officer)
    an_officer_decides(procurement, MEETING, people.officer)
    endorser = an_endorser(people.fleet)
    asked = endorsements.ask_endorsement(
        procurement=procurement, task="endorse-strategy", kind="service", of=endorser, note="x", paper=ELSEWHERE, actor=people.officer
    )  # fmt: skip
    endorsements.answer_endorsement(endorsement=asked, status="endorsed", reasons="", actor=endorser)
    page = pages.sign_in(people.officer).get(
        "procurement_task", reference=procurement.reference, slug=DECISION
    )
    title = progress(procurement).journey.task("equality").title
    assert "still open that come before this decision" in page.main
    assert page.link(title).endswith("/equality/")
    assert "may apply: you have not said" in page.main
    page = pages.sign_in(people.viewer).get(
        "procurement_task", reference=procurement.reference, slug=DECISION
    )
    assert "still open that come before" not in page.main
