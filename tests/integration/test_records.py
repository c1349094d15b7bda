"""A record after its start: facts changed, decisions superseded, endorsements withdrawn, the end, and its history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from tests.factories import a_contract, a_decided_procurement, a_draft, a_procurement, an_award, an_entry
from tests.factories.workflows import ELSEWHERE, a_decision
from tests.pages import Pages
from tests.personas import People
from toolkit.accounts.readers import reader_of
from toolkit.core import clock
from toolkit.core.errors import Refused
from workflows.contracts.models import Contract, Supplier
from workflows.journeys import loading
from workflows.journeys.models import Event
from workflows.journeys.progress import Status as TaskStatus
from workflows.journeys.selectors import progress_of
from workflows.pipeline.models import Entry
from workflows.pipeline.projection import rebuild
from workflows.procurements import pages as made
from workflows.procurements.facts import facts_of
from workflows.procurements.models import (
    FormalDecision,
    HistoryLine,
    Procurement,
    TeamMember,
)
from workflows.procurements.services import drafts, endorsements, sharing, tasks
from workflows.procurements.services.facts import change_facts
from workflows.rules.models import Power


def started_with_request(people: People) -> tuple[Procurement, Any]:
    Power.objects.get_or_create(organisation=people.fleet, person=people.approver, kind="finance")
    procurement = a_procurement(by=people.officer)
    tasks.complete_task(procurement=procurement, task="business-case", data={}, actor=people.officer)
    request = endorsements.ask_endorsement(
        procurement=procurement, task="endorse-strategy", kind="finance", of=people.approver, note="x", paper=ELSEWHERE, actor=people.officer
    )  # fmt: skip
    return procurement, request


# Facts changed


def test_a_value_that_rises_is_told_in_the_history_at_the_endorsement_and_against_the_route(
    people: People, pages: Pages
) -> None:
    procurement = a_decided_procurement(by=people.officer)
    pages.sign_in(people.officer)
    page = pages.click(pages.get("procurement", reference=procurement.reference), "Change the facts")
    page = pages.get(page.link("Change estimated value"))
    assert pages.submit(page, value="500,000", value_basis="ex").errors == ["Enter why it changes"]
    page = pages.submit(page, value="500,000", value_basis="ex", reason="Two more centres")
    assert page.h1 == "Facts"
    assert "the route “Below-threshold quotation” is not open" in page.main
    assert "£600,000 including VAT" in page.facts["Estimated value"]
    procurement.refresh_from_db()
    assert (procurement.route, procurement.regime, procurement.status) == (
        "below-threshold-quotation",
        "pa23",
        "live",
    )
    said = pages.get("procurement_decisions", reference=procurement.reference).main
    assert (
        "Lapsed on 24 November 2026: the value rose from £90,000 to £600,000 including VAT, by more than 10%."
        in said
    )
    history = pages.get("procurement_history", reference=procurement.reference).main
    assert "Ada Okoro changed the facts" in history
    assert "Two more centres" in history
    assert "£90,000 including VAT (£75,000 excluding VAT at 20%) → £600,000 including VAT" in history
    assert Entry.objects.get(procurement=procurement).value_inc_vat == Decimal(600_000)


def test_a_fact_said_again_changes_nothing(people: People) -> None:
    procurement = a_procurement(by=people.officer)
    answers = {"title": procurement.title, "is_health": None}
    assert change_facts(procurement=procurement, answers=answers, actor=people.officer) == []
    assert not HistoryLine.objects.filter(kind="facts").exists()


def test_another_category_asks_for_the_special_rules_again_and_keeps_them_meanwhile(
    people: People, pages: Pages
) -> None:
    procurement = a_procurement(by=people.officer)
    page = pages.sign_in(people.officer).get(
        "procurement_fact", reference=procurement.reference, page="category"
    )
    page = pages.submit(page, category="education", kind="services", reason="It is training")
    assert page.h1 == "Do special rules apply?"
    procurement.refresh_from_db()
    assert (procurement.category, procurement.is_light_touch) == ("education", False)


@pytest.mark.parametrize("persona", ["viewer", "contributor", "approver", "auditor", "administrator"])
def test_nobody_else_changes_facts(people: People, persona: str) -> None:
    procurement = a_procurement(by=people.officer, visibility="borough")
    with pytest.raises(Refused):
        change_facts(procurement=procurement, answers={"title": "Mine"}, actor=getattr(people, persona))


def test_facts_that_point_to_another_law_say_so(people: People, pages: Pages) -> None:
    procurement = a_procurement(by=people.officer)
    change_facts(procurement=procurement, answers={"is_health": True}, actor=people.officer)
    page = pages.sign_in(people.officer).get("procurement", reference=procurement.reference)
    assert "These facts point to Provider Selection Regime" in page.main
    assert "is not open" in page.main


# Decisions


def test_a_further_decision_supersedes_and_the_earlier_one_is_kept(people: People, pages: Pages) -> None:
    procurement = a_decided_procurement(by=people.officer)
    pages.sign_in(people.officer)
    page = pages.get("procurement_task", reference=procurement.reference, slug="strategy-decision")
    page = pages.click(page, "Record a further decision")
    day: dict[str, Any] = {"decided_on-day": "24", "decided_on-month": "11", "decided_on-year": "2026"}
    page = pages.submit(
        page,
        maker="cabinet",
        maker_name="Cabinet",
        power="Part 3",
        reason="The director had no power",
        no_call_in="not-executive",
        **day,
    )
    assert page.words("h2").count("Superseded") == 1
    assert page.words("h2").count("The decision") == 1
    first, second = FormalDecision.objects.all()
    assert first.superseded_at is not None
    assert (second.maker, second.reason) == ("cabinet", "The director had no power")
    history = pages.get("procurement_history", reference=procurement.reference).main
    assert "Ada Okoro recorded a further decision: “Record the approval to seek quotations”" in history
    assert "The director had no power" in history
    assert "reopened" not in history
    with pytest.raises(Refused, match="superseded already"):
        a_decision(procurement=procurement, task="strategy-decision", by=people.officer, maker="mayor", instead_of=first, reason="x")  # fmt: skip


def test_call_in_dates_are_corrected_with_their_history_and_hold_what_follows(
    people: People, pages: Pages
) -> None:
    procurement = a_decided_procurement(by=people.officer)
    pages.sign_in(people.officer)
    assert "Cannot start yet" not in _status(pages, procurement, "specification")
    page = pages.get("procurement_task", reference=procurement.reference, slug="strategy-decision")
    page = pages.click(page, "Correct its dates")
    day: dict[str, Any] = {
        "call_in_ends_on-day": "1",
        "call_in_ends_on-month": "12",
        "call_in_ends_on-year": "2026",
    }
    pages.submit(page, reason="Call-in applies after all", no_call_in="applies", **day)
    assert "Cannot start yet" in _status(pages, procurement, "specification")
    assert FormalDecision.objects.get().call_in_ends_on == dt.date(2026, 12, 1)
    history = pages.get("procurement_history", reference=procurement.reference).main
    assert "Last day of call-in: none → 1 December 2026" in history


def _status(pages: Pages, procurement: Procurement, slug: str) -> str:
    page = pages.get("procurement_task", reference=procurement.reference, slug=slug)
    return page.words(".govuk-tag")[-1]


def test_another_first_decision_is_refused_in_words(people: People) -> None:
    procurement = a_decided_procurement(by=people.officer)
    with pytest.raises(Refused, match="A decision is recorded already"):
        a_decision(procurement=procurement, task="strategy-decision", by=people.officer, maker="cabinet")


# Endorsements


def test_a_request_is_withdrawn_and_somebody_else_is_asked(people: People, pages: Pages) -> None:
    procurement, request = started_with_request(people)
    membership = people.approver.memberships.get()
    membership.ends_on = clock.today() - dt.timedelta(1)
    membership.save()
    other = people.member("approver", name="Una Grey")
    Power.objects.create(organisation=people.fleet, person=other, kind="finance")
    page = pages.sign_in(people.officer).get(
        "procurement_task", reference=procurement.reference, slug="endorse-strategy"
    )
    page = pages.submit(page.form("Withdraw the request, to ask somebody else"))
    page = pages.submit(
        page.form("Ask for the endorsement"),
        kind="finance",
        person=other.email,
        note="The report",
        paper="elsewhere",
        paper_reference="CAB 12",
        paper_elsewhere="It is in the system for reports",
    )
    assert "Una Grey is asked" in page.banner
    request.refresh_from_db()
    assert request.status == "withdrawn"
    history = pages.get("procurement_history", reference=procurement.reference).main
    assert "Ada Okoro withdrew the request to endorse" in history


def test_taking_an_endorser_off_the_team_withdraws_the_request(people: People) -> None:
    procurement, request = started_with_request(people)
    sharing.remove_from_team(procurement=procurement, person=people.approver, actor=people.officer)
    request.refresh_from_db()
    assert request.status == "withdrawn"
    endorsements.withdraw_endorsement(endorsement=request, actor=people.officer)
    progress = progress_of(procurement.run, facts_of(procurement), today=clock.today())  # type: ignore[arg-type]  # it is live
    assert progress.state("endorse-strategy").status == TaskStatus.IN_PROGRESS


# The end


def finish(procurement: Procurement, people: People) -> None:
    """Do every required step that is left, as far as their kinds allow, behind the services' forms."""
    assert procurement.run is not None
    for task in loading.get(procurement.run.journey, procurement.run.version).tasks:
        progress = progress_of(procurement.run, facts_of(procurement), today=clock.today())
        state = progress.state(task.slug)
        if state.is_open and not task.optional and state.can_do:
            # Done on this day, where it asks for one.
            days = {field.name: clock.today().isoformat() for field in task.fields if field.event}
            tasks.complete_task(
                procurement=procurement, task=task.slug, data={"note": "x", **days}, actor=people.officer
            )


