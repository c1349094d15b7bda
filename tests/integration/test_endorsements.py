"""Endorsements: several kinds, in order or side by side; reminders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail

from guidance.documents.services import answering, reviewing
from tests.factories.approvals import (
    a_reviewed_paper,
    approval,
    listed_for,
    own_rules,
    pass_review,
)
from tests.factories.endorsing import STEP, ask, both, endorse, ready, step
from tests.jobs import Jobs
from tests.pages import Pages
from tests.personas import People
from toolkit.accounts.models import Person
from toolkit.core import clock
from toolkit.core.errors import Refused
from workflows.pipeline.models import Entry
from workflows.procurements import reminders
from workflows.procurements.models import Endorsement
from workflows.procurements.services import endorsements, sharing
from workflows.rules.models import Power

together = pytest.mark.django_db(transaction=True)
IN_REPORTS: dict[str, Any] = {
    "paper": "elsewhere",
    "paper_reference": "CAB 12",
    "paper_elsewhere": "It is in the system for reports",
}


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
        **IN_REPORTS,
        budget_ex_vat="800,000",
    )
    assert "Fay Ince was asked on 24 November 2026" in page.main
    assert "Ask for an endorsement" not in page.words("h2")
    endorse(Endorsement.objects.get(), comment="The money is there.")
    state = step(procurement)
    assert (state.status, state.because) == ("in-progress", "next: Legal")
    page = pages.get("procurement_task", reference=procurement.reference, slug=STEP)
    assert "Finance comments for the report" in page.facts
    pages.submit(
        page.form("Ask for the endorsement"), kind="legal", person=legal.email, note="x", **IN_REPORTS
    )
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
    Power.objects.create(organisation=people.fleet, person=finance, kind="legal")
    procurement = ready(people)
    endorse(ask(procurement, "finance", finance, people))
    with pytest.raises(Refused, match="nobody endorses twice at one approval"):
        ask(procurement, "legal", finance, people)
    # An approver who is an officer too, and asks: their own request, by whatever way.
    both_ways = people.member("officer", name="Bo Thway")
    membership = both_ways.memberships.get()
    membership.roles = ["officer", "approver"]
    membership.save()
    Power.objects.create(organisation=people.fleet, person=both_ways, kind="legal")
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
    Power.objects.all().delete()
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

    endorsements.withdraw_endorsement(
        endorsement=procurement.endorsements.get(status="asked"), actor=people.officer
    )
    other = listed_for("finance", of=people.fleet, name="Ola Marsh")
    ask(procurement, "finance", other, people, paper=newer)
    page = pages.sign_in(other).get("procurement_task", reference=procurement.reference, slug=STEP)
    assert f"Since version {paper.number}, about which {finance} answered on 24 November 2026:" in page.main
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
            told.append(reminders.remind())
            assert reminders.remind() == 0, "twice a day is too often"
    assert told == [0, 0, 0, 1, 0, 0, 0, 0]
    jobs.run()
    assert [message.to for message in mail.outbox] == [[finance.email]]
    with clock.held_at(dt.date(2026, 12, 2)):
        assert reminders.remind() == 1
        page = pages.sign_in(people.officer).get(
            "procurement_task", reference=procurement.reference, slug=STEP
        )
    assert "6 working days ago. Reminded on 2 December 2026." in page.main


def test_nobody_is_reminded_of_what_is_paused(people: People, finance: Person) -> None:
    paused = ready(people)
    ask(paused, "finance", finance, people)
    sharing.set_paused(procurement=paused, verb="pause", actor=people.officer)
    with clock.held_at(dt.date(2026, 12, 10)):
        assert reminders.remind() == 0
