"""The administrators' pages: roles, removing, the last administrator, who did what; and the last day of access."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import connection

from tests.conftest import NOW
from tests.factories import MembershipFactory, PersonFactory, a_procurement, an_entry
from tests.integration.accounts.steps import boxes, sign_in
from tests.pages import Page, Pages
from tests.personas import People, reference_of
from toolkit.accounts.models import Activity, Membership, Person
from toolkit.accounts.services import end
from toolkit.core import clock
from toolkit.core.errors import Refused

LAST = "Fleet would have no administrator left: make somebody else one first"


def change(pages: Pages, person: Person, **answers: Any) -> Page:
    """Save the page about a person, with a reason."""
    page = pages.get("member", reference=reference_of(person))
    return pages.submit(page.form("Save"), **({"reason": "Because"} | answers))


def test_roles_are_changed_and_count_at_once(people: People, pages: Pages) -> None:
    viewer = Pages(jobs=pages.jobs).sign_in(people.viewer)
    viewer.get("procurement_start", status=403)
    pages.sign_in(people.administrator)
    page = change(
        pages,
        people.viewer,
        roles=["officer", "auditor"],
        employer="Temps Ltd",
        **boxes("ends_on", 1, 2, 2027),
    )
    assert page.banner == "Cleo Marsh is changed"
    row = next(row for row in page.table() if people.viewer.email in row["Person"])
    assert (row["Roles"], row["Employer"], row["Until"]) == (
        "Auditor and Officer",
        "Temps Ltd",
        "1 February 2027",
    )
    viewer.get("procurement_start")


def test_a_removed_person_loses_access_at_once(people: People, pages: Pages) -> None:
    viewer = Pages(jobs=pages.jobs).sign_in(people.viewer)
    viewer.get("procurements")
    page = pages.sign_in(people.administrator).get("member", reference=reference_of(people.viewer))
    page = pages.click(page, "Remove this person")
    assert page.h1 == "Remove Cleo Marsh?"
    assert people.viewer.memberships.get().status == "admitted"
    page = pages.submit(page)
    assert page.banner == "Cleo Marsh is removed"
    assert people.viewer.email not in page.main
    viewer.get("procurements", status=403)
    assert sign_in(pages.sign_in(None), people.viewer.email).h1 == "Ask to be let in"


def test_the_last_administrator_cannot_be_removed_stripped_or_given_an_end(
    people: People, pages: Pages
) -> None:
    only = people.administrator
    temporary = people.member("administrator", name="Tem")
    temporary.memberships.update(ends_on=NOW.date() + dt.timedelta(days=30))
    pages.sign_in(only)
    page = pages.submit(pages.get("remove", reference=reference_of(only)))
    assert page.banner == LAST
    assert change(pages, only, roles=["viewer"]).errors == [LAST]
    assert change(pages, only, **boxes("ends_on", 1, 2, 2027)).errors == [LAST]
    assert only.memberships.get().roles == ["administrator"]

    change(pages, people.viewer, roles=["administrator"])
    page = pages.submit(pages.get("remove", reference=reference_of(only)), status=403)
    assert only.memberships.get().status == "ended"


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_leave_at_once_leave_one_behind(people: People) -> None:
    both = [people.administrator, people.member("administrator", name="Oli Hart")]
    start, told = threading.Barrier(2), []

    def leave(person: Person) -> None:
        try:
            start.wait()
            with clock.held_at(NOW):
                end(membership=person.memberships.get(), actor=person)
        except Refused as refused:
            told.append(refused.sentence)
        finally:
            connection.close()

    threads = [threading.Thread(target=leave, args=(person,)) for person in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == [LAST]
    assert Membership.objects.filter(status="admitted").with_role("administrator").count() == 1


def test_an_administrator_can_neither_give_nor_take_the_coordinators_role(
    people: People, pages: Pages
) -> None:
    coordinator = people.member("coordinator", name="Joss")
    pages.sign_in(people.administrator)
    form = pages.get("member", reference=reference_of(people.viewer)).form("Save")
    assert "coordinator" not in form.choices("roles")
    page = pages.post(
        "member", {"roles": ["coordinator"], "reason": "x"}, reference=reference_of(people.viewer)
    )
    assert page.errors == ["Select an option from the list"]
    assert people.viewer.memberships.get().roles == ["viewer"]
    change(pages, coordinator, roles=["viewer"])
    assert coordinator.memberships.get().roles == ["coordinator", "viewer"]


@pytest.mark.parametrize(
    "persona", ["pending", "viewer", "officer", "approver", "auditor", "neighbour", "editor", "staff"]
)
def test_only_administrators_see_or_change_people(people: People, pages: Pages, persona: str) -> None:
    of = people.contributor
    pages.sign_in(people.named(persona))
    for route in ("people", "activity"):
        pages.get(route, status=403)
    for route in ("member", "remove"):
        pages.get(route, reference=reference_of(of), status=403)
        pages.post(route, {"roles": ["officer"], "reason": "x"}, reference=reference_of(of), status=403)
    assert of.memberships.get().roles == ["contributor"]
    assert of.memberships.get().status == "admitted"


def test_administrators_of_another_organisation_reach_nobody_here(people: People, pages: Pages) -> None:
    pages.sign_in(people.member("administrator", of=people.tyburn, second_factor=True))
    for route in ("member", "remove"):
        pages.get(route, reference=reference_of(people.viewer), status=404)
        pages.post(
            route, {"roles": ["officer"], "reason": "x"}, reference=reference_of(people.viewer), status=404
        )
    assert people.viewer.memberships.get().roles == ["viewer"]


def test_who_did_what_is_told_in_words_newest_first_and_only_here(people: People, pages: Pages) -> None:
    pages.sign_in(people.administrator)
    change(pages, people.viewer, roles=["officer"])
    page = pages.submit(pages.get("invite"), email="raj@advisers.example", reason="Advice")
    pages.submit(page.form("Withdraw"))
    pages.submit(pages.get("remove", reference=reference_of(people.viewer)))
    page = pages.click(pages.get("people"), "Who did what")
    assert page.h1 == "Who did what in Fleet"
    moment = "24 November 2026 at 9:00am"
    assert page.words(".app-timeline__item") == [
        f"Ella Stone removed Cleo Marsh {moment}",
        f"Ella Stone withdrew the invitation of raj@advisers.example {moment}",
        f"Ella Stone invited raj@advisers.example as viewer {moment}",
        f"Ella Stone changed Cleo Marsh from viewer to officer {moment}",
    ]
    pages.sign_in(people.member("administrator", of=people.tyburn, second_factor=True))
    assert pages.get("activity").words(".app-timeline__item") == []


def test_the_record_of_who_did_what_goes_on_over_pages(people: People, pages: Pages) -> None:
    Activity.objects.bulk_create(
        Activity(organisation=people.fleet, actor=people.viewer, sentence=f"Thing {number}")
        for number in range(51)
    )
    pages.sign_in(people.administrator)
    assert "Thing 50" in pages.get("activity").main
    assert pages.get("activity", query={"page": 2}).words(".app-timeline__item")[0].startswith("Thing 0")


def test_access_ends_with_the_last_day(people: People, pages: Pages) -> None:
    an_entry(by=people.officer, title="Payroll system", visibility="borough")
    people.viewer.memberships.update(ends_on=NOW.date())
    pages.sign_in(people.viewer)
    with clock.held_at(dt.datetime(2026, 11, 24, 23, 59, tzinfo=clock.LONDON)):
        assert "Payroll system" in pages.get("pipeline").main
        pages.get("procurements")
    with clock.held_at(dt.datetime(2026, 11, 25, 0, 0, tzinfo=clock.LONDON)):
        assert "Payroll system" not in pages.get("pipeline").main
        pages.get("procurements", status=403)
        pages.sign_in(people.administrator)
        assert "Past their last day" in pages.get("people").main
        change(pages, people.viewer, **boxes("ends_on", 30, 11, 2026))
        pages.sign_in(people.viewer).get("procurements")


def test_an_administrator_past_their_last_day_is_none(people: People, pages: Pages) -> None:
    temporary = people.member("administrator", name="Tem", second_factor=True)
    temporary.memberships.update(ends_on=NOW.date())
    pages.sign_in(temporary).get("people")
    with clock.held_at(NOW + dt.timedelta(days=1)):
        pages.get("people", status=403)


def test_a_person_of_two_organisations_switches_and_sees_the_other_one(people: People, pages: Pages) -> None:
    a_procurement(by=people.officer, title="Fleet’s leisure centre", visibility="borough")
    a_procurement(by=people.neighbour, title="Tyburn’s gritting", visibility="borough")
    both = PersonFactory.create(email="zoe@fleet.example", name="Zoe Lund", second_factor=True)
    MembershipFactory.create(person=both, organisation=people.fleet, roles=["viewer"])
    MembershipFactory.create(person=both, organisation=people.tyburn, roles=["administrator"])
    theirs = {"whose": "organisation"}

    page = pages.sign_in(both).get("procurements", query=theirs)
    assert "Fleet’s leisure centre" in page.main
    assert "Tyburn’s gritting" not in page.main
    pages.get("people", status=403)

    page = pages.click(page, "Switch organisation")
    assert page.form().fields["organisation"] == ["fleet"]
    page = pages.submit(page, organisation="tyburn")
    assert page.banner == "You are now working for Tyburn"
    page = pages.get("procurements", query=theirs)
    assert "Tyburn’s gritting" in page.main
    assert "Fleet’s leisure centre" not in page.main
    assert pages.get("people").h1 == "People of Tyburn"

    both.memberships.filter(organisation=people.tyburn).update(status="ended", roles=[])
    assert "Fleet’s leisure centre" in pages.get("procurements", query=theirs).main


def test_switching_to_an_organisation_that_is_not_ones_own_is_refused(people: People, pages: Pages) -> None:
    other = people.tyburn
    page = pages.sign_in(people.viewer).post("organisation_switch", {"organisation": other.slug})
    assert len(page.errors) == 1
    assert "Tyburn" not in pages.get("home").text
