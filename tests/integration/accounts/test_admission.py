"""Letting people in: from the people page, and by the link in an administrator's e-mail."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.conftest import NOW
from tests.factories import an_entry
from tests.integration.accounts.mailbox import Mailbox
from tests.integration.accounts.steps import REASON, ask_to_join, boxes, sign_up
from tests.pages import Page, Pages
from tests.personas import People
from toolkit.accounts.models import Membership, Person
from toolkit.core import clock

AMY = "amy.quill@fleet.example"
GONE = "This link does not work any more"


@pytest.fixture
def waiting(people: People, pages: Pages, mailbox: Mailbox) -> Membership:
    """Amy asked Fleet, whose administrator is Ella; nobody is signed in."""
    assert people.administrator
    sign_up(pages, mailbox, AMY)
    ask_to_join(
        pages, employment="elsewhere", employer="Temps Ltd", supplier_interest="A share in Greenbank",
        **boxes("ends_on", 31, 3, 2027),
    )  # fmt: skip
    pages.sign_in(None)
    return Membership.objects.get(person__email=AMY)


@pytest.fixture
def link(waiting: Membership, people: People, mailbox: Mailbox) -> str:
    """The path that Ella's e-mail leads to."""
    return mailbox.link(people.administrator.email, "/people/let-in/")


def decide(pages: Pages, **answers: Any) -> Page:
    """Ella answers Amy's request on the page about her."""
    page = pages.get("people")
    return pages.submit(pages.click(page, "Amy Quill").form("Let them in"), **answers)


def test_an_administrator_lets_somebody_in_and_then_they_see(
    waiting: Membership, people: People, pages: Pages, mailbox: Mailbox
) -> None:
    an_entry(by=people.officer, title="Payroll system", visibility="borough")
    pages.sign_in(people.administrator)
    page = pages.click(pages.get("home"), "1 person waits to be let in")
    for told in (AMY, "Temps Ltd", REASON, "declares an interest: A share in Greenbank"):
        assert told in page.main
    page = pages.click(page, "Amy Quill")
    assert page.form().fields["employer"] == ["Temps Ltd"]
    assert page.form().fields["ends_on-year"] == ["2027"]
    page = decide(
        pages, roles=["contributor", "approver"], employer="Temps UK Ltd", reason="Furniture, until Easter",
        **boxes("ends_on", 28, 3, 2027),
    )  # fmt: skip
    assert page.banner == "Amy Quill is let in"
    row = next(row for row in page.table() if AMY in row["Person"])
    assert row["Roles"] == "Approver and Contributor"
    assert (row["Employer"], row["Until"]) == ("Temps UK Ltd", "28 March 2027")
    waiting.refresh_from_db()
    assert waiting.reason == "Furniture, until Easter"
    assert (waiting.decided_by, waiting.decided_at) == (people.administrator, NOW)

    assert "You are in: Fleet" in mailbox.subjects(AMY)
    page = pages.sign_in(waiting.person).get("pipeline")
    assert "Payroll system" in page.main
    pages.get("procurements")
    pages.get("people", status=403)


def test_an_end_date_that_the_administrator_empties_is_gone(
    waiting: Membership, people: People, pages: Pages
) -> None:
    pages.sign_in(people.administrator)
    page = decide(pages, **boxes("ends_on", "", "", ""))
    assert page.banner == "Amy Quill is let in"
    waiting.refresh_from_db()
    assert waiting.ends_on is None


def test_the_form_asks_for_a_reason_a_role_and_a_day_to_come(
    waiting: Membership, people: People, pages: Pages
) -> None:
    pages.sign_in(people.administrator)
    assert decide(pages, roles=[]).errors == ["Select at least one role"]
    assert decide(pages, reason="").errors == ["Enter the reason they need to be let in"]
    page = decide(pages, **boxes("ends_on", 23, 11, 2026))
    assert page.errors == ["The last day must be today or later"]
    waiting.refresh_from_db()
    assert waiting.status == "pending"


def test_saying_no_is_told_to_the_person_who_goes_on_reading_what_is_public(
    waiting: Membership, people: People, pages: Pages, mailbox: Mailbox
) -> None:
    page = pages.sign_in(people.administrator).get("member", reference=waiting.reference)
    page = pages.submit(page.form("Do not let them in"))
    assert page.banner == "The request is declined"
    assert AMY not in page.main
    assert mailbox.subjects(AMY)[-1] == "Your request to Fleet"
    page = pages.sign_in(waiting.person).get("join")
    assert "An administrator of London Borough of Fleet did not let you in" in page.main
    pages.get("procurements", status=403)


def test_only_the_first_of_two_answers_counts(waiting: Membership, people: People, pages: Pages) -> None:
    second = people.member("administrator", name="Oli Hart", second_factor=True)
    form = pages.sign_in(people.administrator).get("member", reference=waiting.reference).form("Let them in")
    other = Pages(jobs=pages.jobs).sign_in(second)
    other.submit(other.get("member", reference=waiting.reference).form("Do not let them in"))
    page = pages.submit(form)
    assert page.banner == "Oli Hart has answered already, and did not let Amy Quill in"
    waiting.refresh_from_db()
    assert (waiting.status, waiting.decided_by) == ("declined", second)


def test_administrators_of_another_organisation_cannot_answer(
    waiting: Membership, people: People, pages: Pages
) -> None:
    neighbouring = people.member("administrator", of=people.tyburn, second_factor=True)
    pages.sign_in(neighbouring)
    assert AMY not in pages.get("people").main
    pages.get("member", reference=waiting.reference, status=404)
    pages.post("member", {"roles": ["officer"], "reason": "x"}, reference=waiting.reference, status=404)
    pages.post("decline", reference=waiting.reference, status=404)
    waiting.refresh_from_db()
    assert waiting.status == "pending"


