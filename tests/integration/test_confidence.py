"""What is told in confidence stays with the team: evaluations, intent, days to act by."""

from __future__ import annotations

import pytest

from tests.factories import (
    a_contract,
    a_decided_procurement,
    a_procurement,
    an_award,
    an_entry,
    an_evaluation,
)
from tests.factories.workflows import BIDDER, ELSEWHERE
from tests.pages import Pages
from tests.personas import PERSONAS, People
from toolkit.accounts.readers import reader_of
from toolkit.core.errors import Refused
from workflows.contracts import services as contracts
from workflows.contracts.models import Contract
from workflows.pipeline import services as pipeline
from workflows.pipeline.models import Entry
from workflows.pipeline.selectors import others_buying, sees_intent
from workflows.procurements.services import endorsements, sharing, tasks
from workflows.rules.models import Power

OWN = {"viewer", "contributor", "approver", "administrator"}


def test_after_the_award_an_evaluation_is_seen_by_the_team_and_auditors_alone(
    people: People, pages: Pages
) -> None:
    procurement, given = an_award(by=people.officer)
    Power.objects.create(organisation=people.fleet, person=people.approver, kind="finance")
    tasks.record_award(
        procurement=procurement, task="record-contracts", contracts=given, actor=people.officer
    )
    for persona in ("officer", "auditor", *sorted(OWN)):
        page = pages.sign_in(people.named(persona)).get(
            "procurement_task", reference=procurement.reference, slug="evaluate"
        )
        assert ("scored 71" in page.main) == (persona not in OWN), persona
        assert "Completed" in page.main
        if persona in OWN:
            assert "for the team and auditors alone" in page.main


def test_award_endorsements_are_told_to_the_one_who_was_asked_and_no_other_approver(
    people: People, pages: Pages
) -> None:
    procurement = an_evaluation(by=people.officer)
    # The route of quotations asks for no endorsement of the award: one of the strategy, in confidence, stands for it.
    request = procurement.endorsements.get()
    request.task, request.note = "evaluate", f"{BIDDER} is to win"
    request.save()
    for person, sees in ((people.approver, False), (people.administrator, False), (request.asked_of, True)):
        page = pages.sign_in(person).get("procurement_decisions", reference=procurement.reference)
        assert (BIDDER in page.main) == sees, person


def test_nobody_joins_the_team_by_themselves_while_tenders_are_evaluated(
    people: People, pages: Pages
) -> None:
    procurement = an_evaluation(by=people.officer)
    colleague = people.member("officer", name="Nia Webb")
    page = pages.sign_in(colleague).get("procurement", reference=procurement.reference)
    page = pages.submit(page.form("Join the team"))
    assert "the team has to put you on it" in page.banner
    sharing.add_to_team(procurement=procurement, person=colleague, role="member", actor=people.officer)
    assert BIDDER in pages.get("procurement_task", reference=procurement.reference, slug="evaluate").main


def test_an_award_decision_is_told_nobody_outside_the_team_until_the_award(
    people: People, pages: Pages
) -> None:
    procurement, given = an_award(by=people.officer)
    decision = procurement.decisions.get(task="award-decision")
    decision.delegated_to = f"To sign with {BIDDER}"
    decision.save()

    def told(persona: str) -> tuple[bool, bool]:
        """Is the award decision there at all, and with what it says?"""
        page = pages.sign_in(people.named(persona)).get(
            "procurement_decisions", reference=procurement.reference
        )
        return "Record the award decision" in page.main, BIDDER in page.main

    assert (told("viewer"), told("auditor"), told("officer")) == ((False, False), (True, False), (True, True))
    tasks.record_award(
        procurement=procurement, task="record-contracts", contracts=given, actor=people.officer
    )
    assert (told("viewer"), told("auditor")) == ((True, False), (True, True))


