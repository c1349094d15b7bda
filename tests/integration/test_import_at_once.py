"""Two imports at once: the second waits, and then knows what the first one did."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from tests.integration.fixtures import REGISTER, package, release
from tests.personas import People
from toolkit.accounts.models import OrganisationName
from workflows.notices.models import Process
from workflows.pipeline.importing.outcome import Outcome
from workflows.pipeline.importing.registers import import_register
from workflows.pipeline.importing.releases import import_releases
from workflows.pipeline.models import Entry, Row

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*verbs: Callable[[], Outcome]) -> list[Outcome]:
    ready = Barrier(len(verbs))

    def run(verb: Callable[[], Outcome]) -> Outcome:
        try:
            ready.wait()
            return verb()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(verbs)) as threads:
        return [future.result() for future in [threads.submit(run, verb) for verb in verbs]]


def test_one_register_twice_at_once_is_in_once(people: People) -> None:
    fleet = people.fleet
    outcomes = at_once(*[lambda: import_register(REGISTER, "register.csv", organisation=fleet)] * 3)
    assert sorted((outcome.added, outcome.unchanged) for outcome in outcomes) == [(0, 3), (0, 3), (3, 0)]
    assert Row.objects.count() == Entry.objects.count() == 3


def test_registers_that_name_one_another_never_wait_for_one_another(people: People) -> None:
    OrganisationName.objects.create(organisation=people.tyburn, name="London Borough of Tyburn")
    OrganisationName.objects.create(organisation=people.fleet, name="London Borough of Fleet")
    rows = [
        f"London Borough of {name},Contract {number},A Ltd,01/04/2025,31/03/2029\n"
        for number in range(40)
        for name in ("Fleet", "Tyburn")
    ]
    header = "Organisation Name,Title,Supplier,Start Date,End Date\n"
    one, other = (header + "".join(rows)).encode(), (header + "".join(reversed(rows))).encode()
    at_once(
        lambda: import_register(one, "one.csv", organisation=people.fleet),
        lambda: import_register(other, "other.csv", organisation=people.tyburn),
    )
    assert Row.objects.count() == 80


def test_releases_in_opposite_orders_never_wait_for_one_another(people: People) -> None:
    OrganisationName.objects.create(organisation=people.tyburn, name="London Borough of Tyburn")
    given: list[dict[str, Any]] = [
        release(ocid=f"ocds-h6vhtk-{number:06}", id=f"{number}") for number in range(40)
    ]
    outcomes = at_once(
        lambda: import_releases([("one.json", package(*given))]),
        lambda: import_releases([("other.json", package(*reversed(given)))]),
    )
    assert sorted((outcome.added, outcome.unchanged) for outcome in outcomes) == [(0, 40), (40, 0)]
    assert Process.objects.count() == Entry.objects.count() == 40
