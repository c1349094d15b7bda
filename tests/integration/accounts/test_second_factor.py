"""The second step of signing in: setting it up, using it, who has to have one."""

from __future__ import annotations

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache

from tests.factories.accounts import PASSWORD
from tests.integration.accounts.mailbox import Mailbox
from tests.integration.accounts.steps import sign_in
from tests.pages import Pages
from tests.personas import People, reference_of
from toolkit.accounts.models import Person

SECOND_STEP = "Second step of signing in"
SECRET = "JBSWY3DPEHPK3PXP"
"""What tests.factories gives to whoever has a second factor."""


def shown_by_the_app(secret: str) -> str:
    """The six numbers that an authenticator app shows now (RFC 6238), read while they stay for a moment longer."""
    left = 30 - time.time() % 30
    if left < 3:
        time.sleep(left)
    code: str = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    return code


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def set_up_the_app(pages: Pages) -> str:
    """Set up an app, as somebody signed in; the key the app holds. The recovery codes are shown next."""
    page = pages.click(pages.get("mfa_index"), "Set up the app")
    assert page.h1 == "Confirm that it is you"
    page = pages.submit(page, password=PASSWORD)
    assert page.h1 == "Set up your authenticator app"
    secret = page.words("main form strong")[0]
    wrong = pages.submit(page, code=other_than(shown_by_the_app(secret)))
    assert len(wrong.errors) == 1
    done = pages.submit(wrong, code=shown_by_the_app(secret), status=302, follow=False)
    assert pages.get(done.headers["Location"]).h1 == "Your recovery codes"
    return secret


def test_an_app_is_set_up_and_asked_for_from_then_on(people: People, pages: Pages) -> None:
    email = people.viewer.email
    sign_in(pages, email)
    secret = set_up_the_app(pages)
    assert "Set up: when you sign in" in pages.get("mfa_index").main

    cache.clear()  # the app shows another code half a minute later; one that was used is not taken twice
    page = sign_in(pages.sign_in(None), email)
    assert page.h1 == SECOND_STEP
    assert pages.get("procurements").h1 != "Procurements"
    wrong = pages.submit(page, code=other_than(shown_by_the_app(secret)))
    assert len(wrong.errors) == 1
    page = pages.submit(wrong, code=shown_by_the_app(secret))
    assert page.h1 == "Good morning, Cleo"
    pages.get("procurements")


def test_a_code_of_the_app_is_taken_once(people: People, pages: Pages) -> None:
    person = people.member("viewer", name="Zoe", second_factor=True)
    code = shown_by_the_app(SECRET)
    assert pages.submit(sign_in(pages, person.email), code=code).h1 == "Good morning, Zoe"
    page = pages.submit(sign_in(pages.sign_in(None), person.email), code=code)
    assert len(page.errors) == 1
    assert pages.get("procurements").h1 != "Procurements"


def test_a_code_by_e_mail_does_not_go_round_the_second_step(
    people: People, pages: Pages, mailbox: Mailbox
) -> None:
    person = people.member("viewer", name="Zoe", second_factor=True)
    page = pages.submit(pages.get("account_request_login_code"), email=person.email)
    page = pages.submit(page, code=mailbox.code(person.email))
    assert page.h1 == SECOND_STEP
    assert pages.submit(page, code=shown_by_the_app(SECRET)).h1 == "Good morning, Zoe"


def test_a_recovery_code_lets_in_once(people: People, pages: Pages) -> None:
    sign_in(pages, people.viewer.email)
    set_up_the_app(pages)
    made = pages.submit(pages.get("mfa_generate_recovery_codes"), status=302, follow=False)
    code = pages.get(made.headers["Location"]).words(".app-codes li")[0]
    page = pages.submit(sign_in(pages.sign_in(None), people.viewer.email), code=code)
    assert page.h1 == "Good morning, Cleo"
    page = pages.submit(sign_in(pages.sign_in(None), people.viewer.email), code=code)
    assert len(page.errors) == 1


@pytest.fixture
def bare(people: People, request: pytest.FixtureRequest) -> Person:
    """Somebody of this kind with no second factor."""
    person: Person = people.named(request.param) or people.viewer
    Authenticator.objects.filter(user=person).delete()
    return person


ASKED_OF = pytest.mark.parametrize("bare", ["administrator", "staff", "editor"], indirect=True)


@ASKED_OF
def test_staff_and_administrators_set_one_up_before_they_go_on(bare: Person, pages: Pages) -> None:
    page = sign_in(pages, bare.email)
    assert page.h1 == "Two-step sign-in"
    for route in ("home", "pipeline", "people", "join"):
        assert pages.get(route).h1 == "Two-step sign-in"
    pages.get("account_email")
    set_up_the_app(pages)
    assert pages.get("pipeline").h1 != "Two-step sign-in"


@ASKED_OF
def test_the_demonstration_asks_for_none(bare: Person, pages: Pages, settings: Any) -> None:
    settings.DEMO = True
    sign_in(pages, bare.email)
    assert pages.get("pipeline").h1 != "Two-step sign-in"


@pytest.mark.parametrize("bare", ["pending", "viewer", "officer", "auditor"], indirect=True)
def test_nobody_else_has_to_have_one(bare: Person, pages: Pages) -> None:
    sign_in(pages, bare.email)
    assert pages.get("pipeline").h1 != "Two-step sign-in"


def test_becoming_an_administrator_asks_for_one_at_the_next_page(people: People, pages: Pages) -> None:
    answers: dict[str, Any] = {"roles": ["administrator"], "reason": "Deputises"}
    viewer = Pages(jobs=pages.jobs)
    sign_in(viewer, people.viewer.email)
    page = pages.sign_in(people.administrator).get("member", reference=reference_of(people.viewer))
    pages.submit(page.form("Save"), **answers)
    assert viewer.get("pipeline").h1 == "Two-step sign-in"


def test_an_administrator_who_stops_using_the_app_is_asked_again(people: People, pages: Pages) -> None:
    page = sign_in(pages, people.administrator.email)
    pages.submit(page, code=shown_by_the_app(SECRET))
    page = pages.submit(pages.get("mfa_deactivate_totp"), password=PASSWORD)
    assert page.h1 == "Stop using your authenticator app"
    pages.submit(page)
    assert pages.get("people").h1 == "Two-step sign-in"
