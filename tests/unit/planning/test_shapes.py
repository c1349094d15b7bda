"""Shapes: every step of a route that has a clock of its own has its activity in the plan of that route."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.planning.plans import BASE, planned
from workflows.journeys import loading
from workflows.journeys.definitions import Journey, Task, TaskKind
from workflows.journeys.facts import Facts
from workflows.journeys.overlay import gate_of
from workflows.journeys.planning.activities import ACTIVITIES
from workflows.journeys.planning.shapes import shapes
from workflows.journeys.planning.steps import activity_of, keeps_aims

CLOCKS = {
    "key-decision-notice-strategy": {"key-notice-strategy"},
    "key-decision-notice-award": {"key-notice-award"},
    "change-key-decision-notice": {"key-notice-change"},
    "private-notice-strategy": {"private-notice-strategy"},
    "private-notice-award": {"private-notice-award"},
    "private-notice-change": {"private-notice-change"},
    "private-second-notice-strategy": {"strategy-papers", "waiver-papers"},
    "private-second-notice-award": {"award-papers"},
    "private-second-notice-change": {"change-papers"},
    "strategy-papers": {"strategy-papers", "waiver-papers"},
    "award-papers": {"award-papers"},
    "change-papers": {"change-papers"},
    "leaseholders-first-notice": {"leaseholders-first"},
    "leaseholders-first-observations": {"leaseholders-first"},
    "leaseholders-second-notice": {"leaseholders-second"},
    "leaseholders-second-observations": {"leaseholders-second"},
    "staff-information": {"staff-information"},
    "exit-staff-information": {"staff-information"},
    "staff-and-unions-first": {"consultation"},
    "engagement-notice": {"engagement"},
    "run-engagement": {"engagement"},
    "planned-notice": {"planned-notice"},
    "participation-period": {"participation", "requests"},
    "tender-notice": {"tendering"},
    "flexible-tender-notice": {"participation", "requests"},
    "tender-period": {"tendering", "final-tenders", "market-tenders"},
    "second-round-invitation": {"second-round", "middle-round"},
    "second-round-period": {"second-round", "middle-round"},
    "third-round-invitation": {"third-round", "final-tenders"},
    "third-round-period": {"third-round", "final-tenders"},
    "quotation-period": {"quotations"},
    "call-off-period": {"further-competition"},
    "old-bids": {"old-law-competition"},
    "market-intention-notice": {"membership"},
    "psr-approach-wait": {"approach"},
    "psr-offers-period": {"offers"},
    "psr-standstill": {"health-standstill"},
    "psr-further-wait": {"health-standstill"},
    "transparency-notice": {"transparency"},
    "assessment-summaries": {"summaries"},
    "award-notice": {"standstill"},
    "award-notice-without-wait": {"standstill-voluntary"},
    "standstill": {"standstill"},
    "voluntary-standstill": {"standstill"},
    "promised-wait": {"standstill-voluntary"},
    "partners-call-in": {"partner-decisions"},
    "change-uk10": {"change-standstill"},
    "change-standstill": {"change-standstill"},
    "mobilise": {"mobilisation"},
    "take-over": {"mobilisation"},
}
"""Step → the activities that stand for it; a decision of a gate has that gate's."""
EXCEPTIONS = {
    ("urgent-award", "staff-information"): "nothing so urgent is planned round a transfer of staff: the step has its own 28 days",
    ("urgent-award", "mobilise"): "it begins when it is signed: there is no time to mobilise in",
}  # fmt: skip
"""Steps without an activity, and why."""
_RULES = frozenset({"key-decision-notice", "private-notice", "papers"})
JOURNEYS = [journey for _, journey in sorted(loading.all_journeys().items())]
PARAMS = pytest.mark.parametrize("journey", JOURNEYS, ids=lambda each: f"{each.slug}.v{each.version}")


def waits_for_contract(journey: Journey, task: Task) -> bool:
    """Is it after the contract, where the law has its own days?"""
    ahead, seen = [*task.needs], set[str]()
    while ahead:
        slug = ahead.pop()
        if slug in seen:
            continue
        seen.add(slug)
        earlier = journey.task(slug)
        if earlier.kind == TaskKind.AWARD:
            return True
        ahead += earlier.needs
    return False


def has_clock(journey: Journey, task: Task) -> bool:
    if task.slug in CLOCKS or task.kind in (TaskKind.PERIOD, TaskKind.DECISION):
        return True
    if task.due is None:
        return False
    if task.due.rule in _RULES:
        return True
    if task.kind == TaskKind.NOTICE and task.due.rule == "before":
        return not waits_for_contract(journey, task)
    return False


