"""The plan's days of steps, over every route: what has to be done before the signature is, and in the order of its needs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from tests.unit.journeys.runs import TODAY
from tests.unit.journeys.wide import Run, facts_for, runs_of
from workflows.journeys import loading
from workflows.journeys.definitions import Journey, TaskKind
from workflows.journeys.facts import Facts
from workflows.journeys.planning.shapes import shape_of
from workflows.journeys.planning.steps import keeps_aims
from workflows.journeys.progress import Progress, TaskState, fold

PLANNED = [journey for _, journey in sorted(loading.all_journeys().items()) if not keeps_aims(journey)]


def before_signature(journey: Journey) -> set[str]:
    """Every step that the record of the contract waits for, however far back."""
    signature = next((task for task in journey.tasks if task.kind == TaskKind.AWARD), None)
    found: set[str] = set()
    ahead = list(signature.needs) if signature is not None else []
    while ahead:
        slug = ahead.pop()
        if slug not in found:
            found.add(slug)
            ahead += journey.task(slug).needs
    return found


def mistakes(progress: Progress) -> list[str]:
    states = {state.task.slug: state for state in progress.states if state.is_open}
    signature = next((state for state in states.values() if state.task.kind == TaskKind.AWARD), None)
    first = before_signature(progress.journey)
    found = []
    for slug, state in states.items():
        if signature is not None and slug in first:
            found += _not_after(state, signature)
        for need in state.task.needs:
            if need in states and state.aim is not None:
                found += _not_after(states[need], state, may_have_none=slug not in first)
    return found


def _not_after(state: TaskState, later: TaskState, *, may_have_none: bool = False) -> list[str]:
    where = f"{state.task.slug} before {later.task.slug}"
    if state.aim is None or state.aim.day is None:
        return [] if may_have_none else [f"{where}: no day"]
    assert later.aim is not None and later.aim.day is not None, later.task.slug
    return [f"{where}: {state.aim.day} after {later.aim.day}"] if state.aim.day > later.aim.day else []


def lawful(journey: Journey, facts: Facts) -> Facts:
    """Under the law of the route: without one there is no plan."""
    shape = shape_of(journey.slug, journey.family)
    assert shape is not None
    return replace(facts, regime=shape.law)


@pytest.mark.parametrize("journey", PLANNED, ids=lambda journey: f"{journey.slug}.v{journey.version}")
def test_with_nothing_said_every_step_before_the_signature_is_planned_in_order(journey: Journey) -> None:
    assert mistakes(fold(journey, lawful(journey, facts_for(journey)), [], today=TODAY)) == []


@settings(max_examples=200, deadline=None)
@given(runs_of(PLANNED))
def test_so_it_is_for_any_facts(run: Run) -> None:
    journey, facts = run.journey, run.facts
    assert mistakes(fold(journey, lawful(journey, facts), [], today=TODAY)) == []
