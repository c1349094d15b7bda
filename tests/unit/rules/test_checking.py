"""Contradictions in rules."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from workflows.journeys.own_rules import Amount, Approval, Band, OwnRules
from workflows.rules.checking import Finding, Listed, findings
from workflows.rules.words import amount_words, range_words


def ex(pounds: int) -> Amount:
    return Amount(Decimal(pounds))


def inc(pounds: int) -> Amount:
    return Amount(Decimal(pounds), "inc")


def found(own: OwnRules, **more: Any) -> list[Finding]:
    given: dict[str, Any] = {"decision_model": "other", "listed_people": (), "bodies_meet": True}
    return findings(own, **(given | more))


def sentences(own: OwnRules, **more: Any) -> str:
    return " ".join(finding.sentence for finding in found(own, **more))


def approval(gate: str = "award", **more: Any) -> Approval:
    return Approval(gate, **more)


def test_bands_that_fit_are_not_mentioned() -> None:
    own = OwnRules(call_in_days=5, bands=(Band(None, ex(10), 1, False, ""), Band(ex(10), None, 3, True, "")))
    assert found(own) == []


@pytest.mark.parametrize(
    ("ranges", "says", "stops"),
    [
        ([(None, ex(10)), (ex(20), None)], "nothing is said from £10 to below £20 excluding VAT", False),
        (
            [(None, ex(10)), (ex(5), None)],
            "two rules cover the same values, from £5 to £10 excluding VAT",
            True,
        ),
        ([(None, None), (ex(5), None)], "two rules cover the same values, from £5 up excluding VAT", True),
        ([(ex(5), ex(10))], "nothing is said from £0 to below £5", False),
        ([(None, ex(10))], "nothing is said from £10 excluding VAT up", False),
        ([(None, ex(10)), (inc(10), None)], "some amounts include VAT and some do not", True),
        ([(None, inc(10)), (inc(5), None)], "from £5 to £10 including VAT", True),
    ],
)
def test_gaps_and_overlaps_are_named(ranges: list[Any], says: str, stops: bool) -> None:
    own = OwnRules(
        call_in_days=0,
        approvals=tuple(Approval("award", start, below, makers=("officer",)) for start, below in ranges),
    )
    assert any(says in finding.sentence and finding.stops is stops for finding in found(own))
    as_bands = OwnRules(
        call_in_days=0, bands=tuple(Band(start, below, 1, False, "") for start, below in ranges)
    )
    assert any(says in finding.sentence and finding.stops is stops for finding in found(as_bands))


def test_a_rule_for_some_categories_may_stand_before_one_for_all() -> None:
    own = OwnRules(
        call_in_days=5,
        approvals=(
            approval(categories=("legal",), start=ex(5), makers=("officer",)),
            approval(makers=("officer",)),
        ),
    )
    assert found(own) == []
    turned = OwnRules(call_in_days=5, approvals=tuple(reversed(own.approvals)))
    assert "it never applies" in sentences(turned)


def test_a_maker_that_nobody_can_be_stops() -> None:
    own = OwnRules(call_in_days=10, approvals=(approval(makers=("cabinet", "committee")),))
    assert [finding.stops for finding in found(own, decision_model="committees")] == [True]
    assert "has no cabinet" in sentences(own, decision_model="committees")
    assert found(own, decision_model="other") == []


def test_an_endorsement_that_nobody_can_give_is_to_be_looked_at() -> None:
    own = OwnRules(call_in_days=0, approvals=(approval(endorsements=("legal",), makers=("officer",)),))
    assert "nobody who is let in is listed for it" in sentences(own)
    assert "may endorse all of it" in sentences(own, listed_people=[Listed("legal", ex(100))])
    assert found(own, listed_people=[Listed("legal", ex(100)), Listed("legal", None)]) == []


def test_meetings_key_decisions_and_call_in_are_asked_for() -> None:
    own = OwnRules(key_decision_from=ex(5), approvals=(approval(makers=("committee",)),))
    said = sentences(own, decision_model="committees", bodies_meet=False)
    assert "no meeting that lies ahead" in said
    assert "only a leader or mayor and cabinet takes key decisions" in said
    assert "how long a decision may be called in" in said


def test_amounts_are_told_both_ways() -> None:
    assert amount_words(ex(500_000)) == "£500,000 excluding VAT (£600,000 including VAT at 20%)"
    assert amount_words(inc(600_000)) == "£600,000 including VAT (£500,000 excluding VAT at 20%)"
    assert range_words(ex(100_000), ex(500_000)).endswith("(£120,000 to £600,000 including VAT at 20%)")
    assert range_words(None, None) == "Whatever the value"
