"""Nothing and ten billion pounds, from the question to the decision, by an organisation's own rules."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.factories import a_draft
from tests.factories.approvals import listed_for
from tests.factories.rules import an_amount, an_approval, published_rules
from tests.factories.workflows import ELSEWHERE, a_decision
from tests.pages import Pages
from tests.personas import People
from toolkit.core import clock
from toolkit.core.errors import Refused
from workflows.journeys.selectors import progress_of
from workflows.procurements.facts import facts_of
from workflows.procurements.models import Endorsement, Procurement
from workflows.procurements.services import drafts, endorsements, tasks

LINE = 1_000_000
SMALL = {"start": None, "below": an_amount(LINE), "endorsements": ["finance"], "makers": ["officer"]}
LARGE = {"start": an_amount(LINE), "below": None, "endorsements": ["finance", "legal"], "makers": ["cabinet"]}


def answered(typed: str, pages: Pages, people: People) -> Procurement:
    """A draft whose value was typed on its own page."""
    draft = a_draft(by=people.officer, value_inc_vat=Decimal(300_000))
    page = pages.sign_in(people.officer).get("procurement_question", reference=draft.reference, page="value")
    pages.submit(page, value=typed, value_basis="ex")
    draft.refresh_from_db()
    return draft


def do_up_to(procurement: Procurement, slug: str, people: People) -> None:
    """Complete a step and everything that has to be done before it, with no answers."""
    procurement.refresh_from_db()
    assert procurement.run is not None
    state = progress_of(procurement.run, facts_of(procurement), today=clock.today()).state(slug)
    if state.status in ("completed", "not-needed"):
        return
    for need in state.task.needs:
        do_up_to(procurement, need, people)
    tasks.complete_task(procurement=procurement, task=slug, data={}, actor=people.officer)


def endorse(request: Endorsement) -> None:
    endorsements.answer_endorsement(
        endorsement=request, status="endorsed", reasons="Sound", actor=request.asked_of
    )


@pytest.mark.parametrize(
    ("typed", "said", "route", "is_large"),
    [
        ("0", "£0 including VAT (£0 excluding VAT", "below-threshold-quotation", False),
        ("0.01", "£0.01 including VAT (£0.01 excluding VAT", "below-threshold-quotation", False),
        ("999,999.99", "£999,999.99 excluding VAT", "open-competition", False),
        ("1,000,000", "£1,000,000 excluding VAT", "open-competition", True),
        ("10,000,000,000", "£12,000,000,000 including VAT (£10,000,000,000 excl", "open-competition", True),
        ("100,000,000,000", "£120,000,000,000 including VAT", "open-competition", True),
    ],
)
def test_an_amount_goes_from_its_question_to_its_decision(
    typed: str, said: str, route: str, is_large: bool, people: People, pages: Pages
) -> None:
    approvals = [
        an_approval("strategy", key=key, **band) for key, band in (("small", SMALL), ("large", LARGE))
    ]
    published_rules(by=people.administrator, approvals=approvals, key_decision_from=an_amount(LINE))
    kinds = ["finance", "legal"] if is_large else ["finance"]
    of_kind = {kind: listed_for(kind, of=people.fleet) for kind in ("finance", "legal")}
    draft = answered(typed, pages, people)
    check = pages.get("procurement_check", reference=draft.reference)
    assert said in check.main
    pages.submit(check.form("Start the procurement"), route=route)
    draft.refresh_from_db()
    assert (draft.status, draft.route) == ("live", route)

    for name in ("procurement", "procurement_tasks", "procurement_dates", "procurement_facts"):
        pages.get(name, reference=draft.reference)
    tasks.complete_task(procurement=draft, task="business-case", data={}, actor=people.officer)
    today = clock.today()
    meeting: dict[str, Any] = {
        "decider": "cabinet" if is_large else "officer",
        "meeting_on": today.isoformat(),
    }
    meeting["key_decision"] = "no"
    if is_large:
        with pytest.raises(Refused, match="Enter why it is not a key decision"):
            tasks.complete_task(
                procurement=draft, task="strategy-meeting", data=meeting, actor=people.officer
            )
        meeting["not_key_because"] = "It is paid for by a grant"
    tasks.complete_task(procurement=draft, task="strategy-meeting", data=meeting, actor=people.officer)
    for kind in kinds:
        endorse(
            endorsements.ask_endorsement(
                procurement=draft, task="endorse-strategy", kind=kind, of=of_kind[kind], note="The plan", paper=ELSEWHERE,
                actor=people.officer, budget_ex_vat=Decimal(typed.replace(",", "")),
            )
        )  # fmt: skip
    draft.refresh_from_db()
    assert draft.run is not None
    progress = progress_of(draft.run, facts_of(draft), today=today)
    assert progress.state("endorse-strategy").status == "completed"
    assert progress.facts.own.key_decision(progress.facts.value) is (True if is_large else None)
    with_money = pages.get("procurement_decisions", reference=draft.reference).main
    assert "e+" not in with_money.lower()

    if route == "open-competition":
        do_up_to(draft, "strategy-report", people)
    for maker in ("officer", "cabinet"):
        given: dict[str, Any] = {
            "procurement": draft,
            "task": "strategy-decision",
            "by": people.officer,
            "maker": maker,
        }
        if is_large and maker == "officer":
            with pytest.raises(Refused, match="ask for Cabinet"):
                a_decision(**given)
        elif is_large or maker == "officer":
            a_decision(**given)
    assert draft.decisions.get().maker == ("cabinet" if is_large else "officer")
    page = pages.get("procurement_decision_record", reference=draft.reference, slug="strategy-decision")
    assert said[:3] in page.main
    pages.get("home")


def test_a_penny_above_the_most_and_rubbish_are_refused_on_its_page(people: People, pages: Pages) -> None:
    draft = a_draft(by=people.officer, value_inc_vat=Decimal(300_000))
    page = pages.sign_in(people.officer).get("procurement_question", reference=draft.reference, page="value")
    again = pages.submit(page, value="100,000,000,000.01", value_basis="ex")
    assert again.errors == ["Enter an amount below £100 billion"]
    for rubbish in ("-1", "ten pounds", "1e9", "£", "1,00,000.5.5", "\u221e", "9" * 5_000):
        assert pages.submit(page, value=rubbish, value_basis="ex").errors, rubbish
    draft.refresh_from_db()
    assert draft.value_inc_vat == Decimal(300_000)


@pytest.mark.parametrize("limit", [Decimal(0), Decimal("9999999999.99")])
def test_a_limit_below_the_value_is_no_power_to_endorse_it(limit: Decimal, people: People) -> None:
    published_rules(by=people.administrator, approvals=[an_approval("strategy", endorsements=["finance"])])
    draft = a_draft(by=people.officer, value_inc_vat=Decimal(10_000_000_000))
    live = drafts.start(procurement=draft, route="open-competition", actor=people.officer)
    tasks.complete_task(procurement=live, task="business-case", data={}, actor=people.officer)
    with pytest.raises(Refused, match="not listed to endorse"):
        endorsements.ask_endorsement(
            procurement=live, task="endorse-strategy", kind="finance", note="x", paper=ELSEWHERE, actor=people.officer,
            of=listed_for("finance", of=people.fleet, up_to=limit),
        )  # fmt: skip