def test_the_last_step_closes_the_procurement_and_reopening_one_opens_it(
    people: People, pages: Pages
) -> None:
    procurement, given = an_award(by=people.officer)
    tasks.record_award(
        procurement=procurement, task="record-contracts", contracts=given, actor=people.officer
    )
    with clock.held_at(clock.today() + dt.timedelta(days=1500)):
        for _ in range(3):
            procurement.refresh_from_db()
            if procurement.status == "live":
                finish(procurement, people)
        procurement.refresh_from_db()
        assert procurement.status == "closed"
        page = pages.sign_in(people.officer).get(
            "procurement_task", reference=procurement.reference, slug="lessons"
        )
        pages.submit(page.form("Reopen this step"))
        procurement.refresh_from_db()
        assert procurement.status == "live"
        history = pages.get("procurement_history", reference=procurement.reference).main
    assert "the procurement is closed" in history
    assert "opened the procurement again" in history


def test_what_no_route_takes_is_handed_over_and_leaves_the_lists(people: People, pages: Pages) -> None:
    draft = a_draft(by=people.officer, is_utility=True)
    page = pages.sign_in(people.officer).get("procurement_check", reference=draft.reference)
    page = pages.click(page, "Say where it is handled, and close the draft")
    assert pages.submit(page).errors == ["Enter where it is handled"]
    page = pages.submit(page, where="Public health, case 114")
    assert "Public health, case 114" in page.main
    assert "Ada Okoro closed it here" in page.main
    assert draft.reference not in pages.get("procurements").main
    assert "Handled outside the toolkit" in pages.get("procurements", query={"all": "1"}).main
    assert "closed" in pages.get("procurement_check", reference=draft.reference).banner
    assert HistoryLine.objects.get().kind == "handed-over"


