"""A passkey in a real browser, with a virtual authenticator, under our content security policy: added, then signed in with."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.factories import PASSWORD
from tests.personas import People

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_passkey_is_added_and_signs_in(browser_page: Page, service: str, people: People) -> None:
    page, officer = browser_page, people.officer
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})

    page.goto(f"{service}/accounts/login/")
    page.get_by_label("mail").first.fill(officer.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{service}/")

    page.goto(f"{service}/accounts/2fa/webauthn/add/")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main form button[type=submit]").click()
    page.get_by_label("Name").fill("My laptop")
    page.get_by_label("Use it instead of my password too").check()
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url(lambda address: "/add/" not in address)
    kept = devtools.send("WebAuthn.getCredentials", {"authenticatorId": made["authenticatorId"]})[
        "credentials"
    ]
    assert [each["isResidentCredential"] for each in kept] == [True]

    page.goto(f"{service}/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.goto(f"{service}/procurements/")
    assert "/accounts/login/" in page.url
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{service}/procurements/")
    assert page.locator("h1").inner_text() == "Procurements"
