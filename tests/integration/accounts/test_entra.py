"""Signing in with Microsoft Entra, against a provider on loopback: the whole way there and back, and when it fails."""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache

from tests.factories.accounts import PASSWORD
from tests.integration.accounts.mailbox import Mailbox
from tests.integration.accounts.microsoft import CLIENT, SECRET, Microsoft
from tests.integration.accounts.steps import ask_to_join, sign_in
from tests.pages import Page, Pages
from tests.personas import People
from toolkit import settings as settings_module
from toolkit.accounts.models import Membership, Person

AMY = "amy.quill@fleet.example"
BUTTON = "Continue with Microsoft"
FAILED = "We could not sign you in"
NEW = "another-long-password"


@pytest.fixture
def microsoft(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Microsoft]:
    """The provider, and the settings that the environment of a server with Entra gives."""
    with Microsoft() as provider:
        monkeypatch.setenv("TOOLKIT_ENTRA_TENANT", "fleet-tenant")
        monkeypatch.setenv("TOOLKIT_ENTRA_CLIENT_ID", CLIENT)
        monkeypatch.setenv("TOOLKIT_ENTRA_SECRET", SECRET)
        monkeypatch.setenv("TOOLKIT_ENTRA_SERVER", provider.address)
        read = runpy.run_path(settings_module.__file__)
        for name in ("ENTRA_TENANT", "SOCIALACCOUNT_PROVIDERS", "SECURE_CSP"):
            setattr(settings, name, read[name])
        yield provider


def go_to_microsoft(pages: Pages, page: Page | None = None) -> str:
    """Press the button on the sign-in page (or another one that has it); the address the browser is sent to."""
    page = page or pages.get("account_login")
    page = pages.submit(page.form(BUTTON), status=302, follow=False)
    return page.headers["Location"]


def through_microsoft(pages: Pages, microsoft: Microsoft, *, status: int = 200) -> Page:
    return pages.get(microsoft.sign_in(go_to_microsoft(pages)), status=status)


def test_without_configuration_it_is_not_offered(pages: Pages) -> None:
    for route in ("account_login", "account_signup"):
        assert "Microsoft" not in pages.get(route).text
    pages.get("openid_connect_login", provider_id="entra", status=404)


def test_the_browser_may_be_sent_there_by_our_form(microsoft: Microsoft, pages: Pages) -> None:
    policy = pages.get("account_login").headers["Content-Security-Policy"]
    assert f"form-action 'self' {microsoft.address}" in policy


def test_somebody_new_of_a_known_domain_becomes_pending_and_is_let_in(
    microsoft: Microsoft, people: People, pages: Pages, mailbox: Mailbox
) -> None:
    microsoft.knows(sub="1", email="Amy.Quill@Fleet.example", email_verified=True, name="Amy Quill")
    assert people.administrator
    page = through_microsoft(pages, microsoft)
    assert page.h1 == "Ask to be let in"
    amy = Person.objects.get(email=AMY)
    assert (amy.name, amy.has_usable_password()) == ("Amy Quill", False)
    pages.get("procurements", status=403)
    ask_to_join(pages)
    assert amy.memberships.get().status == "pending"
    pages.sign_in(None)
    pages.submit(pages.get(mailbox.link(people.administrator.email, "/people/let-in/")))

    page = through_microsoft(pages, microsoft)
    assert page.h1 == "Good morning, Amy"
    pages.get("procurements")
    assert Person.objects.filter(email=AMY).count() == 1


def test_an_address_that_microsoft_does_not_vouch_for_is_confirmed_by_code(
    microsoft: Microsoft, people: People, pages: Pages, mailbox: Mailbox
) -> None:
    microsoft.knows(sub="1", email=AMY, name="Amy Quill")
    assert people.fleet
    page = through_microsoft(pages, microsoft)
    assert page.h1 == "Check your e-mail"
    assert pages.get("join").h1 == "Check your e-mail"
    page = pages.submit(page, code=mailbox.code(AMY))
    assert page.h1 == "Ask to be let in"
    ask_to_join(pages)
    assert Membership.objects.get().status == "pending"


def test_an_invitation_is_not_for_whoever_only_says_that_it_is_theirs(
    microsoft: Microsoft, people: People, pages: Pages
) -> None:
    page = pages.sign_in(people.administrator).get("invite")
    pages.submit(page, email="raj@advisers.example", reason="Advice")
    microsoft.knows(sub="1", email="raj@advisers.example", name="Not Raj")
    through_microsoft(pages.sign_in(None), microsoft)
    for route in ("join", "home", "procurements"):
        assert pages.get(route).h1 != "Ask to be let in"
    assert not Membership.objects.exclude(person=people.administrator).exists()


