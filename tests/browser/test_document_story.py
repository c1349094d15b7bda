"""From a step to a reviewed document and back, in a real browser, with JavaScript on and off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from guidance.documents.models import Document, DocumentStatus, Made
from tests.browser.driver import axe, sign_in
from tests.factories import a_procurement
from tests.factories.documents import TEXT, a_template
from tests.jobs import Jobs
from tests.personas import People
from toolkit.accounts.models import Person
from workflows.procurements.models import Procurement

Arrange = Callable[[Callable[[], Any]], Any]
STEP = "business-case"


class Teller:
    """Two colleagues at one browser, one after the other."""

    def __init__(self, page: Page, service: str, *, check: bool) -> None:
        self.page, self.service, self.check = page, service, check

    def be(self, person: Person) -> None:
        sign_in(self.page, person, self.service)

    def open(self, path: str) -> None:
        self.page.goto(f"{self.service}{path}")

    def press(self, words: str) -> None:
        self.page.get_by_role("main").get_by_role("button", name=words, exact=True).click()

    def follow(self, words: str) -> None:
        self.page.get_by_role("main").get_by_role("link", name=words).first.click()

    def words(self) -> str:
        return self.page.locator("main").inner_text()

    def looked_at(self) -> None:
        if self.check:
            axe(self.page)


def _arranged(people: People) -> tuple[Procurement, Person]:
    a_template(STEP, TEXT.replace('title = "Exit plan"', 'title = "Business case"'))
    procurement = a_procurement(by=people.officer, title="Library system", visibility="borough")
    return procurement, people.member("officer", name="Nia Bright")


def tell(page: Page, service: str, people: People, arrange: Arrange, jobs: Jobs, *, check: bool) -> None:
    procurement, reviewer = arrange(lambda: _arranged(people))
    teller = Teller(page, service, check=check)
    step = f"/procurements/{procurement.reference}/tasks/{STEP}/"

    # The officer begins the document from the step, and finds it filled in.
    teller.be(people.officer)
    teller.open(step)
    teller.looked_at()
    teller.follow("Start Business case")
    assert "Library system" in teller.words()
    teller.press("Start now")
    document = Document.objects.get()
    assert document.step == STEP
    here = f"/documents/{document.reference}/"
    teller.looked_at()
    teller.open(f"{here}questions/title/")
    assert f"Filled from procurement {procurement.reference}" in teller.words()
    assert page.get_by_label("What is the contract called?").input_value() == "Library system"

    # One thing on each page, saved at every step.
    teller.open(f"{here}questions/ends-on/")
    for name, value in (("Day", "31"), ("Month", "3"), ("Year", "2031")):
        page.get_by_label(name, exact=True).fill(value)
    teller.press("Save and continue")
    teller.open(f"{here}questions/staff/")
    page.get_by_label("No", exact=True).check()
    teller.press("Save and continue")
    teller.open(f"{here}questions/risks/add/")
    page.get_by_label("Risk", exact=True).fill("Data <b>comes</b> late {{ 7 * 7 }}")
    teller.press("Save the row")
    teller.open(f"{here}check/")
    teller.looked_at()
    assert "31 March 2031" in teller.words()
    teller.press("Ask for a review")
    page.get_by_label("Who is to review it?").select_option(reviewer.email)
    teller.press("Ask for a review")
    assert Document.objects.get().status == DocumentStatus.REVIEW

    # Somebody else reads exactly that, and passes it.
    teller.be(reviewer)
    teller.open(f"{here}review/")
    teller.looked_at()
    assert "Data <b>comes</b> late {{ 7 * 7 }}" in teller.words()
    page.get_by_label("Yes, it is right as it stands").check()
    teller.press("Record your review")
    assert Document.objects.get().status == DocumentStatus.REVIEWED

    # The files are written in the background; the officer downloads one and completes the step.
    arrange(jobs.run)
    teller.be(people.officer)
    clean = Made.objects.get(is_draft=False)
    teller.open(f"{here}made/{clean.number}/")
    teller.looked_at()
    for form in ("docx", "odt", "pdf"):
        answer = page.request.get(f"{service}{here}made/{clean.number}/files/{form}/")
        assert answer.status == 200
        assert answer.body()[:2] == (b"%P" if form == "pdf" else b"PK")
    teller.open(step)
    assert "Reviewed: you can complete the step." in teller.words()
    teller.press("Save and complete")
    teller.open(step)
    assert "Completed on" in teller.words()


@pytest.mark.slow
def test_from_a_step_to_a_reviewed_document_with_javascript(
    browser_page: Page, service: str, people: People, arrange: Arrange, jobs: Jobs
) -> None:
    tell(browser_page, service, people, arrange, jobs, check=True)


@pytest.mark.slow
def test_from_a_step_to_a_reviewed_document_without_javascript(
    plain_page: Page, service: str, people: People, arrange: Arrange, jobs: Jobs
) -> None:
    tell(plain_page, service, people, arrange, jobs, check=False)