def test_what_a_route_takes_is_not_handed_over(people: People) -> None:
    with pytest.raises(Refused, match="The toolkit has a route"):
        drafts.hand_over(procurement=a_draft(by=people.officer), where="Elsewhere", actor=people.officer)


# History


def test_the_history_tells_what_happened_to_the_record(people: People, pages: Pages) -> None:
    procurement = a_procurement(by=people.officer)
    page = pages.sign_in(people.officer).get("procurement_history", reference=procurement.reference)
    assert "Ada Okoro started the procurement Open competition" in page.main
    sharing.add_to_team(procurement=procurement, person=people.viewer, role="member", actor=people.officer)
    sharing.remove_from_team(procurement=procurement, person=people.viewer, actor=people.officer)
    sharing.share(
        procurement=procurement, visibility="boroughs", intent_visibility="team", actor=people.officer
    )
    for verb in ("pause", "resume"):
        sharing.set_paused(procurement=procurement, verb=verb, actor=people.officer)
    sharing.stop(procurement=procurement, reason="The grant was refused", actor=people.officer)
    said = pages.get("procurement_history", reference=procurement.reference).main
    told = pages.get("procurement_history", reference=procurement.reference).words(".app-timeline__item")
    assert told[-1].startswith("Ada Okoro started the procurement")
    for words in (
        "put Cleo Marsh on the team", "took Cleo Marsh off the team",
        "changed who sees it Who sees the facts: Only the team → All boroughs", "paused the procurement",
        "resumed the procurement", "stopped the procurement The grant was refused",
    ):  # fmt: skip
        assert words in said