def test_whoever_claims_an_address_first_does_not_keep_it_from_its_owner(
    microsoft: Microsoft, people: People, pages: Pages, mailbox: Mailbox
) -> None:
    """Somebody claims Amy’s address at Microsoft, unproved, before Amy comes. Amy proves it, and the other is out."""
    assert people.fleet
    microsoft.knows(sub="evil", email=AMY, name="Not Amy")
    through_microsoft(pages, microsoft)
    pages.sign_in(None)
    cache.clear()  # a second code may be had after a while
    pages.submit(pages.get("account_signup"), name="Amy Quill", email=AMY, password1=PASSWORD)
    assert "choose a new one" in mailbox.latest(AMY)
    page = pages.submit(pages.sign_in(None).get("account_reset_password"), email=AMY)
    page = pages.submit(page, code=mailbox.code(AMY))
    pages.submit(page, password1=NEW, password2=NEW)
    assert sign_in(pages.sign_in(None), AMY, NEW).h1 == "Ask to be let in"

    cache.clear()
    through_microsoft(pages.sign_in(None), microsoft)
    assert pages.get("join").h1 != "Ask to be let in"
    assert not SocialAccount.objects.filter(uid="evil").exists()


def test_a_proof_by_code_ends_what_others_claimed_and_nothing_of_ones_own(
    microsoft: Microsoft, people: People, pages: Pages, mailbox: Mailbox
) -> None:
    assert people.fleet
    pages.submit(pages.get("account_signup"), name="Not Amy", email=AMY, password1=PASSWORD)
    amy = Person.objects.get(email=AMY)
    SocialAccount.objects.create(user=amy, provider="entra", uid="evil")
    for uid in ("evil", "own"):
        page = pages.submit(pages.sign_in(None).get("account_request_login_code"), email=AMY)
        page = pages.submit(page, code=mailbox.code(AMY))
        assert page.h1 == "Ask to be let in"
        amy.refresh_from_db()
        assert not amy.has_usable_password()
        assert SocialAccount.objects.filter(user=amy).exists() == (uid == "own")
        SocialAccount.objects.get_or_create(user=amy, provider="entra", uid="own")
        cache.clear()  # a second code may be had after a while


@pytest.mark.parametrize("email", ["amy@elsewhere.example", "amy@mail.fleet.example", "", None, "no address"])
def test_somebody_of_no_known_organisation_is_refused(
    microsoft: Microsoft, people: People, pages: Pages, email: str | None
) -> None:
    microsoft.knows(sub="1", email=email, email_verified=True, name="Amy Quill")
    assert people.fleet
    page = through_microsoft(pages, microsoft)
    assert page.h1 == "You cannot create an account"
    assert "Ask one of its administrators" in page.main
    assert not Person.objects.exists()
    assert pages.get("procurements").h1 == "Sign in"


@pytest.mark.parametrize("vouched", [True, False])
def test_an_account_of_the_same_address_is_not_taken_over(
    microsoft: Microsoft, people: People, pages: Pages, mailbox: Mailbox, vouched: bool
) -> None:
    microsoft.knows(sub="evil", email=people.viewer.email, email_verified=vouched, name="Somebody")
    page = through_microsoft(pages, microsoft)
    assert page.h1 == "Check your e-mail"
    assert pages.get("procurements").h1 != "Procurements"
    assert not SocialAccount.objects.exists()
    words = mailbox.latest(people.viewer.email)
    assert "An account with this address already exists" in words
    assert "link the other sign-in" in words
    assert sign_in(pages.sign_in(None), people.viewer.email).h1 == "Good morning, Cleo"


def test_the_owner_of_the_account_links_it_and_then_signs_in_with_it(
    microsoft: Microsoft, people: People, pages: Pages
) -> None:
    microsoft.knows(sub="1", email=people.viewer.email, email_verified=True, name="Somebody")
    sign_in(pages, people.viewer.email)
    page = pages.get("socialaccount_connections")
    page = pages.get(microsoft.sign_in(go_to_microsoft(pages, page)))
    assert SocialAccount.objects.get().user == people.viewer
    page = through_microsoft(pages.sign_in(None), microsoft)
    assert page.h1 == "Good morning, Cleo"


def test_an_account_that_was_linked_is_nobody_elses(
    microsoft: Microsoft, people: People, pages: Pages
) -> None:
    SocialAccount.objects.create(user=people.viewer, provider="entra", uid="1")
    microsoft.knows(sub="1", email=people.officer.email, email_verified=True, name="Ada")
    sign_in(pages, people.officer.email)
    pages.get(microsoft.sign_in(go_to_microsoft(pages, pages.get("socialaccount_connections"))))
    assert SocialAccount.objects.get().user == people.viewer


