"""A tool in a real browser: without scripts, and on paper."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def test_a_period_is_worked_out_without_scripts(plain_page: Page, service: str) -> None:
    plain_page.goto(f"{service}/tools/")
    plain_page.get_by_role("link", name="When does this period end?").click()
    plain_page.get_by_label("Standstill", exact=True).check()
    plain_page.get_by_role("button", name="Continue").click()
    for part, typed in (("Day", "23"), ("Month", "11"), ("Year", "2026")):
        plain_page.get_by_label(part, exact=True).fill(typed)
    plain_page.get_by_role("button", name="Show the day").click()
    expect(plain_page.locator(".app-verdict")).to_contain_text("Thursday 3 December 2026")
    with plain_page.expect_download() as download:
        plain_page.get_by_role("link", name="Put it in your calendar").click()
    assert download.value.suggested_filename == "standstill.ics"


def test_an_answer_is_printed_with_the_answers_given_and_without_the_form(
    browser_page: Page, service: str
) -> None:
    browser_page.goto(f"{service}/tools/period/?period=standstill&on=2026-11-23")
    browser_page.emulate_media(media="print")
    expect(browser_page.locator("main form")).to_be_hidden()
    expect(browser_page.get_by_role("heading", name="Your answers", exact=True)).to_be_visible()
    expect(browser_page.locator(".app-month").first).to_be_visible()
