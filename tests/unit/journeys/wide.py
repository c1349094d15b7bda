"""Facts of any kind for any route, to try properties with: unknown, known, likely or not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from tests.unit.journeys.runs import BASE
from workflows.journeys import loading
from workflows.journeys.definitions import Journey
from workflows.journeys.facts import Facts
from workflows.journeys.own_rules import OwnRules
from workflows.journeys.vocabulary import ANSWERS, CHOICES, EVENTS
from workflows.journeys.vocabulary.health import ABANDON

REGIMES = ("pa23", "pcr2015", "ccr_ucr2016", "psr", "outside", "unknown")
MODELS = ("executive", "committees", "city-of-london", "gla-family", "other")
WORTH = (None, Decimal(0), Decimal(24_999), Decimal(30_000), Decimal(207_720), Decimal(900_000), Decimal(2_000_001), Decimal(6_000_000), Decimal(10_000_000_000))  # fmt: skip
FIVE_MILLION = Decimal(5_000_000)
KNOWABLE = (True, False, None)
DAYS = st.dates(dt.date(2025, 2, 24), dt.date(2030, 12, 31))
"""Days on which the Act applies."""


def asked_by(journey: Journey) -> tuple[list[str], list[str], list[str]]:
    """The answers, the choices and the events that the steps of a route can record."""
    fields = [given for task in journey.tasks for given in task.fields]
    facts = {given.fact for given in fields if given.fact}
    events = {given.event for given in fields if given.event} | {"contract-entered", "contract-starts", "contract-ends", "award-decided"}  # fmt: skip
    return sorted(facts & ANSWERS.keys()), sorted(facts & CHOICES.keys()), sorted(events & EVENTS.keys())


def facts_for(journey: Journey, **changes: Any) -> Facts:
    """Facts of a route of which nobody has said anything yet."""
    regime = journey.regimes[0] if journey.regimes else "pa23"
    return replace(BASE, regime=regime, **changes)


@dataclass(frozen=True, slots=True)
class Run:
    """A route by its name, so that a failing example is short, and what is known."""

    slug: str
    version: int
    facts: Facts

    @property
    def journey(self) -> Journey:
        return loading.get(self.slug, self.version)


@st.composite
def runs_of(draw: st.DrawFn, journeys: Sequence[Journey], *, with_events: bool = False) -> Run:
    """One of these routes, with any facts that it can know."""
    journey = journeys[draw(st.integers(0, len(journeys) - 1))]
    return Run(journey.slug, journey.version, _facts(draw, journey, with_events=with_events))


def _facts(draw: st.DrawFn, journey: Journey, *, with_events: bool) -> Facts:
    answers, choices, events = asked_by(journey)
    value = draw(st.sampled_from(WORTH))
    above = draw(st.sampled_from(KNOWABLE))
    said = {name: draw(st.sampled_from(KNOWABLE)) for name in answers}
    chosen = {name: draw(st.sampled_from([None, *sorted(CHOICES[name].options)])) for name in choices}
    # Answers that cannot both be true say nothing of what is unknown: one contract of several is not worth more than all
    # of them, representations that have come were made, and a decision to abandon abandons.
    if value is not None and value <= FIVE_MILLION:
        said.pop("own_contract_over_5m", None)
    if said.get("representations_early"):
        said.pop("representations", None)
    if chosen.get("psr_further_decision") == ABANDON:
        said.pop("psr_abandoned", None)
    happened = {name: draw(st.none() | DAYS) for name in events} if with_events else {}
    days = {name: day for name, day in happened.items() if day is not None}
    return Facts(
        kind=draw(st.sampled_from(["", "goods", "services", "works"])),
        value_inc_vat=value,
        value_ex_vat=None if value is None else value / Decimal("1.2"),
        above_threshold=above,
        light_touch=draw(st.sampled_from(KNOWABLE)),
        concession=draw(st.sampled_from(KNOWABLE)),
        commenced_on=draw(st.sampled_from([None, dt.date(2025, 3, 3), dt.date(2026, 11, 2)])),
        decision_model=draw(st.sampled_from(MODELS)),
        regime=draw(st.sampled_from(journey.regimes or REGIMES)),
        own=OwnRules(
            call_in_days=draw(st.sampled_from([None, 0, 5])),
            voluntary_standstill=draw(st.sampled_from(KNOWABLE)),
            notice_for_provided_options=draw(st.sampled_from(KNOWABLE)),
        ),
        answers=said,
        choices=chosen,
        events={"needed": dt.date(2028, 4, 1), **days},
    )


def forgetting(facts: Facts) -> list[tuple[str, Facts]]:
    """These facts, each time with one of those that are known made unknown, and which."""
    plain = ("value_inc_vat", "value_ex_vat", "above_threshold", "light_touch", "concession")
    found = [
        (name, replace(facts, **{name: None}))  # type: ignore[arg-type]
        for name in plain
        if getattr(facts, name) is not None
    ]
    if facts.value_inc_vat is not None:
        found.append(("value", replace(facts, value_inc_vat=None, value_ex_vat=None)))
    if facts.kind:
        found.append(("kind", replace(facts, kind="")))
    if facts.decision_model != "other":
        found.append(("decision_model", replace(facts, decision_model="other")))
    if facts.regime != "unknown":
        found.append(("regime", replace(facts, regime="unknown")))
    for name, answer in facts.answers.items():
        if answer is not None:
            found.append((name, replace(facts, answers={**facts.answers, name: None})))
    for name, choice in facts.choices.items():
        if choice is not None:
            found.append((name, replace(facts, choices={**facts.choices, name: None})))
    return found