def test_a_line_can_be_neither_changed_nor_deleted(people: People) -> None:
    a_procurement(by=people.officer)
    acts: list[Callable[[], Any]] = [
        lambda: HistoryLine.objects.update(detail="x"),
        HistoryLine.objects.all().delete,
    ]
    for act in acts:
        with pytest.raises(Exception, match=r"Cannot (update|delete)"), transaction.atomic():
            act()


# Lists


def test_the_list_shows_the_most_urgent_step_and_what_is_waited_for(people: People, pages: Pages) -> None:
    procurement, _ = started_with_request(people)
    with clock.held_at(clock.today() + dt.timedelta(days=200)):
        pages.sign_in(people.officer)
        page = pages.get("procurements")
        assert "Overdue (1)" in page.main
        assert "Waiting for others (1)" in page.main
        for group in ("overdue", "waiting"):
            assert procurement.reference in pages.get("procurements", query={"due": group}).main


def test_a_law_deadline_far_down_the_route_counts(people: People, pages: Pages) -> None:
    procurement, given = an_award(by=people.officer)
    tasks.record_award(
        procurement=procurement, task="record-contracts", contracts=given, actor=people.officer
    )
    with clock.held_at(clock.today() + dt.timedelta(days=3000)):
        [row] = made.rows_of(reader_of(people.officer), [procurement])
        assert row.urgency == "overdue"


# The admin


@pytest.mark.parametrize("model", ["procurements_procurement", "contracts_contract"])
def test_nobody_adds_a_record_in_the_admin(people: People, pages: Pages, model: str) -> None:
    pages.sign_in(people.staff).get(reverse(f"admin:{model}_add"), status=403)


def test_no_form_of_the_admin_changes_what_the_pipeline_shows(people: People, pages: Pages) -> None:
    contract = a_contract(by=people.officer)
    live = a_procurement(by=people.officer, visibility="boroughs")
    an_entry(by=people.officer)
    pages.sign_in(people.staff)
    for name, pk in (("contracts_contract", contract.pk), ("contracts_supplier", Supplier.objects.get().pk)):
        page = pages.get(reverse(f"admin:{name}_change", args=[pk]))
        form = page.form("#content-main form")
        assert not {"title", "ends_on", "visibility", "name", "suppliers"} & set(form.fields)
        pages.submit(form)
    page = pages.get(reverse("admin:procurements_procurement_change", args=[live.pk]))
    assert "title" not in page.form("#content-main form").fields
    assert rebuild() == 0
    call_command("rebuild_pipeline", verbosity=0)


def test_staff_help_a_team_and_it_stands_in_the_history(people: People, pages: Pages) -> None:
    live = a_procurement(by=people.officer)
    page = pages.sign_in(people.staff).get(reverse("admin:procurements_teammember_add"))
    colleague = people.member("officer", name="Nia Webb")
    pages.submit(
        page.form("#content-main form"), procurement=str(live.pk), person=str(colleague.pk), role="member"
    )
    assert TeamMember.objects.get(person=colleague).added_by == people.staff
    assert HistoryLine.objects.filter(kind="joined", by=people.staff).exists()


def test_events_and_lines_never_tell_the_same_twice(people: People) -> None:
    procurement, given = an_award(by=people.officer)
    tasks.record_award(
        procurement=procurement, task="record-contracts", contracts=given, actor=people.officer
    )
    assert Contract.objects.count() == 1
    assert Event.objects.filter(task="record-contracts", kind="completed").count() == 1
    assert set(HistoryLine.objects.values_list("kind", flat=True)) == {"started", "shared"}
