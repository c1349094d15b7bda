"""Facts in; regime, side of the threshold and routes out: every row of triage_scenarios.toml."""

from __future__ import annotations

import datetime as dt
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from toolkit.law.triage import classify
from toolkit.law.triage_facts import TriageFacts

ROWS = tomllib.loads((Path(__file__).parent / "triage_scenarios.toml").read_text(encoding="utf-8"))[
    "scenario"
]


def facts_of(given: dict[str, Any]) -> TriageFacts:
    value = given.get("value_inc_vat")
    return TriageFacts(
        kind=given.get("kind"),
        light_touch=given.get("light_touch"),
        health=given.get("health"),
        utility=given.get("utility"),
        concession=given.get("concession"),
        value_inc_vat=Decimal(value) if value is not None else None,
        commenced_on=given.get("commenced_on", dt.date(2026, 11, 24)),
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["name"]))
def test_triage(row: dict[str, Any]) -> None:
    assert row["cites"]
    triage = classify(facts_of(row["facts"]))
    assert triage.regime == row["regime"]
    assert triage.above == row.get("above")
    opened = {route.slug for route in triage.runnable}
    assert set(row.get("open", ())) <= opened
    if "open" not in row:
        assert opened == set()
    closed = {route.slug: route.why for route in triage.routes if not route.is_open}
    for slug, words in row.get("closed", {}).items():
        assert words in closed[slug], closed[slug]
