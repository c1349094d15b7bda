"""The turns a procurement takes: abandoned, switched, challenged; what it owes after it is stopped."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from tests.factories import a_procurement, a_work, an_award, an_evaluation
from tests.pages import Pages
from tests.personas import People
from tests.threads import at_once
from toolkit.core import clock
from toolkit.core.errors import Refused
from workflows.contracts.models import Contract
from workflows.journeys import loading
from workflows.journeys.models import Event
from workflows.journeys.progress import Happening
from workflows.pipeline.models import Entry
from workflows.procurements.models import Procurement, TeamMember
from workflows.procurements.services import drafts, sharing, tasks
from workflows.procurements.services.turns import continue_as

together = pytest.mark.django_db(transaction=True)


def advertised(people: People, **answers: Any) -> Procurement:
    """An open competition whose tender notice is out."""
    live = a_procurement(by=people.officer, **answers)
    assert live.run is not None
    last = Event.objects.filter(run=live.run).count()
    Event.objects.create(
        run=live.run, number=last + 1, kind=Happening.COMPLETED, task="tender-notice", by=people.officer,
        data={"published_on": "2026-11-02", "deadline_on": "2026-12-02", "notice": "2026/S 000-012345"},
    )  # fmt: skip
    return live


def test_starting_again_stops_the_old_one_and_copies_what_was_typed(people: People) -> None:
    old = advertised(people)
    TeamMember.objects.create(procurement=old, person=people.contributor, added_by=people.officer)
    new = continue_as(procurement=old, turn="restart", reason="No suitable tender", actor=people.officer)
    old.refresh_from_db()
    assert (old.status, old.stopped_reason) == ("stopped", "No suitable tender")
    assert (new.status, new.continues, new.continues_how) == ("draft", old, "restart")
    assert all(getattr(new, name) == getattr(old, name) for name in drafts.FACTS)
    assert not drafts.missing(new)
    assert set(new.team.values_list("person", flat=True)) == {people.officer.pk, people.contributor.pk}
    assert drafts.start(procurement=new, route="open-competition", actor=people.officer).status == "live"


def test_a_reason_is_needed_and_nothing_happens_without_one(people: People) -> None:
    old = advertised(people)
    with pytest.raises(Refused, match="Enter why"):
        continue_as(procurement=old, turn="restart", reason=" ", actor=people.officer)
    old.refresh_from_db()
    assert old.status == "live" and not old.continued_by.exists()


def test_twice_is_once(people: People) -> None:
    old, key = advertised(people), uuid.uuid4()
    given: dict[str, Any] = {
        "procurement": old,
        "turn": "restart",
        "reason": "No money",
        "actor": people.officer,
    }
    first = continue_as(**given, form_key=key)
    assert continue_as(**given, form_key=key) == first
    assert continue_as(**given, form_key=uuid.uuid4()) == first
    assert continue_as(**{**given, "turn": "abandon"}) == first, "it has been continued already"


@together
def test_two_officers_at_once_begin_one_record(people: People) -> None:
    old = advertised(people)

    def again() -> Procurement:
        return continue_as(procurement=old, turn="restart", reason="No money", actor=people.officer)

    one, two = at_once(again, again)
    assert one == two
    assert old.continued_by.count() == 1


def test_abandoning_begins_a_record_for_its_team_alone_that_a_draft_follows(people: People) -> None:
    old = advertised(people, visibility="boroughs")
    record = continue_as(procurement=old, turn="abandon", reason="An error", actor=people.officer)
    assert (record.route, record.status, record.visibility) == ("abandon-and-restart", "live", "team")
    assert record.is_kept_back and record.regime == "pa23"
    assert not Entry.objects.filter(procurement=record).exists()
    assert Entry.objects.get(procurement=old).is_over
    draft = continue_as(procurement=record, turn="next", actor=people.officer)
    assert (draft.status, draft.continues, draft.continues_how) == ("draft", record, "restart")
    record.refresh_from_db()
    assert record.status == "live", "what is left to do there stays"


def test_what_a_stopped_record_owes_can_still_be_done_and_nothing_else(people: People, pages: Pages) -> None:
    old = advertised(people)
    sharing.stop(procurement=old, reason="No money", actor=people.officer)
    page = pages.sign_in(people.officer).get("procurement", reference=old.reference)
    assert "still owes" in page.main
    page = pages.click(page, "If you decide not to award: publish the procurement termination notice (UK12)")
    today = clock.today().isoformat()
    tasks.complete_task(
        procurement=old, task="not-awarding", data={"decided_on": today, "published_on": today}, actor=people.officer
    )  # fmt: skip
    assert "still owes" not in pages.get("procurement", reference=old.reference).main
    old.refresh_from_db()
    assert old.status == "stopped"
    with pytest.raises(Refused, match="stopped"):
        tasks.complete_task(procurement=old, task="business-case", data={}, actor=people.officer)
    with pytest.raises(Refused):
        tasks.reopen_task(procurement=old, task="not-awarding", actor=people.neighbour)


def test_a_record_without_a_notice_owes_none(people: People, pages: Pages) -> None:
    old = a_procurement(by=people.officer)
    sharing.stop(procurement=old, reason="No money", actor=people.officer)
    assert "still owes" not in pages.sign_in(people.officer).get("procurement", reference=old.reference).main


def test_the_switch_is_refused_politely(people: People) -> None:
    old = a_procurement(by=people.officer)
    with pytest.raises(Refused, match=r"no route for it yet|No tender notice"):
        continue_as(procurement=old, turn="switch", reason="x", actor=people.officer)
    small = an_evaluation(by=people.officer)
    with pytest.raises(Refused, match=r"no route for it yet|above the threshold"):
        continue_as(procurement=small, turn="switch", reason="x", actor=people.officer)


def test_the_switch_quotes_the_old_identifier(
    people: People, pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the route of the switch there: here an award route stands in for it."""
    shipped = dict(loading.all_journeys())
    shipped.setdefault(("switch-to-direct-award", 1), shipped["direct-award", 1])
    monkeypatch.setattr(loading, "all_journeys", lambda: shipped)
    old = advertised(people)
    sharing.share(procurement=old, visibility="boroughs", intent_visibility="team", actor=people.officer)
    new = continue_as(procurement=old, turn="switch", reason="None was suitable", actor=people.officer)
    assert (new.status, new.continues_how, new.visibility) == ("live", "switch", "boroughs")
    page = pages.sign_in(people.officer).get("procurement", reference=new.reference)
    assert old.reference in page.main and "2026/S 000-012345" in page.main
    assert "is not open" not in page.main, "the turn opened it, not the triage"
    assert new.reference in pages.get("procurement", reference=old.reference).main


