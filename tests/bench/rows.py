"""What is measured: one line for each page. Add yours here."""

from __future__ import annotations

from decimal import Decimal

from tests.bench.running import Row
from tests.factories import a_contract, a_procurement, an_entry
from tests.personas import People

ENTRIES = 200


def rows(people: People) -> list[Row]:
    """Make what the pages show, and name the pages."""
    officer = people.officer
    shorter = a_procurement(
        by=officer, title="Short", route="below-threshold-quotation", value_inc_vat=Decimal(40_000)
    )
    longer = a_procurement(by=officer, title="Long")
    for number in range(ENTRIES):
        an_entry(by=officer, title=f"Need {number}", visibility="public" if number % 2 else "boroughs")
    contract = a_contract(by=officer)
    return [
        Row("Home, signed out", "/", budget=6),
        Row("Home of an officer", "/", officer),
        Row("Guidance", "/guidance/"),
        Row("Task list, the shorter route", f"/procurements/{shorter.reference}/tasks/", officer, budget=8),
        Row("Task list, the longer route", f"/procurements/{longer.reference}/tasks/", officer, budget=8),
        Row(f"Pipeline of {ENTRIES} entries, signed out", "/pipeline/", budget=10),
        Row(f"Pipeline of {ENTRIES} entries, an officer", "/pipeline/", officer, budget=10),
        Row("One entry’s search", "/search/?q=need", budget=7),
        Row("A contract", f"/contracts/{contract.reference}/", officer),
    ]
