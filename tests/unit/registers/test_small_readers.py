"""Suppliers, codes, links, and contact details taken out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.core.scrub import REMOVED, without_contact_details
from workflows.pipeline.registers.codes import read_cpv_codes, read_link, spaced
from workflows.pipeline.registers.suppliers import read_company_numbers, read_suppliers
from workflows.pipeline.registers.table import Cell


def test_exported_suppliers_give_names_and_company_numbers_only() -> None:
    read = read_suppliers(
        "[BROOK & SONS LLP|3 Mill Row, Town, EC1Y 8YZ|COMPANIES_HOUSE|OC123456|No|No]"
        "[Wandle Kitchens ,|null|NONE||Yes|No][brook & sons llp|x|COMPANIES_HOUSE|1234567|No|No]"
    )
    assert read.names == ("BROOK & SONS LLP", "Wandle Kitchens")
    assert read.company_numbers == ("OC123456", "01234567")


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Brook & Sons Ltd", ("Brook & Sons Ltd",)),
        ("Brook Ltd; Wandle Ltd", ("Brook Ltd", "Wandle Ltd")),
        ("Brook Ltd\nWandle Ltd", ("Brook Ltd", "Wandle Ltd")),
        ("Brook Ltd\n12 Mill Row\nTown\nN1 9ZZ", ("Brook Ltd",)),
        ("Smith, Jones and Partners", ("Smith, Jones and Partners",)),
        ("388 Hub Ltd", ("388 Hub Ltd",)),
        ("Brook Ltd (jo@brook.example)", ("Brook Ltd ()",)),
    ],
)
def test_names_are_kept_and_addresses_are_not(cell: str, names: tuple[str, ...]) -> None:
    assert read_suppliers(cell).names == names


def test_details_after_the_name_are_left_behind() -> None:
    read = read_suppliers("Brook Ltd, 12 Mill Row, Town", has_details=True)
    assert read.names == ("Brook Ltd",)


@pytest.mark.parametrize(
    ("cell", "warns"),
    [
        ("Various", True),
        ("See contract for list of vendors", True),
        ("Not awarded", True),
        ("TBC", False),
        ("n/a", False),
        ("", False),
    ],
)
def test_words_that_name_nobody_are_no_supplier(cell: str, warns: bool) -> None:
    read = read_suppliers(cell)
    assert read.names == ()
    assert bool(read.message) is warns


def test_company_numbers_get_their_noughts_back() -> None:
    assert read_company_numbers(1234567.0) == ("01234567",)
    assert read_company_numbers("SME: yes, company 01234567") == ("01234567",)
    assert read_company_numbers("SC123456") == ("SC123456",)
    assert read_company_numbers("none") == ()


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("50000000 ", ("50000000",)),
        ("45000000 45400000", ("45000000", "45400000")),
        ("50000000-5; 50000000", ("50000000",)),
        ("72000000 - IT services", ("72000000",)),
        (3000000.0, ("03000000",)),
        (79100000, ("79100000",)),
        ("http://data.example/cpv/50000000", ("50000000",)),
        ("IT services", ()),
        ("123456789", ()),
    ],
)
def test_cpv_codes_are_found_in_any_wrapping(cell: Cell, codes: tuple[str, ...]) -> None:
    assert read_cpv_codes(cell) == codes


@pytest.mark.parametrize(
    ("cell", "link"),
    [
        ("https://tenders.example/1 ", "https://tenders.example/1"),
        ("see www.tenders.example/2.", "https://www.tenders.example/2"),
        ("javascript:alert(1)", ""),
        ("https://user@tenders.example", ""),
        ("mailto:jo@brook.example", ""),
        ("http://[bad", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_are_links(cell: str, link: str) -> None:
    assert read_link(cell) == link


def test_words_run_together_are_spaced() -> None:
    assert spaced("CallOffFromFrameworkAgreement ") == "Call off from framework agreement"
    assert spaced("OpenOJEU") == "Open OJEU"
    assert spaced("Open tender") == "Open tender"


@pytest.mark.parametrize(
    "secret",
    [
        "jo.brook@fleet.example",
        "020 7946 0018",
        "(0114) 496 0123",
        "+44 20 7946 0018",
        "07700 900123",
        "+44 (0)20 7946 0018",
        "01632 960 001 ext 12",
        "Tel: 7946 0018",
        "phone (412) 555-0100",
    ],
)
def test_contact_details_are_taken_out_of_free_text(secret: str) -> None:
    assert without_contact_details(f"Ask {secret} for more") == f"Ask {REMOVED} for more"


def test_a_person_after_a_label_is_taken_out() -> None:
    assert without_contact_details("Contact: Jo Brook. Two lots.") == f"Contact: {REMOVED}. Two lots."
    assert without_contact_details("Contact: Ms Jo Brook, jo@fleet.example") == f"Contact: {REMOVED}"


@pytest.mark.parametrize(
    "text",
    [
        "£1,234,567.89",
        "01/04/2024 to 31/03/2027",
        "CPV 50000000 and 45400000",
        "Reference RM6068-2024",
        "company 01234567",
        "0-19 services for 5000 families",
        "2024-2025",
        "Contact centre software",
    ],
)
def test_figures_that_are_no_telephone_numbers_stay(text: str) -> None:
    assert without_contact_details(text) == text


@given(st.text())
def test_no_text_breaks_them(text: str) -> None:
    read_suppliers(text)
    read_cpv_codes(text)
    read_link(text)
    spaced(text)
    assert "@" not in without_contact_details(f"{'a'}@fleet.example")
