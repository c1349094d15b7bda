"""Inviting an address of any domain: accepted by that address alone, while the invitation is open."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.conftest import NOW
from tests.factories import MembershipFactory, PersonFactory
from tests.factories.accounts import PASSWORD
from tests.integration.accounts.mailbox import Mailbox
from tests.integration.accounts.steps import boxes, sign_up
from tests.pages import Page, Pages
from tests.personas import People
from toolkit.accounts.adapters import NOT_KNOWN
from toolkit.accounts.models import Invitation, Membership, Person
from toolkit.core import clock

RAJ = "raj@advisers.example"


def invite(pages: Pages, people: People, email: str = RAJ, **answers: Any) -> Page:
    """Ella invites an address; nobody is signed in afterwards."""
    page = pages.sign_in(people.administrator).get("invite")
    page = pages.submit(page, email=email, **({"reason": "Advises on leisure"} | answers))
    pages.sign_in(None)
    return page


def test_an_outside_address_is_invited_accepts_and_is_a_member(
    people: People, pages: Pages, mailbox: Mailbox
) -> None:
    page = invite(
        pages, people, "Raj@Advisers.example", roles=["contributor"], employer="Advisers LLP", **boxes("ends_on", 30, 6, 2027)
    )  # fmt: skip
    assert page.banner == f"An invitation is on its way to {RAJ}"
    assert f"{RAJ}, until 8 December 2026" in page.main
    words = mailbox.latest(RAJ)
    assert "Ella Stone invites you to work with Fleet" in words
    pages.get(mailbox.link(RAJ, "/signup/"))

    page = sign_up(pages, mailbox, RAJ, name="Raj Patel")
    assert page.h1 == "Ask to be let in"
    assert "London Borough of Fleet, until 8 December 2026" in page.main
    pages.get("procurements", status=403)
    page = pages.submit(page.form("Take up the invitation"))
    assert page.banner == "You are now in Fleet"
    pages.get("procurements")
    membership = Membership.objects.get(person__email=RAJ)
    assert (membership.roles, membership.employer) == (["contributor"], "Advisers LLP")
    assert (membership.reason, membership.ends_on) == ("Advises on leisure", dt.date(2027, 6, 30))
    assert membership.decided_by == people.administrator
    assert RAJ not in pages.sign_in(people.administrator).get("people").text.partition("Invited")[2]


def test_somebody_with_an_account_takes_it_up_after_signing_in(people: People, pages: Pages) -> None:
    invite(pages, people, people.neighbour.email)
    page = pages.sign_in(people.neighbour).get("join")
    pages.submit(page.form("Take up the invitation"))
    assert set(people.neighbour.memberships.values_list("organisation__slug", flat=True)) == {
        "fleet",
        "tyburn",
    }


@pytest.mark.parametrize(
    "other",
    [
        "raj.patel@advisers.example",
        "raj@advisers.example.com",
        "raj+fleet@advisers.example",
        "raj@advısers.example",
    ],
)
def test_another_address_can_neither_sign_up_nor_take_it_up(
    people: People, pages: Pages, mailbox: Mailbox, other: str
) -> None:
    invite(pages, people)
    page = pages.submit(pages.get("account_signup"), name="Raj", email=other, password1=PASSWORD)
    assert page.errors == [NOT_KNOWN]
    assert not mailbox.to(other)

    stranger = PersonFactory.create(email=other)
    page = pages.sign_in(stranger).get("join")
    assert "invited" not in page.main.replace("invite you", "")
    pages.post("accept_invitations")
    assert not stranger.memberships.exists()
    assert Invitation.objects.get().accepted_at is None


def test_an_invitation_is_good_for_fourteen_days(people: People, pages: Pages, mailbox: Mailbox) -> None:
    invite(pages, people)
    raj = PersonFactory.create(email=RAJ)
    with clock.held_at(NOW + dt.timedelta(days=14)):
        pages.sign_in(people.administrator)
        assert RAJ not in pages.get("people").main
        page = pages.sign_in(raj).get("join")
        assert not page.css("main form")
        pages.post("accept_invitations")
    assert not raj.memberships.exists()
    with clock.held_at(NOW + dt.timedelta(days=13, hours=23)):
        pages.submit(pages.sign_in(raj).get("join").form("Take up the invitation"))
    assert raj.memberships.get().status == "admitted"


def test_an_old_invitation_opens_no_account(people: People, pages: Pages) -> None:
    invite(pages, people)
    with clock.held_at(NOW + dt.timedelta(days=15)):
        page = pages.submit(pages.get("account_signup"), name="Raj", email=RAJ, password1=PASSWORD)
    assert page.errors == [NOT_KNOWN]


def test_a_withdrawn_invitation_lets_nobody_in(people: People, pages: Pages) -> None:
    invite(pages, people)
    raj = PersonFactory.create(email=RAJ)
    form = pages.sign_in(raj).get("join").form("Take up the invitation")
    others = Pages(jobs=pages.jobs).sign_in(people.administrator)
    page = others.submit(others.get("people").form("Withdraw"))
    assert page.banner == f"The invitation of {RAJ} is withdrawn"
    assert page.h1 == "People of Fleet"
    assert "Invited" not in page.main
    pages.submit(form)
    assert not raj.memberships.exists()
    others.post("withdraw_invitation", reference=Invitation.objects.get().reference, status=404)


def test_an_invitation_whose_last_day_has_passed_lets_nobody_in(people: People, pages: Pages) -> None:
    invite(pages, people, **boxes("ends_on", 25, 11, 2026))
    raj = PersonFactory.create(email=RAJ)
    with clock.held_at(NOW + dt.timedelta(days=2)):
        pages.sign_in(raj)
        assert not pages.get("join").css("main form")
        pages.post("accept_invitations")
    assert not raj.memberships.exists()


def test_inviting_again_replaces_the_first_invitation(people: People, pages: Pages) -> None:
    invite(pages, people, roles=["officer"])
    invite(pages, people, roles=["viewer"])
    raj = PersonFactory.create(email=RAJ)
    pages.submit(pages.sign_in(raj).get("join").form("Take up the invitation"))
    assert raj.memberships.get().roles == ["viewer"]


def test_who_comes_back_gets_the_roles_of_the_invitation_and_no_others(people: People, pages: Pages) -> None:
    raj = PersonFactory.create(email=RAJ)
    MembershipFactory.create(person=raj, organisation=people.fleet, roles=["administrator"], ended=True)
    invite(pages, people, roles=["viewer"])
    pages.submit(pages.sign_in(raj).get("join").form("Take up the invitation"))
    assert raj.memberships.get().roles == ["viewer"]
    pages.get("people", status=403)


def test_what_cannot_be_sent_is_said(people: People, pages: Pages) -> None:
    assert invite(pages, people, "raj").errors == [
        "Enter an e-mail address in the correct format, like name@example.gov.uk"
    ]
    assert invite(pages, people, people.viewer.email).errors == [f"{people.viewer.email} is in Fleet already"]
    assert invite(pages, people, roles=[]).errors == ["Select at least one role"]
    pages.sign_in(people.administrator)
    answers = {"email": RAJ, "roles": ["coordinator"], "reason": "x"}
    page = pages.post("invite", answers)
    assert len(page.errors) == 1
    assert not Invitation.objects.exists()


def test_only_administrators_invite(people: People, pages: Pages) -> None:
    for persona in ("pending", "viewer", "officer", "auditor", "coordinator", "staff"):
        pages.sign_in(people.named(persona)).get("invite", status=403)
        pages.post("invite", {"email": RAJ, "roles": ["viewer"], "reason": "x"}, status=403)
    assert not Invitation.objects.exists()
    assert not Person.objects.filter(email=RAJ).exists()
