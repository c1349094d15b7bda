"""Endorsements: several kinds, in order or side by side; what lapses; reminders; two people at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
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
from tests.factories.workflows import a_decided_procurement, an_award
from tests.jobs import Jobs
from tests.pages import Pages
from tests.personas import People
from tests.threads import at_once
from toolkit.accounts.models import Person
from toolkit.core import clock
from toolkit.core.errors import Refused
from workflows.journeys.own_rules import Amount
from workflows.journeys.progress import TaskState
from workflows.journeys.selectors import progress_of
from workflows.pipeline.models import Entry
from workflows.procurements import reminding
from workflows.procurements.facts import facts_of
from workflows.procurements.models import Endorsement, EndorsementPower, HistoryLine, Procurement
from workflows.procurements.services import endorsements, sharing, tasks
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
    given: dict[str, Any] = {"note": "The strategy", "actor": people.officer, **more}
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


# Several kinds


def test_one_after_another(
    people: People, finance: Person, legal: Person, pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    both(monkeypatch, in_order=True)
    procurement = ready(people)
    with pytest.raises(Refused, match="One after another: Finance comes before Legal"):
        ask(procurement, "legal", legal, people)
    with pytest.raises(Refused, match="ask for no endorsement of this kind"):
        ask(procurement, "service", people.approver, people)
    page = pages.sign_in(people.officer).get("procurement_task", reference=procurement.reference, slug=STEP)
    assert "Your organisation’s own rules ask for Finance and Legal, one after another" in page.main
    page = pages.submit(
        page.form("Ask for the endorsement"),
        kind="finance",
        person=finance.email,
        note="x",
        budget_ex_vat="800,000",
    )
    assert "Fay Ince was asked on 24 November 2026" in page.main
    assert "Ask for an endorsement" not in page.words("h2")
    endorse(Endorsement.objects.get(), comment="The money is there.")
    state = step(procurement)
    assert (state.status, state.because) == ("in-progress", "next: Legal")
    page = pages.get("procurement_task", reference=procurement.reference, slug=STEP)
    assert "Finance comments for the report" in page.facts
    pages.submit(page.form("Ask for the endorsement"), kind="legal", person=legal.email, note="x")
    endorse(Endorsement.objects.get(kind="legal"))
    state = step(procurement)
    assert state.status == "completed"
    assert state.data["given"] == ["Fay Ince (Finance)", "Lee Gall (Legal)"]
    history = pages.get("procurement_history", reference=procurement.reference).main
    assert "Fay Ince endorsed, as one of several, “Get the strategy endorsed”" in history
    assert "800,000" not in history
    assert "The agreed budget, which its team alone sees." in history


def test_side_by_side(
    people: People, finance: Person, legal: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    both(monkeypatch, in_order=False)
    procurement = ready(people)
    first, second = ask(procurement, "finance", finance, people), ask(procurement, "legal", legal, people)
    assert step(procurement).because == "waiting for Fay Ince and Lee Gall to endorse"
    endorse(second)
    assert step(procurement).because == "waiting for Fay Ince to endorse"
    endorse(first, status="changes", reasons="Show the whole cost")
    assert (step(procurement).status, step(procurement).because) == (
        "in-progress",
        "Fay Ince asked for changes",
    )
    with pytest.raises(Refused, match="Legal is given already"):
        ask(procurement, "legal", legal, people)
    endorse(ask(procurement, "finance", finance, people))
    assert step(procurement).status == "completed"


def test_one_request_of_two_is_withdrawn_by_its_kind(
    people: People, finance: Person, legal: Person, pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    both(monkeypatch, in_order=False)
    procurement = ready(people)
    ask(procurement, "finance", finance, people)
    ask(procurement, "legal", legal, people)
    page = pages.sign_in(people.officer).get("procurement_task", reference=procurement.reference, slug=STEP)
    page = pages.submit(page.form("Withdraw the request for legal, to ask somebody else"))
    assert list(Endorsement.objects.values_list("kind", "status")) == [
        ("finance", "asked"),
        ("legal", "withdrawn"),
    ]
    assert step(procurement).because == "waiting for Fay Ince to endorse"
    assert page.form("Ask for the endorsement")


def test_nobody_endorses_twice_at_one_approval_and_no_requester_endorses(
    people: People, finance: Person, legal: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    both(monkeypatch, in_order=False)
    EndorsementPower.objects.create(organisation=people.fleet, person=finance, kind="legal")
    procurement = ready(people)
    endorse(ask(procurement, "finance", finance, people))
    with pytest.raises(Refused, match="nobody endorses twice at one approval"):
        ask(procurement, "legal", finance, people)
    # An approver who is an officer too, and asks: their own request, by whatever way.
    both_ways = people.member("officer", name="Bo Thway")
    membership = both_ways.memberships.get()
    membership.roles = ["officer", "approver"]
    membership.save()
    EndorsementPower.objects.create(organisation=people.fleet, person=both_ways, kind="legal")
    sharing.add_to_team(procurement=procurement, person=both_ways, role="member", actor=people.officer)
    with pytest.raises(Refused, match="your own request"):
        ask(procurement, "legal", both_ways, people, actor=both_ways)
    other = ready(people)
    sharing.add_to_team(procurement=other, person=both_ways, role="member", actor=people.officer)
    ask(other, "finance", finance, people, actor=both_ways)
    with pytest.raises(Refused, match="nobody endorses their own request"):
        ask(other, "legal", both_ways, people)


def test_without_own_rules_one_endorsement_of_any_kind_completes_the_step(
    people: People, legal: Person
) -> None:
    procurement = ready(people)
    endorse(ask(procurement, "legal", legal, people))
    assert step(procurement).status == "completed"


def test_rules_that_ask_for_less_let_an_officer_complete_the_step(
    people: People, finance: Person, legal: Person, pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    both(monkeypatch, in_order=False)
    procurement = ready(people)
    endorse(ask(procurement, "finance", finance, people))
    open_request = ask(procurement, "legal", legal, people)
    own_rules(monkeypatch, approvals=(approval("strategy", "finance"),))
    endorsements.withdraw_endorsement(endorsement=open_request, actor=people.officer)
    page = pages.sign_in(people.officer).get("procurement_task", reference=procurement.reference, slug=STEP)
    pages.submit(page.form("Complete the step"))
    assert step(procurement).status == "completed"


# Who may not


def test_a_leaver_who_is_listed_and_another_borough_are_refused(
    people: People, finance: Person, pages: Pages
) -> None:
    procurement = ready(people)
    request = ask(procurement, "finance", finance, people)
    membership = finance.memberships.get()
    membership.ends_on = clock.today() - dt.timedelta(1)
    membership.save()
    with pytest.raises(Refused, match=r"not an approver of .* any more"):
        endorse(request)
    elsewhere = listed_for("finance", of=people.tyburn)
    endorsements.withdraw_endorsement(endorsement=request, actor=people.officer)
    for somebody in (finance, elsewhere):
        with pytest.raises(Refused, match="is not listed"):
            ask(procurement, "finance", somebody, people)
    for person in (elsewhere, people.neighbour, people.coordinator):
        pages.sign_in(person).get("procurement_task", reference=procurement.reference, slug=STEP, status=404)


def test_somebody_taken_off_the_list_since_cannot_endorse(people: People, finance: Person) -> None:
    request = ask(ready(people), "finance", finance, people)
    EndorsementPower.objects.all().delete()
    with pytest.raises(Refused, match="You are not listed"):
        endorse(request)


# The page of who is asked


def test_who_is_asked_has_all_they_need_on_one_page(
    people: People, finance: Person, pages: Pages, queries: Callable[[int], Any]
) -> None:
    procurement = ready(people)
    reviewer = people.member("officer", name="Rae View")
    sharing.add_to_team(procurement=procurement, person=reviewer, role="member", actor=people.officer)
    paper = a_reviewed_paper(procurement, by=people.officer, reviewer=reviewer)
    page = pages.sign_in(people.officer).get("procurement_task", reference=procurement.reference, slug=STEP)
    pages.submit(
        page.form("Ask for the endorsement"), kind="finance", person=finance.email, note="The strategy paper",
        paper=f"{paper.document.reference}-{paper.number}", budget_ex_vat="700000",
    )  # fmt: skip
    pages.sign_in(finance)
    with queries(24):
        page = pages.get("procurement_task", reference=procurement.reference, slug=STEP)
    assert page.facts["Value"] == "£900,000 including VAT (£750,000 excluding VAT)"
    assert (
        page.facts["Against the budget"]
        == "The budget is £700,000 excluding VAT, and the value is £50,000 above it"
    )
    assert "No staff transfer." in page.main
    assert "lapses by itself" in page.main
    assert "£990,000" in page.main
    form = page.form("Record my answer")
    sent = pages.client.post(form.action, form.filled({"status": "changes"}))
    assert "Enter your reasons" in sent.content.decode()
    answer = {"status": "changes", "reasons": "Later", "comment": "Within budget"}
    assert pages.client.post(form.action, form.filled(answer)).status_code == 302

    reviewing.open_again(document=paper.document, actor=people.officer)
    answering.save_answer(
        document=paper.document, name="ends-on", value="2028-03-31", seen=1, actor=people.officer
    )
    newer = pass_review(paper.document, by=people.officer, reviewer=reviewer)
    ask(procurement, "finance", finance, people, paper=newer)
    page = pages.get("procurement_task", reference=procurement.reference, slug=STEP)
    assert f"Since version {paper.number}, about which you answered on 24 November 2026:" in page.main
    assert "2028" in " ".join(page.words(".app-change__line--added"))


def test_the_budget_is_for_the_team_who_is_asked_and_auditors(
    people: People, finance: Person, pages: Pages
) -> None:
    procurement = ready(people, visibility="boroughs")
    ask(procurement, "finance", finance, people, budget_ex_vat=Decimal(812_345))
    for person, sees in (
        (people.officer, True), (finance, True), (people.auditor, True), (people.administrator, False),
        (people.viewer, False), (people.contributor, False),
    ):  # fmt: skip
        pages.sign_in(person)
        for name in ("procurement_decisions", "procurement_history", "procurement_facts", "procurement"):
            words = pages.get(name, reference=procurement.reference).text
            if name == "procurement_decisions":
                assert ("812,345" in words) is sees, person
            else:
                assert "812,345" not in words
    entry = Entry.objects.get(procurement=procurement)
    pages.sign_in(people.neighbour)
    assert "812,345" not in pages.get("entry", reference=entry.reference).text


def test_a_paper_must_be_one_of_this_procurement_and_reviewed(people: People, finance: Person) -> None:
    reviewer = people.member("officer", name="Rae View")
    other, procurement = ready(people), ready(people)
    sharing.add_to_team(procurement=other, person=reviewer, role="member", actor=people.officer)
    paper = a_reviewed_paper(other, by=people.officer, reviewer=reviewer)
    with pytest.raises(Refused, match="must be a document of this procurement"):
        ask(procurement, "finance", finance, people, paper=paper)
    with pytest.raises(Refused, match="must be a document of this procurement"):
        ask(other, "finance", finance, people, paper=paper.document.made.get(is_draft=True))


# Lapsing


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
        endorsements.ask_anew(procurement=procurement, task=STEP, reason="x", actor=people.officer)


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


# Reminders


def test_who_has_not_answered_is_reminded_every_three_working_days(
    people: People, finance: Person, pages: Pages, jobs: Jobs
) -> None:
    procurement = ready(people)
    ask(procurement, "finance", finance, people)
    jobs.run()
    mail.outbox.clear()
    told = []
    for days in range(8):  # from Tuesday 24 November
        with clock.held_at(clock.today() + dt.timedelta(days=days)):
            told.append(reminding.remind())
            assert reminding.remind() == 0, "twice a day is too often"
    assert told == [0, 0, 0, 1, 0, 0, 0, 0]
    jobs.run()
    assert [message.to for message in mail.outbox] == [[finance.email]]
    with clock.held_at(dt.date(2026, 12, 2)):
        assert reminding.remind() == 1
        page = pages.sign_in(people.officer).get(
            "procurement_task", reference=procurement.reference, slug=STEP
        )
    assert "6 working days ago. Reminded on 2 December 2026." in page.main


def test_nobody_is_reminded_of_what_is_paused_or_after_they_left(people: People, finance: Person) -> None:
    paused, left = ready(people), ready(people)
    ask(paused, "finance", finance, people)
    sharing.set_paused(procurement=paused, verb="pause", actor=people.officer)
    with clock.held_at(dt.date(2026, 12, 10)):
        assert reminding.remind() == 0
    ask(left, "finance", finance, people)
    finance.memberships.all().delete()
    with clock.held_at(dt.date(2026, 12, 10)):
        assert reminding.remind() == 0


# Two people at once


def errors(results: list[Any]) -> list[Any]:
    return [result for result in results if isinstance(result, Exception)]


@together
def test_two_endorsers_in_the_same_second_complete_the_step_once(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    finance, legal = listed_for("finance", of=people.fleet), listed_for("legal", of=people.fleet)
    both(monkeypatch, in_order=False)
    procurement = ready(people)
    first, second = ask(procurement, "finance", finance, people), ask(procurement, "legal", legal, people)
    assert not errors(at_once(lambda: endorse(first), lambda: endorse(second)))
    assert step(procurement).status == "completed"
    assert procurement.run is not None
    kinds = list(procurement.run.events.filter(task=STEP).values_list("kind", flat=True))
    assert kinds == ["asked", "asked", "given", "completed"]


@together
def test_two_officers_asking_at_once_ask_once(people: People) -> None:
    one, other = listed_for("finance", of=people.fleet), listed_for("finance", of=people.fleet)
    procurement = ready(people)
    results = at_once(
        lambda: ask(procurement, "finance", one, people), lambda: ask(procurement, "finance", other, people)
    )
    assert [type(error) for error in errors(results)] == [Refused]
    assert Endorsement.objects.filter(status="asked").count() == 1


@together
def test_an_endorsement_and_a_change_of_value_at_once_leave_no_endorsement_of_another_value(
    people: People,
) -> None:
    finance = listed_for("finance", of=people.fleet)
    procurement = ready(people)
    request = ask(procurement, "finance", finance, people)

    def change() -> None:
        change_facts(
            procurement=procurement, answers={"value_inc_vat": Decimal(2_000_000), "value_ex_vat": Decimal(1_600_000)}, actor=people.officer
        )  # fmt: skip

    at_once(lambda: endorse(request), change)
    request.refresh_from_db()
    assert request.status == "lapsed"
    assert step(procurement).status == "in-progress"


@together
def test_rules_that_change_under_a_running_request(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    finance, legal = listed_for("finance", of=people.fleet), listed_for("legal", of=people.fleet)
    own_rules(monkeypatch, approvals=(approval("strategy", "finance"),))
    procurement = ready(people)
    request = ask(procurement, "finance", finance, people)
    both(monkeypatch, in_order=True)
    endorse(request)
    assert step(procurement).because == "next: Legal"
    request = ask(procurement, "legal", legal, people)
    own_rules(monkeypatch, approvals=(approval("strategy"),))
    assert step(procurement).status == "not-needed"
    with pytest.raises(Refused, match="not needed"):
        endorse(request)
    endorse(request, status="declined", reasons="Nothing is asked any more")
    sharing.stop(procurement=procurement, reason="No money", actor=people.officer)
