"""Every main page of tests/screenshots.toml, as the person who comes to it, with JavaScript on and off: no accessibility
fault at 1280 pixels, nothing to scroll sideways at 320, and on paper no navigation but all that can be read on screen.

A window of 1280 pixels zoomed to 400 % has 320 CSS pixels to show a page in, so 320 is also what is asked of a zoomed
page (WCAG 2.2, 1.4.10 Reflow).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.test import override_settings
from playwright.sync_api import Browser, Page, Route

from tests.browser.driver import WIDTHS, axe, sign_in
from tests.screenshots import LIST, address_of
from toolkit.accounts.models import Person

PAGES: list[dict[str, Any]] = tomllib.loads(LIST.read_text())["page"]
ZOOMED = 320
NAVIGATION = (
    ".govuk-service-navigation", ".govuk-skip-link", ".govuk-back-link", ".govuk-breadcrumbs", ".govuk-pagination", ".app-search",
    ".app-who", ".app-sub-navigation", ".app-footer__links", ".app-filters",
)  # fmt: skip

PRINTED = """
([navigation]) => ({
  shown: [...document.querySelectorAll(navigation)].filter(each => each.checkVisibility()).map(each => each.className),
  unread: [...document.querySelectorAll('main details:not(.app-filters) > *:not(summary)')]
    .filter(each => !each.checkVisibility()).length,
})
"""


def without_scripts(route: Route) -> None:
    """Hands the browser a page as one with JavaScript off has it. The browser itself stays able to run a script, because
    axe is one."""
    if route.request.resource_type != "document":
        route.continue_()
        return
    answer = route.fetch()
    body = re.sub(r"<script\b.*?</script>", "", answer.text(), flags=re.DOTALL)
    route.fulfill(response=answer, body=re.sub(r"<(/?)noscript>", r"<\1div>", body))


THEIRS = "/admin/"
"""Django's pages: their print style is not ours, and their button for dark and light has no words until a script gives it
some (it does nothing without one)."""


@pytest.fixture(params=["javascript", "no-javascript"])
def reader(request: pytest.FixtureRequest, browser: Browser, service: str) -> Iterator[Page]:
    """A browser of a demonstration."""
    with override_settings(DEMO=True):
        context = browser.new_context(viewport={"width": WIDTHS["desktop"], "height": 900})
        if request.param == "no-javascript":
            context.route("**/*", without_scripts)
        context.set_default_timeout(10_000)
        yield context.new_page()
        context.close()


def is_theirs(fault: str) -> bool:
    """Is the button for dark and light all that axe found?"""
    return fault.count("\n- ") == 1 and ".theme-toggle" in fault


def faults(page: Page) -> list[str]:
    """What is wrong with the page that is open, in words."""
    found = []
    page.set_viewport_size({"width": WIDTHS["desktop"], "height": 900})
    try:
        axe(page)
    except AssertionError as told:
        found.append(str(told))
    page.set_viewport_size({"width": ZOOMED, "height": 800})
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > ZOOMED:
        found.append(f"is {width} pixels wide where {ZOOMED} are shown")
    page.emulate_media(media="print")
    printed = page.evaluate(PRINTED, [", ".join(NAVIGATION)])
    page.emulate_media(media="screen")
    if printed["shown"] and THEIRS not in page.url:
        found.append(f"prints its navigation: {printed['shown']}")
    if printed["unread"] and THEIRS not in page.url:
        found.append(f"hides {printed['unread']} details on paper")
    return found


@pytest.mark.slow
def test_main_pages(reader: Page, service: str, arrange: Any) -> None:
    for command in ("load_starter_content", "seed_demo"):
        arrange(lambda command=command: call_command(command, verbosity=0))
    addresses = arrange(lambda: {entry["name"]: address_of(entry["path"]) for entry in PAGES})
    wrong: dict[str, list[str]] = {}
    for entry in PAGES:
        person = Person.objects.filter(email=f"{entry.get('person')}@demo.example").first()
        sign_in(reader, person, service)
        answer = reader.goto(service + addresses[entry["name"]])
        assert answer is not None
        assert answer.status == entry.get("status", 200), entry["name"]
        told = faults(reader)
        if THEIRS in reader.url and not reader.locator("script").count():
            told = [fault for fault in told if not is_theirs(fault)]
        if told:
            wrong[entry["name"]] = told
    assert not wrong, "\n".join(f"{name}: {fault}" for name, told in wrong.items() for fault in told)