def test_the_second_step_is_asked_for_after_microsoft_too(
    microsoft: Microsoft, people: People, pages: Pages
) -> None:
    SocialAccount.objects.create(user=people.administrator, provider="entra", uid="1")
    microsoft.knows(sub="1", email=people.administrator.email, email_verified=True, name="Ella")
    assert through_microsoft(pages, microsoft).h1 == "Second step of signing in"


def test_somebody_switched_off_does_not_get_in_through_microsoft(
    microsoft: Microsoft, people: People, pages: Pages
) -> None:
    SocialAccount.objects.create(user=people.viewer, provider="entra", uid="1")
    people.viewer.is_active = False
    people.viewer.save()
    microsoft.knows(sub="1", email=people.viewer.email, email_verified=True, name="Cleo")
    through_microsoft(pages, microsoft)
    assert pages.get("procurements").h1 == "Sign in"


def test_when_microsoft_is_away_the_page_says_so(microsoft: Microsoft, pages: Pages) -> None:
    microsoft.go_away()
    page = pages.submit(pages.get("account_login").form(BUTTON), status=503)
    assert page.h1 == FAILED
    assert "get a sign-in code by e-mail" in page.main


def test_when_microsoft_goes_away_half_way_the_page_says_so(microsoft: Microsoft, pages: Pages) -> None:
    address = microsoft.sign_in(go_to_microsoft(pages))
    microsoft.go_away()
    assert pages.get(address, status=503).h1 == FAILED
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    "answer",
    [
        (500, b"{}"),
        (404, b"{}"),
        (200, b"{}"),
        (200, b"[]"),
        (200, b"<html>Log on to the wireless network</html>"),
    ],
)
def test_nonsense_in_place_of_the_configuration(
    microsoft: Microsoft, pages: Pages, answer: tuple[int, bytes]
) -> None:
    microsoft.answers["/.well-known/openid-configuration"] = answer
    assert pages.submit(pages.get("account_login").form(BUTTON), status=503).h1 == FAILED


@pytest.mark.parametrize(
    ("path", "answer", "status"),
    [
        ("/token", (500, b"{}"), 503),
        ("/token", (200, b"not a token"), 503),
        ("/token", (400, b'{"error": "invalid_grant"}'), 401),
        ("/token", (200, b'{"token_type": "Bearer"}'), 401),
        ("/token", (200, b'{"access_token": "an-access-token", "id_token": "not.a.token"}'), 401),
        ("/token", (200, b'{"access_token": "another"}'), 503),
        ("/userinfo", (401, b"{}"), 503),
        ("/userinfo", (200, b"nobody"), 503),
        ("/userinfo", (200, b'["nobody"]'), 503),
        ("/userinfo", (200, b'{"email": "amy.quill@fleet.example", "email_verified": true}'), 503),
    ],
)
def test_a_bad_answer_on_the_way_back_signs_nobody_in(
    microsoft: Microsoft, people: People, pages: Pages, path: str, answer: tuple[int, bytes], status: int
) -> None:
    assert people.fleet
    microsoft.knows(sub="1", email=AMY, email_verified=True, name="Amy Quill")
    microsoft.answers[path] = answer
    page = through_microsoft(pages, microsoft, status=status)
    assert page.h1 == FAILED
    assert not Person.objects.exists()
    assert pages.get("procurements").h1 == "Sign in"


@pytest.mark.parametrize("wrong", [{"aud": "another-service"}, {"iss": "https://evil.example"}, {"exp": 1}])
def test_a_token_meant_for_others_or_out_of_date_signs_nobody_in(
    microsoft: Microsoft, people: People, pages: Pages, wrong: dict[str, Any]
) -> None:
    assert people.fleet
    microsoft.knows(sub="1", email=AMY, email_verified=True, name="Amy Quill")
    microsoft.token_claims = wrong
    assert through_microsoft(pages, microsoft, status=401).h1 == FAILED
    assert not Person.objects.exists()


def test_an_answer_nobody_asked_for_signs_nobody_in(
    microsoft: Microsoft, people: People, pages: Pages
) -> None:
    assert people.fleet
    microsoft.knows(sub="1", email=AMY, email_verified=True, name="Amy Quill")
    address = microsoft.sign_in(go_to_microsoft(pages))
    other = Pages(jobs=pages.jobs)
    assert other.get(address, status=401).h1 == FAILED
    assert pages.get(f"{address}x", status=401).h1 == FAILED
    assert not Person.objects.exists()


def test_whoever_changes_their_mind_at_microsoft_is_told_they_are_not_signed_in(
    microsoft: Microsoft, pages: Pages
) -> None:
    asked = go_to_microsoft(pages)
    state = microsoft.sign_in(asked).partition("state=")[2]
    address = f"/accounts/oidc/entra/login/callback/?error=access_denied&state={state}"
    assert pages.get(address).h1 == "You are not signed in"
