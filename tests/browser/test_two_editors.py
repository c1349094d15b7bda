"""Two editors at one page, each in a browser of their own: the second is told, and loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from guidance.editorial.models import Revision
from tests.browser.driver import sign_in
from tests.factories.content import a_page
from tests.personas import People

FIRST, SECOND = "## Do this\n\nThe first says this.", "## Do this\n\nThe second says that."


def _editor(browser: Browser, service: str, person: Any, address: str) -> Page:
    page = browser.new_context(java_script_enabled=False).new_page()
    sign_in(page, person, service)
    page.goto(service + address)
    return page


@pytest.mark.slow
def test_the_second_editor_is_told_and_loses_nothing(
    browser: Browser, service: str, people: People, arrange: Callable[[Callable[[], Any]], Any]
) -> None:
    item = arrange(a_page)
    editor, staff = people.editor, people.staff
    address = f"/admin/pages/page/{item.pk}/change/"
    first, second = (_editor(browser, service, person, address) for person in (editor, staff))
    first.get_by_label("Body").fill(FIRST)
    first.get_by_role("button", name="Save draft").click()
    second.get_by_label("Body").fill(SECOND)
    second.get_by_role("button", name="Save draft").click()
    assert second.get_by_text("saved revision 2 while you were working on this").count()
    assert "The first says this." in second.get_by_role("region", name="What changed").inner_text()
    assert second.get_by_label("Body").input_value() == SECOND
    second.get_by_role("button", name="Save draft").click()
    assert second.get_by_text("Kept as revision 3").count()
    texts = list(Revision.objects.filter(item_id=item.pk).order_by("number").values_list("text", flat=True))
    assert "The first says this." in texts[1]
    assert "The second says that." in texts[2]
    for page in (first, second):
        page.context.close()
