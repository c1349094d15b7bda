"""The pages everybody sees first: accessible, usable by keyboard, within the content security policy."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.driver import WIDTHS, axe, sign_in
from tests.factories import PASSWORD, TOY, a_subscription, register_toys
from tests.personas import People

FIRST = (
    "/", "/accounts/login/", "/guidance/", "/pipeline/", "/routes/", "/search/?q=contract", "/tools/", "/tools/period/",
    "/tools/threshold/?kind=services&value=250000&vat=ex&on=2026-12-01",
    "/tools/period/?period=standstill&on=2026-11-23", "/tools/period/?period=own&on=2026-02-30",
    "/tools/notices/?regime=pa23&size=above&way=competition&engaged=yes&value=6000000",
    "/tools/light-touch/?service=55100000", f"/subscriptions/new/?to={TOY}:one",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _toys() -> None:
    register_toys()


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())
@pytest.mark.parametrize("path", FIRST)
def test_public_page_is_accessible(browser_page: Page, service: str, path: str, width: int) -> None:
    browser_page.set_viewport_size({"width": width, "height": 900})
    browser_page.goto(service + path)
    axe(browser_page)


@pytest.mark.parametrize("path", FIRST)
def test_nothing_is_cut_off_at_320_pixels(browser_page: Page, service: str, path: str) -> None:
    browser_page.set_viewport_size({"width": 320, "height": 800})
    browser_page.goto(service + path)
    assert browser_page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_first_tab_stop_skips_to_the_content(browser_page: Page, service: str) -> None:
    browser_page.goto(service)
    browser_page.keyboard.press("Tab")
    assert browser_page.evaluate("document.activeElement.textContent.trim()") == "Skip to main content"
    browser_page.keyboard.press("Enter")
    assert browser_page.evaluate("document.activeElement.id || location.hash") in (
        "main-content",
        "#main-content",
    )


def test_the_style_sheet_and_the_script_arrive(browser_page: Page, service: str) -> None:
    browser_page.goto(service)
    font = browser_page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")
    assert "arial" in font.lower()
    assert browser_page.evaluate("document.body.classList.contains('js-enabled')")


@pytest.mark.parametrize("reader", ["browser_page", "plain_page"])
def test_signing_in_by_password(
    reader: str, service: str, people: People, request: pytest.FixtureRequest
) -> None:
    page: Page = request.getfixturevalue(reader)
    officer = people.officer
    page.goto(f"{service}/accounts/login/")
    page.get_by_label("mail").first.fill(officer.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{service}/")
    assert officer.first_name in page.locator("h1").inner_text()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/procurements/",
        "/contracts/",
        "/pipeline/",
        "/procurements/start/",
        "/accounts/email/",
        "/subscriptions/",
    ],
)
def test_page_of_an_officer_is_accessible(
    browser_page: Page, service: str, people: People, path: str
) -> None:
    sign_in(browser_page, people.officer, service)
    a_subscription(email=people.officer.email)
    browser_page.goto(service + path)
    axe(browser_page)
