"""Endorsements that lapse: what was endorsed is not what stands any more."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core import mail

from guidance.documents.services import answering, reviewing
from tests.factories import a_procurement
from tests.factories.approvals import (
    a_reviewed_paper,
    approval,
    listed_for,
    own_rules,
    pass_review,
    ready_to_endorse,
)
from tests.factories.workflows import ELSEWHERE, a_decided_procurement, an_award
from tests.jobs import Jobs
from tests.pages import Pages
from tests.personas import People
from toolkit.accounts.models import Person
from toolkit.core import clock
from toolkit.core.errors import Refused
from workflows.journeys.own_rules import Amount
from workflows.journeys.progress import TaskState
from workflows.journeys.selectors import progress_of
from workflows.procurements.facts import facts_of
from workflows.procurements.models import Endorsement, HistoryLine, Procurement
from workflows.procurements.services import endorsements, lapses, sharing, tasks
from workflows.procurements.services.facts import change_facts

together = pytest.mark.django_db(transaction=True)
STEP = "endorse-strategy"


@pytest.fixture
def finance(people: People) -> Person:
    return listed_for("finance", of=people.fleet, name="Fay Ince")


@pytest.fixture
def legal(people: People) -> Person:
    return listed_for("legal", of=people.fleet, name="Lee Gall")


def ready(people: People, **answers: Any) -> Procurement:
    return ready_to_endorse(a_procurement(by=people.officer, **answers), people.officer)


def ask(procurement: Procurement, kind: str, of: Person, people: People, **more: Any) -> Endorsement:
    given: dict[str, Any] = {"note": "The strategy", "paper": ELSEWHERE, "actor": people.officer, **more}
    return endorsements.ask_endorsement(procurement=procurement, task=STEP, kind=kind, of=of, **given)


def endorse(endorsement: Endorsement, **more: str) -> None:
    given = {"status": "endorsed", "reasons": "Sound"} | more
    endorsements.answer_endorsement(endorsement=endorsement, actor=endorsement.asked_of, **given)


def step(procurement: Procurement, slug: str = STEP) -> TaskState:
    procurement.refresh_from_db()
    assert procurement.run is not None
    return progress_of(procurement.run, facts_of(procurement), today=clock.today()).state(slug)


def both(monkeypatch: pytest.MonkeyPatch, *, in_order: bool) -> None:
    own_rules(monkeypatch, approvals=(approval("strategy", "finance", "legal", in_order=in_order),))


def test_a_value_above_the_tolerance_reopens_the_step_and_one_within_does_not(
    people: People, finance: Person, pages: Pages
) -> None:
    procurement = ready(people)
    endorse(ask(procurement, "finance", finance, people))

    def value(pounds: int | None) -> None:
        amount = Decimal(pounds) if pounds is not None else None
        ex_vat = amount * 5 / 6 if amount is not None else None
        change_facts(
            procurement=procurement,
            answers={"value_inc_vat": amount, "value_ex_vat": ex_vat, "value_is_unknown": amount is None},
            reason="New prices", actor=people.officer,
        )  # fmt: skip

    value(950_000)
    assert step(procurement).status == "completed"
    value(990_001)
    state = step(procurement)
    assert state.status == "in-progress"
    assert state.because == (
        "the Finance endorsement has lapsed: the value rose from £900,000 to £990,001 including VAT, by more than 10%"
    )
    history = pages.sign_in(people.officer).get("procurement_history", reference=procurement.reference).main
    assert "Ada Okoro changed what was endorsed: “Get the strategy endorsed”" in history
    assert Endorsement.objects.get().status == "lapsed"
    endorse(ask(procurement, "finance", finance, people))
    assert step(procurement).status == "completed"
    value(None)
    assert "cannot be estimated any more" in step(procurement).because


def test_an_open_request_lapses_too_and_who_is_asked_hears_of_it(
    people: People, finance: Person, jobs: Jobs
) -> None:
    procurement = ready(people)
    request = ask(procurement, "finance", finance, people)
    jobs.run()
    mail.outbox.clear()
    change_facts(
        procurement=procurement, answers={"value_inc_vat": Decimal(2_000_000), "value_ex_vat": Decimal(1_600_000)}, actor=people.officer
    )  # fmt: skip
    jobs.run()
    assert [message.to for message in mail.outbox] == [[finance.email]]
    assert procurement.title not in mail.outbox[0].subject + str(mail.outbox[0].body)
    with pytest.raises(Refused, match="The request has lapsed: the value rose"):
        endorse(request)
    assert step(procurement).status == "in-progress"


def test_a_band_that_asks_for_more_reopens_a_step_whose_endorsement_still_holds(
    people: People, finance: Person, legal: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    below = approval("strategy", "finance", below=Amount(Decimal(800_000)))
    above = approval("strategy", "finance", "legal", start=Amount(Decimal(800_000)), in_order=False)
    own_rules(monkeypatch, approvals=(below, above))
    procurement = ready(people)
    endorse(ask(procurement, "finance", finance, people))
    assert step(procurement).status == "completed"
    change_facts(procurement=procurement, answers={"title": "Another name"}, actor=people.officer)
    assert step(procurement).status == "completed"
    change_facts(
        procurement=procurement, answers={"value_inc_vat": Decimal(966_000), "value_ex_vat": Decimal(805_000)}, actor=people.officer
    )  # fmt: skip
    assert step(procurement).because == "with these facts an endorsement of another kind is needed too: Legal"
    endorse(ask(procurement, "legal", legal, people))
    assert step(procurement).status == "completed"


def test_a_newer_reviewed_paper_lapses_what_was_endorsed_of_the_older_one(
    people: People, finance: Person
) -> None:
    procurement = ready(people)
    reviewer = people.member("officer", name="Rae View")
    sharing.add_to_team(procurement=procurement, person=reviewer, role="member", actor=people.officer)
    paper = a_reviewed_paper(procurement, by=people.officer, reviewer=reviewer)
    endorse(ask(procurement, "finance", finance, people, paper=paper))
    reviewing.open_again(document=paper.document, actor=people.officer)
    assert step(procurement).status == "completed", "nothing newer is there to be endorsed yet"
    pass_review(paper.document, by=people.officer, reviewer=reviewer)
    assert step(procurement).status == "completed", "it says what it said"
    reviewing.open_again(document=paper.document, actor=people.officer)
    answering.save_answer(
        document=paper.document, name="ends-on", value="2028-03-31", seen=1, actor=people.officer
    )
    pass_review(paper.document, by=people.officer, reviewer=reviewer)
    assert "a newer version of the paper has been reviewed" in step(procurement).because


def test_nothing_lapses_once_the_contract_is_signed(people: People) -> None:
    procurement, contracts = an_award(by=people.officer)
    tasks.record_award(
        procurement=procurement, task="record-contracts", contracts=contracts, actor=people.officer
    )
    change_facts(
        procurement=procurement, answers={"value_inc_vat": Decimal(5_000_000), "value_ex_vat": Decimal(4_000_000)}, actor=people.officer
    )  # fmt: skip
    assert set(Endorsement.objects.values_list("status", flat=True)) == {"endorsed"}
    with pytest.raises(Refused, match="The contract is signed"):
        lapses.ask_anew(procurement=procurement, task=STEP, reason="x", actor=people.officer)


def test_a_lapse_and_the_change_that_causes_it_are_one(
    people: People, finance: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    procurement = ready(people)
    endorse(ask(procurement, "finance", finance, people))

    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("the queue is away")

    monkeypatch.setattr("workflows.procurements.letters.tell_lapsed", broken)
    with pytest.raises(RuntimeError):
        change_facts(
            procurement=procurement, answers={"value_inc_vat": Decimal(2_000_000)}, actor=people.officer
        )
    assert step(procurement).status == "completed"
    assert Procurement.objects.get(pk=procurement.pk).value_inc_vat == Decimal(900_000)
    assert not HistoryLine.objects.filter(kind="facts").exists()


def test_an_officer_has_it_endorsed_anew_with_a_reason(people: People, pages: Pages) -> None:
    procurement = a_decided_procurement(by=people.officer)
    page = pages.sign_in(people.officer).get("procurement_task", reference=procurement.reference, slug=STEP)
    page = pages.click(page, "Have it endorsed anew")
    assert pages.submit(page).errors == ["Enter why it has to be endorsed anew"]
    page = pages.submit(page, reason="The service has two sites more")
    assert "Lapsed on 24 November 2026: The service has two sites more." in page.main
    assert step(procurement).status == "in-progress"
    with pytest.raises(Refused, match="What was endorsed stands"):
        tasks.reopen_task(procurement=procurement, task=STEP, actor=people.officer)
