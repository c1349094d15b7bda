"""The tools about thresholds, notices and light touch, through their pages: right answers and wrong ones."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from tests.pages import Pages

THRESHOLD = {"kind": "services", "value": "250000", "vat": "inc", "on": "2026-12-01"}
NOTICES = {"regime": "pa23", "size": "above", "way": "competition", "engaged": "no"}


# Thresholds
@pytest.mark.parametrize(
    ("change", "headline"),
    [
        ({}, "Above the threshold by £42,280"),
        ({"value": "207720"}, "Exactly at the threshold, which counts as above it"),
        ({"value": "207,719.99"}, "Below the threshold by £0.01"),
        ({"value": "173100", "vat": "ex"}, "Exactly at the threshold, which counts as above it"),
        ({"kind": "light-touch", "value": "£600k"}, "Below the threshold by £63,540"),
        ({"kind": "works", "value": "5.3 million"}, "Above the threshold by £107,000"),
        ({"kind": "works", "value": "5.3m", "on": "2025-12-31"}, "Below the threshold by £72,609"),
        ({"kind": "concession", "value": "5193000"}, "Exactly at the threshold, which counts as above it"),
        ({"kind": "light-touch-concession", "value": "5372609"}, "Exactly at the threshold, which counts as above it"),
        ({"on": "2025-02-24", "value": "214904"}, "Exactly at the threshold, which counts as above it"),
        ({"on": "2028-01-01"}, "Above the threshold by £42,280 – not confirmed"),
        ({"on": "2025-02-23"}, "No threshold of this Act: the law before it applies"),
        ({"kind": "health"}, "No threshold: another law may apply"),
        ({"kind": "utility"}, "No threshold worked out: a utility activity has rules of its own"),
    ],
)  # fmt: skip
def test_the_threshold_and_how_far_the_value_is_from_it(
    pages: Pages, change: dict[str, str], headline: str
) -> None:
    page = pages.get("tool_threshold", query=THRESHOLD | change)
    assert page.words("#answer") == [headline]
    assert "Last checked 23 November 2026" in page.main
    assert pages.get(page.link("its address")).words("#answer") == [headline]


def test_the_figures_that_the_value_reaches_are_marked_in_words(pages: Pages) -> None:
    page = pages.get("tool_threshold", query=THRESHOLD | {"value": "5000001"})
    tags = page.words(".app-list__item h3")
    assert tags.count("More than £5,000,000, including VAT Reached") == 4
    assert "More than £2,000,000, including VAT Reached" in tags
    below = pages.get("tool_threshold", query=THRESHOLD | {"value": "30000"})
    assert "£30,000 or more, including VAT Reached" in below.words(".app-list__item h3")


def test_a_sum_without_vat_says_what_was_added(pages: Pages) -> None:
    page = pages.get("tool_threshold", query=THRESHOLD | {"vat": "ex"})
    assert "£300,000 including VAT (£250,000 and VAT at 20%)" in page.main
    assert "Check with your legal team" in page.main


def test_what_follows_leads_on_with_the_answers_filled_in(pages: Pages) -> None:
    page = pages.get("tool_threshold", query=THRESHOLD | {"kind": "light-touch", "value": "700000"})
    onward = pages.get(page.link("Which notices do I need?"))
    fields = onward.form().fields
    assert onward.errors == []
    assert (fields["regime"], fields["size"], fields["also"]) == (["pa23"], ["above"], ["light-touch"])
    answer = pages.submit(onward.form(), way="competition", engaged="no")
    assert "needed" in answer.words("#answer")[0]


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        ({"kind": "", "value": ""}, ["Select what you are buying", "Enter the estimated value", "Select whether the value includes VAT", "Enter the day the procurement commences"]),
        (THRESHOLD | {"value": "a lot"}, ["Enter an amount in pounds, like 250,000 or 1.2 million"]),
        (THRESHOLD | {"value": "-5"}, ["Enter an amount in pounds, like 250,000 or 1.2 million"]),
        (THRESHOLD | {"value": "200 billion"}, ["Enter an amount below £100 billion"]),
        (THRESHOLD | {"value": "9" * 10_000}, ["The estimated value must be 100 characters or fewer"]),
        (THRESHOLD | {"kind": "bribes"}, ["Select an option from the list"]),
        (THRESHOLD | {"on": "2027-02-29"}, ["Enter a real date"]),
    ],
)  # fmt: skip
def test_a_wrong_answer_about_thresholds_is_answered_in_words(
    pages: Pages, query: dict[str, str], errors: list[str]
) -> None:
    page = pages.get("tool_threshold", query=query)
    assert page.errors == errors
    assert page.title.startswith("Error: ")


def test_of_an_answer_given_twice_the_last_counts(pages: Pages) -> None:
    page = pages.get(f"/tools/threshold/?value=1&{urlencode(THRESHOLD)}&on=2026-06-01&value=207720")
    assert page.words("#answer") == ["Exactly at the threshold, which counts as above it"]


# Notices
def test_the_notices_stand_in_order_each_with_need_reason_and_source(pages: Pages) -> None:
    page = pages.get("tool_notices", query=NOTICES | {"value": "6 million", "engaged": "yes"})
    headings = page.words(".app-list__item h3")
    assert len(headings) == 18
    assert headings[0] == "UK1 · Pipeline notice Needed if"
    assert headings[-1] == "UK17 · Payments compliance notice Needed if"
    assert page.words("#answer") == ["7 notices needed, 5 more depending on what happens"]
    assert len(page.words(".app-list__item .app-source")) == 18
    assert pages.get(page.link("its address")).words(".app-list__item h3") == headings


@pytest.mark.parametrize("regime", ["earlier", "psr", "utility", "unknown"])
def test_another_law_has_no_list_and_says_why(pages: Pages, regime: str) -> None:
    page = pages.get("tool_notices", query={"regime": regime})
    assert page.errors == []
    assert not page.css(".app-list__item")
    assert "Check with your legal team" in page.words(".app-caution")[0]


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"size": "", "way": "", "engaged": ""}, ["Select whether the value is above or below the threshold", "Select how you find the supplier", "Select whether you have engaged the market"]),
        ({"regime": ""}, ["Select which law applies"]),
        ({"value": "207719"}, ["Enter £207,720 or more, the lowest threshold of a council, or select below the threshold"]),
        ({"size": "below", "value": "6m"}, ["Enter less than £5,372,609, the highest threshold of a council, or select above the threshold"]),
        ({"way": "invited"}, ["Select a competition: at or above the threshold you cannot only invite quotations"]),
        ({"way": "user-choice"}, ["Select light touch: user choice is for light-touch services only"]),
        ({"way": "call-off", "also": "framework"}, ["Select a framework only with a competition or a direct award: these set one up"]),
        ({"way": "magic"}, ["Select an option from the list"]),
    ],
)  # fmt: skip
def test_answers_that_do_not_hang_together_are_refused_in_words(
    pages: Pages, change: dict[str, str], errors: list[str]
) -> None:
    page = pages.get("tool_notices", query=NOTICES | change)
    assert page.errors == errors
    assert page.title.startswith("Error: ")


# Light touch
def test_a_code_leads_to_the_list_and_is_never_settled(pages: Pages) -> None:
    page = pages.get("tool_light_touch", query={"service": "80500000-9"})
    assert page.words("#answer") == ["It may be light touch: look up the exact code"]
    assert "all eight digits" in page.main
    rows = {row["What"]: row for row in page.table("What changes for a council")}
    threshold = next(row for what, row in rows.items() if what.startswith("Threshold"))
    assert (threshold["Other services"], threshold["Light touch"]) == ("£207,720", "£663,540")


def test_a_health_service_is_sent_to_its_own_regime_first(pages: Pages) -> None:
    page = pages.get("tool_light_touch", query={"service": "sexual health clinics"})
    assert page.words("#answer") == ["First rule out a health care service, then look up the exact code"]
    assert "Provider Selection Regime" in page.main


@pytest.mark.parametrize(
    ("service", "error"),
    [
        ("", "Enter a CPV code or a few words about the service"),
        ("8531", "A CPV code has 8 digits, with or without a check digit, like 85310000-5"),
        ("x" * 10_000, "What you enter must be 200 characters or fewer"),
    ],
)
def test_a_wrong_code_is_answered_in_words(pages: Pages, service: str, error: str) -> None:
    assert pages.get("tool_light_touch", query={"service": service}).errors == [error]
