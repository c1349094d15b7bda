"""Endorsements given, asked for and changed by two people at once, in real transactions."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.factories import a_procurement
from tests.factories.approvals import (
    approval,
    listed_for,
    own_rules,
    ready_to_endorse,
)
from tests.factories.workflows import ELSEWHERE
from tests.personas import People
from tests.threads import at_once
from toolkit.accounts.models import Person
from toolkit.core import clock
from toolkit.core.errors import Refused
from workflows.journeys.progress import TaskState
from workflows.journeys.selectors import progress_of
from workflows.procurements.facts import facts_of
from workflows.procurements.models import Endorsement, Procurement
from workflows.procurements.services import endorsements, sharing
from workflows.procurements.services.facts import change_facts

together = pytest.mark.django_db(transaction=True)
STEP = "endorse-strategy"


@pytest.fixture
def finance(people: People) -> Person:
    return listed_for("finance", of=people.fleet, name="Fay Ince")


@pytest.fixture
def legal(people: People) -> Person:
    return listed_for("legal", of=people.fleet, name="Lee Gall")


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


def errors(results: list[Any]) -> list[Any]:
    return [result for result in results if isinstance(result, Exception)]


@together
def test_two_endorsers_in_the_same_second_complete_the_step_once(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    finance, legal = listed_for("finance", of=people.fleet), listed_for("legal", of=people.fleet)
    both(monkeypatch, in_order=False)
    procurement = ready(people)
    first, second = ask(procurement, "finance", finance, people), ask(procurement, "legal", legal, people)
    assert not errors(at_once(lambda: endorse(first), lambda: endorse(second)))
    assert step(procurement).status == "completed"
    assert procurement.run is not None
    kinds = list(procurement.run.events.filter(task=STEP).values_list("kind", flat=True))
    assert kinds == ["asked", "asked", "given", "completed"]


@together
def test_two_officers_asking_at_once_ask_once(people: People) -> None:
    one, other = listed_for("finance", of=people.fleet), listed_for("finance", of=people.fleet)
    procurement = ready(people)
    results = at_once(
        lambda: ask(procurement, "finance", one, people), lambda: ask(procurement, "finance", other, people)
    )
    assert [type(error) for error in errors(results)] == [Refused]
    assert Endorsement.objects.filter(status="asked").count() == 1


@together
def test_an_endorsement_and_a_change_of_value_at_once_leave_no_endorsement_of_another_value(
    people: People,
) -> None:
    finance = listed_for("finance", of=people.fleet)
    procurement = ready(people)
    request = ask(procurement, "finance", finance, people)

    def change() -> None:
        change_facts(
            procurement=procurement, answers={"value_inc_vat": Decimal(2_000_000), "value_ex_vat": Decimal(1_600_000)}, actor=people.officer
        )  # fmt: skip

    at_once(lambda: endorse(request), change)
    request.refresh_from_db()
    assert request.status == "lapsed"
    assert step(procurement).status == "in-progress"


@together
def test_rules_that_change_under_a_running_request(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    finance, legal = listed_for("finance", of=people.fleet), listed_for("legal", of=people.fleet)
    own_rules(monkeypatch, approvals=(approval("strategy", "finance"),))
    procurement = ready(people)
    request = ask(procurement, "finance", finance, people)
    both(monkeypatch, in_order=True)
    endorse(request)
    assert step(procurement).because == "next: Legal"
    request = ask(procurement, "legal", legal, people)
    own_rules(monkeypatch, approvals=(approval("strategy"),))
    assert step(procurement).status == "not-needed"
    with pytest.raises(Refused, match="not needed"):
        endorse(request)
    endorse(request, status="declined", reasons="Nothing is asked any more")
    sharing.stop(procurement=procurement, reason="No money", actor=people.officer)