def test_a_kept_back_procurements_contract_stays_with_its_team(people: People, pages: Pages) -> None:
    procurement, given = an_award(by=people.officer)
    sharing.share(procurement=procurement, visibility="team", intent_visibility="team", actor=people.officer)
    tasks.record_award(
        procurement=procurement, task="record-contracts", contracts=given, actor=people.officer
    )
    contract = Contract.objects.get(procurement=procurement)
    assert (contract.visibility, contract.intent_visibility) == ("team", "team")
    entry = Entry.objects.get(contract=contract)
    for persona in PERSONAS:
        sees = persona in ("officer", "auditor")
        pages.sign_in(people.named(persona)).get(
            "entry", reference=entry.reference, status=200 if sees else 404
        )
    colleague = people.member("officer", name="Nia Webb")
    pages.sign_in(colleague).get("contract", reference=contract.reference, status=404)
    sharing.add_to_team(procurement=procurement, person=colleague, role="member", actor=people.officer)
    assert "Last day to start" in pages.get("contract", reference=contract.reference).main


def test_who_sees_a_contract_is_set_on_its_own_page(people: People, pages: Pages) -> None:
    contract = a_contract(by=people.officer)
    page = pages.sign_in(people.officer).get("contract", reference=contract.reference)
    page = pages.click(page, "Set who sees it")
    refused = pages.submit(page, visibility="borough", intent_visibility="boroughs")
    assert refused.errors == ["The intent cannot be seen by more people than the facts"]
    pages.submit(page, visibility="public", intent_visibility="borough")
    entry = Entry.objects.get(contract=contract)
    assert (entry.visibility, entry.intent_visibility) == ("public", "borough")
    colleague = people.member("officer", name="Nia Webb")
    with pytest.raises(Refused, match="can keep it to the team"):
        contracts.share(contract=contract, visibility="team", intent_visibility="team", actor=colleague)
    with pytest.raises(Refused, match="Only an officer"):
        contracts.share(
            contract=contract, visibility="public", intent_visibility="borough", actor=people.viewer
        )


def test_days_to_act_by_are_seen_by_those_who_see_the_intent(people: People, pages: Pages) -> None:
    procurement, given = an_award(by=people.officer)
    tasks.record_award(
        procurement=procurement, task="record-contracts", contracts=given, actor=people.officer
    )
    contract = Contract.objects.get(procurement=procurement)
    colleague = people.member("officer", name="Nia Webb")
    for person, sees in (
        (people.officer, True),
        (people.auditor, True),
        (people.viewer, False),
        (colleague, False),
    ):
        pages.sign_in(person)
        assert ("Last day to give notice" in pages.get("contract", reference=contract.reference).main) == sees
        assert ("Kept to its team" not in " ".join(pages.get("contracts").words("tbody"))) == sees
        overview = pages.get("procurement", reference=procurement.reference).main
        assert ("last day to start what comes after" in overview) == sees
    form = pages.sign_in(colleague).get("contract_change", reference=contract.reference)
    assert "notice_months" not in form.form().fields
    pages.submit(form, title="Leisure centres")
    contract.refresh_from_db()
    assert (contract.title, contract.notice_months) == ("Leisure centres", 6)


def test_intent_kept_to_the_team_is_seen_by_its_keeper_and_prefilled_for_nobody_else(
    people: People, pages: Pages
) -> None:
    colleague = people.member("officer", name="Nia Webb")
    typed = an_entry(by=people.officer)
    of_contract = Entry.objects.get(contract=a_contract(by=people.officer))
    # Answering what everybody may answer makes nobody a keeper of what a contract’s team keeps.
    pipeline.answer_for(entry=of_contract, openness="buy", visibility="boroughs", actor=colleague)
    for entry in (typed, of_contract):
        pipeline.answer_for(
            entry=entry, intent="in-house", openness="not-said", confidence="firm", visibility="boroughs",
            intent_visibility="team" if entry is typed else None, actor=people.officer,
        )  # fmt: skip
        page = pages.sign_in(people.officer).get("entry", reference=entry.reference)
        assert "Bring in-house" in page.main
        form = pages.get("entry_answer_for", reference=entry.reference).form()
        assert form.fields["intent"] == ["in-house"]
        pages.sign_in(colleague)
        assert "Bring in-house" not in pages.get("entry", reference=entry.reference).main
        page = pages.get("entry_answer_for", reference=entry.reference)
        assert not {"intent", "confidence", "intent_visibility"} & set(page.form().fields)
        pages.submit(page, openness="buy")
        entry.refresh_from_db()
        assert (entry.intent, entry.openness) == ("in-house", "buy")
        with pytest.raises(Refused, match="Only its team"):
            pipeline.answer_for(
                entry=entry, intent="extend", openness="buy", visibility="boroughs", actor=colleague
            )
        assert sees_intent(reader_of(people.auditor), entry)
        assert not sees_intent(reader_of(people.administrator), entry)


