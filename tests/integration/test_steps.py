"""Steps on the screen and through the services: what a form asks, what is refused, and bank holidays that staff add."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from tests.factories.workflows import a_procurement
from tests.pages import Page, Pages
from tests.personas import People
from toolkit.core import clock
from toolkit.core.errors import Refused
from toolkit.holidays.models import AddedBankHoliday
from workflows.contracts.models import Contract
from workflows.journeys import loading
from workflows.journeys.models import Event
from workflows.procurements.models import Procurement
from workflows.procurements.outcomes import AwardedContract
from workflows.procurements.services import tasks

TODAY = dt.date(2026, 11, 24)


def told(procurement: Procurement, task: str, **data: Any) -> None:
    """Write the event itself: what led to it is not what the test is about."""
    assert procurement.run is not None
    last = Event.objects.filter(run=procurement.run).count()
    Event.objects.create(run=procurement.run, number=last + 1, kind="completed", task=task, data=data)


def ready_for(procurement: Procurement, slug: str, **answers: dict[str, Any]) -> None:
    """Tell every step that `slug` waits for, directly or not, with the answers given for some."""
    assert procurement.run is not None
    journey = loading.get(procurement.run.journey, procurement.run.version)
    waiting, needed = [slug], set()
    while waiting:
        for before in journey.task(waiting.pop()).needs:
            if before not in needed:
                needed.add(before)
                waiting.append(before)
    for task in journey.tasks:
        if task.slug in needed:
            told(procurement, task.slug, **answers.get(task.slug, {}))


def day(name: str, given: dt.date) -> dict[str, str]:
    return {f"{name}-day": str(given.day), f"{name}-month": str(given.month), f"{name}-year": str(given.year)}


def open_step(pages: Pages, procurement: Procurement, slug: str) -> Page:
    return pages.get("procurement_task", reference=procurement.reference, slug=slug)


def save(pages: Pages, page: Page, **typed: Any) -> Page:
    return pages.submit(page.form("Save and complete"), button="Save and complete", **typed)


@pytest.fixture
def open_competition(people: People, pages: Pages) -> Procurement:
    procurement = a_procurement(by=people.officer)
    pages.sign_in(people.officer)
    return procurement


def test_a_deadline_inside_the_minimum_period_is_refused_beside_its_field(
    open_competition: Procurement, pages: Pages
) -> None:
    ready_for(open_competition, "tender-notice")
    answers = {"electronic": "yes", "documents_at_once": "yes", "urgent": "no"}
    published = day("published_on", dt.date(2026, 11, 23))
    page = open_step(pages, open_competition, "tender-notice")
    page = save(pages, page, **answers, **published, **day("deadline_on", TODAY))
    assert len(page.errors) == 1
    assert page.errors[0].startswith("The earliest day the law allows is 18 December 2026")
    page = save(pages, page, **answers, **published, **day("deadline_on", dt.date(2026, 12, 18)))
    assert "is completed" in page.banner
    step = open_step(pages, open_competition, "tender-notice")
    assert "Earliest deadline for tenders: Friday 18 December 2026" in step.main


def test_a_state_of_urgency_needs_its_reason(open_competition: Procurement, pages: Pages) -> None:
    ready_for(open_competition, "tender-notice")
    typed = {
        "electronic": "yes", "documents_at_once": "yes", "urgent": "yes",
        **day("published_on", dt.date(2026, 11, 23)), **day("deadline_on", dt.date(2026, 12, 3)),
    }  # fmt: skip
    page = save(pages, open_step(pages, open_competition, "tender-notice"), **typed)
    assert page.errors == ["Enter an answer: what is the urgency, and why is the usual period impractical"]
    page = save(pages, page, **typed, urgency="The bridge was closed by the flood of 20 November.")
    assert "is completed" in page.banner


def test_a_light_touch_notice_asks_nothing_about_periods(people: People, pages: Pages) -> None:
    procurement = a_procurement(by=people.officer, is_light_touch=True)
    ready_for(procurement, "tender-notice")
    pages.sign_in(people.officer)
    page = open_step(pages, procurement, "tender-notice")
    assert "state of urgency" not in page.main
    assert "On which day is the deadline for tenders?" in page.main


def test_reasons_instead_of_an_engagement_notice_need_no_day(
    open_competition: Procurement, pages: Pages
) -> None:
    told(open_competition, "say-which-checks-apply", engages_market="yes")
    ready_for(open_competition, "engagement-notice")
    page = open_step(pages, open_competition, "engagement-notice")
    page = save(pages, page, how="published")
    assert page.errors == ["Enter a date: on which day was it published"]
    page = save(pages, page, how="reasons", reasons="Two calls with the present supplier only.")
    assert "is completed" in page.banner


def test_the_service_refuses_what_the_form_does(open_competition: Procurement, people: People) -> None:
    ready_for(open_competition, "tender-notice")
    data = {"published_on": "2026-11-23", "electronic": "yes", "documents_at_once": "yes", "urgent": "no", "deadline_on": "2026-11-24"}  # fmt: skip
    with pytest.raises(Refused, match="earliest day the law allows is 18 December 2026"):
        tasks.complete_task(
            procurement=open_competition, task="tender-notice", data=data, actor=people.officer
        )


def contract(signed_on: dt.date) -> AwardedContract:
    return AwardedContract(
        title="Bridge repairs", suppliers=("Harlow & Pike Ltd",), value_inc_vat=Decimal(900_000), signed_on=signed_on,
        starts_on=signed_on, ends_on=signed_on + dt.timedelta(days=400), extension_months=(), notice_months=None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("ground", "signed_on", "refusal"),
    [
        ("urgency", dt.date(2026, 11, 24), ""),
        ("urgency", dt.date(2026, 11, 22), "earliest day to sign was 23 November 2026"),
        ("technical", dt.date(2026, 11, 24), "earliest day to sign was 4 December 2026"),
    ],
)
def test_a_contract_awarded_in_extreme_urgency_may_be_signed_without_a_standstill(
    people: People, ground: str, signed_on: dt.date, refusal: str
) -> None:
    procurement = a_procurement(by=people.officer, route="direct-award")
    ready_for(
        procurement,
        "award-notice",
        **{"direct-award-justification": {"ground": ground, "facts": "The flood."}},
    )
    told(procurement, "award-notice", published_on="2026-11-23", promises="no")
    told(procurement, "say-which-checks-apply", leaseholders="no")

    def record() -> None:
        tasks.record_award(
            procurement=procurement,
            task="record-contracts",
            contracts=[contract(signed_on)],
            actor=people.officer,
        )

    if refusal:
        with pytest.raises(Refused, match=refusal):
            record()
    else:
        record()


def test_a_signature_before_the_standstill_is_over_is_refused_with_the_day(people: People) -> None:
    procurement = a_procurement(by=people.officer, route="direct-award")
    ground = {"ground": "technical", "facts": "One supplier."}
    ready_for(procurement, "record-contracts", **{
        "direct-award-justification": ground, "award-notice": {"published_on": "2026-11-02"},
        "say-which-checks-apply": {"leaseholders": "no"},
    })  # fmt: skip
    with pytest.raises(Refused, match="earliest day to sign was 12 November 2026"):
        tasks.record_award(
            procurement=procurement,
            task="record-contracts",
            contracts=[contract(dt.date(2026, 11, 11))],
            actor=people.officer,
        )


def test_a_bank_holiday_that_staff_add_in_the_admin_moves_the_standstill_on_the_next_page(
    open_competition: Procurement, people: People, pages: Pages
) -> None:
    told(open_competition, "award-notice", published_on="2026-11-23")
    assert "Thursday 3 December 2026" in open_step(pages, open_competition, "standstill").main
    pages.sign_in(people.staff)
    page = pages.get("admin:holidays_addedbankholiday_add")
    typed: dict[str, Any] = {
        "day": "2026-12-02", "nation": "scotland", "name": "A day of mourning", "why": "Proclamation of 25 November 2026",
    }  # fmt: skip
    pages.submit(page.form("#addedbankholiday_form"), **typed)
    assert AddedBankHoliday.objects.count() == 1
    pages.sign_in(people.officer)
    step = open_step(pages, open_competition, "standstill").main
    assert "Friday 4 December 2026" in step
    assert "A day of mourning, in Scotland" in step


def test_stopping_after_a_notice_points_at_the_step_that_records_its_ending(
    open_competition: Procurement, pages: Pages
) -> None:
    told(open_competition, "tender-notice", published_on="2026-11-02", deadline_on="2026-12-01")
    page = pages.get("procurement_stop", reference=open_competition.reference)
    assert "that step stays open" in page.main
    told(open_competition, "not-awarding", decided_on="2026-11-23", published_on=clock.today().isoformat())
    assert (
        "that step stays open" not in pages.get("procurement_stop", reference=open_competition.reference).main
    )


def test_the_day_the_law_was_last_checked_is_the_one_of_the_law(
    open_competition: Procurement, pages: Pages
) -> None:
    assert "Last checked 23 November 2026" in open_step(pages, open_competition, "classify").main
    assert "Law last checked 23 November 2026" in pages.get("route", slug="direct-award").main


@pytest.mark.parametrize(("ground", "owed"), [("user-choice", False), ("technical", True)])
def test_the_contract_of_a_user_choice_award_owes_no_details_notice(
    people: People, pages: Pages, ground: str, owed: bool
) -> None:
    procurement = a_procurement(by=people.officer, route="direct-award", is_light_touch=True)
    ready_for(procurement, "record-contracts", **{
        "direct-award-justification": {"ground": ground, "facts": "The resident chose."},
        "award-notice": {"published_on": "2026-11-02", "promises": "no"},
        "say-which-checks-apply": {"leaseholders": "no"},
    })  # fmt: skip
    tasks.record_award(
        procurement=procurement,
        task="record-contracts",
        contracts=[contract(dt.date(2026, 11, 20))],
        actor=people.officer,
    )
    made = Contract.objects.get(procurement=procurement)
    page = pages.sign_in(people.officer).get("contract", reference=made.reference)
    assert ("contract details notice (UK7)" in page.main) == owed
