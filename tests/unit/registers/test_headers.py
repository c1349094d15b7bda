"""Finding the header row and saying which column is which."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from workflows.pipeline.registers.headers import Mapping, field_of, map_columns
from workflows.pipeline.registers.synonyms import BY_NAME, SYNONYMS, Field
from workflows.pipeline.registers.table import Cell, NotARegister, Table


def mapped(*rows: Sequence[Cell]) -> Mapping:
    return map_columns(Table("c.csv", "csv", tuple(tuple(row) for row in rows)))


def headers_of(mapping: Mapping) -> dict[Field, list[str]]:
    return {one: [column.header for column in columns] for one, columns in mapping.columns.items()}


def test_no_name_means_two_fields() -> None:
    assert sum(len(names) for tiers in SYNONYMS.values() for names in tiers) == len(BY_NAME)


@pytest.mark.parametrize(
    ("header", "one"),
    [
        ("CONTRACT REFERENCE NUMBER (4)", Field.REFERENCE),
        ("Contract Ref.", Field.REFERENCE),
        ("SupplierName", Field.SUPPLIERS),
        ("Supplier [Name|Address|Ref type|Ref Number|Is SME|Is VCSE]", Field.SUPPLIERS),
        ("Supplier name and details", Field.SUPPLIERS),
        ("Other parties to the contract", Field.SUPPLIERS),
        ("Contract Value (£) (excl. VAT)", Field.VALUE),
        ("Total Contract Value ex VAT", Field.VALUE),
        (
            "Sum to be paid over the length of the contract or the estimated annual spending or budget for the contract",
            Field.VALUE,
        ),
        ("Estimated annual value", Field.VALUE_ANNUAL),
        ("Annual Contract Value", Field.VALUE_ANNUAL),
        ("Start, end and review dates", Field.DATES),
        ("Contract start date (17)", Field.STARTS),
        ("End date (18/20)", Field.ENDS),
        ("EXPIRATION", Field.ENDS),
        ("Contract End Date (including extensions)", Field.LATEST_END),
        ("End date inc. all options", Field.LATEST_END),
        ("Contract end date (excluding extensions)", Field.ENDS),
        ("Maximum end date", Field.LATEST_END),
        ("Contract Value (per annum)", Field.VALUE_ANNUAL),
        ("Contract term including extensions", None),
        ("Extension Period Months", Field.EXTENSION),
        ("Options to extend", Field.EXTENSION),
        ("CPV URI (14)", Field.CPV),
        ("CPV label (13)", Field.CATEGORY),
        ("ProcurementCategory", Field.CATEGORY),
        ("Local authority department responsible", Field.DEPARTMENT),
        ("Supplier registered company number (25)", Field.COMPANY_NUMBERS),
        ("Open Contracting ID (5)", Field.REFERENCE),
        ("Contract document URL (37)", Field.LINK),
        (
            "Whether or not the contract was the result of an invitation to quote or a published invitation to tender",
            Field.TENDERED,
        ),
        ("Description of the goods and/or services being provided", Field.DESCRIPTION),
        ("Anticipated contract start date", Field.STARTS),
        ("Proposed route to market", Field.PROCEDURE),
        ("Value Added Tax that cannot be recovered", None),
        ("Contract Manager", None),
        ("Nominated contact point: URL (34)", None),
        ("Supplier's contact name", None),
        ("Supplier address", None),
        ("Closing Time", None),
        ("SECTION 21", None),
        ("", None),
    ],
)
def test_the_names_boroughs_use_are_known(header: str, one: Field | None) -> None:
    match = field_of(header)
    assert (match[0] if match else None) is one


def test_the_header_row_may_stand_below_titles_and_blank_rows() -> None:
    mapping = mapped(
        ("Contracts register",),
        (),
        ("Published March 2026", "", ""),
        (),
        ("Ref", "Title", "Supplier", "End date"),
        ("1", "Parks", "Brook", "31/03/2027"),
    )
    assert mapping.header_row == 5


def test_the_contracts_own_dates_win_and_the_others_stand_in() -> None:
    columns = headers_of(
        mapped(
            ("Title", "Start Date", "End Date", "Contract start date", "Contract end date"),
            ("Parks", "1", "2", "3", "4"),
        )
    )
    assert columns[Field.STARTS] == ["Contract start date", "Start Date"]
    assert columns[Field.ENDS] == ["Contract end date", "End Date"]


def test_of_two_columns_for_one_field_the_better_filled_is_read_with_a_warning() -> None:
    mapping = mapped(
        ("Title", "Supplier", "Contractor", "End date"), ("A", "", "Brook", "x"), ("B", "", "Wandle", "x")
    )
    assert headers_of(mapping)[Field.SUPPLIERS] == ["Contractor"]
    assert "“Supplier” and “Contractor”" in mapping.problems[0].message


def test_numbered_supplier_columns_are_all_read() -> None:
    mapping = mapped(("Title", "Supplier 1", "Supplier 2", "End date"), ("A", "Brook", "Wandle", "x"))
    assert headers_of(mapping)[Field.SUPPLIERS] == ["Supplier 1", "Supplier 2"]
    assert not mapping.problems


def test_completion_date_is_the_signing_where_an_end_stands_beside_it() -> None:
    both = headers_of(
        mapped(
            ("Title", "Value", "Contract completion date", "Contract end date"), ("A", 1, "1/1/24", "1/1/25")
        )
    )
    assert both[Field.SIGNED] == ["Contract completion date"]
    alone = headers_of(mapped(("Title", "Value", "Contract completion date"), ("A", 1, "1/1/25")))
    assert alone[Field.ENDS] == ["Contract completion date"]


def test_contract_is_a_reference_or_a_title_by_what_stands_in_it() -> None:
    codes = headers_of(
        mapped(("CONTRACT", "COMPANY", "SERVICE", "EXPIRATION"), ("A-070-09", "BROOK", "CATERING", "6/30/15"))
    )
    assert codes[Field.REFERENCE] == ["CONTRACT"]
    assert codes[Field.TITLE] == ["SERVICE"]
    words = headers_of(
        mapped(
            ("Contract", "Supplier", "Service", "End"),
            ("Supply of fresh school meals", "Brook", "Education", "1/1/27"),
        )
    )
    assert words[Field.TITLE] == ["Contract"]
    assert words[Field.DEPARTMENT] == ["Service"]


def test_a_description_stands_in_for_a_missing_title() -> None:
    columns = headers_of(mapped(("Ref", "Supplier", "Description"), ("1", "Brook", "Parks")))
    assert columns[Field.TITLE] == ["Description"]


def test_a_buyer_is_an_organisation_or_an_officer_and_officers_are_not_read() -> None:
    organisations = mapped(("TITLE", "BUYER", "VALUE"), ("Parks", "Fleet Council", "£8M"))
    assert organisations.has(Field.ORGANISATION)
    officers = mapped(
        ("Title", "Buyer", "Value"), ("Parks", "Jo Brook", "£8M"), ("Meals", "Sam Wandle", "£1M")
    )
    assert not officers.has(Field.ORGANISATION)
    assert officers.withheld == ("Buyer",)


def test_columns_about_persons_are_withheld_and_unknown_ones_named() -> None:
    mapping = mapped(
        ("Title", "Supplier", "Contract Manager", "Contact Email", "PHONE #", "Lot size"),
        ("A", "B", "Jo", "j@x.example", "1", "2"),
    )
    assert mapping.withheld == ("Contract Manager", "Contact Email", "PHONE #")
    assert mapping.unused == ("Lot size",)


@pytest.mark.parametrize(
    "headers",
    [
        ("Supplier Name", "Invoice Date", "Net Amount", "Description"),
        ("Vendor", "Expense Description", "Amount", "Doc No"),
        (
            "Body",
            "Department",
            "Supplier Name",
            "Invoice Creation Date",
            "Invoice Nett Amount",
            "Subj Description",
        ),
        ("Contract reference", "Supplier", "Transaction number", "Payment date", "Amount"),
    ],
)
def test_lists_of_payments_are_refused_as_such(headers: tuple[str, ...]) -> None:
    with pytest.raises(NotARegister, match="payments to suppliers"):
        mapped(headers, ("x",) * len(headers))


def test_a_pivot_of_payments_is_refused_as_such() -> None:
    with pytest.raises(NotARegister, match="payments to suppliers"):
        mapped(
            ("Sum of Invoice Nett Amount", ""),
            ("Supplier Name", "Total"),
            ("Brook Ltd", "5000"),
            ("Grand Total", "5000"),
        )


@pytest.mark.parametrize(
    "headers",
    [
        ("Code", "Meaning"),
        ("Supplier", "Total"),
        ("First name", "Last name", "Job title", "Organisation", "Title", "Reference"),
        ("Title", "Department"),
        ("Reference", "Start date", "End date"),
    ],
)
def test_other_tables_are_refused_and_told_what_was_looked_for(headers: tuple[str, ...]) -> None:
    with pytest.raises(NotARegister, match="we looked in the first 20 rows for a title or supplier"):
        mapped(headers, ("x",) * len(headers))