def test_an_entry_narrowed_to_the_team_is_still_seen_by_its_keeper(people: People, pages: Pages) -> None:
    entry = an_entry(by=people.officer)
    pipeline.answer_for(
        entry=entry, intent="undecided", openness="buy", confidence="", visibility="team", intent_visibility="team",
        actor=people.officer,
    )  # fmt: skip
    pages.sign_in(people.officer).get("entry", reference=entry.reference)
    pages.sign_in(people.viewer).get("entry", reference=entry.reference, status=404)


def test_the_procurement_that_follows_is_named_to_those_who_may_open_it(people: People, pages: Pages) -> None:
    entry = an_entry(by=people.officer)
    found = pipeline.start_procurement(entry=entry, organisation=people.fleet, actor=people.officer)
    assert found.reference in pages.sign_in(people.officer).get("entry", reference=entry.reference).main
    for person in (people.viewer, people.administrator, people.neighbour):
        assert found.reference not in pages.sign_in(person).get("entry", reference=entry.reference).html


def test_others_who_buy_are_listed_by_need_not_by_record(people: People) -> None:
    entry = an_entry(by=people.neighbour, category="education", title="Adult learning")
    draft = pipeline.start_procurement(entry=entry, organisation=people.tyburn, actor=people.neighbour)
    live = a_procurement(
        by=people.neighbour, category="education", title="Adult learning", visibility="boroughs"
    )
    Entry.objects.filter(pk=entry.pk).update(followed_by=live)
    assert draft.pk != live.pk
    found = others_buying(
        reader_of(people.officer), category="education", organisation_id=people.fleet.pk, around=None
    )
    assert [one.procurement_id for one in found] == [live.pk]


def test_intent_is_never_shared_more_widely_than_the_facts(people: People) -> None:
    procurement = a_decided_procurement(by=people.officer)
    for levels in (("borough", "boroughs"), ("public", "public")):
        with pytest.raises(Refused):
            sharing.share(
                procurement=procurement,
                visibility=levels[0],
                intent_visibility=levels[1],
                actor=people.officer,
            )


def test_an_endorsement_of_a_stopped_procurement_cannot_be_given(people: People, pages: Pages) -> None:
    procurement = a_procurement(by=people.officer)
    Power.objects.create(organisation=people.fleet, person=people.approver, kind="finance")
    tasks.complete_task(procurement=procurement, task="business-case", data={}, actor=people.officer)
    request = endorsements.ask_endorsement(
        procurement=procurement, task="endorse-strategy", kind="finance", of=people.approver, note="x", paper=ELSEWHERE, actor=people.officer
    )  # fmt: skip
    sharing.set_paused(procurement=procurement, verb="pause", actor=people.officer)
    with pytest.raises(Refused, match="The procurement is paused"):
        endorsements.answer_endorsement(
            endorsement=request, status="endorsed", reasons="", actor=people.approver
        )
    sharing.stop(procurement=procurement, reason="No money", actor=people.officer)
    request.refresh_from_db()
    assert request.status == "withdrawn"
    with pytest.raises(Refused, match="withdrawn"):
        endorsements.answer_endorsement(
            endorsement=request, status="endorsed", reasons="", actor=people.approver
        )
    assert "asks for your endorsement" not in pages.sign_in(people.approver).get("/").main
