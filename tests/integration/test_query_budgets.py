"""How many questions the two pages that everybody opens every day may ask, with everything on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from guidance.documents.services import reviewing
from tests.factories import a_contract, a_procurement, an_award, an_evaluation
from tests.factories.approvals import a_reviewed_paper, listed_for, ready_to_endorse
from tests.factories.documents import a_document
from tests.factories.rules import a_step, published_rules
from tests.factories.workflows import ELSEWHERE
from tests.pages import Pages
from tests.personas import People
from toolkit.accounts.models import Person
from toolkit.accounts.readers import reader_of
from toolkit.core import clock
from toolkit.desk import due
from toolkit.desk.due import due_for
from workflows.procurements.models import Procurement
from workflows.procurements.services import endorsements, sharing, tasks
from workflows.rules.models import Power, StandIn

HOME, TASK_LIST = 12, 8


def asked_for_everything(people: People) -> tuple[Person, Procurement]:
    """An officer who is an approver too: several procurements, endorsements asked of them and of somebody they stand in
    for, reviews asked and given back, drafts and contracts."""
    person = people.member("officer", name="Bo Thway")
    membership = person.memberships.get()
    membership.roles = ["officer", "approver"]
    membership.save()
    mine = [a_procurement(by=person), an_evaluation(by=person), an_award(by=person)[0]]
    asked = listed_for("finance", of=people.fleet, name="Fay Ince")
    Power.objects.create(organisation=people.fleet, person=person, kind="finance")
    power = Power.objects.get(person=asked)
    StandIn.objects.create(power=power, person=person, starts_on=clock.today(), added_by=people.administrator)
    published_rules(by=people.administrator, steps=[a_step()])
    for number, of in enumerate([person, person, asked, asked]):
        procurement = ready_to_endorse(
            a_procurement(by=people.officer, title=f"Number {number}"), people.officer
        )
        endorsements.ask_endorsement(
            procurement=procurement,
            task="endorse-strategy",
            kind="finance",
            of=of,
            note="x",
            paper=ELSEWHERE,
            actor=people.officer,
        )
    for procurement in mine:
        tasks.assign_task(procurement=procurement, task="business-case", person=person, actor=person)
        sharing.add_to_team(procurement=procurement, person=people.officer, role="member", actor=person)
    a_reviewed_paper(mine[0], by=person, reviewer=people.officer)
    for _ in range(2):
        document = a_document(
            by=people.officer, answers={"title": "The plan", "ends-on": "2027-03-31", "staff": "no"}
        )
        reviewing.ask(document=document, of=person, note="", actor=people.officer)
    for number in range(3):
        a_contract(
            by=person, title=f"Contract {number}", ends_on=clock.today().replace(year=2027, month=3 + number)
        )
    return person, mine[-1]


def test_home(people: People, pages: Pages, queries: Callable[[int], Any]) -> None:
    person, _ = asked_for_everything(people)
    pages.sign_in(person)
    pages.get("home")  # what is remembered for half a minute is asked now
    with queries(HOME):
        answer = pages.client.get(reverse("home"))
    words = answer.content.decode()
    for there in ("asks for your endorsement", "answer in their place", "Yours to review", "Contract 0"):
        assert there in words, there


def test_home_says_how_many_it_does_not_list(
    people: People, pages: Pages, queries: Callable[[int], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked_for_everything(people)
    pages.sign_in(people.officer)
    everything = due_for(reader_of(people.officer))
    assert len(everything.waiting) > 2
    assert (everything.left_out, everything.waiting_left_out) == (0, 0)
    monkeypatch.setattr(due, "MOST_WAITING", 2)
    few = due_for(reader_of(people.officer))
    assert few.waiting_left_out == len(everything.waiting) - len(few.waiting)
    assert f"Waiting for others ({len(everything.waiting)})" in pages.get("home").main
    with queries(HOME):
        pages.client.get(reverse("home"))


def test_the_list_of_steps(people: People, pages: Pages, queries: Callable[[int], Any]) -> None:
    person, procurement = asked_for_everything(people)
    for reader in (person, people.officer, people.viewer, people.auditor, people.administrator):
        pages.sign_in(reader)
        pages.get("procurement_tasks", reference=procurement.reference)
        with queries(TASK_LIST):
            assert (
                pages.client.get(reverse("procurement_tasks", args=[procurement.reference])).status_code
                == 200
            )
