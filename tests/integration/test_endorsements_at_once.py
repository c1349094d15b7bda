"""Endorsements given, asked for and changed by two people at once, in real transactions."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.factories.approvals import (
    approval,
    listed_for,
    own_rules,
)
from tests.factories.endorsing import STEP, ask, both, endorse, ready, step
from tests.personas import People
from tests.threads import at_once
from toolkit.core.errors import Refused
from workflows.procurements.models import Endorsement
from workflows.procurements.services import sharing
from workflows.procurements.services.facts import change_facts

together = pytest.mark.django_db(transaction=True)


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
