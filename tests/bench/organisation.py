"""A big organisation, written in few statements: 2,000 live procurements part of the way, and an officer on 50 teams.

Events are of the shape that the services append, with an answer for every field of a step; nothing else happens that would
follow from them (no contracts, no entries of the pipeline).
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tests.factories.accounts import MembershipFactory, OrganisationFactory, PersonFactory
from toolkit.accounts.models import Organisation, Person
from toolkit.core import bulk, categories, clock, references
from workflows.journeys import loading
from workflows.journeys.definitions import FieldType, Journey, Task
from workflows.journeys.models import Event, Run
from workflows.journeys.selectors import progress_of
from workflows.procurements.facts import facts_of
from workflows.procurements.models import KeptPlan, Procurement, TaskAssignment, TeamMember, TeamRole
from workflows.procurements.planning import planner_of, rows_to_keep

SIZE = 2_000
ON_TEAMS = 50
OFFICERS = 40
"""Who share the other teams among them."""
ROUTES = (
    "open-competition",
    "open-competition",
    "open-competition",
    "below-threshold-quotation",
    "direct-award",
)
"""Of five in a row: most are on the longest route."""


@dataclass(frozen=True, slots=True)
class BigOrganisation:
    organisation: Organisation
    administrator: Person
    officer: Person
    """On ON_TEAMS teams, the lead of half of them."""
    others: tuple[Person, ...]


def a_big_organisation(
    *, size: int = SIZE, on_teams: int = ON_TEAMS, slug: str = "walbrook"
) -> BigOrganisation:
    """The same every time. The first `on_teams` procurements are the officer’s."""
    dice = random.Random(7)
    organisation = OrganisationFactory.create(slug=slug, short_name=slug.capitalize())
    administrator = _member(organisation, "administrator", "Administrator", second_factor=True)
    officer = _member(organisation, "officer", "Officer on many teams")
    others = tuple(_member(organisation, "officer", f"Officer {number}") for number in range(OFFICERS))
    journeys = [loading.get(ROUTES[number % len(ROUTES)]) for number in range(size)]
    runs = [Run(journey=journey.slug, version=journey.version) for journey in journeys]
    bulk.insert(runs)
    procurements = list(_procurements(organisation, officer, runs, dice))
    bulk.insert(procurements)
    bulk.insert(
        [
            event
            for run, journey in zip(runs, journeys, strict=True)
            for event in _events(run, journey, officer, dice)
        ]
    )
    bulk.insert(list(_teams(procurements, officer, others, on_teams)))
    bulk.insert(
        [
            TaskAssignment(procurement=each, task="specification", person=officer, assigned_by=officer)
            for each in procurements[: on_teams // 2]
        ]
    )
    bulk.insert([kept for each in procurements[:on_teams] if (kept := _kept_plan(each, officer)) is not None])
    return BigOrganisation(organisation, administrator, officer, others)


def _kept_plan(procurement: Procurement, officer: Person) -> KeptPlan | None:
    """The first plan of a procurement that has fallen a month behind it."""
    assert procurement.run is not None
    progress = progress_of(procurement.run, facts_of(procurement), today=clock.today())
    planner = planner_of(progress, today=clock.today())
    if planner is None:
        return None
    rows = [
        [slug, label, *((dt.date.fromisoformat(day) - dt.timedelta(30)).isoformat() for day in days)]
        for slug, label, *days in rows_to_keep(planner.plan())
    ]
    return KeptPlan(procurement=procurement, number=1, needed_on=planner.needed_on, rows=rows, by=officer)


def _member(organisation: Organisation, role: str, name: str, *, second_factor: bool = False) -> Person:
    person: Person = PersonFactory.create(name=name, second_factor=second_factor)
    MembershipFactory.create(person=person, organisation=organisation, roles=[role])
    return person


def _procurements(
    organisation: Organisation, officer: Person, runs: list[Run], dice: random.Random
) -> Iterator[Procurement]:
    slugs = sorted(categories.BY_SLUG)
    free = references.several("PR", len(runs), taken=lambda tried: set())
    for number, run in enumerate(runs):
        value = Decimal(dice.randrange(60, 12_000)) * 1_000
        yield Procurement(
            reference=free[number], organisation=organisation, status="live", title=f"Need {number}", need="For residents",
            consequence="It would stop", money="yes", category=dice.choice(slugs), kind=dice.choice(["goods", "services", "works"]),
            is_light_touch=False, is_health=False, is_utility=False, is_concession=False, value_typed=value, value_basis="ex",
            value_ex_vat=value, value_inc_vat=value * Decimal("1.2"), needed_on=clock.today() + dt.timedelta(dice.randrange(30, 700)),
            route=run.journey, regime="pa23", commenced_on=clock.today() - dt.timedelta(dice.randrange(5, 300)),
            visibility="borough" if number % 2 else "team", run=run, created_by=officer, started_at=clock.now(),
        )  # fmt: skip


def _events(run: Run, journey: Journey, officer: Person, dice: random.Random) -> Iterator[Event]:
    """The first steps of the route, up to two thirds of them, each completed."""
    done = journey.tasks[: dice.randrange(len(journey.tasks) * 2 // 3)]
    began = clock.today() - dt.timedelta(len(done) + 5)
    for number, task in enumerate(done, 1):
        on = began + dt.timedelta(number)
        yield Event(
            run=run, number=number, kind="completed", task=task.slug, data=_answers(task, on), by=officer
        )


def _answers(task: Task, on: dt.date) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for field in task.fields:
        match field.type:
            case FieldType.DATE:
                said[field.name] = on.isoformat()
            case FieldType.ANSWER:
                said[field.name] = "no"
            case FieldType.CHOICE:
                said[field.name] = field.choices[0][0]
            case _:
                said[field.name] = "Written down"
    return said


def _teams(
    procurements: list[Procurement], officer: Person, others: tuple[Person, ...], on_teams: int
) -> Iterator[TeamMember]:
    for number, procurement in enumerate(procurements):
        lead = others[number % len(others)]
        if number < on_teams:
            role = TeamRole.LEAD if number % 2 else TeamRole.MEMBER
            yield TeamMember(procurement=procurement, person=officer, role=role, added_by=officer)
            if role == TeamRole.LEAD:
                continue
        yield TeamMember(procurement=procurement, person=lead, role=TeamRole.LEAD, added_by=officer)
