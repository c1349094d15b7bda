"""Rules on the pages: from the first word of a draft to publishing, and what is typed wrongly."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from tests.factories import a_procurement
from tests.factories.rules import an_amount, drafted_rules, published_rules
from tests.pages import Pages
from tests.personas import People
from workflows.rules import selectors
from workflows.rules.selectors import rules_in_force

TODAY = dt.date(2026, 11, 24)


def from_day(number: int) -> dict[str, Any]:
    return {"applies_from-day": str(number), "applies_from-month": "11", "applies_from-year": "2026"}


def test_a_draft_from_the_first_word_to_publishing(people: People, pages: Pages) -> None:
    evaluation: dict[str, Any] = {"days-evaluation": "20"}
    a_procurement(by=people.officer)
    pages.sign_in(people.administrator)
    page = pages.get("rules")
    assert "No rules are in force" in page.text
    page = pages.submit(page.form("Write your first rules"))
    page = pages.submit(
        pages.click(page, "Change How decisions are taken"),
        key_decision="500,000",
        basis="ex",
        call_in_days="5",
    )
    assert "£500,000 excluding VAT (£600,000 including VAT at 20%)" in page.text
    page = pages.submit(
        pages.click(page, "Add an approval"), gate="award", basis="ex", start="500000", endorsement_1="finance", endorsement_2="legal",
        in_order="no", makers=["cabinet"], source="CSO 12",
    )  # fmt: skip
    assert "Endorsed by finance and legal, side by side. Decided by cabinet. CSO 12" in page.text
    page = pages.submit(
        pages.click(page, "Add a band"), basis="ex", quotations="3", advertise="no", how="In writing"
    )
    page = pages.submit(
        pages.click(page, "Add a step"), title="Ask the chair", what="By e-mail", stage="plan", who=["democratic"], optional="no",
        first="technology", source="Constitution",
    )  # fmt: skip
    page = pages.submit(pages.click(page, "Add a note"), step="business-case", text="Use our form")
    page = pages.submit(
        pages.click(page, "Change Policy"), notice_for_provided_options="yes", voluntary_standstill="not-said", tolerance_percent="5",
        **evaluation,
    )  # fmt: skip
    assert "20 days in a plan" in page.text
    page = pages.submit(page.form("Work out what it changes"))
    assert "being worked out" in page.text
    assert pages.jobs is not None
    pages.jobs.run()
    page = pages.get("rules_publish")
    assert "1 live procurement held against the draft" in page.text
    assert "nobody who is let in is listed" in page.text
    page = pages.submit(page.form("Publish these rules"), **from_day(24), note="First")
    assert page.errors == ["Tick the box to publish although there is something to look at"]
    page = pages.submit(page.form("Publish these rules"), **from_day(23), note="First", accepts=True)
    assert page.errors == [
        "Rules apply from today or a later day: what was done under earlier ones stays done"
    ]
    page = pages.submit(page.form("Publish these rules"), **from_day(24), note="First", accepts=True)
    assert page.h1 == "Rules 1, from 24 November 2026"
    assert "Use our form" in pages.sign_in(people.viewer).get("rules").text


def test_pasted_rubbish_is_reported_line_by_line_and_the_rest_is_kept(people: People, pages: Pages) -> None:
    page = pages.sign_in(people.administrator).get("rules_meetings")
    page = pages.submit(
        page.form("Add these dates"), body="Cabinet", makers=["cabinet"],
        lines="Tuesday 8 December 2026, 7pm\n08/12/2026\nrubbish <b>\n31/02/2027\n12 January 2027 Council",
    )  # fmt: skip
    assert "Line 3, “rubbish <b>”: there is no date" in page.text
    assert "Line 4, “31/02/2027”: there is no such day" in page.text
    assert "2 dates added" in page.text
    page = pages.submit(page.form("Add these dates"), body="Cabinet", lines="nothing at all")
    assert page.errors == ["None of the lines could be read: enter a day, a month and a year on each"]
    page = pages.get("rules_meetings")
    assert "Tuesday 12 January 2027: Council" in page.text
    page = pages.post(
        "rules_meetings",
        {"do": "remove", "organisation": "fleet", "meeting": ["2026-12-08 Cabinet", "rubbish"]},
    )
    assert "1 committee date removed" in page.banner


def test_a_form_begun_for_another_organisation_is_refused(people: People, pages: Pages) -> None:
    drafted_rules(by=people.administrator)
    pages.sign_in(people.administrator)
    page = pages.get("rules_part", subject="decisions")
    page = pages.submit(page, organisation="tyburn", decision_model="executive", call_in_days="5")
    assert "You began this for another organisation" in page.errors[0]


@pytest.mark.parametrize("subject", ["nonsense", "bands", "approvals"])
def test_what_is_not_there_is_not_found(people: People, pages: Pages, subject: str) -> None:
    drafted_rules(by=people.administrator)
    pages.sign_in(people.administrator)
    pages.get("rules_item", subject=subject, key="nothing-here", status=404)
    pages.get("rules_part", subject="nonsense", status=404)
    pages.get("rules_version", number="99999999999999", status=404)


def test_amounts_out_of_reason_and_the_wrong_way_round_are_told_in_the_form(
    people: People, pages: Pages
) -> None:
    drafted_rules(by=people.administrator)
    form = pages.sign_in(people.administrator).get("rules_item", subject="bands", key="new")
    page = pages.submit(form, basis="ex", start="100", below="50", quotations="999", advertise="no")
    assert page.errors == [
        "The upper end must be above the lower one",
        "Enter a whole number from 0 to 20: how many quotations are asked for",
    ]
    page = pages.submit(page.form(), start="10000000000000", below="", quotations="1")
    assert page.errors == ["Enter an amount below £100 billion"]


def test_an_amount_as_typed_stays_a_figure_to_the_penny(people: People) -> None:
    made = published_rules(by=people.administrator, key_decision_from=an_amount(500_000))
    selectors.forget()
    own = rules_in_force(people.fleet.pk, TODAY).own
    assert own.number == made.number
    assert own.key_decision_from is not None
    assert own.key_decision_from.pounds == Decimal("500000.00")
