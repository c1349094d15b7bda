"""The main job in a real browser, with JavaScript on and off: from imported files to the last day to act.

Real time runs in a browser, so the service's clock is moved forward where the law makes people wait.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.driver import axe, sign_in
from tests.integration.fixtures import REGISTER, package, release
from tests.integration.test_story import ANSWERS, PLAN
from tests.personas import People
from toolkit.accounts.models import OrganisationIdentifier
from toolkit.core import clock
from workflows.contracts.models import Contract
from workflows.journeys.progress import Progress
from workflows.journeys.selectors import progress_of
from workflows.pipeline.importing.registers import import_register
from workflows.pipeline.importing.releases import import_releases
from workflows.procurements.facts import facts_of
from workflows.procurements.models import Procurement
from workflows.rules.models import Power

Arrange = Callable[[Callable[[], Any]], Any]


class MovingClock:
    """Real time and so many days."""

    def __init__(self) -> None:
        self.days = 0

    def now(self) -> dt.datetime:
        return dt.datetime.now(tz=clock.LONDON) + dt.timedelta(days=self.days)


@pytest.fixture
def moving(monkeypatch: pytest.MonkeyPatch) -> Iterator[MovingClock]:
    made = MovingClock()
    monkeypatch.setattr(clock, "now", made.now)
    yield made


def fill_in(form: Locator, days: dict[str, dt.date]) -> None:
    """Type into whatever the step asks."""
    for field in form.locator("input:not([type=hidden]), textarea, select").all():
        name, kind = field.get_attribute("name") or "", field.get_attribute("type")
        base, _, part = name.rpartition("-")
        if base == "standstill_ends":
            continue  # the notice states no other day than the law's
        if part in ("day", "month", "year"):
            day = days.get(base, clock.today())
            field.fill(str({"day": day.day, "month": day.month, "year": day.year}[part]))
        elif kind == "radio":
            # What a ground of a direct award asks is true of it.
            if field.get_attribute("value") == (PLAN | ANSWERS).get(name, "yes") and field.is_visible():
                field.check()
        elif name in ANSWERS:
            field.fill(ANSWERS[name])


def press(page: Page, words: str) -> None:
    page.get_by_role("main").get_by_role("button", name=words, exact=True).click()


class Officer:
    """An officer at a browser, with an approver beside."""

    def __init__(self, page: Page, service: str, people: People, arrange: Arrange) -> None:
        self.page, self.service, self.people, self.arrange = page, service, people, arrange

    def be(self, person: Any) -> None:
        sign_in(self.page, person, self.service)

    def where(self, reference: str) -> Progress:
        procurement = Procurement.objects.select_related("run", "organisation").get(reference=reference)
        assert procurement.run is not None
        return progress_of(procurement.run, facts_of(procurement), today=clock.today())

    def answer_questions(self) -> str:
        page = self.page
        page.get_by_label("Yes, the budget is agreed").check()
        page.get_by_label("What happens if we do nothing?").fill("Loans stop at eleven libraries.")
        press(page, "Save and continue")
        page.get_by_label("What do you need, and who is it for?").fill(
            "A library system for eleven libraries."
        )
        page.get_by_label("A short title").fill("New library system")
        press(page, "Save and continue")
        page.get_by_label("Which of these is closest?").select_option("software-and-systems")
        page.get_by_label("Services", exact=True).check()
        press(page, "Save and continue")
        press(page, "Save and continue")
        page.get_by_label("Estimated value over the whole life").fill("350,000")
        page.get_by_label("Excluding VAT").check()
        press(page, "Save and continue")
        for part, value in (("Day", "1"), ("Month", "4"), ("Year", str(clock.today().year + 2))):
            page.get_by_label(part, exact=True).fill(value)
        press(page, "Save and continue")
        page.get_by_label("Direct award", exact=True).check()
        press(page, "Save and continue")
        press(page, "Start the procurement")
        return page.url.rstrip("/").rsplit("/", 1)[-1]

    def do(self, reference: str, slug: str, kind: str) -> None:
        page = self.page
        address = f"{self.service}/procurements/{reference}/tasks/{slug}/"
        page.goto(address)
        today = clock.today()
        form = page.locator("main form").first
        if kind == "endorsement":
            page.get_by_label("Procurement", exact=True).check()
            page.get_by_label("Whom do you ask?").select_option(self.people.approver.email)
            page.get_by_label("Which paper are they to read?").select_option("elsewhere")
            page.get_by_label("If it is not kept here, where is it?").fill("CAB 12")
            page.get_by_label("Why is it not kept here?").fill("Reports are cleared in a system of their own")
            page.get_by_label("What are they asked to endorse?").fill("The draft report.")
            press(page, "Ask for the endorsement")
            self.be(self.people.approver)
            page.goto(address)
            page.get_by_label("Yes, I endorse it").check()
            press(page, "Record my answer")
            self.be(self.people.officer)
        elif kind == "decision":
            fill_in(
                form,
                {"decided_on": today, "published_on": today, "call_in_ends_on": today + dt.timedelta(days=5)},
            )
            page.get_by_label("Officer under delegated power", exact=True).check()
            page.get_by_label("Name of the body or post").fill("Director of Resources")
            page.get_by_label("Power relied on").fill("Standing order 7")
            press(page, "Record the decision")
        elif kind == "award":
            start = today + dt.timedelta(days=30)
            days = {
                "signed_on": today,
                "starts_on": start,
                "ends_on": start.replace(year=start.year + 3, day=1),
            }
            fill_in(form, {f"contract-1-{name}": day for name, day in days.items()})
            page.get_by_label("Suppliers").fill("Quillmark Systems Ltd")
            page.get_by_label("Months of notice").fill("6")
            page.get_by_label("Options to extend").fill("12, 12")
            press(page, "Record the contract")
        else:
            fill_in(form, {"meeting_on": today + dt.timedelta(days=40)})
            press(page, "Save and complete")
        assert not page.locator(".govuk-error-summary").count(), page.locator("main").inner_text()


def tell(
    page: Page, service: str, people: People, arrange: Arrange, moving: MovingClock, *, check: bool
) -> None:
    officer = Officer(page, service, people, arrange)
    home, neighbour = people.fleet, people.tyburn

    def bring_in() -> None:
        for kind in ("procurement", "finance", "legal"):
            Power.objects.create(organisation=home, person=people.approver, kind=kind)
        OrganisationIdentifier.objects.create(
            organisation=neighbour, scheme="GB-PPON", value="PTYB-1111-RNRN"
        )
        import_releases(
            [("notices.json", package(release(tender={**release()["tender"], "tenderPeriod": {}})))]
        )
        import_register(REGISTER, "register.csv", organisation=home)

    arrange(bring_in)
    officer.be(people.officer)
    page.goto(f"{service}/pipeline/?q=library")
    assert page.get_by_role("link", name="Library and archive system").count() == 1
    page.get_by_role("link", name="Library management system").click()
    if check:
        axe(page)
    press(page, "Start a procurement from this")
    reference = officer.answer_questions()
    if check:
        axe(page)
        page.goto(f"{service}/procurements/{reference}/tasks/")
        axe(page)
    for _ in range(150):
        progress = officer.where(reference)
        if progress.is_finished:
            break
        able = [state for state in progress.can_start if not state.task.optional]
        if not able:
            moving.days += 3
            continue
        officer.do(reference, able[0].task.slug, able[0].task.kind)
    assert officer.where(reference).is_finished
    contract = Contract.objects.get(procurement__reference=reference)
    page.goto(f"{service}/contracts/{contract.reference}/")
    assert page.get_by_role("heading", name="Last day to start").count() == 1
    page.get_by_text("Why this date?").first.click()
    assert "own approvals" in page.locator("main").inner_text()
    if check:
        axe(page)


@pytest.mark.slow
def test_the_story_with_javascript(
    browser_page: Page, service: str, people: People, arrange: Arrange, moving: MovingClock
) -> None:
    tell(browser_page, service, people, arrange, moving, check=True)


@pytest.mark.slow
def test_the_story_without_javascript(
    plain_page: Page, service: str, people: People, arrange: Arrange, moving: MovingClock
) -> None:
    tell(plain_page, service, people, arrange, moving, check=False)
