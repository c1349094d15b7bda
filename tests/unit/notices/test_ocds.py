"""Reading OCDS: envelopes, damage, odd values, folding, buyers."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.integration.fixtures import package, release
from workflows.notices.ocds.buyers import BuyerIndex, Known
from workflows.notices.ocds.folding import fold
from workflows.notices.ocds.packages import NotAReleasePackage, read_package
from workflows.notices.ocds.regimes import Kin, inherited
from workflows.notices.ocds.releases import ReleaseFacts, parse_release


def facts(**changes: Any) -> ReleaseFacts:
    return parse_release(release(**changes))[0]


def text(value: Any) -> bytes:
    return json.dumps(value).encode()


@pytest.mark.parametrize(
    "data",
    [
        package(release()),
        text(release()),
        text([release()]),
        text({"results": [{"releases": [release()]}], "maxPage": 3}),
        text({"releases": [release()], "links": {"next": "https://example.org/?cursor=2"}}),
        text({"records": [{"ocid": "ocds-h6vhtk-0a0001", "releases": [release()]}]}),
        text({"records": [{"ocid": "ocds-h6vhtk-0a0001", "compiledRelease": release()}]}),
        package(release()).decode().encode("utf-16"),
        b"\xef\xbb\xbf" + package(release()),
    ],
)
def test_every_envelope_gives_its_release(data: bytes) -> None:
    read = read_package(data, "notices.json")
    assert [raw["id"] for _, raw in read.releases] == ["100001-2026"]
    assert not read.unreadable


@pytest.mark.parametrize(
    "data",
    [
        b"", b"Contract,Supplier\n1,2\n", b"<html></html>", b"[]", b"{}", b"null", b"3", b'{"releases": ', b"\xff\xd8\xff\xe0",
        b"[" * 200_000, text({"name": "nothing of the kind"}), text([1, 2, 3]),
    ],
)  # fmt: skip
def test_a_file_that_is_no_such_thing_is_refused_in_one_sentence_that_names_it(data: bytes) -> None:
    with pytest.raises(NotAReleasePackage, match=r"^odd\.json is no OCDS release package") as refused:
        read_package(data, "odd.json")
    assert "\n" not in str(refused.value)


def test_a_backslash_that_escapes_nothing_loses_no_release() -> None:
    damaged = package(release()).replace(b"A library system.", b"A \\clibrary system.")
    read = read_package(damaged, "notices.json")
    assert len(read.releases) == 1
    assert read.notes
    assert "\\clibrary" in read.releases[0][1]["tender"]["description"]


def test_units_that_cannot_be_read_are_counted_not_fatal() -> None:
    read = read_package(
        text({"releases": [release(), 7, {"id": "x"}, {"ocid": "ocds-1", "tag": []}]}), "notices.json"
    )
    assert len(read.releases) == 1
    assert [unit.place for unit in read.unreadable] == ["releases 2", "releases 3", "releases 4"]


@pytest.mark.parametrize(
    "number", ["1e9999", "Infinity", "-Infinity", "NaN", "9" * 5000, "-5", '"12"', "true", "1e99999999999"]
)
def test_an_amount_nobody_can_use_is_left_out_with_a_warning(number: str) -> None:
    data = package(release()).replace(b'"amountGross": 360000', b'"amountGross": ' + number.encode())
    [(_, raw)] = read_package(data, "notices.json").releases
    read, problems = parse_release(raw)
    assert (read.value, read.vat) == ("300000.00", "ex")
    assert [problem.path for problem in problems] == ["tender/value/amountGross"]


def test_foreign_money_is_never_taken_for_pounds() -> None:
    tender = {**release()["tender"], "value": {"amount": 300000, "currency": "EUR"}}
    read, problems = parse_release(release(tender=tender))
    assert read.value is None
    assert "not in pounds" in problems[0].message


def test_gross_includes_vat_and_net_does_not() -> None:
    assert (facts().value, facts().vat) == ("360000.00", "inc")
    tender = {**release()["tender"], "value": {"amount": 300000, "currency": "GBP"}}
    assert facts(tender=tender).vat == "ex"


def test_no_contact_person_is_kept() -> None:
    kept = json.dumps(facts().as_json())
    for secret in ("Jo Brook", "jo.brook", "7946", "telephone"):
        assert secret not in kept
    assert "[contact details removed]" in kept


def test_the_notice_type_is_read_never_inferred() -> None:
    assert facts().notice_type == "UK4"
    bare = {**release()["tender"], "documents": []}
    assert facts(tender=bare).notice_type == ""


def test_dates_are_london_days_and_may_have_no_time() -> None:
    tender = {**release()["tender"], "tenderPeriod": {"endDate": "2026-06-30T23:30:00Z"}}
    assert facts(tender=tender).closes_on == "2026-07-01"
    tender["tenderPeriod"] = {"endDate": "2026-06-30"}
    assert facts(tender=tender).closes_on == "2026-06-30"
    tender["tenderPeriod"] = {"endDate": "30/06/2026"}
    read, problems = parse_release(release(tender=tender))
    assert read.closes_on is None
    assert problems[0].message == "is not a date"


def test_a_missing_buyer_is_looked_up_among_the_parties_or_warned_of() -> None:
    assert facts(buyer=None).buyer_name == "London Borough of Tyburn"
    read, problems = parse_release(release(buyer=None, parties=[]))
    assert read.buyer_name == ""
    assert [problem.path for problem in problems] == ["buyer"]


AWARD: dict[str, Any] = {
    "id": "100002-2026", "date": "2027-03-01T10:00:00Z", "tag": ["award", "contract"],
    "tender": {"title": "Library and archive system", "legalBasis": {"id": "2023/54"}},
    "awards": [{"id": "1", "status": "active", "suppliers": [{"id": "s", "name": "Quillmark Systems Ltd"}]}],
    "contracts": [{
        "id": "1", "awardID": "1", "status": "active", "dateSigned": "2027-02-20T00:00:00Z",
        "period": {"startDate": "2027-06-01", "endDate": "2030-05-31", "maxExtentDate": "2032-05-31"},
        "value": {"amountGross": 350000, "amount": 291666.67, "currency": "GBP"},
        "documents": [{"id": "d", "noticeType": "UK7"}],
    }],
}  # fmt: skip
END = {
    "id": "100003-2030", "date": "2030-06-10T10:00:00Z", "tag": ["contractTermination"], "tender": {},
    "awards": [], "contracts": [{"id": "1", "status": "terminated", "documents": [{"id": "d", "noticeType": "UK11"}]}],
}  # fmt: skip


def test_a_signed_contract_takes_over_from_its_tender() -> None:
    record = fold([facts(), facts(**AWARD)])
    assert record["need"]["is_over"]
    [contract] = record["contracts"].values()
    assert contract["suppliers"] == ["Quillmark Systems Ltd"]
    assert (contract["ends_on"], contract["latest_end_on"]) == ("2030-05-31", "2032-05-31")
    assert (contract["value"], contract["vat"]) == ("350000.00", "inc")
    assert record["regime"] == "pa23"


def test_an_award_that_is_only_intended_is_no_contract() -> None:
    intended = {
        **AWARD,
        "contracts": [{**AWARD["contracts"][0], "dateSigned": None, "documents": [{"noticeType": "UK6"}]}],
    }
    record = fold([facts(), facts(**intended)])
    assert record["contracts"] == {}
    assert record["need"]["stage"] == "award"
    assert not record["need"]["is_over"]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_releases_fold_to_the_same_record_in_any_order(order: tuple[int, ...]) -> None:
    releases = [facts(), facts(**AWARD), facts(**END)]
    record = fold([releases[number] for number in order])
    assert record == fold(releases)
    assert record["contracts"]["1"]["is_over"]
    assert record["need"]["title"] == "Library and archive system"


def test_a_cancelled_tender_is_over() -> None:
    cancelled = facts(
        id="9", date="2026-12-01T00:00:00Z", tag=["tenderCancellation"], tender={"status": "cancelled"}
    )
    assert fold([facts(), cancelled])["need"]["is_over"]


@pytest.mark.parametrize(
    ("changes", "parent", "regime"),
    [
        ({"legal_basis": "2023/54"}, "unknown", "pa23"),
        ({"legal_basis": "32014L0024"}, "unknown", "pcr2015"),
        ({"legal_basis": "", "awarded_on": "2024-12-22"}, "unknown", "pcr2015"),
        ({"legal_basis": "", "awarded_on": "2025-06-01"}, "unknown", "unknown"),
        ({"legal_basis": "", "awarded_on": "2025-06-01", "is_call_off": True}, "unknown", "unknown"),
        ({"legal_basis": "", "awarded_on": "2025-06-01", "is_call_off": True}, "pcr2015", "pcr2015"),
        ({"legal_basis": "2023/54", "is_call_off": True}, "pcr2015", "pcr2015"),
        ({"legal_basis": ""}, "unknown", "unknown"),
    ],
)
def test_the_regime_comes_from_the_legal_basis_else_date_and_framework(
    changes: dict[str, Any], parent: str, regime: str
) -> None:
    read = facts()
    for name, value in changes.items():
        setattr(read, name, value)
    read.frameworks = ["ocds-parent"]
    kin = {"ocds-child": Kin.of(fold([read])), "ocds-parent": Kin(parent, False, ())}
    assert inherited(kin)["ocds-child"] == regime


def test_call_offs_of_one_another_come_to_an_end_and_to_one_answer() -> None:
    kin = {
        "a": Kin("pa23", True, ("b",)),
        "b": Kin("pcr2015", True, ("a",)),
        "c": Kin("unknown", True, ("a", "c")),
    }
    assert inherited(kin) == {one: inherited(dict(reversed(kin.items())))[one] for one in kin}


def index() -> BuyerIndex[str]:
    return BuyerIndex(
        [
            Known(
                "westminster",
                frozenset({"GB-PPON-PJVD-6261-BPPJ"}),
                ("City of Westminster", "Westminster City Council", "Westminster"),
            ),
            Known("sutton", frozenset({"GB-LAE-STN"}), ("London Borough of Sutton", "Sutton")),
            Known("camden", frozenset({"GB-PPON-PZXL-5842-VBBG"}), ("London Borough of Camden", "Camden")),
        ]
    )


@pytest.mark.parametrize(
    ("name", "identifiers", "key"),
    [
        ("THE LONDON BOROUGH OF CAMDEN", [], "camden"),
        ("London Borough Of Camden", [], "camden"),
        ("Westminster City Council", [], "westminster"),
        ("University of Westminster", [], None),
        ("Westminster Abbey", [], None),
        ("Sutton, Achieving for Children and Kingston", [], None),
        ("Somebody else entirely", ["gb-ppon-pzxl-5842-vbbg"], "camden"),
        ("", [], None),
        ("Camden & Islington NHS Foundation Trust", [], None),
    ],
)
def test_buyers_are_known_by_identifier_or_whole_name(
    name: str, identifiers: list[str], key: str | None
) -> None:
    assert index().match(name, identifiers).key == key


def test_the_identifier_is_believed_over_the_name_with_a_warning() -> None:
    match = index().match("Sutton", ["GB-PPON-PZXL-5842-VBBG"])
    assert match.key == "camden"
    assert match.warning


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.decimals(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(list(release()) + list(release()["tender"]) + ["id", "name", "amount", "currency", "startDate", "endDate", "suppliers", "status"]), inner, max_size=6),
    max_leaves=25,
)  # fmt: skip


@given(
    st.dictionaries(st.sampled_from([*release(), "awards", "contracts", "planning"]), json_values, max_size=8)
)
def test_no_release_however_odd_ends_in_an_exception(changes: dict[str, Any]) -> None:
    raw = {**release(), **changes, "ocid": "ocds-h6vhtk-0a0001", "id": "1"}
    read, _ = parse_release(raw)
    record = fold([read])
    assert set(record) >= {"need", "contracts", "regime"}
    json.dumps(record)
    assert ReleaseFacts.from_json(json.loads(json.dumps(read.as_json()))) == read
    assert record["need"]["value"] is None or Decimal(record["need"]["value"]) >= 0
