"""What can be said of a code or of words, and that nothing more is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.law.light_touch import GROUPS, NotACode, Verdict, differences, look_up, read_code


@pytest.mark.parametrize("typed", ["85310000-5", "85310000", " 85310000 - 5 ", "85310000-0"])
def test_a_code_is_read_with_or_without_its_check_digit(typed: str) -> None:
    assert read_code(typed) == "85310000"


@pytest.mark.parametrize("typed", ["85", "853100", "853100000", "85310000-55", "85.31", "-"])
def test_other_digits_are_no_code(typed: str) -> None:
    with pytest.raises(NotACode, match="8 digits"):
        read_code(typed)


def test_words_are_no_code() -> None:
    assert read_code("home care for 30 adults") == ""


@pytest.mark.parametrize(
    ("typed", "verdict", "groups"),
    [
        ("85310000-5", Verdict.MAY_BE, {"health", "social"}),
        ("80500000", Verdict.MAY_BE, {"education"}),
        ("92500000", Verdict.MAY_BE, {"culture"}),
        ("75300000", Verdict.MAY_BE, {"benefits"}),
        ("98000000", Verdict.MAY_BE, {"religious", "community"}),
        ("55100000", Verdict.MAY_BE, {"hotel", "catering"}),
        ("79100000", Verdict.MAY_BE, {"events", "legal", "security"}),
        ("72000000", Verdict.NO_MATCH, set()),
        ("home care for adults", Verdict.MAY_BE, {"social"}),
        ("Sexual-health clinic", Verdict.MAY_BE, {"health"}),
        ("legal advice", Verdict.NOT_READ, {"legal"}),
        ("CCTV", Verdict.NOT_READ, {"security"}),
        ("school meals", Verdict.MAY_BE, {"education", "catering"}),
        ("career portal", Verdict.NO_MATCH, set()),
        ("counselling", Verdict.NO_MATCH, set()),
        ("printers", Verdict.NO_MATCH, set()),
        ("🙂", Verdict.NO_MATCH, set()),
    ],
)
def test_kinds_of_service(typed: str, verdict: Verdict, groups: set[str]) -> None:
    answer = look_up(typed)
    assert (answer.verdict, {group.slug for group in answer.groups}) == (verdict, groups)


def test_health_comes_first_and_names_the_other_regime() -> None:
    for typed in ("85100000", "drug and alcohol treatment"):
        answer = look_up(typed)
        assert answer.is_health
        assert "Provider Selection Regime" in answer.reasons[0].sentence
    assert not look_up("library").is_health


def test_what_was_not_read_is_named_beside_what_was() -> None:
    said = " ".join(reason.sentence for reason in look_up("55100000").reasons)
    assert "Not read for the toolkit: catering services" in said


@given(st.text(max_size=60) | st.from_regex(r"\d{8}(-\d)?", fullmatch=True))
def test_nothing_is_ever_settled(typed: str) -> None:
    try:
        answer = look_up(typed)
    except NotACode:
        return
    assert any("legal team" in reason.caution for reason in answer.reasons)
    assert any("exact code" in reason.caution for reason in answer.reasons)
    said = " ".join(reason.sentence for reason in answer.reasons)
    assert "is light touch" not in said.replace("treat the service as not light touch", "")
    assert all(reason.source for reason in answer.reasons)


def test_the_differences_have_their_figures_and_sources() -> None:
    rows = differences("£207,720", "£663,540")
    assert rows[0].light_touch == "£663,540"
    words = " ".join(row.light_touch for row in rows)
    for figure in ("120 days", "180 days"):
        assert figure in words
    assert all(row.source.startswith("Procurement Act 2023") for row in rows)


def test_groups_have_slugs_of_their_own() -> None:
    assert len({group.slug for group in GROUPS}) == len(GROUPS)
