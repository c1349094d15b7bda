"""Values and days that nobody should enter, on every route: the right answer or a clear error, never a crash."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.unit.journeys.runs import OPEN, TODAY, at
from tests.unit.journeys.wide import asked_by, facts_for
from toolkit.law.values import NotCountable
from workflows.journeys import loading
from workflows.journeys.definitions import Journey
from workflows.journeys.facts import Facts
from workflows.journeys.forms import WhatIfForm
from workflows.journeys.pages import what_if
from workflows.journeys.planning.plan import plan_of
from workflows.journeys.planning.shapes import shapes
from workflows.journeys.planning.words import plan_page
from workflows.journeys.progress import Status, fold

ROUTES = [journey for _, journey in sorted(loading.all_journeys().items())]
FIRST_DAY, LAST_DAY = dt.date.min, dt.date.max
BEFORE_THE_ACT, FAR = dt.date(1899, 12, 31), dt.date(2199, 1, 1)


def every_day(journey: Journey, day: dt.date) -> Facts:
    """Everything that the route records happened on one day."""
    _, _, events = asked_by(journey)
    return facts_for(journey, events=dict.fromkeys(["needed", *events], day))


@pytest.mark.parametrize("day", [FIRST_DAY, BEFORE_THE_ACT, FAR, LAST_DAY], ids=str)
@pytest.mark.parametrize("journey", ROUTES, ids=lambda journey: f"{journey.slug}.v{journey.version}")
def test_a_day_out_of_any_range_is_folded_or_refused_in_words(journey: Journey, day: dt.date) -> None:
    try:
        progress = fold(journey, every_day(journey, day), [], today=TODAY)
    except NotCountable as error:
        assert str(error).startswith("The date")
    else:
        assert len(progress.states) == len(journey.tasks)


@pytest.mark.parametrize("day", [dt.date(1990, 1, 1), dt.date(2100, 12, 31)], ids=str)
@pytest.mark.parametrize("journey", ROUTES, ids=lambda journey: f"{journey.slug}.v{journey.version}")
def test_the_first_and_the_last_day_that_forms_take_are_folded(journey: Journey, day: dt.date) -> None:
    assert len(fold(journey, every_day(journey, day), [], today=TODAY).states) == len(journey.tasks)


@pytest.mark.parametrize(("pounds", "over"), [(0, False), (Decimal("0.01"), False), (10_000_000_000, True)])
def test_nothing_and_ten_billion_are_values_like_any_other(pounds: Any, over: bool) -> None:
    worth = Decimal(pounds)
    for journey in ROUTES:
        facts = facts_for(journey, value_inc_vat=worth, value_ex_vat=worth, above_threshold=over)
        assert fold(journey, facts, [], today=TODAY).states
    progress = at(OPEN, value_inc_vat=worth, value_ex_vat=worth, above_threshold=over)
    assert (progress.state("contract-copy").status != Status.NOT_NEEDED) is over


def test_a_contract_that_ends_before_it_starts_is_folded_as_it_is_recorded() -> None:
    days = {"contract-entered": dt.date(2027, 3, 1), "contract-starts": dt.date(2027, 4, 1), "contract-ends": dt.date(2026, 1, 1), "contract-ended": dt.date(2026, 1, 1)}  # fmt: skip
    for journey in ROUTES:
        progress = fold(journey, facts_for(journey, events=days), [], today=TODAY)
        assert len(progress.states) == len(journey.tasks)


@pytest.mark.parametrize("route", sorted(shapes()))
@pytest.mark.parametrize("day", [FIRST_DAY, BEFORE_THE_ACT, FAR, LAST_DAY], ids=str)
def test_a_plan_for_a_day_out_of_range_is_refused_in_words(route: str, day: dt.date) -> None:
    with pytest.raises(NotCountable, match="between 1990 and 2100"):
        plan_of(shapes()[route], Facts(), needed_on=day, today=TODAY)


@pytest.mark.parametrize("day", [dt.date(1990, 1, 1), TODAY, dt.date(2100, 12, 31)], ids=str)
@pytest.mark.parametrize("happened", [dt.date(1990, 1, 1), dt.date(2100, 12, 31)], ids=str)
@pytest.mark.parametrize("route", sorted(shapes()))
def test_a_plan_at_the_edge_of_its_range_is_told(route: str, happened: dt.date, day: dt.date) -> None:
    """Whatever was recorded, and however far from it the day of need is."""
    journey = loading.get(route)
    facts = replace(every_day(journey, happened), value_inc_vat=Decimal(0))
    plan = plan_of(shapes()[route], facts, needed_on=day, today=TODAY)
    assert plan_page(plan).headline
    assert plan.rows[-1].slug == "needed"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"value": "0"}, ""),
        ({"value": "10,000,000,000"}, ""),
        ({"value": "-1"}, "value"),
        ({"value": "1" * 60}, "value"),
        ({"value": "a lot"}, "value"),
        ({"kind": "spaceships"}, "kind"),
        ({"light_touch": "perhaps"}, "light_touch"),
    ],
)
def test_what_if_answers_or_names_the_field(typed: dict[str, str], sentence: str) -> None:
    for journey in loading.latest():
        form = WhatIfForm(journey, typed)
        assert form.is_valid() is not bool(sentence), form.errors
        if sentence:
            assert sentence in form.errors
        else:
            shown = what_if(journey, form.facts(), today=TODAY)
            assert shown.count + len(shown.unsure) + len(shown.not_needed) == len(journey.tasks)
