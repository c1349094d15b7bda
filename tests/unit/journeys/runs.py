"""Runs to test with: facts, events, and where they lead."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

from workflows.journeys import loading
from workflows.journeys.facts import Facts
from workflows.journeys.progress import Happened, Happening, Progress, fold
from workflows.journeys.refusals import refusals

TODAY = dt.date(2026, 11, 24)
OPEN, QUOTATION, DIRECT = "open-competition", "below-threshold-quotation", "direct-award"
ADVERT, RESERVED = "below-threshold-open", "below-threshold-reserved"
BASE = Facts(
    kind="services", value_inc_vat=Decimal(900_000), above_threshold=True, light_touch=False, concession=False,
    commenced_on=dt.date(2026, 11, 2), decision_model="executive", events={"needed": dt.date(2028, 4, 1)},
)  # fmt: skip


def d(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def completed(task: str, **data: Any) -> Happened:
    return Happened(Happening.COMPLETED, task, TODAY, data, "Ada Okoro")


def reopened(task: str) -> Happened:
    return Happened(Happening.REOPENED, task, TODAY, {}, "Ada Okoro")


def signed(on: str, starts: str = "2027-04-01", ends: str = "2032-03-31") -> Happened:
    days = {"contract-entered": on, "contract-starts": starts, "contract-ends": ends}
    return completed("record-contracts", _events=days)


def at(route: str, *events: Happened, today: Any = TODAY, **facts: Any) -> Progress:
    return fold(loading.get(route), replace(BASE, **facts), events, today=today)


def due(progress: Progress, slug: str) -> dt.date | None:
    found = progress.state(slug).due
    assert found is not None, f"{slug} has no rule"
    return found.day


def refused(progress: Progress, slug: str, *, today: Any = TODAY, **data: Any) -> dict[str, str]:
    """The sentence for each field that these answers of a step may not have."""
    return dict(refusals(progress.state(slug).task, data, progress.facts, today=today))
