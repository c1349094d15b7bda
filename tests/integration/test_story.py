"""The main job, from imported files to the last day to act on the contract that results."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.integration.fixtures import REGISTER, package, release
from tests.pages import Page, Pages
from tests.personas import People
from toolkit.accounts.models import OrganisationIdentifier
from toolkit.core import clock
from workflows.contracts.models import Contract
from workflows.journeys.progress import Progress, Status
from workflows.journeys.selectors import progress_of
from workflows.pipeline.models import Entry
from workflows.procurements.facts import facts_of
from workflows.procurements.models import Procurement
from workflows.rules.models import Power

ANSWERS = {
    "lots": "Three lots would cost more than they bring: one system.", "found": "Tyburn buys one too: we will talk.",
    "cpv": "48000000", "valuation": "Five years with the option.", "learned": "Two ways of charging.",
    "received": "4", "ground": "technical", "facts": "Only one supplier holds the data.", "claim": "no",
    "lessons": "Start earlier.", "excluded": "no", "open_advert": "no", "note": "Done", "how": "published", "decider": "officer",
    "electronic": "yes", "documents_at_once": "yes", "urgent": "no", "promises": "no", "breach": "no", "changed": "no", "standing": "clear",
    "invited": "Four that make it, one of them new to us.",
}  # fmt: skip
PLAN = {
    "key_decision": "no", "personal_data": "yes", "staff_transfer": "no", "leaseholders": "no", "technology": "yes",
    "uses_ai": "no", "off_payroll": "no", "engages_market": "yes",
}  # fmt: skip


IN_REPORTS: dict[str, Any] = {
    "paper": "elsewhere",
    "paper_reference": "CAB 12",
    "paper_elsewhere": "It is in the system for reports.",
}
LEFT_EMPTY = {"standstill_ends"}
"""Days that only some notices have."""


@pytest.fixture
def powers(people: People) -> None:
    for kind in ("procurement", "finance", "legal", "service"):
        Power.objects.create(organisation=people.fleet, person=people.approver, kind=kind)


def typed(form: Any, days: dict[str, dt.date]) -> dict[str, Any]:
    """What an officer types into whatever the step asks: answers by name, dates where the form has three boxes."""
    values: dict[str, Any] = {}
    for name in form.fields:
        base, _, part = name.rpartition("-")
        if base in LEFT_EMPTY:
            continue
        if part in ("day", "month", "year"):
            day = days.get(base, clock.today())
            values[name] = str({"day": day.day, "month": day.month, "year": day.year}[part])
        elif name in ANSWERS:
            values[name] = ANSWERS[name]
        elif name in PLAN:
            values[name] = PLAN[name]
    return values


def where(procurement: Procurement) -> Progress:
    procurement.refresh_from_db()
    assert procurement.run is not None
    return progress_of(procurement.run, facts_of(procurement), today=clock.today())


class Officer:
    """Works through a procurement page by page, as an officer with an approver beside."""

    def __init__(self, pages: Pages, people: People, procurement: Procurement) -> None:
        self.pages, self.people, self.procurement = pages, people, procurement
        self.done: list[str] = []

    def open(self, slug: str) -> Page:
        return self.pages.get("procurement_task", reference=self.procurement.reference, slug=slug)

    def work(self) -> None:
        """Do what can be done, again and again; when only waiting is left, let days pass."""
        today = clock.today()
        for _ in range(120):
            with clock.held_at(today):
                progress = where(self.procurement)
                if progress.is_finished:
                    return
                able = [state for state in progress.can_start if not state.task.optional]
                if able:
                    self.do(able[0].task.slug, able[0].task.kind)
                    continue
            today += dt.timedelta(days=3)
        pytest.fail(f"never finished; done: {self.done}")

    def do(self, slug: str, kind: str) -> None:
        page = self.open(slug)
        self.done.append(slug)
        if kind == "endorsement":
            self.endorse(page, slug)
        elif kind == "decision":
            today = clock.today()
            answers = {"maker": "officer", "maker_name": "Director of Resources", "power": "Standing order 7"}
            days = {
                "decided_on": today,
                "published_on": today,
                "call_in_ends_on": today + dt.timedelta(days=7),
            }
            form = page.form()
            self.pages.submit(form, **(typed(form, days) | answers))
        elif kind == "award":
            self.award(page)
        else:
            form = page.form("Save and complete")
            days = {
                "deadline_on": clock.today() + dt.timedelta(days=26),
                "meeting_on": clock.today() + dt.timedelta(days=40),
            }
            asked = where(self.procurement).state(slug).task.fields
            proven = {
                given.name: given.must[0]
                for given in asked
                if given.must is not None and given.name in form.fields
            }
            self.pages.submit(form, button="Save and complete", **(proven | typed(form, days)))
        assert where(self.procurement).state(slug).status == Status.COMPLETED, f"{slug} is not completed"

    def endorse(self, page: Page, slug: str) -> None:
        self.pages.submit(
            page.form(), kind="procurement", person=self.people.approver.email, note="The draft report.", **IN_REPORTS
        )  # fmt: skip
        self.pages.sign_in(self.people.approver)
        answer = self.open(slug).form()
        sent = self.pages.client.post(
            answer.action, answer.filled({"status": "endorsed", "reasons": "Within the budget."})
        )
        assert sent.status_code == 302
        self.pages.sign_in(self.people.officer)

    def award(self, page: Page) -> None:
        start = clock.today() + dt.timedelta(days=30)
        days = {
            "contract-1-signed_on": clock.today(),
            "contract-1-starts_on": start,
            "contract-1-ends_on": start.replace(year=start.year + 3) - dt.timedelta(days=1),
        }
        form = page.form("Record the contract")
        values = typed(form, days) | {
            "contract-1-title": "Library management system",
            "contract-1-suppliers": "Quillmark Systems Ltd",
            "contract-1-value_inc_vat": "410,000",
            "contract-1-extensions": "12, 12",
            "contract-1-notice_months": "6",
        }
        self.pages.submit(form, button="Record the contract", **values)


def import_files(tmp_path: Path, people: People) -> list[dict[str, int]]:
    """Bring in a notice of Tyburn and a register of Fleet, by the commands."""
    OrganisationIdentifier.objects.create(
        organisation=people.tyburn, scheme="GB-PPON", value="PTYB-1111-RNRN"
    )
    notices, register = tmp_path / "notices.json", tmp_path / "register.csv"
    notices.write_bytes(package(release()))
    register.write_bytes(REGISTER)
    counts = []
    for command in (
        ["import_releases", str(notices)],
        ["import_register", str(register), "--organisation", "fleet"],
    ):
        out = tmp_path / "out"
        with out.open("w") as file:
            call_command(*command, stdout=file)
        counts.append(json.loads(out.read_text().splitlines()[-1]))
    return counts


def answer_questions(pages: Pages, page: Page, *, value: str = "350,000", route: str) -> Procurement:
    """The opening questions, from the page of the first one to the started procurement."""
    page = pages.submit(page, money="yes", consequence="Loans stop at eleven libraries.")
    page = pages.submit(page, need="A library system for eleven libraries.", name="Library management system")
    page = pages.submit(page, category="software-and-systems", kind="services")
    page = pages.submit(page)
    page = pages.submit(page, value=value, value_basis="ex")
    needed: dict[str, Any] = {"needed_on-day": "1", "needed_on-month": "4", "needed_on-year": "2028"}
    page = pages.submit(page, **needed)
    page = pages.submit(page, route=route)
    assert page.h1 == "Check your answers"
    page = pages.submit(page.form("Start the procurement"), route=route)
    assert page.h1 == "Library management system"
    return Procurement.objects.get(reference=page.path.split("/")[2])


def test_from_imported_files_to_the_last_day_to_act(
    pages: Pages, people: People, powers: None, tmp_path: Path
) -> None:
    notice, register = import_files(tmp_path, people)
    assert notice == {
        "read": 1,
        "added": 1,
        "updated": 0,
        "unchanged": 0,
        "duplicates": 0,
        "rejected": 0,
        "warnings": 0,
    }
    assert (register["read"], register["added"]) == (3, 3)
    assert register["warnings"] >= 2

    pages.sign_in(people.officer)
    listed = pages.get("pipeline", query={"q": "library"})
    assert "Library management system" in listed.main
    assert "Library and archive system" in listed.main
    own = Entry.objects.get(title="Library management system")
    page = pages.get("entry", reference=own.reference)
    assert "Library and archive system" in page.main, "the neighbour’s need stands beside ours"

    page = pages.submit(page.form("Start a procurement from this"))
    procurement = answer_questions(pages, page, route="open-competition")
    assert procurement.organisation == people.fleet

    steps = pages.get("procurement_tasks", reference=procurement.reference)
    assert "By law by" not in steps.main.split("Award")[0]
    assert "In your plan by" in steps.main
    officer = Officer(pages, people, procurement)
    officer.work()
    assert (
        officer.done.index("award-notice")
        < officer.done.index("standstill")
        < officer.done.index("record-contracts")
    )
    assert officer.done.index("record-contracts") < officer.done.index("contract-details-notice")

    contract = Contract.objects.get(procurement=procurement)
    with clock.held_at(contract.starts_on):
        page = pages.get("contract", reference=contract.reference)
        assert "Last day to start" in page.main
        assert "Last day to give notice" in page.main
        assert "45 days for your organisation’s own approvals" in page.main
        # One need, listed once: the old contract, the new one; the procurement is met.
        rows = pages.get("pipeline", query={"organisation": "fleet", "q": "library"})
        assert len(rows.css(".app-list__item")) == 2


@pytest.mark.parametrize(
    ("route", "value"),
    [("below-threshold-quotation", "90,000"), ("direct-award", "350,000"), ("open-competition", "5,200,000")],
)
def test_every_route_can_be_worked_to_its_end(
    pages: Pages, people: People, powers: None, route: str, value: str
) -> None:
    pages.sign_in(people.officer)
    procurement = answer_questions(pages, pages.get("procurement_start"), value=value, route=route)
    officer = Officer(pages, people, procurement)
    officer.work()
    progress = where(procurement)
    assert progress.is_finished
    assert progress.done == len(progress.required)
    assert Contract.objects.filter(procurement=procurement).count() == 1
    history = pages.get("procurement_history", reference=procurement.reference)
    assert "completed “Sign, and record the contracts”" in history.main


def test_a_signature_within_the_standstill_is_refused(pages: Pages, people: People, powers: None) -> None:
    pages.sign_in(people.officer)
    procurement = answer_questions(pages, pages.get("procurement_start"), route="direct-award")
    officer = Officer(pages, people, procurement)
    for _ in range(60):
        progress = where(procurement)
        able = [
            state
            for state in progress.can_start
            if not state.task.optional and state.task.slug != "record-contracts"
        ]
        if not able:
            break
        officer.do(able[0].task.slug, able[0].task.kind)
    held = where(procurement)
    assert held.state("award-notice").status in (Status.CANNOT_START, Status.COMPLETED)
    assert held.state("record-contracts").status == Status.CANNOT_START
    page = pages.get("procurement_task", reference=procurement.reference, slug="record-contracts")
    assert "Record the contract" not in [words for form in page.css("main form") for words in form.itertext()]