@PARAMS
def test_every_step_with_a_clock_has_its_activity(journey: Journey) -> None:
    present = frozenset(activity.slug for activity in shapes()[journey.slug].activities)
    missing = []
    for task in journey.tasks:
        if not has_clock(journey, task) or (journey.slug, task.slug) in EXCEPTIONS:
            continue
        found = activity_of(task, present)
        is_decision = task.kind == TaskKind.DECISION
        wanted = {f"{gate_of(task)}-decision"} if is_decision else CLOCKS.get(task.slug, set())
        if found is None or found[0] not in wanted:
            missing.append((task.slug, found, wanted))
    assert missing == []


@PARAMS
def test_no_shape_counts_what_its_route_has_no_step_for(journey: Journey) -> None:
    """What the law counts in a plan is there because the route has the step."""
    steps = {task.slug for task in journey.tasks}
    for activity in shapes()[journey.slug].activities:
        if keeps_aims(journey) and activity.slug.startswith("private-notice"):
            continue  # the shape is that of later versions, which ask
        of = {step for step, wanted in CLOCKS.items() if activity.slug in wanted}
        if activity.slug in ("leaseholders-first", "leaseholders-second", "staff-information", "engagement", "second-round", "third-round", "key-notice-strategy", "key-notice-award", "key-notice-change", "private-notice-strategy", "private-notice-award", "private-notice-change"):  # fmt: skip
            assert of & steps or journey.about == "contract", activity.slug


def test_every_exception_is_still_one() -> None:
    for route, step in EXCEPTIONS:
        journey = next(each for each in JOURNEYS if each.slug == route)
        present = frozenset(activity.slug for activity in shapes()[route].activities)
        assert has_clock(journey, journey.task(step))
        assert activity_of(journey.task(step), present) is None


def test_every_activity_is_in_some_shape() -> None:
    used = {activity.slug for shape in shapes().values() for activity in shape.activities}
    assert used == ACTIVITIES.keys()


WITH_LEASEHOLDERS = sorted(
    journey.slug for journey in loading.latest() if journey.has("leaseholders-first-observations")
)


@pytest.mark.parametrize("route", WITH_LEASEHOLDERS)
def test_leaseholders_take_time_on_every_route_that_has_their_steps(route: str) -> None:
    charged = planned(route)
    nobody = planned(route, replace(BASE, answers={**BASE.answers, "leaseholders": False}))
    assert charged.ready_on >= nobody.ready_on
    first, second, signature = (charged.row(slug) for slug in ("leaseholders-first", "leaseholders-second", "signature"))  # fmt: skip
    assert first is not None
    assert second is not None
    assert signature is not None
    assert second.ready <= signature.earliest
    assert first.ready <= second.earliest
    assert {"leaseholders-first", "leaseholders-second"} <= {activity.slug for activity, _ in nobody.left_out}


@pytest.mark.parametrize(
    "route",
    ["competitive-flexible", "works-competition", "light-touch-competition", "concession-competition"],
)
def test_each_round_takes_time_once_it_is_said(route: str) -> None:
    def with_rounds(rounds: str | None) -> Facts:
        choices: dict[str, str | None] = {**BASE.choices, "first_stage": "requests", "rounds": rounds}
        return replace(BASE, choices=choices)

    days = [planned(route, with_rounds(rounds)).ready_on for rounds in ("one", "two", "three")]
    assert days == sorted(set(days)) or route == "competitive-flexible"
    assert days[1] < days[2]
    unsaid = planned(route, with_rounds(None))
    because = {activity.slug: why for activity, why in unsaid.left_out}
    assert "how many rounds" in because["second-assessment"]


def test_a_waiver_and_a_change_have_the_28_days_of_a_key_decision() -> None:
    assert planned("waiver").row("key-notice-strategy") is not None
    unsaid = planned("contract-change").row("key-notice-change")
    assert unsaid is not None
    assert unsaid.may == "whether the change is a key decision"
    key = replace(BASE, answers={**BASE.answers, "key_decision_change": True})
    plan = planned("contract-change", key)
    notice, decision = plan.row("key-notice-change"), plan.row("change-decision")
    assert notice is not None
    assert decision is not None
    assert not notice.may
    assert notice.ready <= decision.ready


def test_user_choice_has_no_transparency_notice_and_no_standstill() -> None:
    chosen = replace(BASE, light_touch=True, choices={**BASE.choices, "ground": "user-choice"})
    plan = planned("user-choice", chosen)
    assert plan.row("transparency") is None
    assert plan.row("standstill") is None
    assert plan.row("key-notice-award") is not None
