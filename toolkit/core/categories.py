"""What boroughs buy, in about thirty plain categories mapped to CPV codes.

Officers misuse the 9,454 CPV codes often, so people choose from this list; notices and registers are placed in it by
their codes, the longest matching prefix first (Regulation (EC) 213/2008).

`light_touch`, `health` and `utility` say what the category *suggests*; the officer confirms. The light-touch list is
made of exact codes (Procurement Regulations 2024, Schedule 1), so a category can only ever suggest it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of thing boroughs buy."""

    slug: str
    label: str
    kind: str
    """What it mostly is: `goods`, `services` or `works`."""
    cpv: tuple[str, ...]
    """CPV prefixes."""
    light_touch: bool = False
    health: bool = False
    utility: bool = False


CATEGORIES: tuple[Category, ...] = (
    Category(
        "software-and-systems", "Software and business systems", "services", ("48", "722", "7226", "7232")
    ),
    Category("it-services", "IT services, hosting and support", "services", ("72", "503", "516")),
    Category("it-equipment", "Computers, devices and printing equipment", "goods", ("30", "31", "3242")),
    Category("telecoms", "Telephones, networks and broadband", "services", ("64", "32")),
    Category(
        "adult-social-care",
        "Adult social care",
        "services",
        ("85", "853", "8531", "85311", "853112", "98513"),
        light_touch=True,
    ),
    Category(
        "childrens-services",
        "Children’s services and placements",
        "services",
        ("853113", "853114", "8532"),
        light_touch=True,
    ),
    Category(
        "public-health",
        "Public health and other health care",
        "services",
        ("851", "8514"),
        light_touch=True,
        health=True,
    ),
    Category("education", "Education and training", "services", ("80",), light_touch=True),
    Category("housing-repairs", "Housing repairs and maintenance", "works", ("507", "453", "454", "50")),
    Category(
        "housing-and-homelessness",
        "Temporary accommodation and homelessness",
        "services",
        ("70333", "98341", "55"),
        light_touch=True,
    ),
    Category("construction", "Building and civil engineering", "works", ("45", "44", "452")),
    Category(
        "highways",
        "Highways, street lighting and parking",
        "works",
        ("4523", "4531", "349", "6371", "98351", "34"),
    ),
    Category("architecture-and-engineering", "Architects, engineers and surveyors", "services", ("71",)),
    Category("property", "Property services and valuations", "services", ("70",)),
    Category(
        "facilities",
        "Cleaning, security and facilities",
        "services",
        ("79993", "909", "797", "983", "9834", "984"),
    ),
    Category("waste", "Waste, recycling and street cleansing", "services", ("90", "905", "906")),
    Category("parks-and-trees", "Parks, trees and grounds", "services", ("77", "773", "03")),
    Category("energy", "Energy, fuel and water supplies", "goods", ("09", "65", "41")),
    Category("transport", "Passenger transport and vehicles", "services", ("60", "341", "63", "62", "61")),
    Category(
        "transport-networks",
        "Railways, stations and transport networks",
        "works",
        ("3494", "346", "4523410", "4521332", "6321"),
        utility=True,
    ),
    Category("catering", "Food and catering", "services", ("15", "555", "553", "39222")),
    Category("legal", "Legal services", "services", ("791",)),
    Category("consultancy", "Consultancy and research", "services", ("794", "73", "793", "79")),
    Category("temporary-staff", "Temporary staff and recruitment", "services", ("796", "7962")),
    Category("finance-and-insurance", "Finance, audit and insurance", "services", ("66", "792")),
    Category(
        "communications",
        "Communications, design, print and events",
        "services",
        ("798", "22", "7934", "7995", "7996"),
    ),
    Category(
        "culture-and-leisure",
        "Libraries, museums, culture and leisure",
        "services",
        ("92", "795", "37", "79952"),
        light_touch=True,
    ),
    Category(
        "community",
        "Community, advice and voluntary services",
        "services",
        ("98", "75", "98133", "85312"),
        light_touch=True,
    ),
    Category(
        "furniture-and-supplies",
        "Furniture, clothing and supplies",
        "goods",
        ("39", "18", "19", "35", "33", "38", "24", "42", "43", "14", "16"),
    ),
    Category(
        "equipment-maintenance", "Equipment maintenance", "services", ("501", "502", "504", "505", "51", "76")
    ),
    Category("other", "Something else", "services", ()),
)

BY_SLUG = {category.slug: category for category in CATEGORIES}
_BY_PREFIX = {prefix: category for category in CATEGORIES for prefix in category.cpv}


def of_cpv(codes: Iterable[str]) -> Category | None:
    """The category of the first of these CPV codes that has one; None when none of them does."""
    for code in codes:
        digits = code.strip()[:8]
        for length in range(len(digits), 1, -1):
            category = _BY_PREFIX.get(digits[:length].rstrip("0") if length == 8 else digits[:length])
            if category is not None:
                return category
    return None


def choices() -> list[tuple[str, str]]:
    """For forms: every category, “Something else” last."""
    return [(category.slug, category.label) for category in CATEGORIES]


def label(slug: str) -> str:
    """The words for a slug; empty for none."""
    return BY_SLUG[slug].label if slug in BY_SLUG else ""
