"""A word of the glossary opens its meaning where it stands, without JavaScript and by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.driver import axe
from tests.factories.content import a_page, a_term


def _page() -> str:
    a_term()
    return a_page(body="## Do this\n\nWait out the standstill.").get_absolute_url()


def test_a_word_opens_and_closes(
    plain_page: Page, service: str, arrange: Callable[[Callable[[], Any]], Any]
) -> None:
    plain_page.goto(service + arrange(_page))
    meaning = plain_page.locator("#term-standstill")
    expect(meaning).to_be_hidden()
    plain_page.get_by_role("button", name="standstill").click()
    expect(meaning).to_be_visible()
    plain_page.keyboard.press("Escape")
    expect(meaning).to_be_hidden()
    plain_page.get_by_role("button", name="standstill").focus()
    plain_page.keyboard.press("Enter")
    expect(meaning).to_be_visible()


def test_an_open_meaning_is_accessible(
    browser_page: Page, service: str, arrange: Callable[[Callable[[], Any]], Any]
) -> None:
    browser_page.goto(service + arrange(_page))
    browser_page.get_by_role("button", name="standstill").click()
    axe(browser_page)
