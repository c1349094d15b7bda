"""Which notices a purchase needs, held against the table of notices line by line."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.law.notices import NOTICES
from toolkit.law.notices_needed import WHY_NONE, Need, NeededNotice, NoticeFacts, Way, notices_for

CODES = list(NOTICES)
CODES.insert(CODES.index("UK7") + 1, "UK7 and copy")
FACTS = st.builds(
    NoticeFacts,
    above=st.booleans(),
    way=st.sampled_from(Way),
    value_inc_vat=st.none() | st.decimals(0, 10**9, places=2),
    light_touch=st.booleans(),
    concession=st.booleans(),
    framework=st.booleans(),
    engaged=st.none() | st.booleans(),
)


def needs(
    *,
    above: bool = True,
    way: Way = Way.COMPETITION,
    value: int | None = 300_000,
    light_touch: bool = False,
    concession: bool = False,
    framework: bool = False,
    engaged: bool | None = False,
) -> dict[str, NeededNotice]:
    amount = None if value is None else Decimal(value)
    facts = NoticeFacts(above, way, amount, light_touch, concession, framework, engaged)
    return {row.code: row for row in notices_for(facts)}


def by_need(rows: dict[str, NeededNotice]) -> dict[Need, str]:
    """Need → the codes, without UK, in order."""
    return {
        need: " ".join(
            code.removeprefix("UK").replace(" and ", "+") for code, row in rows.items() if row.need is need
        )
        for need in Need
        if any(row.need is need for row in rows.values())
    }


N, IF, OPT, NOT = Need.NEEDED, Need.IF, Need.OPTIONAL, Need.NOT_NEEDED


def test_an_open_competition() -> None:
    assert by_need(needs()) == {
        N: "4 6 7 11",
        IF: "8 9 10 12 17",
        OPT: "1 3",
        NOT: "2 5 7+copy 13 14 15 16",
    }


def test_an_open_competition_over_5_million_after_engagement() -> None:
    assert by_need(needs(value=5_000_001, engaged=True)) == {
        N: "2 4 6 7 7+copy 9 11",
        IF: "1 8 10 12 17",
        OPT: "3",
        NOT: "5 13 14 15 16",
    }


def test_exactly_5_and_2_million_are_not_more_than_that() -> None:
    assert needs(value=5_000_000)["UK7 and copy"].need is NOT
    assert needs(value=5_000_000)["UK9"].need is IF
    assert needs(value=2_000_000)["UK1"].need is OPT
    assert needs(value=2_000_001)["UK1"].need is IF


def test_a_direct_award() -> None:
    assert by_need(needs(way=Way.DIRECT)) == {
        N: "5 6 7 11",
        IF: "8 9 10 12 17",
        OPT: "1",
        NOT: "2 3 4 7+copy 13 14 15 16",
    }


def test_a_call_off() -> None:
    assert by_need(needs(way=Way.CALL_OFF, value=6_000_000)) == {
        N: "6 7 7+copy 9 11",
        IF: "8 10 17",
        OPT: "1",
        NOT: "2 3 4 5 12 13 14 15 16",
    }


def test_a_competition_under_a_dynamic_market_still_has_a_tender_notice() -> None:
    assert by_need(needs(way=Way.DYNAMIC_MARKET)) == by_need(needs())
    assert "Whoever runs" in needs(way=Way.DYNAMIC_MARKET)["UK13"].why


def test_light_touch_keeps_four_notices_and_escapes_two() -> None:
    rows = needs(light_touch=True, value=6_000_000)
    assert by_need(rows) == {
        N: "4 6 7 7+copy 11",
        IF: "1 8 12 17",
        OPT: "3",
        NOT: "2 5 9 10 13 14 15 16",
    }
    assert "120 days" in rows["UK7"].when
    assert "180 days" in rows["UK7 and copy"].when
    assert "No standstill is mandatory" in rows["UK6"].why


def test_user_choice_has_none_of_5_6_7_and_11() -> None:
    assert by_need(needs(way=Way.USER_CHOICE, light_touch=True, value=6_000_000)) == {
        IF: "8 17",
        NOT: "1 2 3 4 5 6 7 7+copy 9 10 11 12 13 14 15 16",
    }


def test_a_framework_needs_no_indicators_and_pays_nothing_itself() -> None:
    rows = needs(framework=True, value=6_000_000)
    assert rows["UK9"].need is IF
    assert "Indicators are not required" in rows["UK9"].why
    assert rows["UK8"].need is NOT
    assert rows["UK11"].need is N


def test_a_concession_has_no_payment_notices_and_no_indicators() -> None:
    rows = needs(concession=True, value=6_000_000)
    assert [rows[code].need for code in ("UK8", "UK17", "UK9")] == [NOT, NOT, IF]
    assert rows["UK6"].need is N


def test_setting_up_a_dynamic_market() -> None:
    assert by_need(needs(way=Way.NEW_MARKET)) == {
        N: "13 14",
        IF: "15 16",
        NOT: "1 2 3 4 5 6 7 7+copy 8 9 10 11 12 17",
    }


@pytest.mark.parametrize(
    ("way", "value", "tender", "details"),
    [
        (Way.COMPETITION, 30_000, N, N),
        (Way.COMPETITION, 29_999, NOT, NOT),
        (Way.COMPETITION, None, IF, IF),
        (Way.INVITED, 30_000, NOT, N),
        (Way.DIRECT, 30_000, NOT, N),
        (Way.CALL_OFF, 30_000, NOT, N),
        (Way.DYNAMIC_MARKET, 30_000, NOT, N),
    ],
)
def test_below_the_threshold_30_thousand_decides(
    way: Way, value: int | None, tender: Need, details: Need
) -> None:
    rows = needs(above=False, way=way, value=value)
    assert (rows["UK4"].need, rows["UK7"].need) == (tender, details)
    assert all(row.need is NOT for code, row in rows.items() if code not in ("UK4", "UK7"))


def test_a_concession_below_the_threshold_has_no_notice() -> None:
    assert by_need(needs(above=False, concession=True)).keys() == {NOT}


def test_user_choice_below_the_threshold_says_to_ask() -> None:
    assert "legal team" in needs(above=False, way=Way.USER_CHOICE)["UK7"].caution


def test_what_is_not_known_is_needed_if() -> None:
    rows = needs(value=None, engaged=None)
    assert [rows[code].need for code in ("UK1", "UK2", "UK7 and copy", "UK9")] == [IF] * 4


def test_engagement_on_a_route_without_a_tender_notice_says_to_ask() -> None:
    row = needs(way=Way.DIRECT, engaged=True)["UK2"]
    assert row.need is OPT
    assert "legal team" in row.caution


def test_urgency_is_never_said_of_lateness() -> None:
    assert "lateness of our own making is never urgency" in needs(way=Way.DIRECT)["UK6"].why


@given(FACTS)
def test_all_seventeen_come_in_order_with_a_reason_and_a_source(facts: NoticeFacts) -> None:
    rows = notices_for(facts)
    assert [row.code for row in rows] == CODES
    for row in rows:
        assert row.why.endswith(".")
        assert row.why[0].isupper()
        assert "section" in row.source
        assert "regulation" in row.source
        if row.need in (N, IF):
            assert row.when.endswith(".")
        if row.need is IF:
            assert row.why.startswith("Needed if")


@given(FACTS)
def test_not_knowing_the_value_never_makes_a_notice_unnecessary(facts: NoticeFacts) -> None:
    unknown = NoticeFacts(facts.above, facts.way, None, facts.light_touch, facts.concession, facts.framework, facts.engaged)  # fmt: skip
    for known, guess in zip(notices_for(facts), notices_for(unknown), strict=True):
        assert not (known.need is N and guess.need is NOT)


@given(FACTS)
def test_the_award_notice_and_the_details_notice_come_together(facts: NoticeFacts) -> None:
    rows = {row.code: row for row in notices_for(facts)}
    if facts.above:
        assert rows["UK6"].need is rows["UK7"].need is rows["UK11"].need
    if rows["UK5"].need is N:
        assert rows["UK4"].need is NOT


def test_other_laws_say_why_there_is_no_list() -> None:
    assert WHY_NONE.keys() == {"earlier", "psr", "utility", "unknown"}
    assert all("legal team" in reason.caution for reason in WHY_NONE.values())
