"""Plans: backwards and forwards over the same network, for every route."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.planning.plans import BASE, MEETINGS, NEEDED, TODAY, d, planned, told
from toolkit.law.values import NotCountable
from workflows.journeys import loading
from workflows.journeys.facts import Facts, Planned
from workflows.journeys.own_rules import Approval, Meeting, OwnRules
from workflows.journeys.planning.activities import ACTIVITIES
from workflows.journeys.planning.counts import HealthStandstill, Standstill
from workflows.journeys.planning.plan import Plan, length_in_words
from workflows.journeys.planning.shapes import shape_of, shapes
from workflows.journeys.planning.words import headline, plan_page

ROUTES = sorted(shapes())
UNSURE = st.sampled_from([True, False, None])
FACTS = st.builds(
    lambda answers, light, ground, model, deciders, call_in, meets: replace(
        BASE,
        answers=answers,
        light_touch=light,
        decision_model=model,
        choices={"ground": ground, "strategy_decider": deciders[0], "award_decider": deciders[1]},
        own=OwnRules(call_in_days=call_in, meetings=MEETINGS if meets else ()),
    ),
    st.fixed_dictionaries(dict.fromkeys(BASE.answers, UNSURE)),
    UNSURE,
    st.sampled_from([None, "", "urgency", "user-choice", "technical"]),
    st.sampled_from(["executive", "committees", "city-of-london", "gla-family", "other"]),
    st.tuples(*[st.sampled_from(["meeting", "member", "officer", None])] * 2),
    st.sampled_from([None, 0, 5, 10]),
    st.booleans(),
)
NEEDS = st.dates(dt.date(2026, 1, 1), dt.date(2032, 12, 31))


def standstill_after(plan: Plan) -> dt.date | None:
    row = next((row for row in plan.rows if isinstance(row.count, Standstill | HealthStandstill)), None)
    return dt.date.fromordinal(row.count.after(row.earliest)) if row is not None and not row.is_over else None


@pytest.mark.parametrize("route", ROUTES)
def test_every_route_has_a_plan_with_nothing_known(route: str) -> None:
    plan = planned(route, Facts())
    assert plan.rows[-1].slug == "needed"
    assert all(row.why.source for row in plan.rows)
    assert plan_page(plan).headline


def test_every_published_route_has_a_shape_or_its_familys() -> None:
    assert not [
        journey.slug for journey in loading.latest() if shape_of(journey.slug, journey.family) is None
    ]


@settings(max_examples=150)
@given(route=st.sampled_from(ROUTES), facts=FACTS, needed=NEEDS)
def test_forwards_from_the_latest_start_is_in_time_and_order_is_kept(
    route: str, facts: Facts, needed: dt.date
) -> None:
    plan = planned(route, facts, needed=needed)
    again = planned(route, facts, needed=needed, today=plan.start_by)
    assert again.ready_on <= needed
    for row in plan.rows:
        assert row.latest <= needed.toordinal()
        assert row.ready >= row.earliest >= TODAY.toordinal()


@settings(max_examples=150)
@given(route=st.sampled_from(ROUTES), facts=FACTS, needed=NEEDS)
def test_no_signature_lies_within_a_standstill(route: str, facts: Facts, needed: dt.date) -> None:
    plan = planned(route, facts, needed=needed)
    signature, free = plan.row("signature"), standstill_after(plan)
    if signature is not None and free is not None:
        assert signature.start >= free
        standstill = next(row for row in plan.rows if isinstance(row.count, Standstill | HealthStandstill))
        assert signature.latest >= standstill.count.after(standstill.latest)


@settings(max_examples=80)
@given(facts=FACTS, needed=NEEDS, extra=st.integers(0, 60), slug=st.sampled_from(["strategy", "specification", "evaluation", "mobilisation"]))  # fmt: skip
def test_what_takes_longer_never_leaves_more_time(
    facts: Facts, needed: dt.date, extra: int, slug: str
) -> None:
    shorter = planned(facts=facts, needed=needed)
    longer = planned(
        facts=replace(facts, planned=Planned({slug: ACTIVITIES[slug].days + extra})), needed=needed
    )
    assert longer.start_by <= shorter.start_by
    assert longer.ready_on >= shorter.ready_on
    assert longer.rows[0].float_days <= shorter.rows[0].float_days


@pytest.mark.parametrize("days", [30, 35])
def test_a_longer_tender_period_leaves_no_more_time(days: int) -> None:
    documents = planned(facts=told(documents_at_once=False, electronic=days == 30))
    assert documents.start_by <= planned().start_by


def test_standstill_only_where_it_is_mandatory_or_promised() -> None:
    assert planned().row("standstill") is not None
    assert planned(facts=replace(BASE, light_touch=True)).row("standstill") is None
    assert (
        planned(facts=replace(told(voluntary_standstill=True), light_touch=True)).row("standstill")
        is not None
    )
    unknown = planned(facts=replace(BASE, light_touch=None)).row("standstill")
    assert unknown is not None
    assert "light touch" in unknown.may
    assert planned("framework-call-off").row("standstill-voluntary") is None
    promised = replace(BASE, own=replace(BASE.own, voluntary_standstill=True))
    assert planned("framework-call-off", promised).row("standstill-voluntary") is not None
    assert planned("psr-direct-award-a").row("health-standstill") is None
    assert planned("psr-direct-award-c").row("health-standstill") is not None
    urgent = replace(BASE, choices={**BASE.choices, "ground": "urgency"})
    assert planned("direct-award", urgent).row("standstill") is None
    assert planned("direct-award", replace(BASE, choices={"ground": None})).row("standstill") is not None


def test_the_28_days_are_for_executive_arrangements_and_elsewhere_the_constitution_is_to_be_checked() -> None:
    committees = planned(facts=replace(BASE, decision_model="committees"))
    assert committees.row("key-notice-award") is None
    because = {activity.slug: words for activity, words in committees.left_out}
    assert "your constitution" in because["key-notice-award"]
    papers = committees.row("award-papers")
    assert papers is not None
    assert "constitution" in papers.why.source
    assert committees.row("award-call-in") is not None


def test_decisions_follow_the_organisations_own_rules() -> None:
    rules = OwnRules(
        call_in_days=10,
        approvals=(Approval("strategy", makers=("officer",)), Approval("award", makers=("committee",))),
        meetings=(Meeting("Contracts committee", d("2027-05-11"), ("committee",)), Meeting("Planning committee", d("2027-08-01"), ("council",)), Meeting("Contracts committee", d("2027-09-07"), ("committee",))),
    )  # fmt: skip
    plan = planned(facts=replace(BASE, own=rules, choices={}, decision_model="committees"))
    assert plan.row("strategy-papers") is None
    award = plan.row("award-decision")
    assert award is not None
    assert d("2027-05-11") < award.start <= d("2027-09-07")
    assert award.end == d("2027-09-07")
    assert "Contracts committee" in award.why.sentence
    nothing = replace(BASE, own=OwnRules(approvals=(Approval("strategy"),)), choices={})
    assert planned(facts=nothing).row("strategy-decision") is None


def test_a_decision_waits_for_the_last_meeting_that_fits() -> None:
    plan = planned()
    award = plan.row("award-decision")
    assert award is not None
    assert award.latest_start in {meeting.on for meeting in MEETINGS}
    assert award.end in {meeting.on for meeting in MEETINGS}


def test_beyond_the_known_holidays_all_that_waits_upstream_is_unconfirmed_too() -> None:
    far = planned(needed=d("2030-06-01"), facts=replace(BASE, own=OwnRules(call_in_days=5)))
    strategy, mobilisation = far.rows[0], far.row("mobilisation")
    assert not strategy.latest_confirmed
    assert mobilisation is not None
    assert mobilisation.latest_confirmed, "calendar days alone stay firm"
    assert not far.is_confirmed


def test_what_is_recorded_is_where_the_plan_goes_on_from() -> None:
    live = told(
        events={
            "strategy-decided": "2026-11-03",
            "tender-notice": "2026-11-20",
            "tender-deadline": "2026-12-18",
        }
    )
    plan = planned(facts=live, needed=d("2027-06-01"))
    assert {row.slug for row in plan.rows if row.is_over} >= {"strategy", "strategy-decision", "specification", "tender-documents"}  # fmt: skip
    tendering, evaluation = plan.row("tendering"), plan.row("evaluation")
    assert tendering is not None
    assert tendering.has_begun
    assert evaluation is not None
    assert evaluation.start == d("2026-12-18")
    assert headline(plan).startswith(("Late", "Go on"))


def test_a_standstill_that_runs_ends_by_itself() -> None:
    noticed = told(events={"award-notice": "2026-11-23"}, leaseholders=False)
    plan = planned(facts=noticed, needed=d("2027-03-01"))
    signature = plan.row("signature")
    assert signature is not None
    assert signature.start == d("2026-12-04")
    charged = planned(facts=told(events={"award-notice": "2026-11-23"}), needed=d("2027-03-01"))
    waiting = charged.row("signature")
    assert waiting is not None
    assert waiting.start == d("2026-12-24"), "leaseholders have not had their notice"


def test_an_activity_whose_steps_are_done_is_over() -> None:
    plan = planned(done={"strategy": d("2026-11-10")})
    assert plan.rows[0].is_over
    assert plan.open[0].slug != "strategy"


@pytest.mark.parametrize("needed", ["1990-01-01", "2026-11-23", "2026-11-24", "2100-12-31"])
def test_any_day_of_need_has_an_answer(needed: str) -> None:
    plan = planned(needed=d(needed), facts=replace(BASE, own=OwnRules(call_in_days=5)))
    page = plan_page(plan)
    assert page.is_late == (d(needed) < d("2030-01-01"))
    if page.is_late:
        assert page.headline.startswith("Late by ")
    if needed == "2026-11-23":
        assert "is past" in " ".join(page.sentences)


@pytest.mark.parametrize("needed", [dt.date(1989, 12, 31), dt.date(2101, 1, 1), dt.date.min, dt.date.max])
def test_a_day_of_need_out_of_range_is_refused_in_words(needed: dt.date) -> None:
    with pytest.raises(NotCountable, match="between 1990 and 2100"):
        planned(needed=needed)


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "1 day"), (7, "1 week"), (13, "13 days"), (21, "3 weeks"), (-23, "3 weeks and 2 days"), (400, "about 13 months")],
)  # fmt: skip
def test_lateness_is_said_in_words(days: int, words: str) -> None:
    assert length_in_words(days) == words


def test_a_move_pushes_what_waits_and_never_before_what_it_waits_for() -> None:
    base = planned()
    evaluation = base.row("evaluation")
    assert evaluation is not None
    later = evaluation.start + dt.timedelta(10)
    moved = planned(facts=replace(BASE, planned=Planned(starts={"evaluation": later})))
    row = moved.row("evaluation")
    assert row is not None
    assert row.start == later
    assert moved.ready_on >= base.ready_on
    early = planned(facts=replace(BASE, planned=Planned(starts={"evaluation": TODAY})))
    assert early.ready_on == base.ready_on


def test_a_plan_takes_microseconds() -> None:
    planned("competitive-flexible")
    took = []
    for _ in range(20):
        began = time.perf_counter()
        planned("competitive-flexible")
        took.append(time.perf_counter() - began)
    assert min(took) < 0.010, "the target of the longest route"
    assert len(planned("competitive-flexible").rows) > 20
    assert planned(needed=NEEDED).needed_on == NEEDED


def test_a_longer_standstill_that_the_notice_states_binds() -> None:
    events = {"award-notice": "2026-11-20", "standstill-stated": "2026-12-18"}
    row = planned(facts=told(events=events)).row("standstill")
    assert row is not None
    assert row.ready == d("2026-12-19").toordinal()
    assert "what it states binds" in row.why.sentence
    shorter = planned(facts=told(events={**events, "standstill-stated": "2026-11-25"})).row("standstill")
    assert shorter is not None
    assert shorter.ready == d("2026-12-03").toordinal()


def test_an_open_representation_leaves_no_day_to_sign() -> None:
    events = {"psr-intention-notice": "2026-11-02"}
    waiting = told(events=events, representations=True)
    plan = planned("psr-direct-award-c", waiting)
    assert plan.held_open is not None
    assert not plan.held_open.is_over
    assert headline(plan) == "No day to sign can be given yet"
    assert "no day to sign" in plan_page(plan).sentences[0]
    goes_on = replace(
        told(events={**events, "psr-further-decision": "2026-11-23"}, representations=True),
        choices={"psr_further_decision": "go-on"},
    )
    row = planned("psr-direct-award-c", goes_on).row("health-standstill")
    assert row is not None
    assert row.ready == d("2026-12-02").toordinal()


@pytest.mark.parametrize(("rounds", "event"), [("one", "tender-invitation"), ("two", "second-invitation"), ("three", "third-invitation")])  # fmt: skip
def test_the_last_invitation_begins_the_final_tenders(rounds: str, event: str) -> None:
    facts = replace(told(events={event: "2026-11-20"}), choices={"rounds": rounds, "first_stage": "requests"})
    row = planned("competitive-flexible", facts).row("final-tenders")
    assert row is not None
    assert row.has_begun
