"""Signing in: by password, by e-mailed code, with a new password; and telling nobody which addresses are known."""

from __future__ import annotations

import re

import pytest

from tests.factories import MembershipFactory, PersonFactory
from tests.factories.accounts import PASSWORD
from tests.integration.accounts.mailbox import Mailbox
from tests.integration.accounts.steps import sign_in
from tests.pages import Page, Pages
from tests.personas import People

WRONG = "The email address and/or password you specified are not correct"
NEW = "another-long-test-password"
STRANGER = "nobody@fleet.example"


def words_of(page: Page, email: str) -> str:
    """The page, but for the address that was typed and the tokens of its forms."""
    return re.sub(r'value="\w{64}"', "", page.html.replace(email, "…"))


def test_by_password_and_out_again(people: People, pages: Pages) -> None:
    page = sign_in(pages, people.viewer.email.upper())
    assert page.h1 == "Good morning, Cleo"
    assert pages.get("procurements").h1 == "Procurements"
    page = pages.submit(pages.get("account_logout"))
    assert pages.get("procurements").h1 == "Sign in"


def test_after_signing_in_people_are_where_they_wanted_to_be(people: People, pages: Pages) -> None:
    page = pages.get("contracts")
    assert page.h1 == "Sign in"
    page = pages.submit(page, login=people.viewer.email, password=PASSWORD)
    assert page.path == "/contracts/"


def test_a_wrong_password_and_an_unknown_address_get_the_same_page(people: People, pages: Pages) -> None:
    known = sign_in(pages, people.viewer.email, "not-the-password")
    assert len(known.errors) == 1
    assert pages.get("procurements").h1 == "Sign in"
    unknown = sign_in(pages.sign_in(None), STRANGER, "not-the-password")
    assert words_of(known, people.viewer.email) == words_of(unknown, STRANGER)


def test_somebody_switched_off_cannot_sign_in(people: People, pages: Pages, mailbox: Mailbox) -> None:
    people.viewer.is_active = False
    people.viewer.save()
    page = sign_in(pages, people.viewer.email)
    assert page.h1 != "Good morning, Cleo"
    assert pages.get("procurements").h1 == "Sign in"


def test_by_a_code_that_is_e_mailed(people: People, pages: Pages, mailbox: Mailbox) -> None:
    page = pages.click(pages.get("account_login"), "Get a sign-in code by e-mail")
    page = pages.submit(page, email=people.viewer.email)
    assert page.h1 == "Enter your sign-in code"
    wrong = pages.submit(page, code="ZZZ-ZZZ")
    assert wrong.errors == ["Incorrect code"]
    page = pages.submit(wrong, code=mailbox.code(people.viewer.email))
    assert page.h1 == "Good morning, Cleo"


def test_a_code_works_once_and_for_its_own_address(people: People, pages: Pages, mailbox: Mailbox) -> None:
    page = pages.submit(pages.get("account_request_login_code"), email=people.viewer.email)
    form = page.form()
    pages.submit(form, code=mailbox.code(people.viewer.email))
    code = mailbox.code(people.viewer.email)
    page = pages.sign_in(None).submit(pages.get("account_request_login_code"), email=people.officer.email)
    assert pages.submit(page, code=code).errors == ["Incorrect code"]
    assert pages.get("procurements").h1 == "Enter your sign-in code"


def test_three_wrong_codes_end_the_attempt(people: People, pages: Pages, mailbox: Mailbox) -> None:
    page = pages.submit(pages.get("account_request_login_code"), email=people.viewer.email)
    form = page.form()
    for _ in range(3):
        pages.submit(form, code="ZZZ-ZZZ")
    page = pages.submit(form, code=mailbox.code(people.viewer.email))
    assert page.h1 != "Good morning, Cleo"
    assert pages.get("procurements").h1 == "Sign in"


@pytest.mark.parametrize("route", ["account_request_login_code", "account_reset_password"])
@pytest.mark.parametrize("stranger", [STRANGER, "nobody@elsewhere.example"])
def test_asking_for_a_code_tells_nobody_which_addresses_are_known(
    people: People, pages: Pages, mailbox: Mailbox, route: str, stranger: str
) -> None:
    known = pages.submit(pages.get(route), email=people.viewer.email)
    unknown = pages.sign_in(None).submit(pages.get(route), email=stranger)
    assert words_of(known, people.viewer.email) == words_of(unknown, stranger)
    assert mailbox.code(people.viewer.email)
    assert not re.search(r"^[A-Z0-9]{3,4}-[A-Z0-9]{3,4}$", mailbox.latest(stranger), re.MULTILINE)


@pytest.mark.parametrize("email", ["viewer@fleet.example", "raj@advisers.example"])
def test_a_forgotten_password_is_replaced_whatever_the_domain(
    people: People, pages: Pages, mailbox: Mailbox, email: str
) -> None:
    person = PersonFactory.create(email=email)
    MembershipFactory.create(person=person, organisation=people.fleet)
    page = pages.submit(pages.get("account_reset_password"), email=email)
    page = pages.submit(page, code=mailbox.code(email))
    page = pages.submit(page, password1=NEW, password2=NEW)
    pages.sign_in(None)
    assert len(sign_in(pages, email, PASSWORD).errors) == 1
    assert sign_in(pages, email, NEW).h1.startswith("Good morning")


def test_nobody_adds_an_address_of_an_unknown_domain_to_their_account(people: People, pages: Pages) -> None:
    page = pages.sign_in(people.viewer).get("account_email")
    page = pages.submit(page.form("Add address"), email="cleo@home.example", button="Add address")
    assert len(page.errors) == 1
    assert page.errors[0].startswith("Enter the e-mail address your organisation gave you")
