"""What is a slip of its own, what only follows from one, and from which day on."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from tests.unit.planning.plans import TODAY, planned, told
from workflows.journeys.facts import Facts, Planned
from workflows.journeys.own_rules import Meeting
from workflows.journeys.planning.plan import Plan
from workflows.procurements.models import KeptPlan
from workflows.procurements.planning import rows_to_keep
from workflows.procurements.slips import HOLDS, Slip, coming, late, shifts

PLAIN = told(
    key_decision_strategy=False, key_decision_award=False, leaseholders=False, private_strategy=False, private_award=False
)  # fmt: skip


def plain(**more: Any) -> Plan:
    """A plan in which nothing runs beside the chain but information about staff."""
    return planned(**{"facts": PLAIN, **more})


KEPT = KeptPlan(number=1, rows=rows_to_keep(plain()))
STRATEGY_ENDS = KEPT.ends["strategy"]


def after(days: int, *, of: dt.date = STRATEGY_ENDS) -> dt.date:
    return of + dt.timedelta(days)


def found(plan: Plan, **promised: dt.date) -> list[str]:
    return [slip.slug for slip in late(KEPT, plan, promised)]


def strategy_done(on: dt.date, facts: Facts = PLAIN, *, today: dt.date | None = None) -> Plan:
    return plain(facts=facts, today=today or on, done={"strategy": on})


def test_nothing_is_late_on_the_day_it_is_kept_nor_while_it_can_still_be_done_in_time() -> None:
    assert found(plain()) == []
    ahead = plain(today=after(0))
    assert found(ahead) == []
    assert len(shifts(KEPT, ahead)) > 10, "though every day has moved"
    days = {slip.slug: slip.on for slip in coming(KEPT, ahead, {})}
    assert days["strategy"] == after(1)


def test_the_day_after_it_was_to_end_it_is_late_alone() -> None:
    assert found(plain(today=after(1))) == ["strategy"]


@pytest.mark.parametrize(("days", "slugs"), [(-5, []), (0, []), (1, ["strategy"]), (40, ["strategy"])])
def test_what_was_done_is_late_after_its_planned_day_and_what_follows_is_not(
    days: int, slugs: list[str]
) -> None:
    assert found(strategy_done(after(days))) == slugs


def test_what_follows_is_late_again_when_it_takes_longer_itself() -> None:
    specification = KEPT.ends["specification"]
    steps = {"strategy": after(0), "strategy-decision": KEPT.ends["strategy-decision"], "engagement": KEPT.ends["engagement"]}  # fmt: skip
    in_time = plain(today=specification, done=steps)
    assert "specification" not in found(in_time)
    assert "specification" in found(plain(today=after(9, of=specification), done=steps))


def test_a_reason_holds_until_its_day_and_is_asked_for_again_after_it() -> None:
    slip = late(KEPT, plain(today=after(1)), {})[0]
    assert slip.now > slip.kept
    assert found(plain(today=after(9)), strategy=after(9)) == []
    assert found(plain(today=after(10)), strategy=after(9)) == ["strategy"]
    assert found(strategy_done(after(9)), strategy=after(9)) == []


def test_a_reason_for_something_that_takes_no_more_time_holds_a_week() -> None:
    slip = Slip("x", "X", KEPT_STAGE, TODAY, TODAY, TODAY, is_open=True)
    assert (slip.holds_until - slip.now).days >= HOLDS


KEPT_STAGE = plain().rows[0].activity.stage


def test_a_meeting_that_is_cancelled_is_a_slip_at_once() -> None:
    own = PLAIN.own
    without = [meeting for meeting in own.meetings if meeting.on != KEPT.ends["strategy-decision"]]
    assert len(without) == len(own.meetings) - 1
    in_time = strategy_done(after(0), today=after(1))
    assert found(in_time) == []
    moved = strategy_done(after(0), replace(PLAIN, own=replace(own, meetings=tuple(without))), today=after(1))
    assert found(moved) == ["strategy-decision"]


def test_a_missed_meeting_that_follows_from_a_late_report_is_no_slip_of_its_own() -> None:
    assert isinstance(PLAIN.own.meetings[0], Meeting)
    missed = strategy_done(after(25))
    shifted = {shift.slug for shift in shifts(KEPT, missed)}
    assert "strategy-decision" in shifted
    assert found(missed) == ["strategy"]


def test_a_longer_tender_period_that_was_set_is_a_slip_and_a_new_step_is_none() -> None:
    notice = plain().row("tendering")
    assert notice is not None
    events = {"tender-notice": notice.start.isoformat(), "tender-deadline": after(30, of=notice.end).isoformat()}  # fmt: skip
    assert "tendering" in found(plain(facts=told(PLAIN, events=events), today=notice.start))
    fewer = plain(facts=told(PLAIN, engages_market=False))
    kept = KeptPlan(number=1, rows=rows_to_keep(fewer))
    assert late(kept, plain(), {}) == []


def test_what_people_moved_is_promised_and_nothing_is_compared_without_a_kept_plan() -> None:
    longer = plain(facts=replace(PLAIN, planned=Planned({"strategy": 90}, {})), today=after(3))
    row = longer.rows[0]
    assert found(longer) == ["strategy"]
    assert found(longer, strategy=row.end) == []
    assert coming(None, longer, {}) == []
    assert shifts(None, longer) == []


def test_a_period_with_room_is_late_once_it_cannot_begin_in_time_for_what_waits_for_it() -> None:
    kept = KeptPlan(number=1, rows=rows_to_keep(planned(facts=told(key_decision_strategy=False))))
    last = kept.starts["tendering"] - (kept.ends["leaseholders-first"] - kept.starts["leaseholders-first"]) - dt.timedelta(1)  # fmt: skip
    assert last > kept.starts["leaseholders-first"]
    done = {
        "strategy": kept.ends["strategy"],
        "strategy-decision": kept.ends["strategy-decision"],
        "engagement": kept.ends["engagement"],
    }

    def is_late(today: dt.date, **events: dt.date) -> bool:
        days = {name.replace("_", "-"): day.isoformat() for name, day in events.items()}
        plan = planned(facts=told(key_decision_strategy=False, events=days), today=today, done=done)
        return "leaseholders-first" in {slip.slug for slip in late(kept, plan, {})}

    assert not is_late(last)
    assert is_late(last + dt.timedelta(1))
    assert not is_late(last + dt.timedelta(9), leaseholders_first=last)
    assert is_late(last + dt.timedelta(9), leaseholders_first=last + dt.timedelta(1))
