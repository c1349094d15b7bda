"""Rules published while others work by them, in real transactions: either order is right, nothing between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from tests.factories import a_procurement
from tests.factories.approvals import listed_for, ready_to_endorse
from tests.factories.rules import an_approval, drafted_rules, published_rules
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
from workflows.procurements.services import endorsements
from workflows.procurements.services.weighing import work_out
from workflows.rules.models import RuleSet, RuleSetStatus, Weighing
from workflows.rules.selectors import draft_of, rules_in_force
from workflows.rules.services import drafts, publishing

together = pytest.mark.django_db(transaction=True)
STEP = "endorse-strategy"
type Act = Callable[[], Any]


def one_after_another(*acts: Act) -> list[Any]:
    """The same as `at_once`, in this order."""
    results: list[Any] = []
    for act in acts:
        try:
            results.append(act())
        except Refused as error:
            results.append(error)
    return results


def the_other_way(*acts: Act) -> list[Any]:
    return one_after_another(*reversed(acts))[::-1]


any_order = pytest.mark.parametrize("run", [at_once, one_after_another, the_other_way])


def asking(*kinds: str) -> list[dict[str, Any]]:
    return [an_approval("strategy", endorsements=list(kinds))]


def a_draft_asking(*kinds: str, people: People) -> Act:
    """A draft that is ready to be published; what publishes it."""
    draft = drafted_rules(by=people.administrator, approvals=asking(*kinds))
    return to_publish(draft, people.administrator)


def to_publish(draft: RuleSet, actor: Person) -> Act:
    work_out(publishing.weigh(organisation=draft.organisation, actor=actor).pk)
    version = draft.lock_version
    return lambda: publishing.publish(
        organisation=draft.organisation, applies_from=clock.today(), note="As the council decided",
        version=version, actor=actor, accepts=True,
    )  # fmt: skip


def to_ask(procurement: Procurement, kind: str, of: Person, people: People) -> Callable[[], Endorsement]:
    return lambda: endorsements.ask_endorsement(
        procurement=procurement,
        task=STEP,
        kind=kind,
        of=of,
        note="The strategy",
        paper=ELSEWHERE,
        actor=people.officer,
    )


def to_endorse(request: Endorsement) -> Act:
    return lambda: endorsements.answer_endorsement(
        endorsement=request, status="endorsed", reasons="Sound", actor=request.asked_of
    )


def step(procurement: Procurement) -> TaskState:
    procurement.refresh_from_db()
    assert procurement.run is not None
    return progress_of(procurement.run, facts_of(procurement), today=clock.today()).state(STEP)


def events_of(procurement: Procurement) -> list[str]:
    assert procurement.run is not None
    return list(procurement.run.events.filter(task=STEP).order_by("number").values_list("kind", flat=True))


def in_force(procurement: Procurement) -> Sequence[str]:
    facts = facts_of(procurement)
    approval = facts.own.approval_for("strategy", facts.value, facts.category, facts.kind)
    assert approval is not None
    return approval.endorsements


@together
@any_order
def test_rules_that_ask_for_more_while_the_last_endorsement_is_given(run: Any, people: People) -> None:
    finance, legal = listed_for("finance", of=people.fleet), listed_for("legal", of=people.fleet)
    published_rules(by=people.administrator, approvals=asking("finance"))
    procurement = ready_to_endorse(a_procurement(by=people.officer), people.officer)
    request = to_ask(procurement, "finance", finance, people)()
    publish = a_draft_asking("finance", "legal", people=people)

    results = run(publish, to_endorse(request))

    assert not [each for each in results if isinstance(each, Exception)]
    request.refresh_from_db()
    assert request.status == "endorsed"
    assert tuple(in_force(procurement)) == ("finance", "legal")
    before = events_of(procurement)
    assert before in (["asked", "given"], ["asked", "completed"])
    if before[-1] == "given":
        assert step(procurement).because == "next: Legal"
        to_endorse(to_ask(procurement, "legal", legal, people)())()
        assert events_of(procurement) == [*before, "asked", "completed"]
    if run is one_after_another:
        assert before[-1] == "given"
    if run is the_other_way:
        assert before[-1] == "completed"
    assert step(procurement).status == "completed"


@together
@any_order
def test_rules_that_ask_for_less_while_an_endorsement_is_given(run: Any, people: People) -> None:
    """The second kind is dropped while the first is given: the step is complete, or its officer completes it."""
    finance = listed_for("finance", of=people.fleet)
    listed_for("legal", of=people.fleet)
    published_rules(by=people.administrator, approvals=asking("finance", "legal"))
    procurement = ready_to_endorse(a_procurement(by=people.officer), people.officer)
    request = to_ask(procurement, "finance", finance, people)()

    results = run(a_draft_asking("finance", people=people), to_endorse(request))

    assert not [each for each in results if isinstance(each, Exception)]
    request.refresh_from_db()
    assert request.status == "endorsed"
    kinds = events_of(procurement)
    assert kinds in (["asked", "given"], ["asked", "completed"])
    if kinds[-1] == "given":
        endorsements.complete_endorsements(procurement=procurement, task=STEP, actor=people.officer)
    assert events_of(procurement)[-1] == "completed"
    assert step(procurement).status == "completed"


@together
@any_order
def test_rules_that_ask_for_nothing_while_an_endorsement_is_given(run: Any, people: People) -> None:
    finance = listed_for("finance", of=people.fleet)
    published_rules(by=people.administrator, approvals=asking("finance"))
    procurement = ready_to_endorse(a_procurement(by=people.officer), people.officer)
    request = to_ask(procurement, "finance", finance, people)()

    published, answered = run(a_draft_asking(people=people), to_endorse(request))

    assert isinstance(published, RuleSet)
    request.refresh_from_db()
    if isinstance(answered, Exception):
        assert "not needed" in str(answered)
        assert (request.status, events_of(procurement)) == ("asked", ["asked"])
        assert step(procurement).status == "not-needed"
    else:
        assert (request.status, events_of(procurement)) == ("endorsed", ["asked", "completed"])


@together
@any_order
def test_rules_that_ask_for_another_kind_while_one_is_asked(run: Any, people: People) -> None:
    finance, legal = listed_for("finance", of=people.fleet), listed_for("legal", of=people.fleet)
    published_rules(by=people.administrator, approvals=asking("finance"))
    procurement = ready_to_endorse(a_procurement(by=people.officer), people.officer)

    published, asked = run(
        a_draft_asking("legal", people=people), to_ask(procurement, "finance", finance, people)
    )

    assert isinstance(published, RuleSet)
    if isinstance(asked, Exception):
        assert "ask for no endorsement of this kind" in str(asked)
        assert not procurement.endorsements.exists()
        assert events_of(procurement) == []
    else:
        assert procurement.endorsements.get() == asked
        assert events_of(procurement) == ["asked"]
        to_endorse(asked)()
        assert step(procurement).status == "in-progress"  # what the new rules ask for is not given by it
        assert step(procurement).because == "next: Legal"
    to_endorse(to_ask(procurement, "legal", legal, people)())()
    assert step(procurement).status == "completed"


@together
def test_two_administrators_publishing_one_draft_publish_and_weigh_it_once(people: People) -> None:
    other = people.member("administrator", second_factor=True)
    draft = drafted_rules(by=people.administrator, approvals=asking("finance"))
    mine, theirs = to_publish(draft, people.administrator), to_publish(draft, other)
    results = at_once(mine, theirs, mine, theirs)
    refused = [each for each in results if isinstance(each, Exception)]
    assert [type(each) for each in refused] == [Refused] * 3
    assert {str(each) for each in refused} == {"The draft has been published or thrown away: begin a new one"}
    made = RuleSet.objects.get(status=RuleSetStatus.PUBLISHED)
    assert (made.number, draft_of(people.fleet.pk)) == (1, None)
    assert Weighing.objects.filter(rule_set=made).count() == 2  # before, and of what was published


@together
def test_a_draft_that_is_changed_while_it_is_published_goes_out_as_it_was_weighed_or_not_at_all(
    people: People,
) -> None:
    other = people.member("administrator", second_factor=True)
    draft = drafted_rules(by=people.administrator, approvals=asking("finance"))

    def change() -> None:
        drafts.put_item(
            organisation=people.fleet, name="approvals", key="", item=an_approval("award"), seen=drafts.NOTHING, actor=other
        )  # fmt: skip

    published, changed = at_once(to_publish(draft, people.administrator), change)
    assert isinstance(published, Refused) != isinstance(changed, Refused)
    own = rules_in_force(people.fleet.pk, clock.today()).own
    if isinstance(changed, Refused):
        assert [each.gate for each in own.approvals] == ["strategy"]
    else:
        assert own.number == 0
        left = draft_of(people.fleet.pk)
        assert left is not None
        assert [each["gate"] for each in left.content["approvals"]] == ["strategy", "award"]
