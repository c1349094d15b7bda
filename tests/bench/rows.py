"""What is measured: one line for each page. Add yours here."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from guidance.editorial.services.shipped import load
from guidance.pages.kinds import CONTENT
from guidance.pages.models import Page
from tests.bench.organisation import ON_TEAMS, SIZE, BigOrganisation
from tests.bench.running import Row
from tests.factories import a_contract, a_procurement, an_entry
from tests.personas import People
from toolkit.core import clock
from toolkit.core.stages import Stage
from workflows.journeys import loading
from workflows.procurements.services import standing

ENTRIES = 200
PAGES = 60
"""Pages of guidance beside those that ship: a library of the size that is meant."""
STEPS = 1024
"""Bytes that each step of a list may have, with its hint, its day and why that day."""
LONGEST: dict[str, Any] = {"kind": "works", "value_inc_vat": Decimal(9_000_000)}
"""Facts that open the longest route, works."""


def _more_guidance() -> None:
    Page.objects.bulk_create(
        Page(
            slug=f"page-{number}", stage=list(Stage)[number % len(Stage)], title=f"What to do about matter {number}",
            summary="Ask early, write it down, and tell the others.", body="Ask.", owner="Commercial team", review_by=clock.today(),
            status="published", published_at=clock.now(),
        )
        for number in range(PAGES)
    )  # fmt: skip


def rows(people: People, big: BigOrganisation) -> list[Row]:
    """Make what the pages show, and name the pages."""
    standing.rebuild()  # bulk inserts write none down
    officer = people.officer
    load(CONTENT)
    _more_guidance()
    guidance = Page.objects.get(slug="wait-before-you-sign").get_absolute_url()
    shorter = a_procurement(
        by=officer, title="Short", route="below-threshold-quotation", value_inc_vat=Decimal(40_000)
    )
    longest = max(
        (each for each in loading.latest() if each.about == "procurement"), key=lambda each: len(each.tasks)
    )
    longer = a_procurement(by=officer, title="Long", route=longest.slug, **LONGEST)
    for number in range(ENTRIES):
        an_entry(by=officer, title=f"Need {number}", visibility="public" if number % 2 else "boroughs")
    contract = a_contract(by=officer)
    return [
        Row("A guidance page, kept", guidance, kept=True, budget=0, floor=0.5),
        Row("A guidance page, made anew", guidance, budget=4, floor=0.25),
        Row("A guidance page, an officer", guidance, officer, budget=6, floor=0.10),
        Row("Home, signed out", "/", budget=6),
        Row("Home of an officer", "/", officer),
        Row("Guidance", "/guidance/"),
        Row(
            "Task list, the shorter route",
            f"/procurements/{shorter.reference}/tasks/",
            officer,
            budget=8,
            largest=STEPS * 90,
        ),
        Row(
            f"Task list, the longest route ({longest.slug}, {len(longest.tasks)} steps)",
            f"/procurements/{longer.reference}/tasks/",
            officer,
            budget=8,
            largest=STEPS * len(longest.tasks),
        ),
        Row(f"Pipeline of {ENTRIES} entries, signed out", "/pipeline/", budget=10),
        Row(f"Pipeline of {ENTRIES} entries, an officer", "/pipeline/", officer, budget=10),
        Row("One entry’s search", "/search/?q=need", budget=7),
        Row("A contract", f"/contracts/{contract.reference}/", officer),
        Row(
            f"Home, on {ON_TEAMS} of {SIZE:,} procurements",
            "/",
            big.officer,
            budget=12,
            slowest_ms=60,
            largest=None,
        ),
        Row(f"List of {SIZE:,} procurements", "/procurements/?whose=organisation", big.officer, budget=16),
        Row(f"Work of {SIZE:,} procurements by month", "/workload/", big.officer, budget=16),
        Row(
            f"Overdue of {SIZE:,} procurements",
            "/procurements/?whose=organisation&due=overdue",
            big.officer,
            budget=16,
        ),
    ]
