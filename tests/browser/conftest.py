"""A real browser against the real service: production's static files, WhiteNoise, CSP, a thread for each request.

def test_search_finds_a_page(browser_page, service):      # JavaScript on; `plain_page` has it off
    browser_page.goto(f"{service}/search/?q=standstill")
    axe(browser_page)

Arrange with factories as anywhere. What queues e-mail while it arranges goes through `arrange(lambda: …)`, because the
browser's driver keeps this thread busy with an event loop.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import override_settings
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, sync_playwright

from tests.browser.driver import WIDTHS, chromium, serving
from toolkit import settings as production


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def _static_files(_settings_of_tests: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Collected as in production: compressed, under names that never change."""
    folder = str(tmp_path_factory.mktemp("static"))
    with override_settings(STATIC_ROOT=folder, STORAGES=production.STORAGES):
        call_command("collectstatic", interactive=False, verbosity=0)
        yield


@pytest.fixture
def service(transactional_db: None, _static_files: None) -> Iterator[str]:
    """The address of the running service. Its database is emptied after each test."""
    cache.clear()
    with serving() as address, override_settings(BASE_URL=address):
        yield address


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    # The driver runs an event loop in this thread; Django would refuse the database beside it.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        opened = chromium(playwright)
        yield opened
        opened.close()


@pytest.fixture
def browser_page(browser: Browser, service: str) -> Iterator[Page]:
    """A page 1280 pixels wide. An error in the console fails the test: policy violations show themselves there."""
    yield from _page(browser, javascript=True)


@pytest.fixture
def plain_page(browser: Browser, service: str) -> Iterator[Page]:
    """The same with JavaScript off."""
    yield from _page(browser, javascript=False)


def _page(browser: Browser, *, javascript: bool) -> Iterator[Page]:
    context = browser.new_context(
        java_script_enabled=javascript, viewport={"width": WIDTHS["desktop"], "height": 900}, locale="en-GB", timezone_id="Europe/London"
    )  # fmt: skip
    context.set_default_timeout(10_000)
    page = context.new_page()
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    def broke(error: Error) -> None:
        complaints.append(str(error))

    page.on("console", heard)
    page.on("pageerror", broke)
    yield page
    context.close()
    assert not complaints, f"the browser complained: {complaints}"


@pytest.fixture
def arrange() -> Callable[[Callable[[], Any]], Any]:
    """Runs a function in a thread of its own and hands back what it returns."""

    def run(act: Callable[[], Any]) -> Any:
        result: list[Any] = []
        thread = threading.Thread(target=lambda: result.append(act()))
        thread.start()
        thread.join()
        return result[0]

    return run
