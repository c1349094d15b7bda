"""Comments, alerts and handing over in a browser: no accessibility fault, and nothing to scroll sideways."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.driver import WIDTHS, axe, sign_in
from tests.factories import a_contract, a_procurement
from tests.personas import People
from workflows.procurements.models import Procurement
from workflows.procurements.services import sharing
from workflows.procurements.services.comments import comment


def test_the_pages_of_working_together(
    browser_page: Page, service: str, people: People, arrange: Callable[[Callable[[], Any]], Any]
) -> None:
    def arranged() -> Procurement:
        live = a_procurement(by=people.officer, visibility="borough")
        a_contract(by=people.officer)
        sharing.add_to_team(procurement=live, person=people.contributor, role="member", actor=people.officer)
        comment(
            procurement=live, text=f"@{people.officer.email} the lease ends in May", actor=people.contributor
        )
        comment(procurement=live, task="business-case", text="Thank you", actor=people.officer)
        comment(
            procurement=live, text=f"@{people.officer.email} and the figures are in", actor=people.contributor
        )
        return live

    live = arrange(arranged)
    sign_in(browser_page, people.officer, service)
    record = f"/procurements/{live.reference}"
    for path in ("/", "/alerts/", "/subscriptions/my-work/", "/hand-over/", f"{record}/", f"{record}/comments/", f"{record}/team/hand-over/"):  # fmt: skip
        for width in WIDTHS.values():
            browser_page.set_viewport_size({"width": width, "height": 900})
            browser_page.goto(f"{service}{path}")
            axe(browser_page)
            assert browser_page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
            if "SHOTS" in os.environ:
                name = path.strip("/").replace("/", "-") or "home"
                browser_page.screenshot(
                    path=Path(os.environ["SHOTS"]) / f"{name}-{width}.png", full_page=True
                )
    browser_page.goto(f"{service}{record}/comments/")
    browser_page.get_by_label("Your comment").fill("Agreed")
    browser_page.get_by_role("button", name="Add the comment").click()
    expect(browser_page.get_by_text("Agreed", exact=True)).to_be_visible()