def test_once_a_contract_is_signed_nothing_is_abandoned(people: People) -> None:
    live, given = an_award(by=people.officer)
    tasks.record_award(procurement=live, task="record-contracts", contracts=given, actor=people.officer)
    with pytest.raises(Refused, match="has been signed"):
        continue_as(procurement=live, turn="restart", reason="x", actor=people.officer)


def test_a_challenge_holds_the_signature_until_it_is_said_that_it_does_not(people: People) -> None:
    live, given = an_award(by=people.officer)
    challenge = continue_as(procurement=live, turn="challenge", actor=people.officer)
    assert (challenge.visibility, challenge.is_kept_back, challenge.status) == ("team", True, "live")
    live.refresh_from_db()
    assert live.status == "live", "the challenge stops nothing else"

    def sign() -> None:
        tasks.record_award(procurement=live, task="record-contracts", contracts=given, actor=people.officer)

    with pytest.raises(Refused, match="may hold the signature"):
        sign()
    received = {
        "received_on": clock.today().isoformat(), "what": "claim", "unsigned": "yes", "suspends": "yes", "exclusion": "no",
    }  # fmt: skip
    tasks.complete_task(procurement=challenge, task="challenge-received", data=received, actor=people.officer)
    with pytest.raises(Refused, match="may hold the signature"):
        sign()
    tasks.reopen_task(procurement=challenge, task="challenge-received", actor=people.officer)
    received |= {"what": "complaint", "suspends": "no"}
    tasks.complete_task(procurement=challenge, task="challenge-received", data=received, actor=people.officer)
    sign()
    assert Contract.objects.filter(procurement=live).exists()


def test_a_challenge_is_not_told_to_those_who_may_not_open_it(people: People, pages: Pages) -> None:
    live = a_procurement(by=people.officer, visibility="borough")
    challenge = continue_as(procurement=live, turn="challenge", actor=people.officer)
    for person in (people.viewer, people.administrator):
        page = pages.sign_in(person).get("procurement", reference=live.reference)
        assert challenge.reference not in page.main and "challenge" not in page.main.lower()
        pages.get("procurement", reference=challenge.reference, status=404)
    assert (
        challenge.reference in pages.sign_in(people.officer).get("procurement", reference=live.reference).main
    )


def test_the_other_end_of_a_chain_that_is_closed_to_a_reader_has_no_name(
    people: People, pages: Pages
) -> None:
    old = advertised(people, title="Secret works")
    new = continue_as(procurement=old, turn="abandon", reason="x", actor=people.officer)
    sharing.share(procurement=new, visibility="borough", intent_visibility="team", actor=people.officer)
    page = pages.sign_in(people.viewer).get("procurement", reference=new.reference)
    assert "a record that you may not open" in page.main
    assert old.reference not in page.html


def test_pages_take_a_turn(people: People, pages: Pages) -> None:
    old = advertised(people)
    page = pages.sign_in(people.officer).get("procurement", reference=old.reference)
    page = pages.click(page, "When it takes a turn")
    page = pages.click(page, "Start again at once")
    assert "Enter why it goes no further" in pages.submit(page, reason="").errors
    page = pages.submit(page, reason="Only one tender, twice the money")
    assert page.h1 == "Check your answers"
    assert old.reference in page.main and "2026/S 000-012345" in page.main


def test_nobody_from_elsewhere_takes_a_turn(people: People, pages: Pages) -> None:
    old = advertised(people)
    for person in (people.neighbour, people.viewer, people.auditor):
        with pytest.raises(Refused, match="Only an officer on the team"):
            continue_as(procurement=old, turn="challenge", actor=person)
    pages.sign_in(people.neighbour).get("procurement_turns", reference=old.reference, status=404)
    pages.sign_in(people.officer).get(
        "procurement_turn", reference=old.reference, turn="sideways", status=404
    )


def test_what_follows_an_exit_is_a_draft_that_says_so(people: People, pages: Pages) -> None:
    record = a_work(by=people.officer, route="exit-and-reprocure")
    page = pages.sign_in(people.officer).get("procurement", reference=record.reference)
    page = pages.click(page, "Start what follows")
    page = pages.submit(pages.click(page, "Start what follows"))
    draft = Procurement.objects.get(continues=record)
    assert (draft.status, draft.continues_how, draft.needed_on) == ("draft", "next", record.needed_on)
    assert draft.regime == "pa23", "what follows is under the present law"
    change = a_work(by=people.officer, route="contract-change")
    with pytest.raises(Refused, match="Nothing follows"):
        continue_as(procurement=change, turn="next", actor=people.officer)
