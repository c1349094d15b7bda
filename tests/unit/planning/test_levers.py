"""Levers: lawful here, not lawful, or not known; what each saves; and none that the law does not allow."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.planning.plans import BASE, TODAY, d, told
from tests.unit.planning.test_plan import FACTS, NEEDS, ROUTES, standstill_after
from workflows.journeys.facts import Facts
from workflows.journeys.own_rules import OwnRules
from workflows.journeys.planning import tendering
from workflows.journeys.planning.counts import Period
from workflows.journeys.planning.levers import Lever, Standing, levers
from workflows.journeys.planning.network import NO_CHANGE, Change
from workflows.journeys.planning.plan import Plan, plan_of
from workflows.journeys.planning.shapes import Shape, shapes


def found(
    route: str = "open-competition",
    facts: Facts = BASE,
    *,
    needed: dt.date = dt.date(2027, 6, 1),
    seen: list[tuple[Change, Facts, Plan]] | None = None,
) -> dict[str, Lever]:
    def again(change: Change, facts: Facts, shape: Shape) -> Plan:
        plan = plan_of(shape, facts, needed_on=needed, today=TODAY, change=change)
        if seen is not None:
            seen.append((change, facts, plan))
        return plan

    plan = again(NO_CHANGE, facts, shapes()[route])
    return {lever.slug: lever for lever in levers(plan, facts, again)}


@settings(max_examples=60)
@given(route=st.sampled_from(ROUTES), facts=FACTS, needed=NEEDS)
def test_no_lever_shortens_what_the_law_does_not(route: str, facts: Facts, needed: dt.date) -> None:
    seen: list[tuple[Change, Facts, Plan]] = []
    for lever in found(route, facts, needed=needed, seen=seen).values():
        assert lever.source
        assert lever.saved is None or lever.saved >= 0
        if lever.standing is Standing.NOT_LAWFUL:
            assert lever.saved is None
        else:
            assert lever.condition
    for change, told_, plan in seen:
        assert not change.without & {"standstill", "health-standstill"}
        free, signature = standstill_after(plan), plan.row("signature")
        if free is not None and signature is not None:
            assert signature.start >= free
        row = plan.row("tendering")
        if row is not None and isinstance(row.count, Period):
            least = 10 if "planned-notice" in change.taken_in else tendering.minimum(told_)
            assert least is None or row.count.days >= least
            notice = plan.row("planned-notice")
            if "planned-notice" in change.taken_in and notice is not None:
                assert row.earliest - notice.earliest >= 40


@pytest.mark.parametrize("route", ROUTES)
def test_urgency_is_listed_as_never_a_lever(route: str) -> None:
    urgency = found(route)["urgency"]
    assert urgency.standing is Standing.NOT_LAWFUL
    assert urgency.saved is None
    if shapes()[route].law == "pa23":
        assert "paragraph 13" in urgency.source


def test_a_planned_notice_saves_nothing_where_the_tender_notice_could_go_out_within_40_days() -> None:
    near = found(facts=told(engages_market=False), needed=d("2027-03-01"))["planned-notice"]
    ready = replace(BASE, own=OwnRules(call_in_days=0), planned=BASE.planned)
    soon = replace(
        told(ready, events={"strategy-decided": "2026-11-02"}, engages_market=False, leaseholders=False),
        planned=replace(BASE.planned, takes={"specification": 5, "tender-documents": 3}),
    )
    assert found(facts=soon)["planned-notice"].saved == 0
    assert "It saves nothing here" in found(facts=soon)["planned-notice"].sentence
    assert near.standing is Standing.LAWFUL
    assert "41 to be safe" in near.condition
    assert (near.saved or 0) > 0, "the tender notice is months off: published today, it qualifies"


def test_what_is_counted_already_saves_nothing() -> None:
    assert found()["documents-at-once"].saved == 0
    assert "counted already" in found()["documents-at-once"].sentence
    unsaid = told(documents_at_once=None, electronic=None)
    without_meetings = replace(unsaid, own=OwnRules(call_in_days=5))
    assert found(facts=without_meetings)["documents-at-once"].saved >= 10  # type: ignore[operator]
    assert "counted already" not in found(facts=unsaid)["documents-at-once"].sentence


@pytest.mark.parametrize("route", [route for route in ROUTES if shapes()[route].law != "pa23"])
def test_another_law_is_not_told_in_sections_of_the_act(route: str) -> None:
    for lever in found(route).values():
        assert "Procurement Act" not in lever.source, lever.slug
    plan = plan_of(shapes()[route], BASE, needed_on=d("2027-06-01"), today=TODAY)
    for row in plan.rows:
        assert "Procurement Act" not in row.why.source, row.slug
        assert "UK" not in row.activity.label, row.slug


def test_executive_levers_are_for_executives() -> None:
    mine, theirs = found(), found(facts=replace(BASE, decision_model="committees"))
    for slug in ("general-exception", "special-urgency", "private-item"):
        assert mine[slug].standing is Standing.NOT_KNOWN
        assert slug not in theirs
    assert len({mine[slug].condition for slug in ("general-exception", "special-urgency", "private-item", "call-in-waived")}) == 4  # fmt: skip
    assert "call-in-waived" in theirs


def test_what_has_begun_is_no_lever_any_more() -> None:
    live = told(events={"tender-notice": "2026-11-20"})
    gone = found(facts=live)
    assert "documents-at-once" not in gone
    assert "planned-notice" not in gone
    assert "framework-call-off" not in gone


def test_levers_that_are_lawful_come_first() -> None:
    order = [lever.standing for lever in found().values()]
    assert order == sorted(order, key=[Standing.LAWFUL, Standing.NOT_KNOWN, Standing.NOT_LAWFUL].index)
