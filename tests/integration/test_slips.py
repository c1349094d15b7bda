"""Slips with their reasons: the first plan is kept by itself, each slip is asked about once, in one form, by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from tests.factories import a_draft, a_procurement, an_evaluation
from tests.factories.workflows import BIDDER, home_of
from tests.pages import Pages
from tests.personas import People
from tests.threads import at_once
from toolkit.accounts.readers import reader_of
from toolkit.core import clock
from toolkit.core.errors import Refused
from toolkit.desk.due import due_for
from workflows.journeys.selectors import progress_of
from workflows.procurements.facts import facts_of
from workflows.procurements.models import Cause, KeptPlan, MoveKind, PlanMove, Procurement, Standing, TeamRole
from workflows.procurements.planning import planner_of
from workflows.procurements.services import drafts, planning, sharing, standing, tasks
from workflows.procurements.services.facts import change_facts
from workflows.procurements.slips import number_without_reason

LATE = (Cause.LATE, "The report came late.")


def late_by(live: Procurement, days: int, activity: str = "strategy") -> AbstractContextManager[object]:
    """So many days after it was to end by the first plan."""
    end = live.kept_plans.get(number=1).ends[activity]
    return clock.held_at(end + dt.timedelta(days))


def said(live: Procurement, people: People, reason: tuple[Cause, str] = LATE, **more: object) -> int:
    given: dict[str, object] = {"plan": 1, "reasons": {"strategy": reason}, "actor": people.officer}
    return planning.explain(procurement=live, **{**given, **more})  # type: ignore[arg-type]


def test_the_first_plan_is_kept_at_the_start_or_once_the_day_is_known(people: People) -> None:
    live = a_procurement(by=people.officer)
    kept = live.kept_plans.get()
    assert (kept.number, kept.by, kept.needed_on) == (1, people.officer, live.needed_on)
    change_facts(procurement=live, answers={"title": "Other words"}, actor=people.officer)
    assert live.kept_plans.count() == 1
    # Work about a contract begins with no day of need.
    Procurement.objects.filter(pk=live.pk).update(needed_on=None)
    other = a_draft(by=people.officer)
    other.needed_on = None
    drafts.go_live(other, route="open-competition", name="Open", actor=people.officer)
    assert not other.kept_plans.exists()
    Procurement.objects.filter(pk=other.pk).update(regime="pa23")
    day = clock.today() + dt.timedelta(500)
    change_facts(procurement=other, answers={"needed_on": day}, actor=people.officer)
    assert other.kept_plans.get().needed_on == day


def test_a_slip_is_shown_on_home_overview_and_dates_and_each_reason_is_kept(
    pages: Pages, people: People
) -> None:
    live = a_procurement(by=people.officer)
    officer = pages.sign_in(people.officer)
    with late_by(live, 0):
        assert "without a reason" not in officer.get("home").main
    with late_by(live, 3):
        for name in ("procurement", "procurement_dates"):
            assert "1 slip without a reason" in officer.get(name, reference=live.reference).main, name
        home = officer.get("home")
        assert f"{live.title}: 1 slip without a reason" in home.main
        form = officer.get(home.link(f"{live.title}: 1 slip without a reason"))
        wrong: tuple[tuple[dict[str, Any], str], ...] = (
            ({}, "Enter why for at least one of them"),
            ({"cause-strategy": "late"}, "Enter why: "),
            ({"reason-strategy": "The report came late."}, "Select the cause: "),
        )
        for given, error in wrong:
            again = officer.submit(form, **given)
            assert error in again.errors[0], again.errors
        assert not PlanMove.objects.exists()
        right: dict[str, Any] = {"cause-strategy": "late", "reason-strategy": "The report came late."}
        officer.submit(form, **right)
        move = PlanMove.objects.get()
        assert (move.kind, move.cause, move.reason, move.by) == (MoveKind.SLIP, *LATE, people.officer)
        assert (move.from_on, move.plan) == (KeptPlan.objects.get().ends["strategy"], KeptPlan.objects.get())
        page = officer.get("procurement_dates", reference=live.reference)
        assert "The report came late." in page.main
        for name in ("procurement", "procurement_dates"):
            assert "without a reason" not in officer.get(name, reference=live.reference).main, name
        assert "without a reason" not in officer.get("home").main
        assert (
            "The report came late." not in officer.get("procurement_history", reference=live.reference).main
        )
    assert move.ends_on is not None
    with clock.held_at(move.ends_on):
        assert number_without_reason(live, clock.today()) == 0
    with clock.held_at(move.ends_on + dt.timedelta(1)):
        assert number_without_reason(live, clock.today()) == 1


def test_a_step_done_after_its_planned_day_is_asked_about_once_and_what_follows_never(people: People) -> None:
    live = a_procurement(by=people.officer)
    with late_by(live, 4):
        assert live.run is not None
        for task in progress_of(live.run, facts_of(live), today=clock.today()).states:
            if task.task.slug in ("business-case", "strategy-meeting"):
                data = {"decider": "officer", "key_decision": "no"} if task.task.fields else {}
                tasks.complete_task(procurement=live, task=task.task.slug, data=data, actor=people.officer)
        assert Standing.objects.get(procurement=live).slips_from[0] <= clock.today()
        assert said(live, people) == 1
        assert number_without_reason(live, clock.today()) == 0
    with pytest.raises(Refused, match="no such activity"):
        said(live, people, reasons={"lunch": LATE})
    with pytest.raises(Refused, match="is not late"):
        said(live, people, reasons={"mobilisation": LATE})
    with pytest.raises(Refused, match="at least one"):
        said(live, people, reasons={})
    with pytest.raises(Refused, match="Enter why"):
        said(live, people, reasons={"strategy": (Cause.LATE, " ")})


def test_a_moved_activity_has_its_reason_already(people: People) -> None:
    live = a_procurement(by=people.officer)
    planning.move(
        procurement=live, activity="strategy", starts_on=None, takes=90, cause=Cause.CHOICE, reason="We asked more people.",
        actor=people.officer,
    )  # fmt: skip
    with late_by(live, 5):
        assert standing.rebuild() == 0
        assert number_without_reason(live, clock.today()) == 0


def test_a_plan_is_kept_again_once_every_slip_has_its_reason(pages: Pages, people: People) -> None:
    live = a_procurement(by=people.officer)
    officer = pages.sign_in(people.officer)
    with late_by(live, 3):
        assert "Say first why" in officer.get("procurement_dates_keep", reference=live.reference).main
        with pytest.raises(Refused, match="Say first why"):
            planning.keep(procurement=live, actor=people.officer)
        said(live, people)
        officer.post("procurement_dates_keep", reference=live.reference)
        planning.keep(procurement=live, actor=people.officer)
        assert [kept.number for kept in live.kept_plans.all()] == [1, 2]
        assert "All is as it was then" in officer.get("procurement_dates", reference=live.reference).main


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_lose_no_reason_and_double_none(people: People) -> None:
    live = a_procurement(by=people.officer)
    colleague = people.member("officer", name="Bo Thway")
    sharing.add_to_team(procurement=live, person=colleague, role=TeamRole.MEMBER, actor=people.officer)
    with late_by(live, 3):
        results = at_once(
            lambda: said(live, people),
            lambda: said(live, people),
            lambda: said(live, people, (Cause.MEETING, "The board was put off."), actor=colleague),
            lambda: change_facts(procurement=live, answers={"title": "Renamed"}, actor=colleague),
        )
        assert not [each for each in results if isinstance(each, Exception)], results
        reasons = set(PlanMove.objects.values_list("reason", flat=True))
        assert reasons == {LATE[1], "The board was put off."}
        assert PlanMove.objects.count() == 2
        assert len(set(PlanMove.objects.values_list("ends_on", "plan"))) == 1
        assert number_without_reason(live, clock.today()) == 0
        assert live.kept_plans.count() == 1


def test_slips_in_confidence_say_nothing_to_whoever_is_outside_the_team(pages: Pages, people: People) -> None:
    live = an_evaluation(by=people.officer)
    early = an_evaluation(by=people.officer)
    assert live.run is not None
    evaluation = planner_of(progress_of(live.run, facts_of(live), today=clock.today()), today=clock.today())
    assert evaluation is not None
    row = evaluation.plan().row("evaluation")
    assert row is not None
    with clock.held_at(max(row.end, live.kept_plans.get().ends["evaluation"]) + dt.timedelta(120)):
        standing.catch_up(clock.today())
        standing.rebuild()
        team = pages.sign_in(people.officer).get("procurement_dates_slips", reference=live.reference)
        slugs = [name.removeprefix("reason-") for name in team.form().fields if name.startswith("reason-")]
        assert slugs, "something has slipped"
        planning.explain(
            procurement=live,
            plan=1,
            reasons=dict.fromkeys(slugs, (Cause.SUPPLIERS, f"{BIDDER} objected.")),
            actor=people.officer,
        )
        assert BIDDER in pages.get("procurement_dates", reference=live.reference).main
        for person in (people.viewer, people.approver, people.administrator, people.member("officer")):
            pages.sign_in(person)
            words = [
                pages.get("procurement_dates", reference=each.reference).main.replace(each.reference, "PR-0")
                for each in (live, early)
            ]
            assert words[0] == words[1]
            assert BIDDER not in words[0]
            assert "Evaluation: " not in words[0]
            assert not due_for(reader_of(person)).slips
        assert (
            BIDDER
            not in pages.sign_in(people.auditor).get("procurement_dates", reference=live.reference).main
        )
        # Once bids are in confidence no more, what was written while they were is for the team and auditors alone.
        sharing.stop(procurement=live, reason="The need went away", actor=people.officer)
        assert BIDDER in pages.get("procurement_dates", reference=live.reference).main
        assert (
            BIDDER not in pages.sign_in(people.viewer).get("procurement_dates", reference=live.reference).main
        )


def test_home_asks_no_more_of_the_database_for_slips(
    pages: Pages, people: People, queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    for number in range(12):
        live = a_procurement(by=people.officer, title=f"Number {number}")
    assert home_of(people.officer) == live.organisation
    with late_by(live, 3):
        pages.sign_in(people.officer).get("home")
        with queries(12):
            page = pages.get("home")
        assert "And 2 more procurements" in page.main
