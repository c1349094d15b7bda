"""Asking for an endorsement: with its paper, and again where whoever was asked cannot answer any more."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail

from tests.factories import a_procurement
from tests.factories.approvals import a_reviewed_paper, listed_for, ready_to_endorse
from tests.factories.documents import TEXT, a_template
from tests.factories.workflows import ELSEWHERE
from tests.jobs import Jobs
from tests.pages import Pages
from tests.personas import People
from toolkit.accounts.models import Person
from toolkit.core import clock
from toolkit.core.errors import Refused
from toolkit.notifications.models import Alert
from workflows.procurements import reminders
from workflows.procurements.models import Endorsement, Procurement
from workflows.procurements.papers import Elsewhere
from workflows.procurements.services import endorsements, sharing
from workflows.rules.models import Power, StandIn

STEP = "endorse-strategy"


@pytest.fixture
def finance(people: People) -> Person:
    return listed_for("finance", of=people.fleet, name="Fay Ince")


@pytest.fixture
def procurement(people: People) -> Procurement:
    return ready_to_endorse(a_procurement(by=people.officer), people.officer)


def ask(
    procurement: Procurement, of: Person, people: People, paper: Elsewhere | None = ELSEWHERE
) -> Endorsement:
    return endorsements.ask_endorsement(
        procurement=procurement, task=STEP, kind="finance", of=of, note="One contract", paper=paper, actor=people.officer
    )  # fmt: skip


def test_without_a_paper_nothing_is_asked_and_the_page_says_what_to_do(
    people: People, pages: Pages, procurement: Procurement, finance: Person
) -> None:
    a_template(slug="business-case", text=TEXT.replace("Exit plan", "Business case"))
    page = pages.sign_in(people.officer).get("procurement_task", reference=procurement.reference, slug=STEP)
    assert "Nothing of this procurement is reviewed yet" in page.main
    assert "Business case" in page.main
    assert "template=business-case" in page.link("Start Business case")
    assert page.link("All documents of this procurement")
    given: dict[str, Any] = {"kind": "finance", "person": finance.email, "note": "One contract"}
    again = pages.submit(page.form("Ask for the endorsement"), **given)
    assert again.errors == ["Select the paper they are to read, or that it is not kept here"]
    again = pages.submit(again.form("Ask for the endorsement"), paper="elsewhere", **given)
    assert again.errors == [
        "Enter the reference of the paper or a link to it",
        "Enter why the paper is not kept here",
    ]
    for paper in (None, Elsewhere("CAB 12", " "), Elsewhere(" ", "It is secret")):
        with pytest.raises(Refused, match="why it is not kept here"):
            ask(procurement, finance, people, paper)
    where: dict[str, Any] = {
        "paper_reference": "https://fleet.example/cab-12",
        "paper_elsewhere": "Members read it there",
    }
    pages.submit(again.form("Ask for the endorsement"), paper="elsewhere", **where, **given)
    words = "https://fleet.example/cab-12 (not kept here: Members read it there)"
    page = pages.sign_in(finance).get("procurement_task", reference=procurement.reference, slug=STEP)
    assert page.facts["The paper"] == words
    endorsements.answer_endorsement(
        endorsement=Endorsement.objects.get(), status="endorsed", reasons="", actor=finance
    )
    assert words in pages.get("procurement_decisions", reference=procurement.reference).main


def test_a_reviewed_paper_is_offered_and_where_one_is_the_page_asks_to_select_it(
    people: People, pages: Pages, procurement: Procurement, finance: Person
) -> None:
    reviewer = people.member("officer", name="Rae View")
    sharing.add_to_team(procurement=procurement, person=reviewer, role="member", actor=people.officer)
    paper = a_reviewed_paper(procurement, by=people.officer, reviewer=reviewer)
    page = pages.sign_in(people.officer).get("procurement_task", reference=procurement.reference, slug=STEP)
    assert "Nothing of this procurement is reviewed yet" not in page.main
    given: dict[str, Any] = {"kind": "finance", "person": finance.email, "note": "One contract"}
    pages.submit(
        page.form("Ask for the endorsement"), paper=f"{paper.document.reference}-{paper.number}", **given
    )
    assert Endorsement.objects.get().paper == paper


@pytest.mark.parametrize("how", ["left", "no-power"])
def test_the_requester_hears_once_that_nobody_can_answer_and_asks_somebody_else(
    how: str, people: People, pages: Pages, jobs: Jobs, procurement: Procurement, finance: Person
) -> None:
    request = ask(procurement, finance, people)
    other = listed_for("finance", of=people.fleet, name="Ola Marsh")
    jobs.run()
    mail.outbox.clear()
    if how == "left":
        finance.memberships.all().delete()
        because = f"Fay Ince has left {people.fleet}"
    else:
        Power.objects.filter(person=finance).delete()
        because = "Fay Ince is not listed for this endorsement and value any more (Finance)"
    assert [reminders.remind(), reminders.remind()] == [1, 0]
    jobs.run()
    assert [letter.to for letter in mail.outbox] == [[people.officer.email]]
    alert = Alert.objects.get(person=people.officer, kind="unanswerable")
    assert alert.sentence == f"{because}. Ask somebody else."
    pages.sign_in(people.officer)
    assert (
        f"{because}: ask somebody else."
        in pages.get("procurement_decisions", reference=procurement.reference).main
    )
    page = pages.get("procurement_task", reference=procurement.reference, slug=STEP)
    assert f"{because}: ask somebody else." in page.main
    page = pages.submit(page.form("Withdraw the request, to ask somebody else"))
    filled = page.form("Ask for the endorsement").filled({})
    assert filled["note"] == ["One contract"]
    assert filled["paper_reference"] == [ELSEWHERE.reference]
    pages.submit(page.form("Ask for the endorsement"), person=other.email)
    assert Endorsement.objects.exclude(pk=request.pk).get().asked_of == other


def test_the_officers_of_the_team_hear_where_the_requester_has_left_too_and_nobody_where_one_stands_in(
    people: People, procurement: Procurement, finance: Person
) -> None:
    colleague = people.member("officer", name="Col League")
    sharing.add_to_team(procurement=procurement, person=colleague, role="member", actor=people.officer)
    ask(procurement, finance, people)
    in_place = listed_for("finance", of=people.fleet, name="Sta Ndin")
    standing_in = StandIn.objects.create(
        power=Power.objects.get(person=finance), person=in_place, starts_on=clock.today(), added_by=people.administrator
    )  # fmt: skip
    finance.memberships.all().delete()
    people.officer.memberships.all().delete()
    assert reminders.remind() == 0, "whoever stands in may still answer"
    standing_in.delete()
    assert reminders.remind() == 1
    told = Alert.objects.filter(kind="unanswerable")
    assert [alert.person for alert in told] == [colleague]
