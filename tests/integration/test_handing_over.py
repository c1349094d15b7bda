"""Handing over: one procurement, all of one's work, a leaver's; and what stays because it is in confidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.mail import EmailMessage

from tests.factories import a_contract, a_draft, a_procurement, an_evaluation
from tests.factories.documents import a_document
from tests.factories.workflows import ELSEWHERE, an_endorser
from tests.pages import Pages
from tests.personas import PERSONAS, People, reference_of
from tests.threads import at_once
from toolkit.accounts.models import Activity, Membership, Person
from toolkit.accounts.readers import reader_of
from toolkit.core import clock
from toolkit.core.errors import Refused
from toolkit.desk.handing_over import hand_over_leaver, hand_over_own, loads_of
from toolkit.desk.steps import team_of
from toolkit.notifications.models import Alert
from workflows.procurements.models import Comment, Endorsement, Procurement, TaskAssignment
from workflows.procurements.services import endorsements, sharing, tasks
from workflows.procurements.services.handing_over import hand_over

pytestmark = pytest.mark.django_db
Letters = Callable[[], list[EmailMessage]]


def team(procurement: Procurement) -> dict[str, str]:
    return {str(member.person): member.role for member in procurement.team.select_related("person")}


@pytest.fixture
def nia(people: People) -> Person:
    """Another officer of Fleet."""
    return people.member("officer", name="Nia Webb")


@pytest.fixture
def gone(people: People, nia: Person) -> Person:
    """An officer who led a procurement, drafted another, did a step, managed a contract and wrote a document, and left."""
    person = people.member("officer", name="Sam Reed")
    live = a_procurement(by=person)
    a_draft(by=person)
    tasks.assign_task(procurement=live, task="business-case", person=person, actor=person)
    a_contract(by=person)
    a_document(by=person)
    leave(person)
    return person


def leave(person: Person) -> None:
    person.memberships.update(ends_on=clock.today() - dt.timedelta(days=1))


class TestOneProcurement:
    def test_the_part_and_the_steps_go_to_the_other_and_both_are_told(
        self, people: People, pages: Pages, nia: Person, letters: Letters
    ) -> None:
        live = a_procurement(by=people.officer, title="Leisure centre management")
        tasks.assign_task(procurement=live, task="business-case", person=people.officer, actor=people.officer)
        page = pages.sign_in(people.officer).get("procurement_team", reference=live.reference)
        page = pages.click(page, "Hand over what somebody does here")
        page = pages.submit(page, to=nia.email, note="The lease ends in May")
        assert page.h1 == "Procurements"
        assert "Nia Webb does now what Ada Okoro did" in page.banner
        assert team(live) == {"Nia Webb": "lead"}
        assert TaskAssignment.objects.get(procurement=live).person == nia
        assert Comment.objects.get().text == "The lease ends in May"
        history = pages.sign_in(nia).get("procurement_history", reference=live.reference).main
        assert "handed over the work of Ada Okoro to Nia Webb" in history
        told = {letter.to[0]: letter.subject for letter in letters() if "handed over" in letter.subject}
        assert told == {nia.email: f"Work in {live.reference} was handed over to you"}, (
            "the leaver may not open it now"
        )
        assert Alert.objects.filter(person=people.officer, kind="team").count() == 0, "and did it themselves"

    def test_somebody_else_of_the_team_is_told_that_theirs_went(self, people: People, nia: Person) -> None:
        live = a_procurement(by=people.officer, visibility="borough")
        sharing.add_to_team(procurement=live, person=people.contributor, role="member", actor=people.officer)
        hand_over(procurement=live, person=people.contributor, to=nia, note="", actor=people.officer)
        assert team(live) == {"Ada Okoro": "lead", "Nia Webb": "member"}
        assert Alert.objects.filter(person=people.contributor, heading__startswith="Your work in").exists()

    @pytest.mark.parametrize("persona", [each for each in PERSONAS if each not in ("anonymous", "officer")])
    def test_only_an_officer_of_the_team(self, people: People, nia: Person, persona: str) -> None:
        live = a_procurement(by=people.officer, visibility="borough")
        person = people.named(persona)
        assert person is not None
        with pytest.raises(Refused):
            hand_over(procurement=live, person=people.officer, to=nia, note="", actor=person)

    @pytest.mark.parametrize("persona", ["viewer", "contributor", "approver", "auditor", "administrator", "neighbour", "coordinator", "staff", "officer"])  # fmt: skip
    def test_only_to_another_officer_of_the_organisation(self, people: People, persona: str) -> None:
        live = a_procurement(by=people.officer)
        person = people.named(persona)
        assert person is not None
        with pytest.raises(Refused):
            hand_over(procurement=live, person=people.officer, to=person, note="", actor=people.officer)
        assert team(live) == {"Ada Okoro": "lead"}

    def test_the_note_on_bids_is_a_comment_in_confidence(self, people: People, nia: Person) -> None:
        live = an_evaluation(by=people.officer)
        hand_over(
            procurement=live, person=people.officer, to=nia, note="Quillmark is ahead", actor=people.officer
        )
        assert Comment.objects.get().is_confidential

    def test_not_of_one_that_is_over(self, people: People, nia: Person) -> None:
        live = a_procurement(by=people.officer)
        sharing.stop(procurement=live, reason="Over", actor=people.officer)
        with pytest.raises(Refused, match="stopped"):
            hand_over(procurement=live, person=people.officer, to=nia, note="", actor=people.officer)

    @pytest.mark.django_db(transaction=True)
    def test_two_at_once_move_it_once(self, people: People) -> None:
        one, other = people.member("officer", name="One"), people.member("officer", name="Other")
        live = a_procurement(by=people.officer)
        sharing.add_to_team(procurement=live, person=people.contributor, role="member", actor=people.officer)
        given: dict[str, Any] = {
            "procurement": live,
            "person": people.contributor,
            "note": "",
            "actor": people.officer,
        }
        results = at_once(lambda: hand_over(**given, to=one), lambda: hand_over(**given, to=other))
        assert [type(each) for each in results if each is not None] == [Refused]
        assert len(team(live)) == 2


class TestAllOfOnes:
    def test_everything_goes_and_the_page_says_how_much(
        self, people: People, pages: Pages, nia: Person, letters: Letters
    ) -> None:
        live, draft, contract = (
            a_procurement(by=people.officer),
            a_draft(by=people.officer),
            a_contract(by=people.officer),
        )
        document = a_document(by=people.officer)
        page = pages.sign_in(people.officer).get("hand_over")
        assert "2 procurements, 1 contract and 1 document" in page.main
        page = pages.submit(page, to=nia.email)
        assert "Nia Webb took over 2 procurements, 1 contract and 1 document" in page.banner
        contract.refresh_from_db()
        assert team(live) == team(draft) == {"Nia Webb": "lead"}
        assert contract.manager == nia
        assert [each.person for each in document.people.all()] == [nia]
        assert not team_of(reader_of(people.officer)).exists()
        assert [letter.subject for letter in letters()] == [
            "Work was handed over to you",
            "Your work was handed over",
        ]
        assert "nothing" in pages.get("hand_over").main

    def test_bids_in_confidence_go_too_because_the_team_does_it(self, people: People, nia: Person) -> None:
        live = an_evaluation(by=people.officer)
        hand_over_own(organisation=people.fleet, to=nia, actor=people.officer)
        assert team(live)["Nia Webb"] == "lead"

    def test_nobody_inherits_an_endorsement(self, people: People, nia: Person) -> None:
        live = a_procurement(by=people.officer)
        tasks.complete_task(procurement=live, task="business-case", data={}, actor=people.officer)
        endorser = an_endorser(people.fleet)
        asked = endorsements.ask_endorsement(
            procurement=live,
            task="endorse-strategy",
            kind="service",
            of=endorser,
            note="The plan",
            paper=ELSEWHERE,
            actor=people.officer,
        )
        hand_over_own(organisation=people.fleet, to=nia, actor=endorser)
        asked.refresh_from_db()
        assert asked.status == "withdrawn"
        assert not Endorsement.objects.filter(asked_of=nia).exists()
        assert Alert.objects.filter(person=people.officer, heading__contains="asked for again").exists()

    def test_not_what_is_of_another_organisation(self, people: People, nia: Person) -> None:
        theirs = a_procurement(by=people.neighbour)
        hand_over_own(organisation=people.fleet, to=nia, actor=people.officer)
        assert team(theirs) == {"Grace Obi": "lead"}
        with pytest.raises(Refused):
            hand_over_own(organisation=people.fleet, to=people.neighbour, actor=people.officer)


class TestALeavers:
    def membership(self, person: Person) -> Membership:
        return person.memberships.get()

    def test_an_administrator_hands_it_over_and_sees_numbers_alone(
        self, people: People, pages: Pages, gone: Person, nia: Person
    ) -> None:
        titles = list(Procurement.objects.values_list("title", "reference"))
        page = pages.sign_in(people.administrator).get("people")
        assert "2 procurements, 1 step, 1 contract and 1 document" in page.main
        page = pages.click(page, "Hand over the work of Sam Reed")
        for title, reference in titles:
            assert title not in page.html
            assert reference not in page.html
        page = pages.submit(page, to=nia.email)
        assert "Nia Webb took over 2 procurements" in page.banner
        assert "Hand over the work of" not in page.main, "there is nothing left"
        assert Procurement.objects.filter(team__person=nia, team__role="lead").count() == 2
        assert Activity.objects.filter(
            sentence=f"{people.administrator} handed the work of Sam Reed over to Nia Webb"
        ).exists()
        assert not Alert.objects.filter(person=people.administrator).exists()

    @pytest.mark.parametrize(
        "persona", [each for each in PERSONAS if each not in ("anonymous", "administrator", "staff")]
    )
    def test_nobody_but_an_administrator(
        self, people: People, gone: Person, nia: Person, persona: str
    ) -> None:
        person = people.named(persona)
        assert person is not None
        with pytest.raises(Refused):
            hand_over_leaver(membership=self.membership(gone), to=nia, actor=person)

    def test_not_of_another_borough_and_not_of_somebody_who_is_still_in(
        self, people: People, pages: Pages, gone: Person, nia: Person
    ) -> None:
        their = people.member("administrator", of=people.tyburn, second_factor=True)
        pages.sign_in(their).get("hand_over_leaver", reference=reference_of(gone), status=404)
        with pytest.raises(Refused):
            hand_over_leaver(membership=self.membership(gone), to=nia, actor=their)
        pages.sign_in(people.administrator).get(
            "hand_over_leaver", reference=reference_of(people.officer), status=404
        )
        with pytest.raises(Refused, match="still in"):
            hand_over_leaver(membership=self.membership(people.officer), to=nia, actor=people.administrator)

    def test_not_to_oneself(self, people: People, gone: Person) -> None:
        both = people.member("officer", name="Both")
        both.memberships.update(roles=["officer", "administrator"])
        with pytest.raises(Refused, match="Name somebody else"):
            hand_over_leaver(membership=self.membership(gone), to=both, actor=both)

    def test_what_is_in_confidence_stays_and_its_team_is_asked(
        self, people: People, nia: Person, letters: Letters
    ) -> None:
        sam = people.member("officer", name="Sam Reed")
        live = an_evaluation(by=people.officer)
        sharing.add_to_team(procurement=live, person=sam, role="member", actor=people.officer)
        leave(sam)
        moved = hand_over_leaver(membership=self.membership(sam), to=nia, actor=people.administrator)
        assert (moved.work.procurements, moved.work.with_team) == (0, 1)
        assert "Nia Webb" not in team(live)
        assert f"Somebody on the team of {live.reference} has left" in [
            letter.subject for letter in letters()
        ]
        hand_over(procurement=live, person=sam, to=nia, note="", actor=people.officer)
        assert team(live)["Nia Webb"] == "member"

    def test_with_nobody_left_the_staff_are_told_the_reference(
        self, people: People, pages: Pages, nia: Person, letters: Letters
    ) -> None:
        sam = people.member("officer", name="Sam Reed")
        live = an_evaluation(by=sam, title="Leisure centre management")
        leave(sam)
        staff = people.staff
        pages.sign_in(people.administrator)
        page = pages.submit(pages.get("hand_over_leaver", reference=reference_of(sam)), to=nia.email)
        assert "1 procurement is in confidence with no officer left" in page.banner
        assert live.reference not in page.html
        told = [letter for letter in letters() if letter.to == [staff.email]]
        assert [letter.subject for letter in told] == [f"{live.reference} has no officer on its team"]
        assert "Leisure" not in told[0].body
        listed = pages.sign_in(staff).get("/admin/procurements/procurement/?team=nobody")
        assert live.reference in listed.html

    @pytest.mark.django_db(transaction=True)
    def test_two_administrators_at_once_move_it_once(self, people: People) -> None:
        nia, sam = people.member("officer", name="Nia Webb"), people.member("officer", name="Sam Reed")
        live = a_procurement(by=sam)
        leave(sam)
        membership, actor = self.membership(sam), people.administrator
        results = at_once(*[lambda: hand_over_leaver(membership=membership, to=nia, actor=actor)] * 3)
        assert sorted(each.work.procurements for each in results) == [0, 0, 1]
        assert team(live) == {"Nia Webb": "lead"}
        assert Alert.objects.filter(person=nia).count() == 1

    def test_the_number_of_queries_does_not_grow_with_the_people(self, people: People, queries: Any) -> None:
        crowd = [people.member("officer", name=f"Officer {number}") for number in range(6)]
        for person in crowd[:3]:
            a_procurement(by=person)
        with queries(6):
            loads = loads_of(crowd, people.fleet)
        assert [loads[each.pk].work.procurements for each in crowd] == [1, 1, 1, 0, 0, 0]
