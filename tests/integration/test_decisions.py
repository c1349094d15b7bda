"""Formal decisions: who may take them, call-in, delegation, what must wait for them, and the record on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from tests.factories import a_procurement, an_evaluation
from tests.factories.approvals import approval, own_rules
from tests.factories.workflows import (
    a_decided_procurement,
    a_decision,
    an_award,
    an_officer_decides,
)
from tests.jobs import Jobs
from tests.pages import Pages
from tests.personas import People
from tests.threads import at_once
from toolkit.core import clock
from toolkit.core.errors import Refused
from workflows.journeys.definitions import Journey
from workflows.journeys.selectors import progress_of
from workflows.procurements import deciding
from workflows.procurements.facts import facts_of
from workflows.procurements.models import DecisionPaper, FormalDecision, Procurement
from workflows.procurements.services import decisions, endorsements, tasks

TODAY = dt.date(2026, 11, 24)
STRATEGY, AWARD = "strategy-decision", "award-decision"


def again(procurement: Procurement, people: People, **more: Any) -> FormalDecision:
    """A further strategy decision."""
    return a_decision(
        procurement=procurement, task=STRATEGY, by=people.officer, reason="Decided anew",
        instead_of=procurement.decisions.get(task=STRATEGY, superseded_at=None), **more,
    )  # fmt: skip


def ready_to_award(people: People) -> Procurement:
    live = an_evaluation(by=people.officer)
    tasks.complete_task(procurement=live, task="award-report", data={}, actor=people.officer)
    an_officer_decides(live, "award-meeting", people.officer)
    live.refresh_from_db()
    return live


def status(procurement: Procurement, slug: str) -> str:
    procurement.refresh_from_db()
    assert procurement.run is not None
    return progress_of(procurement.run, facts_of(procurement), today=clock.today()).state(slug).status


# Who may


def test_a_maker_below_the_one_asked_for_is_refused_in_words(
    people: People, pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    procurement = a_decided_procurement(by=people.officer)
    own_rules(monkeypatch, approvals=(approval("strategy", makers=("cabinet",)),))
    for maker in ("officer", "member", "mayor", "committee"):
        with pytest.raises(Refused, match="ask for Cabinet, or somebody above them"):
            again(procurement, people, maker=maker)
    assert again(procurement, people, maker="council").maker == "council"
    page = pages.sign_in(people.officer).get(
        "procurement_task", reference=procurement.reference, slug=STRATEGY
    )
    assert (
        "Your organisation’s own rules ask for Cabinet, or somebody above them (Contract standing orders, 12.3)."
        in page.main
    )


def test_a_strategy_decision_that_delegates_the_award_says_who_may_take_it(
    people: People, pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    procurement = ready_to_award(people)
    rules = (approval("strategy", makers=("cabinet",)), approval("award", makers=("cabinet",)))
    own_rules(monkeypatch, approvals=rules)
    with pytest.raises(Refused, match="Officer under delegated power may not take this decision"):
        a_decision(procurement=procurement, task=AWARD, by=people.officer)
    again(procurement, people, maker="cabinet", maker_name="Cabinet", delegated_to="Director of Resources", report_reference="CAB 12")  # fmt: skip
    page = pages.sign_in(people.officer).get("procurement_task", reference=procurement.reference, slug=AWARD)
    assert "(Cabinet, report CAB 12) delegates the award to Director of Resources" in page.main
    a_decision(procurement=procurement, task=AWARD, by=people.officer)
    again(procurement, people, maker="cabinet", maker_name="Cabinet")
    decided = procurement.decisions.get(task=AWARD)
    assert decided.maker == "officer", "what was decided under the delegation stays decided"
    with pytest.raises(Refused, match="may not take this decision"):
        a_decision(procurement=procurement, task=AWARD, by=people.officer, maker_name="Other", instead_of=decided, reason="x")  # fmt: skip


def test_a_delegation_needs_somebody_to_delegate_to(people: People) -> None:
    procurement = a_decided_procurement(by=people.officer)
    with pytest.raises(Refused, match="Enter whom the decision delegates the award to"):
        again(procurement, people, delegated_maker="member")


# Call-in


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({}, "Enter the date it was published"),
        ({"published_on": TODAY, "call_in_ends_on": dt.date(2026, 11, 30)}, "ends on 1 December 2026"),
        ({"no_call_in": "no-rule"}, "have a call-in of 5 working days"),
        ({"no_call_in": "waived"}, "Enter who waived call-in"),
        ({"no_call_in": "exempt", "call_in_ends_on": TODAY}, "not both"),
        ({"no_call_in": "tired"}, "Select why"),
        ({"published_on": TODAY - dt.timedelta(1)}, "published a day before|cannot be published"),
        ({"published_on": TODAY + dt.timedelta(1)}, "once it has been published"),
    ],
)
def test_call_in_cannot_be_left_out_without_a_reason(
    people: People, monkeypatch: pytest.MonkeyPatch, given: dict[str, Any], refused: str
) -> None:
    procurement = a_decided_procurement(by=people.officer)
    own_rules(monkeypatch, call_in_days=5)
    with pytest.raises(Refused, match=refused):
        again(procurement, people, **({"no_call_in": "", "maker_name": "Another"} | given))


@pytest.mark.parametrize(
    ("given", "ends_on", "why_none"),
    [
        ({"published_on": TODAY}, dt.date(2026, 12, 1), ""),
        ({"published_on": TODAY, "call_in_ends_on": dt.date(2026, 12, 8), "call_in_because": "A bank closed day"}, dt.date(2026, 12, 8), ""),
        ({"no_call_in": "waived", "call_in_because": "The chair of scrutiny"}, None, "waived"),
        ({"no_call_in": "exempt"}, None, "exempt"),
    ],
)  # fmt: skip
def test_call_in_is_worked_out_and_may_be_put_right_with_a_reason(
    people: People,
    monkeypatch: pytest.MonkeyPatch,
    given: dict[str, Any],
    ends_on: dt.date | None,
    why_none: str,
) -> None:
    procurement = a_decided_procurement(by=people.officer)
    own_rules(monkeypatch, call_in_days=5)
    decision = again(procurement, people, **({"no_call_in": "", "maker_name": "Another"} | given))
    assert (decision.call_in_ends_on, decision.no_call_in) == (ends_on, why_none)
    assert status(procurement, "specification") == ("cannot-start-yet" if ends_on else "not-started")


def test_without_own_rules_the_last_day_of_call_in_or_a_reason_is_asked_for(
    people: People, pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    procurement = a_decided_procurement(by=people.officer)
    pages.sign_in(people.officer)
    page = pages.get("procurement_decision_further", reference=procurement.reference, slug=STRATEGY)
    day = {"decided_on-day": "24", "decided_on-month": "11", "decided_on-year": "2026"}
    given: dict[str, Any] = {
        "maker": "cabinet",
        "maker_name": "Cabinet",
        "power": "Part 3",
        "reason": "x",
        **day,
    }
    page = pages.submit(page, **given)
    assert page.errors == ["Enter the last day of call-in, or select why there is none"]
    own_rules(monkeypatch, call_in_days=0)
    pages.submit(page, **given)
    assert procurement.decisions.get(superseded_at=None).no_call_in == "no-rule"


def test_the_dates_page_works_call_in_out_again(
    people: People, pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    procurement = a_decided_procurement(by=people.officer)
    own_rules(monkeypatch, call_in_days=10)
    page = pages.sign_in(people.officer).get(
        "procurement_decision_dates", reference=procurement.reference, slug=STRATEGY
    )
    assert "10 working days after it was published" in page.main
    day: dict[str, Any] = {"published_on-day": "24", "published_on-month": "11", "published_on-year": "2026"}
    # A slip in the year would hold the award up until then.
    late = pages.submit(page, no_call_in="applies", reason="x", **{**day, "published_on-year": "2062"})
    assert late.errors == ["The date it was published must be today or in the past"]
    pages.submit(page, no_call_in="applies", reason="It is executive after all", **day)
    assert procurement.decisions.get().call_in_ends_on == dt.date(2026, 12, 8)


# What follows


def test_award_notice_and_signature_wait_for_the_decision_and_call_in_directly(people: People) -> None:
    procurement, contracts = an_award(by=people.officer)
    decision = procurement.decisions.get(task=AWARD)
    decisions.correct_decision_dates(
        decision=decision, published_on=TODAY, call_in_ends_on=TODAY + dt.timedelta(5), reason="It applies", actor=people.officer
    )  # fmt: skip
    with pytest.raises(
        Refused, match="Call-in of “Record the award decision” ends at the end of 29 November 2026"
    ):
        tasks.record_award(
            procurement=procurement, task="record-contracts", contracts=contracts, actor=people.officer
        )
    with (
        clock.held_at(TODAY + dt.timedelta(6)),
        pytest.raises(Refused, match="Call-in of “Record the award decision”"),
    ):  # signed while it ran, recorded after
        tasks.record_award(
            procurement=procurement, task="record-contracts", contracts=contracts, actor=people.officer
        )


def test_the_award_notice_rests_on_the_award_decision_whatever_its_needs_say(
    people: People,
) -> None:
    procurement = a_procurement(by=people.officer)
    assert procurement.run is not None
    progress = progress_of(procurement.run, facts_of(procurement), today=TODAY)
    notice = progress.journey.task("award-notice")
    assert "First: record the award decision" in deciding.why_undecided(notice, progress, [TODAY])
    assert deciding.why_undecided(progress.journey.task("tender-notice"), progress, [TODAY]) == ""


@pytest.mark.parametrize(
    ("about", "family", "shared"),
    [("procurement", "small", True), ("contract", "contract", False), ("procurement", "turn", False)],
)
def test_only_the_strategy_of_an_ordinary_procurement_tells_the_boroughs(
    people: People, monkeypatch: pytest.MonkeyPatch, about: str, family: str, shared: bool
) -> None:
    monkeypatch.setattr(decisions, "_widen", _widened(about, family, decisions._widen))
    procurement = a_decided_procurement(by=people.officer)
    assert procurement.visibility == ("boroughs" if shared else "team")


def _widened(about: str, family: str, widen: Any) -> Any:
    from dataclasses import replace

    def with_route(procurement: Procurement, gate: str, journey: Journey, actor: Any) -> None:
        widen(procurement, gate, replace(journey, about=about, family=family), actor)

    return with_route


def test_an_award_decision_shares_nothing(people: People) -> None:
    procurement = ready_to_award(people)
    Procurement.objects.filter(pk=procurement.pk).update(visibility="team", is_kept_back=False)
    a_decision(procurement=procurement, task=AWARD, by=people.officer)
    procurement.refresh_from_db()
    assert procurement.visibility == "team"


# On paper


def test_the_record_says_who_decided_by_what_power_why_and_what_was_endorsed(
    people: People, pages: Pages, jobs: Jobs, queries: Callable[[int], Any]
) -> None:
    procurement = a_decided_procurement(by=people.officer)
    endorsements.set_budget(procurement, Decimal(99_999), people.officer)
    again(
        procurement, people, reasons="Best value over five years", alternatives="Doing nothing", interests="No member declared any",
        report_reference="CAB 12", no_call_in="waived", call_in_because="The chair of scrutiny",
    )  # fmt: skip
    page = pages.sign_in(people.officer).get(
        "procurement_task", reference=procurement.reference, slug=STRATEGY
    )
    with queries(16):
        printed = pages.get(page.link("Print the record of this decision"))
    for words in (
        "Record of decision", procurement.reference, "Director of Resources", "Standing order 7", "CAB 12", "Best value over five years",
        "Doing nothing", "Call-in was waived", "The chair of scrutiny", "Endorser in the tests", "The plan", "£90,000 including VAT",
        "It took the place of a decision of 24 November 2026",
    ):  # fmt: skip
        assert words in printed.text, words
    assert "99,999" not in printed.text
    page = pages.get(page.link("The record as a PDF"))
    page = pages.submit(page.form("Make the PDF"))
    assert "It is being made" in page.main
    jobs.run()
    pdf = pages.get("procurement_decision_pdf", reference=procurement.reference, slug=STRATEGY)
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert "Best value over five years" in "".join(
        page.extract_text() for page in PdfReader(BytesIO(pdf.content)).pages
    )
    decisions.correct_decision_dates(
        decision=procurement.decisions.get(superseded_at=None), published_on=TODAY, call_in_ends_on=None, no_call_in="exempt",
        reason="It was exempt", actor=people.officer,
    )  # fmt: skip
    page = pages.get("procurement_decision_pdf", reference=procurement.reference, slug=STRATEGY)
    assert page.form("Make the PDF"), "an old PDF is not read as today’s"


def test_the_record_of_an_award_is_for_those_who_may_know_it(people: People, pages: Pages) -> None:
    procurement = ready_to_award(people)
    a_decision(procurement=procurement, task=AWARD, by=people.officer)
    for person, expected in (
        (people.officer, 200), (people.auditor, 403), (people.viewer, 404), (people.administrator, 404), (people.neighbour, 404),
    ):  # fmt: skip
        pages.sign_in(person)
        for name in ("procurement_decision_record", "procurement_decision_pdf"):
            pages.get(name, reference=procurement.reference, slug=AWARD, status=expected)


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_for_the_pdf_at_once_have_it_made_once(people: People) -> None:
    from workflows.procurements import decision_records

    procurement = a_decided_procurement(by=people.officer)
    decision = FormalDecision.objects.get(procurement=procurement)

    def ask() -> None:
        decision_records.ask_for_pdf(FormalDecision.objects.select_related("procurement__organisation", "procurement__run", "recorded_by").get(pk=decision.pk))  # fmt: skip

    results = at_once(ask, ask)
    assert results == [None, None]
    assert DecisionPaper.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_further_decisions_at_once_leave_one_standing(people: People) -> None:
    procurement = a_decided_procurement(by=people.officer)
    standing = procurement.decisions.get()

    def further(name: str) -> FormalDecision:
        return a_decision(procurement=procurement, task=STRATEGY, by=people.officer, maker_name=name, reason="x", instead_of=standing)  # fmt: skip

    results = at_once(lambda: further("One"), lambda: further("Other"))
    assert sum(isinstance(result, Refused) for result in results) == 1
    assert procurement.decisions.filter(superseded_at=None).count() == 1
