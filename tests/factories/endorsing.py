"""Asking for endorsements of the strategy, as the tests of endorsements do it.

request = ask(ready(people), "finance", finance, people)
endorse(request)
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories.approvals import approval, own_rules, ready_to_endorse
from tests.factories.workflows import ELSEWHERE, a_procurement
from tests.personas import People
from toolkit.accounts.models import Person
from toolkit.core import clock
from workflows.journeys.progress import TaskState
from workflows.journeys.selectors import progress_of
from workflows.procurements.facts import facts_of
from workflows.procurements.models import Endorsement, Procurement
from workflows.procurements.services import endorsements

STEP = "endorse-strategy"


def ready(people: People, **answers: Any) -> Procurement:
    return ready_to_endorse(a_procurement(by=people.officer, **answers), people.officer)


def ask(procurement: Procurement, kind: str, of: Person, people: People, **more: Any) -> Endorsement:
    given: dict[str, Any] = {"note": "The strategy", "paper": ELSEWHERE, "actor": people.officer, **more}
    return endorsements.ask_endorsement(procurement=procurement, task=STEP, kind=kind, of=of, **given)


def endorse(endorsement: Endorsement, **more: str) -> None:
    given = {"status": "endorsed", "reasons": "Sound"} | more
    endorsements.answer_endorsement(endorsement=endorsement, actor=endorsement.asked_of, **given)


def step(procurement: Procurement, slug: str = STEP) -> TaskState:
    procurement.refresh_from_db()
    assert procurement.run is not None
    return progress_of(procurement.run, facts_of(procurement), today=clock.today()).state(slug)


def both(monkeypatch: pytest.MonkeyPatch, *, in_order: bool) -> None:
    own_rules(monkeypatch, approvals=(approval("strategy", "finance", "legal", in_order=in_order),))
