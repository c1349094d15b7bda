"""Procurements: who may do what, what is refused, and two people at once."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction

from tests.factories.workflows import ELSEWHERE, a_draft, a_procurement
from tests.pages import Pages
from tests.personas import People
from toolkit.core import clock
from toolkit.core.errors import Refused
from toolkit.core.outcomes import Outcome
from workflows.journeys.models import Event
from workflows.pipeline.models import Entry
from workflows.procurements import outcomes
from workflows.procurements.endorsers import possible_endorsers
from workflows.procurements.models import Endorsement, FormalDecision, Procurement
from workflows.procurements.services import decisions, drafts, endorsements, sharing, tasks
from workflows.rules.models import Power


def test_every_outcome_has_exactly_one_handler() -> None:
    assert set(Outcome.all) == {
        "procurements.awarded",
        "procurements.changed",
        "contracts.changed",
        "rules.weigh",
        "rules.kept-changed",
        "holidays.changed",
    }
    assert all(outcome.handler is not None for outcome in Outcome.all.values())


def test_what_fails_in_a_handler_rolls_everything_back(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    procurement = a_procurement(by=people.officer)
    before = Event.objects.count()

    def broken(_: Procurement) -> None:
        raise RuntimeError("the pipeline is away")

    monkeypatch.setattr(outcomes.CHANGED, "_handler", broken)
    with pytest.raises(RuntimeError):
        tasks.complete_task(procurement=procurement, task="business-case", data={}, actor=people.officer)
    assert Event.objects.count() == before


def test_completing_twice_is_a_no_op_and_other_answers_are_refused(people: People) -> None:
    procurement = a_procurement(by=people.officer)
    for _ in range(2):
        tasks.complete_task(
            procurement=procurement, task="business-case", data={"note": "a"}, actor=people.officer
        )
    assert Event.objects.filter(task="business-case").count() == 1
    with pytest.raises(Refused, match="Somebody has completed this step already"):
        tasks.complete_task(
            procurement=procurement, task="business-case", data={"note": "b"}, actor=people.officer
        )


def test_a_step_that_cannot_start_is_refused_with_its_reason(people: People) -> None:
    procurement = a_procurement(by=people.officer)
    with pytest.raises(Refused, match="This step cannot start yet: first: "):
        tasks.complete_task(procurement=procurement, task="tender-notice", data={}, actor=people.officer)


def test_an_event_can_be_neither_changed_nor_deleted(people: People) -> None:
    procurement = a_procurement(by=people.officer)
    tasks.complete_task(procurement=procurement, task="business-case", data={}, actor=people.officer)
    event = Event.objects.get()
    for change in (lambda: Event.objects.update(task="other"), event.delete):
        with pytest.raises(Exception, match=r"Cannot (update|delete)"):
            _in_savepoint(change)


def _in_savepoint(act: Callable[[], Any]) -> None:
    with transaction.atomic():
        act()


def test_a_contributor_does_the_steps_given_to_them_and_no_other(people: People, pages: Pages) -> None:
    procurement = a_procurement(by=people.officer)
    with pytest.raises(Refused):
        tasks.complete_task(procurement=procurement, task="business-case", data={}, actor=people.contributor)
    tasks.assign_task(
        procurement=procurement, task="business-case", person=people.contributor, actor=people.officer
    )
    pages.sign_in(people.contributor)
    page = pages.get("procurement_task", reference=procurement.reference, slug="business-case")
    page = pages.submit(page.form("Save and complete"), button="Save and complete", note="Done")
    assert "is completed" in page.banner
    page = pages.get("procurement_task", reference=procurement.reference, slug="equality")
    assert "Officers on the team do this step" in page.main


def test_a_contributor_drafts_and_an_officer_starts(people: People, pages: Pages) -> None:
    draft = a_draft(by=people.contributor)
    with pytest.raises(Refused, match="An officer on the team has to start"):
        drafts.start(procurement=draft, route="open-competition", actor=people.contributor)
    page = pages.sign_in(people.contributor).get("procurement_check", reference=draft.reference)
    assert "Ask an officer to start it" in page.main
    sharing.add_to_team(procurement=draft, person=people.officer, role="lead", actor=people.contributor)
    assert drafts.start(procurement=draft, route="open-competition", actor=people.officer).status == "live"


def test_a_route_that_is_not_open_for_the_answers_is_refused(people: People) -> None:
    draft = a_draft(by=people.officer, value_inc_vat=Decimal(50_000))
    with pytest.raises(Refused, match="not open"):
        drafts.start(procurement=draft, route="open-competition", actor=people.officer)


def test_a_utility_purchase_gets_guidance_and_no_dates(people: People, pages: Pages) -> None:
    draft = a_draft(by=people.officer, is_utility=True)
    page = pages.sign_in(people.officer).get("procurement_check", reference=draft.reference)
    assert "utility activity" in page.main
    assert "computes no dates" in page.main
    assert not page.css("main form")


def test_a_health_service_is_offered_the_five_processes_of_its_own_regime(
    people: People, pages: Pages
) -> None:
    draft = a_draft(by=people.officer, is_health=True)
    page = pages.sign_in(people.officer).get("procurement_check", reference=draft.reference)
    assert "Provider Selection Regime" in page.main
    assert [each.get("value") for each in page.css("main input[type=radio]")] == [
        "psr-direct-award-a", "psr-direct-award-b", "psr-direct-award-c", "psr-most-suitable-provider", "psr-competitive",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["goods", "works"])
def test_only_services_can_be_light_touch(people: People, pages: Pages, kind: str) -> None:
    draft = a_draft(by=people.officer, kind=kind)
    pages.sign_in(people.officer)
    page = pages.get("procurement_question", reference=draft.reference, page="special-rules")
    page = pages.submit(page, special=["is_light_touch"])
    assert page.errors == [f"Only services can be light touch: you said that it is mostly {kind}"]


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({"value": "", "value_basis": "ex"}, "Enter the estimated value, or say that it cannot be estimated"),
        ({"value": "lots", "value_basis": "ex"}, "Enter an amount in pounds, like 250,000 or 1.2 million"),
        ({"value": "1e9999", "value_basis": "ex"}, "Enter an amount in pounds, like 250,000 or 1.2 million"),
        (
            {"value": "Infinity", "value_basis": "ex"},
            "Enter an amount in pounds, like 250,000 or 1.2 million",
        ),
        ({"value": "999,999,999,999", "value_basis": "ex"}, "Enter an amount below £100 billion"),
        ({"value": "-5", "value_basis": "ex"}, "Enter an amount in pounds, like 250,000 or 1.2 million"),
    ],
)
def test_a_value_nobody_can_use_is_asked_for_again(
    people: People, pages: Pages, answers: dict[str, Any], error: str
) -> None:
    draft = a_draft(by=people.officer)
    page = pages.sign_in(people.officer).get("procurement_question", reference=draft.reference, page="value")
    page = pages.submit(page, **answers)
    assert page.errors == [error]
    assert page.title.startswith("Error: ")


@pytest.mark.parametrize(
    ("day", "error"),
    [
        (("31", "2", "2028"), "Enter a real date, like 27 3 2028"),
        (("", "2", "2028"), "The date must include a day"),
        (("1", "1", "28"), "The year must have 4 numbers"),
        (("1", "1", "2020"), "The day it is needed must be in the future"),
        (("1", "1", "9999"), "The year must be between 1990 and 2100"),
        (("²", "1", "2028"), "Enter a real date, like 27 3 2028"),
        (("", "", ""), "Enter the day it is needed"),
    ],
)
def test_a_day_that_is_none_is_asked_for_again(
    people: People, pages: Pages, day: tuple[str, str, str], error: str
) -> None:
    draft = a_draft(by=people.officer)
    page = pages.sign_in(people.officer).get("procurement_question", reference=draft.reference, page="when")
    typed: dict[str, Any] = dict(
        zip(("needed_on-day", "needed_on-month", "needed_on-year"), day, strict=True)
    )
    page = pages.submit(page, **typed)
    assert page.errors == [error]


@pytest.fixture
def asked(people: People) -> Endorsement:
    Power.objects.create(organisation=people.fleet, person=people.approver, kind="finance")
    procurement = a_procurement(by=people.officer)
    tasks.complete_task(procurement=procurement, task="business-case", data={}, actor=people.officer)
    return endorsements.ask_endorsement(
        procurement=procurement,
        task="endorse-strategy",
        kind="finance",
        of=people.approver,
        note="The report",
        paper=ELSEWHERE,
        actor=people.officer,
    )


def test_only_people_listed_for_the_kind_and_value_can_be_asked(people: People) -> None:
    procurement = a_procurement(by=people.officer, value_inc_vat=Decimal(900_000))
    power = Power.objects.create(
        organisation=people.fleet, person=people.approver, kind="finance", up_to=Decimal(899_999)
    )
    assert possible_endorsers(procurement, "finance", requester=people.officer) == []
    power.up_to = Decimal(900_000)
    power.save()
    assert possible_endorsers(procurement, "finance", requester=people.officer) == [people.approver]
    assert possible_endorsers(procurement, "legal", requester=people.officer) == []
    assert possible_endorsers(procurement, "finance", requester=people.approver) == []


def test_nobody_but_the_person_asked_can_answer(asked: Endorsement, people: People) -> None:
    for person in (people.officer, people.administrator, people.auditor, people.neighbour):
        with pytest.raises(Refused, match="Only the person who was asked"):
            endorsements.answer_endorsement(endorsement=asked, status="endorsed", reasons="", actor=person)


def test_an_endorsement_asked_for_another_value_cannot_be_given(asked: Endorsement, people: People) -> None:
    Procurement.objects.filter(pk=asked.procurement_id).update(value_inc_vat=Decimal(2_000_000))
    with pytest.raises(Refused, match="The value rose from £900,000 to £2,000,000"):
        endorsements.answer_endorsement(
            endorsement=asked, status="endorsed", reasons="", actor=people.approver
        )


def test_declining_needs_reasons_and_opens_the_step_again(
    asked: Endorsement, people: People, pages: Pages
) -> None:
    with pytest.raises(Refused, match="Enter your reasons"):
        endorsements.answer_endorsement(
            endorsement=asked, status="declined", reasons=" ", actor=people.approver
        )
    endorsements.answer_endorsement(
        endorsement=asked, status="declined", reasons="Too dear", actor=people.approver
    )
    page = pages.sign_in(people.officer).get(
        "procurement_task", reference=asked.procurement.reference, slug="endorse-strategy"
    )
    assert "Dev Raman declined" in page.main
    assert page.form("Ask for the endorsement")


def test_a_decided_strategy_shares_the_facts_with_all_boroughs_unless_kept_back(people: People) -> None:
    for kept_back in (False, True):
        procurement = a_procurement(
            by=people.officer, value_inc_vat=Decimal(90_000), route="below-threshold-quotation"
        )
        if kept_back:
            sharing.share(
                procurement=procurement, visibility="team", intent_visibility="team", actor=people.officer
            )
        Power.objects.get_or_create(organisation=people.fleet, person=people.approver, kind="service")
        tasks.complete_task(procurement=procurement, task="business-case", data={}, actor=people.officer)
        request = endorsements.ask_endorsement(
            procurement=procurement,
            task="endorse-strategy",
            kind="service",
            of=people.approver,
            note="x",
            paper=ELSEWHERE,
            actor=people.officer,
        )
        endorsements.answer_endorsement(
            endorsement=request, status="endorsed", reasons="", actor=people.approver
        )
        meeting = {"decider": "officer", "meeting_on": clock.today().isoformat(), "key_decision": "no"}
        tasks.complete_task(
            procurement=procurement, task="strategy-meeting", data=meeting, actor=people.officer
        )
        decisions.record_decision(
            procurement=procurement, task="strategy-decision", maker="officer", maker_name="Director", power="SO 7", report_reference="",
            report_link="", decided_on=clock.today(), published_on=None, call_in_ends_on=None, delegated_to="", actor=people.officer,
            no_call_in="exempt",
        )  # fmt: skip
        procurement.refresh_from_db()
        assert procurement.visibility == ("team" if kept_back else "boroughs")
        assert Entry.objects.get(procurement=procurement).visibility == procurement.visibility


def test_a_decision_in_the_future_or_against_its_own_dates_is_refused(people: People) -> None:
    procurement = a_procurement(by=people.officer)
    tomorrow = clock.today() + dt.timedelta(1)
    with pytest.raises(Refused):
        decisions.record_decision(
            procurement=procurement, task="strategy-decision", maker="officer", maker_name="D", power="p", report_reference="",
            report_link="", decided_on=tomorrow, published_on=None, call_in_ends_on=None, delegated_to="", actor=people.officer,
            no_call_in="exempt",
        )  # fmt: skip
    assert not FormalDecision.objects.exists()


def test_the_task_list_takes_at_most_eight_queries(
    people: People, pages: Pages, queries: Callable[[int], Any]
) -> None:
    procurement = a_procurement(by=people.officer)
    pages.sign_in(people.officer)
    pages.get(
        "procurement_tasks", reference=procurement.reference
    )  # the organisation’s rules are remembered from here on
    with queries(8):
        pages.get("procurement_tasks", reference=procurement.reference)


@pytest.mark.django_db(transaction=True)
def test_two_people_completing_one_step_at_once_lose_nothing_and_double_nothing(people: People) -> None:
    procurement = a_procurement(by=people.officer)
    second = people.member("officer", name="Nia Webb")
    sharing.add_to_team(procurement=procurement, person=second, role="member", actor=people.officer)
    start, told = threading.Barrier(2), []

    def complete(person: Any, note: str) -> None:
        try:
            start.wait()
            with clock.held_at(clock.now()):
                tasks.complete_task(
                    procurement=procurement, task="business-case", data={"note": note}, actor=person
                )
            told.append(note)
        except Refused as refused:
            told.append(refused.sentence)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=complete, args=(person, note))
        for person, note in ((people.officer, "first"), (second, "second"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    events = list(Event.objects.filter(task="business-case", kind="completed"))
    assert len(events) == 1
    assert events[0].data["note"] in told
    assert any(sentence.startswith("Somebody has completed this step already") for sentence in told)