def test_the_link_shows_who_asks_writes_nothing_and_lets_in_when_confirmed(
    waiting: Membership, link: str, people: People, pages: Pages, mailbox: Mailbox
) -> None:
    page = pages.get(link)
    assert page.h1 == "Let Amy Quill in?"
    for told in (AMY, "London Borough of Fleet", "Temps Ltd", REASON, "A share in Greenbank"):
        assert told in page.main
    waiting.refresh_from_db()
    assert waiting.status == "pending"
    page = pages.submit(page)
    assert page.h1 == "Amy Quill is let in"
    waiting.refresh_from_db()
    assert (waiting.status, waiting.roles) == ("admitted", ["viewer"])
    assert (waiting.employer, waiting.reason, waiting.ends_on) == ("Temps Ltd", REASON, dt.date(2027, 3, 31))
    assert waiting.decided_by == people.administrator
    assert mailbox.subjects(AMY)[-1] == "You are in: Fleet"
    done = pages.sign_in(people.administrator).get("activity").words(".app-timeline__item")
    assert done[0].startswith("Ella Stone let Amy Quill in as viewer until 31 March 2027")
    assert done[1].startswith("Amy Quill asked to be let in")


def test_the_link_signs_nobody_in(waiting: Membership, link: str, pages: Pages) -> None:
    pages.submit(pages.get(link))
    assert pages.get("people").h1 == "Sign in"


def test_the_link_works_once(waiting: Membership, link: str, people: People, pages: Pages) -> None:
    form = pages.get(link).form()
    pages.submit(form)
    Membership.objects.filter(pk=waiting.pk).update(roles=["officer"])
    assert pages.submit(form, status=410).h1 == GONE
    assert pages.get(link, status=410).h1 == GONE
    waiting.refresh_from_db()
    assert waiting.roles == ["officer"]


def test_the_link_works_for_seven_days(waiting: Membership, link: str, pages: Pages) -> None:
    with clock.held_at(NOW + dt.timedelta(days=7)):
        form = pages.get(link).form()
    with clock.held_at(NOW + dt.timedelta(days=7, seconds=1)):
        assert pages.get(link, status=410).h1 == GONE
        pages.submit(form, status=410)
    waiting.refresh_from_db()
    assert waiting.status == "pending"


def test_a_link_that_was_changed_is_refused(waiting: Membership, link: str, pages: Pages) -> None:
    token = link.rstrip("/").rpartition("/")[2]
    payload, _, signature = token.partition(":")
    for forged in (token[:-1], f"x{token}", f"{payload[:-1]}:{signature}", payload, "x"):
        page = pages.get("admit_by_link", token=forged, status=410)
        assert page.h1 == GONE
        assert AMY not in page.text
        pages.post("admit_by_link", token=forged, status=410)
    waiting.refresh_from_db()
    assert waiting.status == "pending"


def test_the_link_of_a_declined_request_is_dead_even_when_they_ask_again(
    waiting: Membership, link: str, people: People, pages: Pages, mailbox: Mailbox
) -> None:
    page = pages.sign_in(people.administrator).get("member", reference=waiting.reference)
    pages.submit(page.form("Do not let them in"))
    pages.sign_in(None).get(link, status=410)
    with clock.held_at(NOW + dt.timedelta(days=1)):
        pages.sign_in(waiting.person)
        ask_to_join(pages)
        assert pages.sign_in(None).get(link, status=410).h1 == GONE
        anew = mailbox.link(people.administrator.email, "/people/let-in/")
        assert pages.get(anew).h1 == "Let Amy Quill in?"


def test_the_link_dies_with_the_administrators_role(
    waiting: Membership, link: str, people: People, pages: Pages
) -> None:
    form = pages.get(link).form()
    people.administrator.memberships.update(roles=["viewer"])
    page = pages.get(link, status=410)
    assert AMY not in page.text
    pages.submit(form, status=410)
    waiting.refresh_from_db()
    assert waiting.status == "pending"


def test_a_link_for_somebody_whose_last_day_has_passed_says_so(
    waiting: Membership, link: str, pages: Pages
) -> None:
    Membership.objects.filter(pk=waiting.pk).update(ends_on=NOW.date())
    with clock.held_at(NOW + dt.timedelta(days=1)):
        page = pages.submit(pages.get(link), status=410)
    assert "The last day of access must be today or later" in page.main
    assert Person.objects.get(email=AMY).memberships.get().status == "pending"


def test_staff_hear_of_the_first_person_of_an_organisation_and_appoint_its_administrator(
    people: People, pages: Pages, mailbox: Mailbox
) -> None:
    assert people.fleet
    assert people.editor
    former = people.member("administrator", name="Former")
    former.memberships.update(ends_on=NOW.date() - dt.timedelta(days=1))
    staff = people.staff.email
    sign_up(pages, mailbox, AMY)
    page = ask_to_join(pages)
    assert "It has no administrator yet; we wrote to the staff of this service" in page.main
    assert mailbox.subjects(staff) == ["Fleet has no administrator yet"]
    assert not mailbox.to(people.editor.email)
    assert not mailbox.to(former.email)

    membership = Membership.objects.get(person__email=AMY)
    page = pages.sign_in(people.staff).get(mailbox.link(staff, "/admin/"))
    page = pages.submit(page.form("#changelist-form"), action="appoint", _selected_action=[membership.pk])
    membership.refresh_from_db()
    assert (membership.status, membership.roles) == ("admitted", ["administrator"])
    assert mailbox.subjects(AMY)[-1] == "You are in: Fleet"
    assert pages.sign_in(membership.person).get("people").h1 == "Two-step sign-in"
    done = membership.organisation.activity.first()
    assert str(done) == "Lou Penn appointed Amy Quill administrator"
