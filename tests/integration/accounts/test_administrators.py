"""What an administrator cannot do: go on after they stopped being one, be the last to leave, give themselves more."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from tests.conftest import NOW
from tests.factories import MembershipFactory, PersonFactory
from tests.integration.accounts.mailbox import Mailbox
from tests.pages import Pages
from tests.personas import People, reference_of
from toolkit.accounts import services
from toolkit.accounts.models import Invitation, Membership, Person
from toolkit.accounts.permissions import may_manage
from toolkit.accounts.selectors import may_sign_up, open_invitations
from toolkit.core import clock
from toolkit.core.errors import Refused

RAJ = "raj@advisers.example"
LAST = "Fleet would have no administrator left: make somebody else one first"


@pytest.fixture
def oli(people: People) -> Person:
    """A second administrator of Fleet."""
    assert people.administrator
    return people.member("administrator", name="Oli Hart", second_factor=True)


@pytest.fixture
def invitation(people: People, oli: Person) -> Invitation:
    """Oli invites Raj as an administrator."""
    return services.invite(
        organisation=people.fleet, email=RAJ, roles=["administrator"], employer="", reason="Deputy", ends_on=None, actor=oli
    )  # fmt: skip


def save(membership: Membership, actor: Person, **answers: Any) -> Membership:
    given: dict[str, Any] = {"roles": membership.roles, "employer": "", "reason": "x", "ends_on": None}
    return services.change(membership=membership, actor=actor, **(given | answers))


def removed(people: People, oli: Person) -> None:
    services.end(membership=oli.memberships.get(), actor=people.administrator)


def stripped(people: People, oli: Person) -> None:
    save(oli.memberships.get(), people.administrator, roles=["viewer"])


def stripped_by_staff(people: People, oli: Person) -> None:
    membership = oli.memberships.get()
    membership.roles = ["viewer"]
    services.set_by_staff(membership=membership, actor=people.staff)


def switched_off(people: People, oli: Person) -> None:
    Person.objects.filter(pk=oli.pk).update(is_active=False)


def past_their_last_day(people: People, oli: Person) -> None:
    oli.memberships.update(ends_on=NOW.date().replace(day=23))


WAYS_TO_STOP = [removed, stripped, stripped_by_staff, switched_off, past_their_last_day]


@pytest.mark.parametrize("stop", WAYS_TO_STOP)
def test_the_invitation_of_a_former_administrator_admits_nobody(
    people: People, pages: Pages, oli: Person, invitation: Invitation, stop: Callable[[People, Person], None]
) -> None:
    raj = PersonFactory.create(email=RAJ)
    form = pages.sign_in(raj).get("join").form("Take up the invitation")
    stop(people, oli)
    pages.submit(form)
    assert not raj.memberships.exists()
    assert not pages.get("join").css("main form")
    assert not may_sign_up(RAJ)
    assert RAJ not in pages.sign_in(people.administrator).get("people").main


@pytest.mark.parametrize("stop", [removed, stripped, stripped_by_staff])
def test_their_open_invitations_are_withdrawn_for_good_and_that_is_told(
    people: People, oli: Person, invitation: Invitation, stop: Callable[[People, Person], None]
) -> None:
    stop(people, oli)
    invitation.refresh_from_db()
    assert invitation.withdrawn_at == NOW
    told = people.fleet.activity.values_list("sentence", flat=True)
    assert any(sentence.endswith(f"withdrew the invitation of {RAJ}") for sentence in told)


def test_an_administrator_who_changes_something_else_keeps_their_invitations(
    people: People, oli: Person, invitation: Invitation
) -> None:
    save(oli.memberships.get(), people.administrator, roles=["administrator", "viewer"])
    assert [each.pk for each in open_invitations()] == [invitation.pk]


@pytest.mark.parametrize("stop", [lambda people, oli: None, *WAYS_TO_STOP])
def test_open_invitations_are_those_whose_sender_may_manage(
    people: People, oli: Person, invitation: Invitation, stop: Callable[[People, Person], None]
) -> None:
    stop(people, oli)
    oli.refresh_from_db()
    assert open_invitations().exists() == may_manage(oli, people.fleet)


def test_nobody_takes_up_their_own_invitation(people: People, pages: Pages, oli: Person) -> None:
    services.invite(
        organisation=people.fleet, email="oli@new.example", roles=["auditor"], employer="", reason="x", ends_on=None, actor=oli
    )  # fmt: skip
    oli.emailaddress_set.update(email="oli@new.example")  # type: ignore[attr-defined]  # allauth's related name
    Person.objects.filter(pk=oli.pk).update(email="oli@new.example")
    oli.refresh_from_db()
    pages.sign_in(oli)
    assert not pages.get("join").css("main form")
    pages.post("accept_invitations")
    assert oli.memberships.get().roles == ["administrator"]


@pytest.mark.parametrize("verb", ["end", "change"])
def test_an_administrator_who_is_switched_off_is_not_one_who_is_left(
    people: People, oli: Person, verb: str
) -> None:
    Person.objects.filter(pk=oli.pk).update(is_active=False)
    only = people.administrator
    with pytest.raises(Refused, match=LAST):
        if verb == "end":
            services.end(membership=only.memberships.get(), actor=only)
        else:
            save(only.memberships.get(), only, roles=["viewer"])
    services.end(membership=oli.memberships.get(), actor=only)


def test_nobody_asks_an_administrator_who_is_switched_off(
    people: People, pages: Pages, oli: Person, mailbox: Mailbox
) -> None:
    Person.objects.filter(pk=oli.pk).update(is_active=False)
    amy = PersonFactory.create(email="amy@fleet.example")
    services.ask_to_join(
        person=amy, organisation=people.fleet, employer="", reason="x", ends_on=None, supplier_interest=""
    )
    assert mailbox.to(people.administrator.email)
    assert not mailbox.to(oli.email)


@pytest.mark.parametrize("role", ["auditor", "approver", "officer"])
def test_an_administrator_cannot_give_themselves_another_role(
    people: People, pages: Pages, oli: Person, role: str
) -> None:
    with pytest.raises(Refused, match="Another administrator has to give you more roles"):
        save(oli.memberships.get(), oli, roles=["administrator", role])
    page = pages.sign_in(oli).get("member", reference=reference_of(oli))
    assert page.form("Save").choices("roles") == ["viewer", "administrator"]
    assert "another administrator has to give you more" in page.main
    answers = {"roles": ["administrator", role], "reason": "x"}
    assert len(pages.post("member", answers, reference=reference_of(oli)).errors) == 1
    assert oli.memberships.get().roles == ["administrator"]

    pages.sign_in(people.administrator)
    page = pages.get("member", reference=reference_of(oli))
    pages.submit(page.form("Save"), roles=["administrator", role], reason="Both")
    assert oli.memberships.get().roles == sorted(["administrator", role])


def test_an_administrator_may_give_up_a_role_and_cannot_stay_longer(people: People, oli: Person) -> None:
    oli.memberships.update(roles=["administrator", "officer"], ends_on=NOW.date())
    membership = oli.memberships.get()
    with pytest.raises(Refused, match="let you stay longer"):
        save(membership, oli)
    save(membership, oli, roles=["officer"], ends_on=NOW.date())
    assert oli.memberships.get().roles == ["officer"]


def test_an_address_with_a_slash_in_it_is_as_good_as_any(people: People, pages: Pages) -> None:
    odd = PersonFactory.create(email="a/b@fleet.example", name="Odd")
    MembershipFactory.create(person=odd, organisation=people.fleet)
    pages.sign_in(people.administrator)
    page = pages.submit(pages.get("invite"), email="c/d@advisers.example", reason="x")
    assert "c/d@advisers.example" in page.main
    pages.submit(page.form("Withdraw"))
    page = pages.submit(pages.click(pages.get("people"), "Odd").form("Save"), reason="x", roles=["officer"])
    assert page.banner == "Odd is changed"
    pages.submit(pages.get("remove", reference=reference_of(odd)))
    assert odd.memberships.get().status == "ended"


@pytest.mark.parametrize("route", ["people", "member", "invite", "activity"])
def test_no_address_of_ours_has_an_e_mail_address_in_it(people: People, pages: Pages, route: str) -> None:
    services.invite(
        organisation=people.fleet, email=RAJ, roles=["viewer"], employer="", reason="x", ends_on=None, actor=people.administrator
    )  # fmt: skip
    given: dict[str, Any] = {"reference": reference_of(people.pending)} if route == "member" else {}
    page = pages.sign_in(people.administrator).get(route, **given)
    addresses = [link.get("href") for link in page.css("a[href]")]
    addresses += [form.get("action") for form in page.css("form")]
    assert not [address for address in addresses if address and ("@" in address or "%40" in address)]


def test_the_second_of_two_administrators_who_let_somebody_in_is_told_who_was_first(
    people: People, pages: Pages, oli: Person
) -> None:
    amy = people.pending
    late = pages.sign_in(oli).get("member", reference=reference_of(amy)).form("Let them in")
    first = Pages(jobs=pages.jobs).sign_in(people.administrator)
    page = first.get("member", reference=reference_of(amy))
    first.submit(page.form("Let them in"), roles=["officer"], reason="Runs things")
    page = pages.submit(late, roles=["viewer"], reason="x")
    assert page.banner == f"Ella Stone has let {amy} in already"
    assert page.h1 == "People of Fleet"
    membership = amy.memberships.get()
    assert (membership.roles, membership.reason) == (["officer"], "Runs things")
    assert (membership.ends_on, membership.decided_by) == (None, people.administrator)
    late_no = pages.post("decline", reference=membership.reference)
    assert late_no.banner == f"Ella Stone has let {amy} in already"


@pytest.mark.django_db(transaction=True)
def test_whoever_changes_who_manages_waits_for_the_organisation(people: People, oli: Person) -> None:
    """The lock is the organisation's, said in so many words: not one that a join happens to take."""
    ella, done = people.administrator, threading.Event()

    def leave() -> None:
        try:
            with clock.held_at(NOW):
                services.end(membership=oli.memberships.get(), actor=oli)
            done.set()
        finally:
            connection.close()

    with transaction.atomic():
        type(people.fleet).objects.select_for_update(no_key=True).get(pk=people.fleet.pk)
        thread = threading.Thread(target=leave)
        thread.start()
        assert not done.wait(0.5)
    thread.join()
    assert done.is_set()
    with pytest.raises(Refused, match=LAST):
        services.end(membership=ella.memberships.get(), actor=ella)
