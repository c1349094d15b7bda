"""Signing up: who may, how they prove their address, what they see while they wait."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.cache import cache

from tests.factories import MembershipFactory, OrganisationFactory, PersonFactory, an_entry
from tests.factories.accounts import PASSWORD
from tests.integration.accounts.mailbox import Mailbox
from tests.integration.accounts.steps import REASON, ask_to_join, boxes, sign_in, sign_up
from tests.pages import Pages
from tests.personas import People
from toolkit.accounts.adapters import NOT_KNOWN
from toolkit.accounts.models import Membership, OrganisationDomain, Person

AMY = "amy.quill@fleet.example"
MALFORMED = "Enter an e-mail address in the correct format, like name@example.gov.uk"


def test_sign_up_prove_the_address_ask_and_wait(people: People, pages: Pages, mailbox: Mailbox) -> None:
    an_entry(by=people.officer, title="Bridge repairs", visibility="public")
    hidden = an_entry(by=people.officer, title="Payroll system", visibility="boroughs")
    page = sign_up(pages, mailbox, "Amy.Quill@Fleet.example")
    assert page.h1 == "Ask to be let in"
    page = ask_to_join(pages)
    assert "You asked London Borough of Fleet on 24 November 2026" in page.main
    assert not page.css("main form")

    membership = Membership.objects.get(person__email=AMY)
    assert (membership.status, membership.roles, membership.reason) == ("pending", [], REASON)
    assert membership.person.name == "Amy Quill"
    page = pages.get("pipeline")
    assert "Bridge repairs" in page.main
    assert "Payroll system" not in page.main
    pages.get("entry", reference=hidden.reference, status=404)
    for route in (
        "procurements",
        "procurement_start",
        "contracts",
        "entry_add",
        "people",
        "invite",
        "activity",
    ):
        pages.get(route, status=403)


def test_nobody_is_in_before_they_typed_the_code(people: People, pages: Pages, mailbox: Mailbox) -> None:
    assert people.fleet
    page = pages.submit(pages.get("account_signup"), name="Amy", email=AMY, password1=PASSWORD)
    code = mailbox.code(AMY)
    page = pages.submit(page, code="ZZZ-ZZZ" if len(code) == 7 else "ZZZZ-ZZZZ")
    assert page.errors == ["Incorrect code"]
    assert pages.get("join").h1 == "Check your e-mail"
    pages.sign_in(None)
    cache.clear()  # a second code may be had after ten seconds
    assert sign_in(pages, AMY).h1 == "Check your e-mail"
    assert pages.get("join").h1 == "Check your e-mail"


@pytest.mark.parametrize(
    ("email", "error"),
    [
        ("amy@example.com", NOT_KNOWN),
        ("amy@notfleet.example", NOT_KNOWN),
        ("amy@fleet.example.com", NOT_KNOWN),
        ("amy@mail.fleet.example", NOT_KNOWN),
        ("amy@fleet.exampl", NOT_KNOWN),
        ("amy@fleet-example.uk", NOT_KNOWN),
        ("amy@fl\u0435\u0435t.example", NOT_KNOWN),  # two Cyrillic letters that look like e
        ("amy@fl\uff45et.example", NOT_KNOWN),  # a letter as wide as a Chinese one
        ("fleet.example@elsewhere.example", NOT_KNOWN),
        ("amy@fleet.example.", MALFORMED),
        ("amy@fleet.example@elsewhere.example", MALFORMED),
        ("amy@elsewhere.example\n@fleet.example", MALFORMED),
        ("fleet.example", MALFORMED),
    ],
)
def test_an_address_of_no_organisation_or_one_that_looks_alike_is_refused(
    people: People, pages: Pages, mailbox: Mailbox, email: str, error: str
) -> None:
    assert people.fleet
    page = pages.submit(pages.get("account_signup"), name="Amy", email=email, password1=PASSWORD)
    assert page.h1 == "Create an account"
    assert page.errors == [error]
    assert not Person.objects.exists()
    assert not mailbox.to(email)


def test_an_organisation_that_is_switched_off_lets_nobody_sign_up(people: People, pages: Pages) -> None:
    people.fleet.is_active = False
    people.fleet.save()
    page = pages.submit(pages.get("account_signup"), name="Amy", email=AMY, password1=PASSWORD)
    assert page.errors == [NOT_KNOWN]


def test_people_of_a_shared_domain_choose_their_organisation(
    people: People, pages: Pages, mailbox: Mailbox
) -> None:
    for organisation in (people.fleet, people.tyburn):
        OrganisationDomain.objects.create(organisation=organisation, domain="shared.example")
    other = OrganisationFactory.create(slug="effra", domain="effra.example")
    sign_up(pages, mailbox, "amy@shared.example")
    form = pages.get("join").form("Ask to be let in")
    assert form.choices("organisation") == [str(people.fleet.pk), str(people.tyburn.pk)]
    assert form.fields["organisation"] == []
    assert ask_to_join(pages).errors == ["Select the organisation you work for"]
    answers = {"organisation": other.pk, "employment": "here", "reason": REASON}
    page = pages.post("join", answers)
    assert len(page.errors) == 1
    assert not Membership.objects.exists()
    ask_to_join(pages, organisation=people.tyburn.pk)
    assert Membership.objects.get().organisation == people.tyburn


def test_who_is_asked_for_what_is_missing(people: People, pages: Pages, mailbox: Mailbox) -> None:
    assert people.fleet
    sign_up(pages, mailbox, AMY)
    assert pages.submit(pages.get("join")).errors == [
        "Select who employs you",
        "Enter what you will use the toolkit for",
    ]
    assert ask_to_join(pages, employment="elsewhere").errors == ["Enter the name of your employer"]
    page = ask_to_join(pages, **boxes("ends_on", 23, 11, 2026))
    assert page.errors == ["The last day must be today or later"]
    assert not Membership.objects.exists()


def test_the_administrators_hear_of_it_and_nobody_else(
    people: People, pages: Pages, mailbox: Mailbox
) -> None:
    assert people.administrator
    assert people.officer
    neighbouring = people.member("administrator", of=people.tyburn)
    former = people.member("administrator", name="Former")
    former.memberships.update(status="ended", roles=[])
    sign_up(pages, mailbox, AMY)
    ask_to_join(
        pages, employment="elsewhere", employer="Temps Ltd", supplier_interest="My brother owns Greenbank",
        **boxes("ends_on", 31, 3, 2027),
    )  # fmt: skip
    words = mailbox.latest(people.administrator.email)
    assert mailbox.subjects(people.administrator.email) == ["Somebody asks to be let in to Fleet"]
    for told in (AMY, "Amy Quill", "Temps Ltd", REASON, "31 March 2027", "My brother owns Greenbank"):
        assert told in words
    for person in (people.officer, neighbouring, former):
        assert not mailbox.to(person.email)


def test_an_address_that_has_an_account_gets_the_same_page(
    pages: Pages, mailbox: Mailbox, people: People
) -> None:
    taken = people.viewer.email

    def page_for(email: str) -> str:
        pages.sign_in(None)
        page = pages.submit(pages.get("account_signup"), name="Amy", email=email, password1=PASSWORD)
        page = pages.submit(page, code="ZZZ-ZZZ")
        return re.sub(r'value="\w{64}"', "", page.html.replace(email, "…"))

    assert page_for(taken) == page_for(AMY)
    assert Person.objects.get(email=taken).check_password(PASSWORD)
    assert "already exists" in mailbox.latest(taken)
    assert not re.search(r"^[A-Z0-9]{3,4}-[A-Z0-9]{3,4}$", mailbox.latest(taken), re.MULTILINE)


@pytest.mark.parametrize("persona", ["viewer", "pending"])
def test_asking_again_changes_nothing(people: People, pages: Pages, persona: str) -> None:
    person = people.named(persona)
    before = list(Membership.objects.filter(person=person).values())
    answers: dict[str, Any] = {"organisation": people.fleet.pk, "employment": "here", "reason": "Again"}
    pages.sign_in(person).post("join", answers)
    after = list(Membership.objects.filter(person=person).values())
    assert [row["roles"] for row in after] == [row["roles"] for row in before]
    assert [row["status"] for row in after] == [row["status"] for row in before]


def test_whoever_was_removed_or_declined_may_ask_again_and_waits(people: People, pages: Pages) -> None:
    for status in ("declined", "ended"):
        person = PersonFactory.create(email=f"{status}@fleet.example")
        MembershipFactory.create(person=person, organisation=people.fleet, status=status, roles=[])
        pages.sign_in(person)
        page = ask_to_join(pages)
        assert "You asked London Borough of Fleet" in page.main
        assert Membership.objects.get(person=person).status == "pending"
        pages.get("procurements", status=403)
