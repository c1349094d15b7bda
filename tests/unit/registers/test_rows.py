"""Whole files of the shapes boroughs publish, from bytes to rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest

from tests.unit.registers.sheets import REGISTER, Rows, csv_file, ods_file, xls_file, xlsx_file
from workflows.pipeline.registers.register import Register
from workflows.pipeline.registers.rows import read_register
from workflows.pipeline.registers.table import NotARegister

D = dt.date
EXPORT = (
    "Notice Identifier", "Notice Type", "Organisation Name", "Status", "Published Date", "Title", "Description", "Cpv Codes", "Contact Name",
    "Contact Email", "Links", "Start Date", "End Date", "Closing Date", "Parent Reference", "OJEU Contract Type", "Value Low", "Value High",
    "Awarded Date", "Awarded Value", "Supplier [Name|Address|Ref type|Ref Number|Is SME|Is VCSE]", "Contract start date", "Contract end date",
    "OJEU Procedure Type",
)  # fmt: skip


def exported(**cells: str) -> tuple[str, ...]:
    assert set(cells) <= set(EXPORT)
    return tuple(cells.get(header, "") for header in EXPORT)


def read(rows: Rows, **how: str) -> Register:
    return read_register(csv_file(rows, **how), "register.csv")


def messages(register: Register, field: str) -> list[str]:
    return [problem.message for problem in register.problems if problem.field == field]


@pytest.mark.parametrize("make", [xlsx_file, xls_file, ods_file, lambda sheets: csv_file(sheets["Register"])])
def test_the_same_register_gives_the_same_rows_in_every_format(
    make: Callable[[dict[str, Rows]], bytes],
) -> None:
    register = read_register(make({"Register": REGISTER}), "register.bin")
    assert [(row.row_number, row.reference, row.title, row.supplier_names) for row in register.rows] == [
        (2, "FL-001", "Street cleansing", ("Brook & Sons Ltd",)),
        (3, "FL-002", "School meals", ("Wandle Kitchens",)),
    ]
    first = register.rows[0]
    assert (first.starts_on, first.ends_on, first.value, first.kind) == (
        D(2024, 4, 1),
        D(2027, 3, 31),
        Decimal("1250000.50"),
        "contract",
    )
    assert register.problems == ()


def test_an_exported_award_takes_the_contracts_own_dates_and_value() -> None:
    row = exported(
        **{
            "Notice Identifier": "FLEET-1", "Notice Type": "Contract", "Organisation Name": "Fleet Council", "Status": "Awarded",
            "Published Date": "2025-06-30T23:30:00Z", "Title": "Lifts", "Description": "Ask Jo on 020 7946 0018.", "Cpv Codes": "50750000 ",
            "Contact Name": "Jo Brook", "Contact Email": "jo@fleet.example", "Start Date": "01/10/2024", "End Date": "30/09/2026",
            "Value Low": "365000", "Value High": "3712490", "Awarded Date": "29/09/2024", "Awarded Value": "1000000",
            "Supplier [Name|Address|Ref type|Ref Number|Is SME|Is VCSE]": "[Brook LLP|1 Row|COMPANIES_HOUSE|OC123456|No|No][Wandle|x|NONE||No|No]",
            "Contract start date": "02/10/2024", "OJEU Procedure Type": "CallOffFromFrameworkAgreement ", "Links": "https://tenders.example/1 ",
        }
    )  # fmt: skip
    register = read([EXPORT, row])
    (found,) = register.rows
    assert (found.kind, found.organisation_name, found.supplier_names, found.company_numbers) == (
        "contract",
        "Fleet Council",
        ("Brook LLP", "Wandle"),
        ("OC123456",),
    )
    assert (found.starts_on, found.ends_on, found.awarded_on, found.published_on) == (
        D(2024, 10, 2),
        D(2026, 9, 30),
        D(2024, 9, 29),
        D(2025, 7, 1),
    )
    assert (found.value, found.value_low, found.value_high, found.value_covers) == (
        Decimal(1_000_000),
        None,
        None,
        "contract",
    )
    assert (found.cpv_codes, found.procedure, found.url) == (
        ("50750000",),
        "Call off from framework agreement",
        "https://tenders.example/1",
    )
    assert found.description == "Ask Jo on [contact details removed]."
    everything = repr(register)
    assert "jo@fleet" not in everything
    assert "Jo Brook" not in everything
    assert "7946" not in everything
    assert register.mapping.withheld == ("Contact Name", "Contact Email")


def test_exported_plans_and_open_notices_are_told_apart() -> None:
    rows = [
        EXPORT,
        exported(
            **{
                "Notice Identifier": "1",
                "Notice Type": "Contract",
                "Status": "Open",
                "Title": "A",
                "Value Low": "25000",
                "Value High": "50000",
                "Closing Date": "28/11/2025",
            }
        ),
        exported(
            **{
                "Notice Identifier": "2",
                "Notice Type": "Pipeline",
                "Status": "Open",
                "Title": "B",
                "Value Low": "28000",
            }
        ),
        exported(
            **{
                "Notice Identifier": "3",
                "Notice Type": "PreProcurement",
                "Status": "Open",
                "Title": "C",
                "Value Low": "0",
                "Value High": "0",
            }
        )[:20],
    ]
    register = read(rows)
    assert [row.kind for row in register.rows] == ["notice", "planned", "planned"]
    assert [(row.value, row.value_low, row.value_high) for row in register.rows] == [
        (None, 25000, 50000),
        (28000, None, None),
        (None, None, None),
    ]
    assert messages(register, "value-low") == ["A value of 0 is read as no value given."]


def test_month_first_columns_are_read_so_with_one_warning() -> None:
    register = read(
        [
            ("TYPE OF CONTRACT", "CONTRACT", "COMPANY", "SERVICE", "EXPIRATION", "PHONE #"),
            ("A-BID", "A-070-09", "BROWN DELI, INC.", "CATERING", "6/30/15", "555-0100"),
            ("A-BID", "A-071-09", "SEE CONTRACT FOR LIST OF VENDORS", "TREES", "3/4/15", ""),
            ("County", "6202", "RENTALS", "VEHICLES", "Mo. to Mo.", ""),
            ("County", "6203", "RENTALS", "VANS", "11/31/2015", ""),
        ]
    )
    assert [row.ends_on for row in register.rows] == [D(2015, 6, 30), D(2015, 3, 4), None, None]
    assert register.rows[2].no_fixed_end
    assert register.rows[1].supplier_names == ()
    assert [(problem.row, problem.field) for problem in register.problems] == [
        (1, "ends"),
        (3, "suppliers"),
        (4, "ends"),
        (5, "ends"),
    ]
    assert "month first" in register.problems[0].message


def test_the_transparency_codes_own_wording() -> None:
    register = read(
        [
            ("Reference number", "Title of agreement", "Local authority department responsible", "Description of the goods and/or services being provided",
             "Supplier name and details", "Sum to be paid over the length of the contract or the estimated annual spending or budget for the contract",
             "Value Added Tax that cannot be recovered", "Start, end and review dates",
             "Whether or not the contract was the result of an invitation to quote or a published invitation to tender", "SME and/or VCSE + registration number"),
            ("12", "Parks", "Environment", "Mowing", "Brook Ltd, 1 Mill Row, N1 9ZZ", "£50,000", "0", "Start: 01/04/2024 End: 31/03/2027 Review: 1/10/2026", "Yes", "SME 01234567"),
            ("13", "Meals", "Education", "Lunch", "Wandle Ltd", "£70,000", "0", "01/04/2024 - 31/03/2027", "No", ""),
        ]
    )  # fmt: skip
    first, second = register.rows
    assert (first.starts_on, first.ends_on, first.review_on) == (
        D(2024, 4, 1),
        D(2027, 3, 31),
        D(2026, 10, 1),
    )
    assert (second.starts_on, second.ends_on, second.review_on) == (D(2024, 4, 1), D(2027, 3, 31), None)
    assert (first.supplier_names, first.company_numbers, first.value, first.value_covers) == (
        ("Brook Ltd",),
        ("01234567",),
        Decimal(50_000),
        "unknown",
    )
    assert (first.was_tendered, second.was_tendered) == (True, False)
    assert register.problems == ()


def test_terms_extensions_and_notice() -> None:
    register = read(
        [
            (
                "Ref",
                "Title",
                "Supplier",
                "Start date",
                "Contract length",
                "Extension options",
                "Notice period",
                "Annual value (ex VAT)",
            ),
            ("1", "Parks", "Brook", "01/04/2024", "3 years", "2 x 12 months", "6 months", "£10k"),
            ("2", "Meals", "Wandle", "01/04/2024", "3+1+1", "", "90 days", ""),
            ("3", "Lifts", "Wandle", "01/04/2024", "", "31/03/2028", "", ""),
        ]
    )
    parks, meals, lifts = register.rows
    assert (parks.ends_on, parks.extension_months, parks.notice_months, parks.term_months) == (
        D(2027, 3, 31),
        (12, 12),
        6,
        36,
    )
    assert (parks.value, parks.vat_basis, parks.value_covers) == (Decimal(10_000), "ex", "year")
    assert (meals.ends_on, meals.extension_months, meals.notice_months) == (D(2027, 3, 31), (12, 12), 3)
    assert (lifts.ends_on, lifts.latest_end_on) == (None, D(2028, 3, 31))
    assert (
        messages(register, "ends") == ["No end date is given: worked out from the start and the length."] * 2
    )


def test_every_line_is_a_unit_or_named_as_none() -> None:
    register = read(
        [
            ("Fleet Council contracts register",),
            (),
            ("Ref", "Title", "Supplier", "Value", "End date"),
            ("ADULT SOCIAL CARE",),
            ("1", "Parks", "Brook", "£1,000", "31/03/2027"),
            (),
            ("Ref", "Title", "Supplier", "Value", "End date"),
            ("2", "Meals", "", "", ""),
            ("", "", "", "£9,000", "31/03/2027"),
            ("", "", "Wandle", "", ""),
            ("Grand Total", "", "", "£10,000", ""),
            ("Note: values are estimates and may change.",),
        ]
    )
    assert [row.row_number for row in register.rows] == [5, 8, 10]
    assert [problem.row for problem in register.unreadable] == [9]
    assert [(line.row, line.why) for line in register.skipped] == [
        (4, "heading"),
        (7, "header"),
        (11, "total"),
        (12, "note"),
    ]
    assert register.blank_rows == 1
    assert (
        len(register.rows) + len(register.unreadable) + len(register.skipped) + register.blank_rows
        == 12 - register.header_row
    )
    assert register.problems_of(10)[0].message == "This row has no title."


def test_a_company_named_total_is_no_total_line() -> None:
    register = read([("Supplier", "Title", "Ref", "End date"), ("Total", "Fuel cards", "9", "31/03/2027")])
    assert [row.supplier_names for row in register.rows] == [("Total",)]


def test_odd_rows_come_in_with_warnings() -> None:
    register = read(
        [
            ("Ref", "Title", "Supplier", "Contract value", "Start date", "End date"),
            ("1", "Backwards", "Brook", "€5,000", "01/04/2027", "31/03/2024"),
            ("2", "Huge", "Brook", "£2bn", "01/04/2024", "31/03/2099"),
            ("3", "Minus", "Brook", "-500", "31/02/2024", "1e9999"),
            ("4", "Same", "Brook", "1", "", ""),
            ("4", "Same", "Brook", "1", "", ""),
        ]
    )
    assert len(register.rows) == 5
    assert register.rows[0].currency == "EUR"
    assert [(problem.row, problem.field) for problem in register.problems] == [
        (2, "value"), (2, "ends"), (3, "ends"), (3, "value"), (4, "value"), (4, "starts"), (4, "ends"), (5, "value"), (6, "value"), (6, "row"),
    ]  # fmt: skip
    assert "row 5" in register.problems[-1].message


def test_problems_never_quote_contact_details() -> None:
    register = read(
        [("Title", "Supplier", "End date"), ("Parks", "Brook", "ask jo@fleet.example or 020 7946 0018")]
    )
    assert [problem.value for problem in register.problems] == [
        "ask [contact details removed] or [contact details removed]"
    ]


def test_the_digest_depends_on_what_is_kept_and_not_on_where_it_stands() -> None:
    one = read(
        [("Title", "Supplier", "End date", "Contract manager"), ("Parks", "Brook", "31/03/2027", "Jo")]
    )
    moved = read(
        [("End date", "Contract manager", "Title", "Supplier"), ("31/03/2027", "Sam", "Parks", "Brook")]
    )
    changed = read([("Title", "Supplier", "End date"), ("Parks", "Brook", "30/03/2027")])
    assert one.rows[0].digest == moved.rows[0].digest != changed.rows[0].digest


def test_a_pipeline_without_suppliers_is_planned() -> None:
    register = read(
        [
            (
                "Project title",
                "Directorate",
                "Estimated value",
                "Anticipated contract start date",
                "Tender date",
            ),
            ("Parks", "Place", "£100k - £250k", "Apr-27", "Sep-26"),
        ]
    )
    (row,) = register.rows
    assert (row.kind, row.value_low, row.value_high) == ("planned", Decimal(100_000), Decimal(250_000))
    assert (row.starts_on, row.advertised_on) == (D(2027, 4, 1), D(2026, 9, 1))


def test_scraped_notices_with_short_money() -> None:
    register = read(
        [
            (
                "DATE",
                "SOURCE",
                "BUYER",
                "SECTOR",
                "TITLE",
                "VALUE",
                "NUM_SUPPLIERS",
                "SUPPLIER",
                "DESCRIPTION",
            ),
            (
                "27 Sep 2020",
                "CF",
                "Fleet Borough Council",
                "Health",
                "Beds",
                "£8M",
                "0",
                "",
                "Beds &amp; chairs",
            ),
        ]
    )
    (row,) = register.rows
    assert (row.kind, row.value, row.published_on, row.organisation_name) == (
        "notice",
        Decimal(8_000_000),
        D(2020, 9, 27),
        "Fleet Borough Council",
    )
    assert row.description == "Beds & chairs"


def test_headers_without_rows_are_no_register() -> None:
    with pytest.raises(NotARegister, match="no rows below"):
        read([("Title", "Supplier", "End date")])
