"""Standing in: who may answer a request in place of the person asked, and who may not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from tests.factories import a_procurement
from tests.factories.approvals import approval, listed_for, own_rules, ready_to_endorse
from tests.factories.workflows import BIDDER, ELSEWHERE, an_evaluation
from tests.jobs import Jobs
from tests.pages import Pages
from tests.personas import People
from tests.threads import at_once
from toolkit.accounts.models import Person
from toolkit.accounts.readers import reader_of
from toolkit.core import clock
from toolkit.core.errors import Refused
from toolkit.desk.due import due_for
from workflows.journeys import loading
from workflows.journeys.definitions import TaskKind
from workflows.journeys.overlay import gate_of
from workflows.journeys.selectors import progress_of
from workflows.procurements import reminders
from workflows.procurements.facts import facts_of
from workflows.procurements.models import Endorsement, Procurement, TeamMember
from workflows.procurements.services import endorsements, sharing
from workflows.procurements.services.facts import change_facts
from workflows.procurements.stand_ins import requests_in_place, stand_ins
from workflows.rules.models import Power, StandIn

together = pytest.mark.django_db(transaction=True)
STEP = "endorse-strategy"


def names(people: People, *, up_to: Any = None) -> tuple[Person, Person]:
    """Fay Ince, listed for finance, and Sol Tice, who stands in for her."""
    asked = listed_for("finance", of=people.fleet, name="Fay Ince", up_to=up_to)
    other = listed_for("finance", of=people.fleet, name="Sol Tice")
    stands_in(other, asked, people)
    return asked, other


def stands_in(person: Person, held_by: Person, people: People, **days: Any) -> StandIn:
    power = Power.objects.get(person=held_by, kind="finance")
    given = {"starts_on": clock.today(), "added_by": people.administrator} | days
    return StandIn.objects.create(power=power, person=person, **given)


def requested(people: People, of: Person, *, kind: str = "finance", **answers: Any) -> Endorsement:
    procurement = ready_to_endorse(a_procurement(by=people.officer, **answers), people.officer)
    return ask(procurement, of, people, kind=kind)


def ask(procurement: Procurement, of: Person, people: People, kind: str = "finance") -> Endorsement:
    return endorsements.ask_endorsement(
        procurement=procurement,
        task=STEP,
        kind=kind,
        of=of,
        note="The strategy",
        paper=ELSEWHERE,
        actor=people.officer,
    )


def answer(request: Endorsement, actor: Person, status: str = "endorsed") -> None:
    endorsements.answer_endorsement(endorsement=request, status=status, reasons="Sound", actor=actor)


def is_offered(request: Endorsement, person: Person) -> bool:
    """Do lists and services agree on whether this person may stand in?"""
    request = Endorsement.objects.get(pk=request.pk)
    may = person in stand_ins(request)
    assert requests_in_place(reader_of(person)).filter(pk=request.pk).exists() is may
    return may


def test_a_stand_in_answers_and_it_is_recorded_in_place_of_the_person_asked(
    people: People, pages: Pages, jobs: Jobs
) -> None:
    asked, other = names(people)
    request = requested(people, asked)
    reference = request.procurement.reference
    jobs.run()
    assert [letter.to for letter in mail.outbox if "in place of" in letter.subject] == [[other.email]]
    home = pages.sign_in(other).get("home")
    assert (
        "Ada Okoro asks for Fay Ince’s endorsement of Leisure centre management: you may answer in their place"
        in home.main
    )
    page = pages.get("procurement_task", reference=reference, slug=STEP)
    assert "You stand in for Fay Ince. Your answer is recorded as yours, in their place." in page.main
    mail.outbox.clear()
    form = page.form("Record my answer")
    assert (
        pages.client.post(form.action, form.filled({"status": "endorsed", "reasons": "Sound"})).status_code
        == 302
    )
    request.refresh_from_db()
    assert (request.status, request.stand_in, request.asked_of) == ("endorsed", other, asked)
    run = request.procurement.run
    assert run is not None
    state = progress_of(run, facts_of(request.procurement), today=clock.today()).state(STEP)
    assert (state.status, state.data["given"]) == ("completed", ["Sol Tice, in place of Fay Ince (Finance)"])
    jobs.run()
    assert {letter.to[0] for letter in mail.outbox} == {people.officer.email, asked.email}
    assert not any("Leisure" in f"{letter.subject} {letter.body}" for letter in mail.outbox)
    for person in (people.officer, other):
        recorded = pages.sign_in(person).get("procurement_decisions", reference=reference)
        assert recorded.facts["Answered by"] == "Sol Tice, in place of Fay Ince"
    assert "In place of Fay Ince" in pages.get("procurement_history", reference=reference).main
    assert TeamMember.objects.get(person=other).role == "endorser"
    assert not due_for(reader_of(asked)).asked


def test_a_stand_in_declines_and_asks_for_changes(people: People) -> None:
    asked, other = names(people)
    for status, words in (("declined", "declined"), ("changes", "asked for changes")):
        request = requested(people, asked)
        answer(request, other, status)
        run = request.procurement.run
        assert run is not None
        state = progress_of(run, facts_of(request.procurement), today=clock.today()).state(STEP)
        assert state.because == f"Sol Tice, in place of Fay Ince {words}"


def test_only_who_is_named_for_that_power_in_its_dates_and_listed_themselves(people: People) -> None:
    asked, other = names(people, up_to=Decimal(2_000_000))
    request = requested(people, asked)
    assert is_offered(request, other)

    def refused(person: Person = other) -> bool:
        assert not is_offered(request, person)
        assert not due_for(reader_of(person)).asked
        with pytest.raises(Refused, match="Only the person who was asked can answer"):
            answer(request, person)
        return True

    unnamed = listed_for("finance", of=people.fleet)
    assert refused(unnamed)
    row = StandIn.objects.get()
    for first, last in ((1, None), (-5, -1)):
        row.starts_on = clock.today() + dt.timedelta(first)
        row.ends_on = clock.today() + dt.timedelta(last) if last is not None else None
        row.save()
        assert refused()
    row.starts_on = row.ends_on = clock.today()
    row.save()
    assert is_offered(request, other)
    with clock.held_at(clock.now() + dt.timedelta(1)):
        assert refused()
    # The value is above what they are listed for themselves; or nobody can say what it is.
    own = Power.objects.get(person=other)
    own.up_to, own.up_to_basis = Decimal(750_000), "inc"
    own.save()
    assert refused()
    own.up_to_basis = "ex"
    own.save()
    assert is_offered(request, other), "£900,000 with VAT is £750,000 without"
    own.delete()
    assert refused()
    Power.objects.create(organisation=people.fleet, person=other, kind="legal")
    assert refused(), "listed for another kind"
    Power.objects.create(organisation=people.fleet, person=other, kind="finance")
    Power.objects.filter(person=asked).update(kind="service")
    assert refused(), "named for another kind"


def test_who_is_let_in_no_more_and_who_is_listed_elsewhere_stand_in_for_nobody(people: People) -> None:
    asked, other = names(people)
    request = requested(people, asked)
    membership = other.memberships.get()
    membership.ends_on = clock.today() - dt.timedelta(1)
    membership.save()
    assert not is_offered(request, other)
    with pytest.raises(Refused, match="Only the person"):
        answer(request, other)
    elsewhere = listed_for("finance", of=people.tyburn)
    stands_in(elsewhere, asked, people)
    assert not is_offered(request, elsewhere)
    with pytest.raises(Refused, match="Only the person"):
        answer(request, elsewhere)


def test_the_requester_stands_in_for_nobody(people: People) -> None:
    asked, other = names(people)
    membership = other.memberships.get()
    membership.roles = ["officer", "approver"]
    membership.save()
    procurement = ready_to_endorse(a_procurement(by=people.officer), people.officer)
    sharing.add_to_team(procurement=procurement, person=other, role="member", actor=people.officer)
    request = endorsements.ask_endorsement(
        procurement=procurement, task=STEP, kind="finance", of=asked, note="x", paper=ELSEWHERE, actor=other
    )
    assert not is_offered(request, other)
    with pytest.raises(Refused, match="Only the person"):
        answer(request, other)


def test_nobody_gives_two_kinds_at_one_approval_by_standing_in(
    people: People, pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_rules(monkeypatch, approvals=(approval("strategy", "finance", "legal", in_order=False),))
    asked, other = names(people)
    Power.objects.create(organisation=people.fleet, person=other, kind="legal")
    request = requested(people, asked)
    legal = ask(request.procurement, other, people, kind="legal")
    assert len(due_for(reader_of(other)).asked) == 1, "their own"
    for _ in range(2):  # while they are asked, and once they have given it
        with pytest.raises(Refused, match="nobody endorses twice at one approval"):
            answer(request, other)
        if legal.status == "asked":
            answer(legal, other)
            legal.refresh_from_db()
    assert not due_for(reader_of(other)).asked
    page = pages.sign_in(other).get("procurement_task", reference=request.procurement.reference, slug=STEP)
    assert "Record my answer" not in page.main
    # The other way round: they stood in for one kind, and are asked for another.
    second = requested(people, asked)
    answer(second, other)
    with pytest.raises(Refused, match="nobody endorses twice at one approval"):
        ask(second.procurement, other, people, kind="legal")


def test_what_was_asked_about_has_to_stand_for_a_stand_in_too(people: People) -> None:
    asked, other = names(people)
    request = requested(people, asked)
    change_facts(
        procurement=request.procurement, answers={"value_inc_vat": Decimal(2_000_000), "value_ex_vat": Decimal(1_600_000)},
        actor=people.officer,
    )  # fmt: skip
    with pytest.raises(Refused, match=r"has lapsed|Only the person"):
        answer(request, other)


def test_a_record_of_its_team_opens_to_a_stand_in_while_a_request_waits_and_once_they_answered(
    people: People, pages: Pages
) -> None:
    asked, other = names(people)
    request = requested(people, asked, visibility="team")
    reference = request.procurement.reference
    stranger = listed_for("finance", of=people.fleet)
    pages.sign_in(stranger).get("procurement", reference=reference, status=404)
    pages.sign_in(other).get("procurement", reference=reference)
    endorsements.withdraw_endorsement(endorsement=request, actor=people.officer)
    pages.get("procurement", reference=reference, status=404)
    answer(ask(request.procurement, asked, people), other)
    pages.get("procurement_decisions", reference=reference)


def test_in_confidence_a_stand_in_reads_the_step_of_their_answer_alone(people: People, pages: Pages) -> None:
    found = an_evaluation(by=people.officer)
    request = found.endorsements.get()
    Endorsement.objects.filter(pk=request.pk).update(
        task="award-report", note=f"{BIDDER} is to win", status="asked", answered_at=None, kind="finance"
    )
    other = listed_for("finance", of=people.fleet, name="Sol Tice")
    stands_in(other, request.asked_of, people)
    pages.sign_in(other)
    step = pages.get("procurement_task", reference=found.reference, slug="award-report")
    assert "Write the award report" in step.main
    closed = pages.get("procurement_task", reference=found.reference, slug="evaluate")
    assert "for the named team alone" in closed.main
    StandIn.objects.all().delete()
    step = pages.get("procurement_task", reference=found.reference, slug="award-report")
    assert "for the named team alone" in step.main


def test_a_stand_in_is_reminded_also_when_the_person_asked_has_left(people: People, jobs: Jobs) -> None:
    asked, other = names(people)
    request = requested(people, asked)
    asked.memberships.all().delete()
    jobs.run()
    mail.outbox.clear()
    with clock.held_at(clock.now() + dt.timedelta(days=10)):
        assert reminders.remind() == 1
        jobs.run()
    assert [letter.to for letter in mail.outbox] == [[other.email]]
    request.refresh_from_db()
    assert request.reminded_at is not None


def test_home_asks_as_many_questions_however_many_wait(
    people: People, pages: Pages, queries: Callable[[int], Any]
) -> None:
    asked, other = names(people)
    for _ in range(3):
        requested(people, asked)
    pages.sign_in(other)
    pages.get("home")
    with queries(12):
        assert pages.client.get(reverse("home")).status_code == 200


def test_no_route_has_two_steps_of_endorsement_at_one_approval() -> None:
    for journey in loading.all_journeys().values():
        gates = [gate_of(task) for task in journey.tasks if task.kind == TaskKind.ENDORSEMENT]
        assert len(gates) == len(set(gates)), journey.slug
        assert all(gates), journey.slug


# Races


@together
def test_the_person_asked_and_their_stand_in_in_the_same_second_answer_once(people: People) -> None:
    asked, other = names(people)
    request = requested(people, asked)
    results = at_once(lambda: answer(request, asked), lambda: answer(request, other, "declined"))
    [error] = [each for each in results if isinstance(each, Exception)]
    assert isinstance(error, Refused)
    assert "answered already" in error.sentence
    assert Endorsement.objects.exclude(status="asked").count() == 1


@together
def test_two_stand_ins_in_the_same_second_answer_once(people: People) -> None:
    asked, other = names(people)
    third = listed_for("finance", of=people.fleet)
    stands_in(third, asked, people)
    request = requested(people, asked)
    results = at_once(lambda: answer(request, other), lambda: answer(request, third))
    assert [type(each) for each in results if isinstance(each, Exception)] == [Refused]
    run = request.procurement.run
    assert run is not None
    assert run.events.filter(task=STEP, kind="completed").count() == 1


@together
def test_one_person_in_the_same_second_for_two_kinds_gives_one(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_rules(monkeypatch, approvals=(approval("strategy", "finance", "legal", in_order=False),))
    asked, other = names(people)
    lawyer = listed_for("legal", of=people.fleet)
    Power.objects.create(organisation=people.fleet, person=other, kind="legal")
    StandIn.objects.create(
        power=Power.objects.get(person=lawyer), person=other, starts_on=clock.today(), added_by=people.officer
    )
    request = requested(people, asked)
    legal = ask(request.procurement, lawyer, people, kind="legal")
    results = at_once(lambda: answer(request, other), lambda: answer(legal, other))
    assert [type(each) for each in results if isinstance(each, Exception)] == [Refused]
    assert Endorsement.objects.filter(stand_in=other).count() == 1
