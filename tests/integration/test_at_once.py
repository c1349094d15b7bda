"""Two people, two tabs, a double click: nothing is made twice, nothing is lost, nothing is undone."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest

from tests.factories import a_contract, a_draft, a_procurement, an_award, an_entry
from tests.factories.workflows import a_decided_procurement, a_decision, home_of
from tests.pages import Pages
from tests.personas import People
from tests.threads import at_once
from toolkit.accounts.models import Person
from toolkit.core.errors import Refused
from workflows.contracts import services as contracts
from workflows.contracts.models import Contract
from workflows.pipeline import services as pipeline
from workflows.pipeline.models import Entry, Row
from workflows.pipeline.projection import project
from workflows.procurements.models import FormalDecision, Procurement
from workflows.procurements.services import drafts, sharing, tasks

together = pytest.mark.django_db(transaction=True)


def errors(results: list[Any]) -> list[Any]:
    return [result for result in results if isinstance(result, Exception)]


@together
def test_an_award_sent_twice_makes_each_contract_once(people: People) -> None:
    procurement, given = an_award(by=people.officer)

    def award() -> None:
        tasks.record_award(
            procurement=procurement, task="record-contracts", contracts=given, actor=people.officer
        )

    assert not errors(at_once(award, award))
    award()
    assert Contract.objects.filter(procurement=procurement).count() == 1


def test_other_contracts_under_the_same_title_are_refused(people: People) -> None:
    procurement, given = an_award(by=people.officer)
    tasks.record_award(
        procurement=procurement, task="record-contracts", contracts=given, actor=people.officer
    )
    other = [type(given[0])(**{name: getattr(given[0], name) for name in given[0].__slots__} | {"suppliers": ("Else Ltd",)})]  # fmt: skip
    with pytest.raises(Refused, match="Somebody has completed this step already"):
        tasks.record_award(
            procurement=procurement, task="record-contracts", contracts=other, actor=people.officer
        )


def answers(entry: Entry, people: People, **more: Any) -> Entry:
    given = {"intent": "undecided", "openness": "buy", "confidence": "", "visibility": "boroughs"}
    return pipeline.answer_for(entry=entry, actor=people.officer, **(given | more))


def test_answering_for_an_entry_undoes_no_stop_and_no_narrowing(people: People) -> None:
    procurement = a_procurement(by=people.officer, visibility="boroughs")
    entry = Entry.objects.select_related("procurement").get(procurement=procurement)
    assert entry.procurement is not None  # read before what follows
    sharing.share(procurement=procurement, visibility="team", intent_visibility="team", actor=people.officer)
    sharing.stop(procurement=procurement, reason="No money", actor=people.officer)
    answers(entry, people, intent="stop")
    procurement.refresh_from_db()
    entry.refresh_from_db()
    assert (procurement.status, procurement.visibility, entry.visibility) == ("stopped", "team", "team")
    assert entry.is_over


@together
def test_stopping_and_answering_at_once_keep_both(people: People) -> None:
    procurement = a_procurement(by=people.officer, visibility="boroughs")
    entry = Entry.objects.get(procurement=procurement)
    results = at_once(
        lambda: sharing.stop(procurement=procurement, reason="No money", actor=people.officer),
        lambda: answers(entry, people, intent="stop"),
    )
    assert not errors(results)
    procurement.refresh_from_db()
    entry.refresh_from_db()
    assert (procurement.status, entry.intent, entry.is_over) == ("stopped", "stop", True)
    assert procurement.intent_visibility == entry.intent_visibility == "team"


def test_projecting_a_stale_entry_writes_projected_columns_alone(people: People) -> None:
    contract = a_contract(by=people.officer)
    stale = Entry.objects.select_related("contract").get(contract=contract)
    answers(Entry.objects.get(contract=contract), people, openness="share")
    assert stale.contract is not None
    stale.contract.title = "Grounds and trees"
    stale.contract.save()
    assert project(stale)
    fresh = Entry.objects.get(contract=contract)
    assert (fresh.openness, fresh.title) == ("share", "Grounds and trees")


def test_two_question_pages_saved_from_old_copies_keep_both(people: People) -> None:
    draft = a_draft(by=people.officer)
    old = Procurement.objects.get(pk=draft.pk)
    drafts.save_answers(procurement=draft, answers={"title": "New title"}, actor=people.officer)
    drafts.save_answers(procurement=old, answers={"need": "New need"}, actor=people.officer)
    draft.refresh_from_db()
    assert (draft.title, draft.need) == ("New title", "New need")


@together
def test_a_form_sent_twice_begins_one_draft_and_one_entry(people: People) -> None:
    key, home = uuid.uuid4(), home_of(people.officer)

    def begin() -> Procurement:
        return drafts.begin(organisation=home, actor=people.officer, form_key=key)

    def type_in() -> Entry:
        return pipeline.type_in(
            organisation=home,
            facts={"title": "Trees"},
            is_contract=False,
            visibility="boroughs",
            actor=people.officer,
            form_key=key,
        )

    begun, typed = at_once(begin, begin), at_once(type_in, type_in)
    assert not errors(begun + typed)
    assert begun[0].pk == begun[1].pk
    assert typed[0].pk == typed[1].pk
    assert (Procurement.objects.count(), Row.objects.count(), Entry.objects.count()) == (1, 1, 1)


def test_pages_that_make_something_make_it_once(people: People, pages: Pages) -> None:
    pages.sign_in(people.officer)
    first = pages.get("procurement_start")
    for _ in range(2):
        assert (
            pages.submit(first, money="yes", consequence="It stops").h1 == "What do you need, and for whom?"
        )
    entry = an_entry(by=people.officer)
    page = pages.get("entry", reference=entry.reference)
    for _ in range(2):
        pages.submit(page.form("Start a procurement from this"))
    assert Procurement.objects.count() == 2
    form = pages.get("entry_add")
    day: dict[str, Any] = {"starts_on-day": "1", "starts_on-month": "4", "starts_on-year": "2028"}
    for _ in range(2):
        pages.submit(form, kind="planned", title="Trees", category="other", visibility="boroughs", **day)
    assert Entry.objects.filter(title="Trees").count() == 1


def test_going_back_after_the_start_leads_to_the_facts_with_a_sentence(people: People, pages: Pages) -> None:
    draft = a_draft(by=people.officer)
    pages.sign_in(people.officer)
    question = pages.get("procurement_question", reference=draft.reference, page="value")
    check = pages.get("procurement_check", reference=draft.reference)
    pages.submit(check.form("Start the procurement"), route="open-competition")
    for page in (
        pages.submit(question),
        pages.submit(check.form("Start the procurement"), route="open-competition"),
        pages.get("procurement_check", reference=draft.reference),
    ):
        assert page.h1 == "Facts"
        assert "This has been started" in page.banner


def test_an_option_is_used_once_however_often_its_button_is_pressed(people: People, pages: Pages) -> None:
    contract = a_contract(by=people.officer, ends_on=dt.date(2028, 3, 31))
    page = pages.sign_in(people.officer).get("contract", reference=contract.reference)
    for _ in range(2):
        pages.submit(page.form("Record that the next option (12 months) is used"))
    contract.refresh_from_db()
    assert contract.ends_on == dt.date(2029, 3, 31)
    with pytest.raises(Refused, match="no such option"):
        contracts.use_extension(contract=contract, number=9, actor=people.officer)


@together
def test_a_decision_sent_twice_is_recorded_once(people: People) -> None:
    procurement = a_decided_procurement(by=people.officer)

    def decide() -> FormalDecision:
        return a_decision(procurement=procurement, task="strategy-decision", by=people.officer)

    assert not errors(at_once(decide, decide))
    assert FormalDecision.objects.count() == 1


def completed(procurement: Procurement) -> list[dict[str, Any]]:
    assert procurement.run is not None
    return [event.data for event in procurement.run.events.filter(task="business-case", kind="completed")]


@together
def test_a_step_completed_twice_at_once_with_the_same_answers_is_completed_once(people: People) -> None:
    procurement = a_procurement(by=people.officer)
    colleague = people.member("officer", name="Nia Webb")
    sharing.add_to_team(procurement=procurement, person=colleague, role="member", actor=people.officer)

    def complete(actor: Person) -> Any:
        return lambda: tasks.complete_task(
            procurement=procurement, task="business-case", data={"note": "Approved"}, actor=actor
        )

    assert not errors(at_once(complete(people.officer), complete(colleague), complete(people.officer)))
    assert completed(procurement) == [{"note": "Approved"}]


@together
def test_a_step_completed_at_once_with_other_answers_keeps_one_and_tells_the_other(people: People) -> None:
    procurement = a_procurement(by=people.officer)

    def complete(note: str) -> Any:
        return lambda: tasks.complete_task(
            procurement=procurement, task="business-case", data={"note": note}, actor=people.officer
        )

    notes = ["Approved", "Approved with conditions"]
    results = at_once(*(complete(note) for note in notes))
    assert [type(error) for error in errors(results)] == [Refused]
    assert "Somebody has completed this step already" in str(errors(results)[0])
    kept = next(note for note, result in zip(notes, results, strict=True) if result is None)
    assert completed(procurement) == [{"note": kept}]


@together
def test_a_step_completed_and_opened_again_at_once_stands_one_way_or_the_other(people: People) -> None:
    procurement = a_procurement(by=people.officer)
    given: dict[str, Any] = {"procurement": procurement, "task": "business-case", "actor": people.officer}
    tasks.complete_task(data={"note": "One"}, **given)
    results = at_once(
        lambda: tasks.reopen_task(**given), lambda: tasks.complete_task(data={"note": "Two"}, **given)
    )
    kept = completed(procurement)
    refused = errors(results)
    assert kept == ([{"note": "One"}] if refused else [{"note": "One"}, {"note": "Two"}])
    assert all(isinstance(error, Refused) for error in refused)
