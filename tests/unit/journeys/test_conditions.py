"""What known facts take away or bring: engagement, exclusion, concessions, leaseholders."""

from __future__ import annotations

from decimal import Decimal

from tests.unit.journeys.runs import ADVERT, DIRECT, OPEN, QUOTATION, at, completed, d, due, refused
from workflows.journeys.progress import Status


def test_reasons_in_the_tender_notice_are_as_lawful_as_an_engagement_notice() -> None:
    progress = at(OPEN, completed("engagement-notice", how="reasons", reasons="Two calls only."))
    assert progress.state("engagement-notice").status == Status.COMPLETED
    assert progress.facts.choice("engagement_notice") == "reasons"
    assert progress.facts.day_of("engagement-notice") is None
    assert "engagement-notice" not in progress.state("tender-notice").because


def test_a_day_typed_beside_reasons_is_no_publication() -> None:
    told = completed("engagement-notice", how="reasons", published_on="2026-11-01", reasons="x")
    assert at(OPEN, told).facts.day_of("engagement-notice") is None


def test_a_tender_notice_comes_after_the_engagement_notice() -> None:
    told = completed("engagement-notice", how="published", published_on="2026-11-20")
    said = refused(at(OPEN, told), "tender-notice", published_on="2026-11-19")
    assert "on or after 20 November 2026" in said["published_on"]


def test_a_direct_award_has_no_tender_notice_for_an_engagement_notice_to_precede() -> None:
    assert not at(DIRECT).journey.has("engagement-notice")


def test_the_day_of_an_exclusion_is_recorded_with_the_check_and_dates_the_notification() -> None:
    for route, step in ((OPEN, "exclusion-checks"), (DIRECT, "supplier-standing")):
        checked = completed(step, excluded="yes", excluded_on="2026-11-23")
        progress = at(route, checked)
        assert due(progress, "exclusion-notification") == d("2026-12-22")
        assert progress.state("exclusion-notification").status == Status.NOT_STARTED
        assert "excluded_on" not in {
            field.name for field in progress.state("exclusion-notification").task.fields
        }
        assert refused(progress, "exclusion-notification", told_on="2026-11-22")
    assert (
        at(OPEN, completed("exclusion-checks", excluded="no")).state("exclusion-notification").status
        == Status.NOT_NEEDED
    )


def test_a_large_concession_sets_no_indicators_and_owes_no_payment_notices() -> None:
    six_million = {"value_inc_vat": Decimal(6_000_000)}
    for slug in ("draft-indicators", "set-indicators", "indicator-assessment", "final-assessment", "payments-over-30k", "payments-compliance"):  # fmt: skip
        assert at(OPEN, concession=True, **six_million).state(slug).status == Status.NOT_NEEDED, slug
        assert at(OPEN, **six_million).state(slug).status != Status.NOT_NEEDED, slug
        assert at(OPEN, concession=None, **six_million).state(slug).status != Status.NOT_NEEDED, slug
    for slug in ("contract-copy", "contract-details-notice", "termination-notice", "standstill"):
        assert at(OPEN, concession=True, **six_million).state(slug).status != Status.NOT_NEEDED, slug


def test_a_small_concession_is_outside_the_below_threshold_rules() -> None:
    for slug in ("below-threshold-notice", "contract-details-notice", "small-supplier-barriers"):
        state = at(ADVERT, concession=True).state(slug)
        assert state.status == Status.NOT_NEEDED
        assert "84" in state.because
        assert at(ADVERT).state(slug).status != Status.NOT_NEEDED


def test_leaseholders_have_30_days_before_the_tender_and_before_the_signature() -> None:
    leaseholders = completed("say-which-checks-apply", leaseholders="yes")
    first = completed("leaseholders-first-notice", sent_on="2026-11-24")
    waiting = at(OPEN, leaseholders, first).state("leaseholders-first-observations")
    assert waiting.status == Status.CANNOT_START
    assert waiting.because == "it ends at midnight on 23 December 2026"
    assert waiting.due is not None
    assert "legal team" in waiting.due.caution
    over = at(OPEN, leaseholders, first, today=d("2026-12-24"))
    assert over.state("leaseholders-first-observations").status == Status.NOT_STARTED
    assert "leaseholders-first-observations" in over.state("tender-notice").task.needs
    for route in (OPEN, DIRECT, QUOTATION):
        assert "leaseholders-second-observations" in at(route).state("record-contracts").task.needs
    second = at(OPEN, leaseholders, completed("leaseholders-second-notice", sent_on="2027-02-01"))
    assert due(second, "leaseholders-second-observations") == d("2027-03-02")


def test_what_is_not_settled_is_not_told_as_settled() -> None:
    words = " ".join(
        f"{task.what} {task.why} {task.hint}"
        for route in (OPEN, DIRECT, QUOTATION)
        for task in at(route).journey.tasks
    )
    for sentence in ("Nobody can be added", "nobody can be added", "the most serious remedy", "give your reasons in the tender notice."):  # fmt: skip
        assert sentence not in words
    for slug in ("see-who-else-buys", "tender-notice"):
        assert any(law.caution and "buyer" in law.text for law in at(OPEN).state(slug).law)
