"""Organisations' own rules, people listed to endorse, and papers that were reviewed.

with own_rules(monkeypatch, approvals=(approval("strategy", "finance", "legal"),)): ...
"""

from __future__ import annotations

from typing import Any

import pytest

from guidance.documents.models import Made
from guidance.documents.services import reviewing
from tests.factories.accounts import MembershipFactory, PersonFactory
from tests.factories.documents import TEXT, a_document, a_template
from toolkit.accounts.models import Organisation, Person
from workflows.journeys.facts import Facts
from workflows.journeys.own_rules import Approval, OwnRules
from workflows.procurements import facts as facts_module
from workflows.procurements.models import Procurement
from workflows.procurements.services.tasks import complete_task
from workflows.rules.models import Power


def own_rules(monkeypatch: pytest.MonkeyPatch, **given: Any) -> OwnRules:
    """Let every organisation have these rules in force, whatever it has set."""
    rules = OwnRules(organisation="Fleet", **given)

    def with_rules(**known: Any) -> Facts:
        return Facts(**(known | {"own": rules}))

    monkeypatch.setattr(facts_module, "Facts", with_rules)
    return rules


def approval(gate: str, *kinds: str, makers: tuple[str, ...] = ("officer",), **more: Any) -> Approval:
    return Approval(gate, endorsements=kinds, makers=makers, source="Contract standing orders, 12.3", **more)


def listed_for(kind: str, *, of: Organisation, name: str = "", up_to: Any = None) -> Person:
    """Somebody whom the organisation has listed for one kind."""
    person = PersonFactory.create(name=name or f"Endorser for {kind}")
    MembershipFactory.create(person=person, organisation=of, roles=["approver"])
    Power.objects.create(organisation=of, person=person, kind=kind, up_to=up_to, up_to_basis="inc")
    return person


def ready_to_endorse(procurement: Procurement, by: Person) -> Procurement:
    complete_task(procurement=procurement, task="business-case", data={}, actor=by)
    return procurement


def a_reviewed_paper(
    procurement: Procurement, *, by: Person, reviewer: Person, title: str = "The plan"
) -> Made:
    """A document of the procurement in a version that a colleague reviewed."""
    document = a_document(
        by=by,
        template=a_template(slug="strategy-paper", text=TEXT.replace("Exit plan", "Strategy paper")),
        subject=_subject(procurement, by),
        answers={"title": title, "ends-on": "2027-03-31", "staff": "no"},
    )
    return pass_review(document, by=by, reviewer=reviewer)


def _subject(procurement: Procurement, by: Person) -> Any:
    from guidance.documents import subjects
    from toolkit.accounts.readers import reader_of

    provider = subjects.provider_of("procurement")
    assert provider is not None
    return provider.find(procurement.reference, reader_of(by))


def pass_review(document: Any, *, by: Person, reviewer: Person) -> Made:
    """Have it reviewed as it stands; the clean copy."""
    review = reviewing.ask(document=document, of=reviewer, note="", actor=by)
    reviewing.answer(document=document, number=review.made.number, passes=True, reasons="", actor=reviewer)
    made: Made = document.made.filter(is_draft=False).latest("number")
    return made
