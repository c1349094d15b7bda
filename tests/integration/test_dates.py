"""The dates of a procurement: what is seen, moving an activity, keeping a plan, and who may."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import DatabaseError, transaction

from tests.factories import a_procurement, an_evaluation
from tests.pages import Pages
from tests.personas import People
from toolkit.core import clock
from toolkit.core.errors import Refused
from workflows.journeys.selectors import progress_of
from workflows.procurements.facts import facts_of
from workflows.procurements.models import Cause, KeptPlan, MoveKind, PlanMove, Procurement
from workflows.procurements.planning import Planner, planner_of
from workflows.procurements.services import planning
from workflows.procurements.services.facts import change_facts


def planner(procurement: Procurement) -> Planner:
    procurement.refresh_from_db()
    assert procurement.run is not None
    found = planner_of(
        progress_of(procurement.run, facts_of(procurement), today=clock.today()), today=clock.today()
    )
    assert found is not None
    return found


def start_of(procurement: Procurement, activity: str) -> dt.date:
    row = planner(procurement).plan().row(activity)
    assert row is not None
    return row.start


def moved(procurement: Procurement, people: People, **changes: object) -> bool:
    given: dict[str, object] = {"activity": "evaluation", "starts_on": None, "takes": None, "cause": Cause.SUPPLIERS, "reason": "Two asked for longer."}  # fmt: skip
    return planning.move(procurement=procurement, actor=people.officer, **{**given, **changes})  # type: ignore[arg-type]


def test_the_page_says_when_to_start_why_and_what_would_help(pages: Pages, people: People) -> None:
    live = a_procurement(by=people.officer)
    page = pages.sign_in(people.officer).get("procurement_dates", reference=live.reference)
    for words in (
        "Evaluation",
        "section 54",
        "Why?",
        "What was moved, and why",
        "Call it urgent",
        "All is as it was then",
    ):
        assert words in page.text, words
    assert "<svg" in page.html
    calendar = pages.get("procurement_dates_calendar", reference=live.reference).html
    assert live.reference in calendar
    assert live.title not in calendar


def test_trying_a_move_saves_nothing_and_says_what_it_would_do(pages: Pages, people: People) -> None:
    live = a_procurement(by=people.officer)
    later = start_of(live, "evaluation") + dt.timedelta(30)
    page = pages.sign_in(people.officer).post(
        "procurement_dates_move",
        {"starts_on": later.isoformat(), "do": "try"},
        reference=live.reference,
        activity="evaluation",
    )
    assert "What it would do" in page.text
    assert "Award report" in page.text
    assert not PlanMove.objects.exists()
    live.refresh_from_db()
    assert live.plan_changes == {}


def test_a_move_is_kept_with_its_reason_and_the_plan_before_it(pages: Pages, people: People) -> None:
    live = a_procurement(by=people.officer)
    before = start_of(live, "evaluation")
    later = before + dt.timedelta(30)
    pages.sign_in(people.officer).post(
        "procurement_dates_move",
        {
            "starts_on": later.isoformat(),
            "cause": "suppliers",
            "reason": "Two asked for longer.",
            "do": "save",
        },
        reference=live.reference,
        activity="evaluation",
    )
    move = PlanMove.objects.get()
    assert (move.activity, move.kind, move.from_on, move.to_on, move.by) == ("evaluation", MoveKind.START, before, later, people.officer)  # fmt: skip
    assert start_of(live, "evaluation") == later
    assert KeptPlan.objects.get().rows != []
    page = pages.get("procurement_dates", reference=live.reference)
    assert "Two asked for longer." in page.text
    assert "Since the plan was kept" in page.text
    assert "changed the plan" in pages.get("procurement_history", reference=live.reference).text


def test_a_move_without_a_reason_or_before_what_comes_first_is_refused(people: People) -> None:
    live = a_procurement(by=people.officer)
    later = start_of(live, "evaluation") + dt.timedelta(9)
    with pytest.raises(Refused, match="Enter why"):
        moved(live, people, starts_on=later, reason=" ")
    with pytest.raises(Refused, match="cannot begin before"):
        moved(live, people, starts_on=clock.today())
    for day in (clock.today() - dt.timedelta(1), dt.date.max, dt.date.min):
        with pytest.raises(Refused, match="today or later"):
            moved(live, people, starts_on=day)
    with pytest.raises(Refused, match="no such activity"):
        moved(live, people, activity="lunch")
    with pytest.raises(Refused, match="begins by itself"):
        moved(live, people, activity="award-call-in", starts_on=later)
    with pytest.raises(Refused, match="set by law"):
        moved(live, people, activity="standstill", takes=2)
    assert not PlanMove.objects.exists()
    assert KeptPlan.objects.count() == 1


def test_the_same_move_twice_is_one_and_it_can_be_taken_back(people: People) -> None:
    live = a_procurement(by=people.officer)
    before = start_of(live, "evaluation")
    later = before + dt.timedelta(9)
    assert moved(live, people, starts_on=later, takes=40)
    assert not moved(live, people, starts_on=later, takes=40)
    assert PlanMove.objects.count() == 2
    assert moved(live, people)
    assert start_of(live, "evaluation") == before
    assert PlanMove.objects.count() == 4


def test_a_least_period_of_the_law_is_not_shortened_by_a_plan(people: People) -> None:
    live = a_procurement(by=people.officer)
    moved(live, people, activity="tendering", takes=3)
    row = planner(live).plan().row("tendering")
    assert row is not None
    assert (row.end - row.start).days >= 25


def test_a_new_day_of_need_moves_the_latest_days(people: People) -> None:
    live = a_procurement(by=people.officer)
    before = planner(live).plan().start_by
    change_facts(
        procurement=live,
        answers={"needed_on": clock.today() + dt.timedelta(800)},
        reason="It was put off.",
        actor=people.officer,
    )
    assert planner(live).plan().start_by > before


def test_what_was_kept_is_never_changed(people: People) -> None:
    live = a_procurement(by=people.officer)
    moved(live, people, takes=40)
    for rows in (PlanMove.objects.all(), KeptPlan.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(procurement=live)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()


def test_reasons_of_moves_in_confidence_are_for_the_team(pages: Pages, people: People) -> None:
    live = an_evaluation(by=people.officer)
    row = planner(live).plan().row("award-report")
    assert row is not None
    moved(live, people, activity="award-report", takes=21, reason="Quillmark asked for a meeting.")
    assert (
        "Quillmark asked"
        in pages.sign_in(people.officer).get("procurement_dates", reference=live.reference).text
    )
    page = pages.sign_in(people.viewer).get("procurement_dates", reference=live.reference)
    assert "Quillmark" not in page.text


def test_only_the_team_moves_and_only_while_it_is_live(people: People) -> None:
    live = a_procurement(by=people.officer, visibility="borough")
    for person in (people.viewer, people.neighbour, people.approver, people.auditor, people.administrator):
        with pytest.raises(Refused, match="Only an officer"):
            planning.move(
                procurement=live, activity="evaluation", starts_on=None, takes=40, cause=Cause.CHOICE, reason="x", actor=person,
            )  # fmt: skip
        with pytest.raises(Refused, match="Only an officer"):
            planning.keep(procurement=live, actor=person)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"starts_on": "0001-01-01"}, "between 1990 and 2100"),
        ({"starts_on": "9999-12-31"}, "between 1990 and 2100"),
        ({"starts_on": "2027-02-30"}, "real date"),
        ({"starts_on": "soon"}, "real date"),
        ({"starts_on": "1990-01-01"}, "today or later"),
        ({"starts_on": "2026-11-25"}, "cannot begin before"),
        ({"starts_on": "2100-12-31", "takes": "731"}, "730"),
        ({"takes": "-1"}, "0"),
        ({"takes": "9" * 400}, "number"),
        ({"takes": "\u0663\u00bd"}, "number"),
    ],
)
def test_days_and_lengths_out_of_range_are_said_in_words(
    typed: dict[str, str], sentence: str, pages: Pages, people: People
) -> None:
    live = a_procurement(by=people.officer)
    pages.sign_in(people.officer)
    for do in ("try", "save"):
        given = {"cause": "other", "reason": "x", "do": do, **typed}
        page = pages.post("procurement_dates_move", given, reference=live.reference, activity="evaluation")
        assert any(sentence in error for error in page.errors), (typed, page.errors)
    assert not PlanMove.objects.exists()


def test_the_farthest_day_and_the_longest_time_have_a_plan(pages: Pages, people: People) -> None:
    live = a_procurement(by=people.officer)
    pages.sign_in(people.officer)
    for activity, given in (("mobilisation", {"takes": "730"}), ("evaluation", {"starts_on": "2100-12-31"})):
        pages.post(
            "procurement_dates_move", {"cause": "other", "reason": "x", "do": "save", **given},
            reference=live.reference, activity=activity,
        )  # fmt: skip
        for name in ("procurement", "procurement_tasks", "procurement_dates", "procurement_dates_calendar"):
            pages.get(name, reference=live.reference)
    assert PlanMove.objects.count() == 2
    for day in (dt.date(1990, 1, 1), dt.date(2100, 12, 31)):
        change_facts(procurement=live, answers={"needed_on": day}, actor=people.officer)
        for name in ("home", "procurement_dates", "procurement_dates_keep", "procurement_dates_slips"):
            pages.get(name) if name == "home" else pages.get(name, reference=live.reference)


def test_the_page_costs_few_queries(
    pages: Pages, people: People, queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    live = a_procurement(by=people.officer)
    for days in range(31, 37):
        moved(live, people, takes=days)
    officer = pages.sign_in(people.officer)
    officer.get("procurement_dates", reference=live.reference)
    with queries(14):
        officer.get("procurement_dates", reference=live.reference)
