"""People whom several files ask for an endorsement."""

from __future__ import annotations

import pytest

from tests.factories.approvals import listed_for
from tests.personas import People
from toolkit.accounts.models import Person


@pytest.fixture
def finance(people: People) -> Person:
    return listed_for("finance", of=people.fleet, name="Fay Ince")


@pytest.fixture
def legal(people: People) -> Person:
    return listed_for("legal", of=people.fleet, name="Lee Gall")
