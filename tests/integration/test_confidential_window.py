"""The confidential window, attacked: every kind of person, on every surface, while bids are live."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.urls import reverse

from tests.architecture.test_routes import LISTED
from tests.factories import a_decided_procurement, a_procurement, an_award, an_evaluation
from tests.factories.documents import TEXT, a_document, a_template
from tests.factories.logs import an_entry_of
from tests.factories.workflows import BIDDER, a_decision, an_officer_decides
from tests.integration.test_admin import our_models
from tests.pages import Pages
from tests.personas import PERSONAS, People
from toolkit.accounts.models import Activity
from toolkit.accounts.readers import reader_of
from toolkit.core import clock
from toolkit.core.errors import Refused
from workflows.procurements import confidence
from workflows.procurements.documents import PROVIDER
from workflows.procurements.logs.kinds import Log
from workflows.procurements.models import Procurement, TeamMember
from workflows.procurements.pages import rows_of
from workflows.procurements.services import sharing, tasks

OUTSIDE = ("viewer", "contributor", "approver", "administrator")
"""Members of the borough who may open the record and are not on its team."""

FILLED: dict[Log, dict[str, Any]] = {
    Log.CONFLICTS: {"interest": f"A brother works at {BIDDER}"},
    Log.ENGAGEMENT: {"suppliers": BIDDER},
    Log.CLARIFICATION: {"asker": BIDDER},
    Log.RISKS: {"event": f"{BIDDER} fails"},
    Log.DECISIONS: {"what": f"To ask {BIDDER} about its price"},
    Log.OPENING: {"bidders": BIDDER},
}


@pytest.fixture
def live(people: People) -> Procurement:
    """Past its deadline, evaluated, its award decided and its logs full; the bidder’s name is everywhere."""
    found = an_evaluation(by=people.officer)
    tasks.complete_task(
        procurement=found, task="award-report", data={"note": f"{BIDDER} wins"}, actor=people.officer
    )
    an_officer_decides(found, "award-meeting", people.officer)
    a_decision(procurement=found, task="award-decision", by=people.officer, delegated_to=f"With {BIDDER}")
    for log, given in FILLED.items():
        an_entry_of(log, found, by=people.officer, **given)
    found.refresh_from_db()
    return found


PARTS = {
    "slug": "evaluate",
    "page": "value",
    "email": "x@fleet.example",
    "number": "1",
    "activity": "evaluation",
    "turn": "challenge",
    "task": "contract-details-notice",
}
SURFACES = sorted(
    name
    for name, line in LISTED.items()
    if line["path"].startswith("/procurements/<reference") and line.get("method") != "post"
)


def addresses(procurement: Procurement) -> list[str]:
    """Every page and file of the record, of every log of it, and the pages that gather from everywhere."""
    found = [
        reverse("home"), reverse("procurements"), f"{reverse('procurements')}?whose=organisation&all=1",
        f"{reverse('procurements')}?whose=organisation&due=waiting", f"{reverse('pipeline')}?q=leisure", reverse("pipeline_csv"),
        f"{reverse('search')}?q=quill", reverse("documents"), reverse("contracts"),
    ]  # fmt: skip
    for name in SURFACES:
        wanted = set(re.findall(r":(\w+)>", LISTED[name]["path"]))
        logs: list[str] = list(Log) if "log" in wanted else [""]
        for log in logs:
            parts = {part: PARTS[part] for part in wanted if part in PARTS}
            if "log" in wanted:
                parts["log"] = log
            found.append(reverse(name, kwargs={"reference": procurement.reference, **parts}))
    return found


@pytest.mark.parametrize("persona", [each for each in PERSONAS if each != "officer"])
def test_nobody_outside_the_team_is_told_of_a_bidder_anywhere(
    persona: str, people: People, pages: Pages, live: Procurement
) -> None:
    person = people.named(persona)
    pages.sign_in(person)
    for where in addresses(live):
        response = pages.client.get(where, follow=True)
        content = b"".join(response) if response.streaming else response.content
        assert BIDDER.encode() not in content, f"{persona}: {where}"
        assert b"scored 71" not in content, f"{persona}: {where}"


def test_the_team_is_told(people: People, pages: Pages, live: Procurement) -> None:
    pages.sign_in(people.officer)
    for log in Log:
        assert BIDDER in pages.get("procurement_log", reference=live.reference, log=log).main, log
    assert "scored 71" in pages.get("procurement_task", reference=live.reference, slug="evaluate").main


@pytest.mark.parametrize("persona", OUTSIDE)
def test_what_happens_in_confidence_changes_nothing_that_others_read(
    persona: str, people: People, pages: Pages, live: Procurement
) -> None:
    """Two records alike but for what happened after the deadline read word for word the same."""
    early = an_evaluation(by=people.officer)
    person = people.named(persona)
    assert person is not None
    for name in ("procurement", "procurement_tasks", "procurement_history", "procurement_decisions", "procurement_team",
                 "procurement_facts", "procurement_documents", "procurement_logs"):  # fmt: skip
        told = []
        for one in (early, live):
            page = pages.sign_in(person).get(name, reference=one.reference)
            told.append(page.main.replace(one.reference, "PR-0"))
        assert told[0] == told[1], name
    rows = rows_of(
        reader_of(person),
        Procurement.objects.filter(pk__in=[early.pk, live.pk])
        .select_related("organisation", "run")
        .prefetch_related("team"),
    )
    said = {(row.stage, row.next_title, row.next_due, row.urgency, row.waiting_for) for row in rows}
    assert len(said) == 1


def test_whoever_is_outside_reads_the_stage_and_no_step(
    people: People, pages: Pages, live: Procurement
) -> None:
    pages.sign_in(people.viewer)
    steps = pages.get("procurement_tasks", reference=live.reference).main
    assert "In confidence until it is awarded, closed or stopped" in steps
    assert "Evaluate and moderate" not in steps
    step = pages.get("procurement_task", reference=live.reference, slug="evaluate")
    assert "for the named team alone" in step.main
    assert "Completed" not in step.main
    pages.post("procurement_task", {"note": "x"}, reference=live.reference, slug="evaluate", status=403)
    pages.get("procurement_task", reference=live.reference, slug="no-such-step", status=404)


def test_an_auditor_reads_where_steps_stand_and_no_answers(
    people: People, pages: Pages, live: Procurement
) -> None:
    pages.sign_in(people.auditor)
    assert (
        pages.get("procurement_tasks", reference=live.reference).tasks["Evaluate and moderate"] == "Completed"
    )
    assert "scored" not in pages.get("procurement_task", reference=live.reference, slug="evaluate").main
    for log in (Log.CONFLICTS, Log.OPENING, Log.RISKS, Log.ENGAGEMENT):
        pages.get("procurement_log", reference=live.reference, log=log, status=403)


def test_whoever_is_asked_to_endorse_reads_their_own_step_alone(people: People, pages: Pages) -> None:
    found = an_evaluation(by=people.officer)
    request = found.endorsements.get()
    request.task, request.note = "award-report", f"{BIDDER} is to win"
    request.save()
    pages.sign_in(request.asked_of)
    assert BIDDER in pages.get("procurement_decisions", reference=found.reference).main
    assert (
        "Write the award report"
        in pages.get("procurement_task", reference=found.reference, slug="award-report").main
    )
    assert (
        "for the named team alone"
        in pages.get("procurement_task", reference=found.reference, slug="evaluate").main
    )


def test_a_document_of_the_team_is_kept_from_auditors_until_the_award(people: People, pages: Pages) -> None:
    found, given = an_award(by=people.officer)
    document = a_document(
        by=people.officer,
        template=a_template(text=TEXT.replace('confidence = "intent"', 'confidence = "team"')),
        subject=PROVIDER.find(found.reference, reader_of(people.officer)),
        answers={"title": f"Scores of {BIDDER}"},
    )
    for status in (404, 200):
        pages.sign_in(people.auditor).get("document", reference=document.reference, status=status)
        listed = pages.get("procurement_documents", reference=found.reference).html
        assert (document.reference in listed) == (status == 200)
        if status == 404:
            tasks.record_award(
                procurement=found, task="record-contracts", contracts=given, actor=people.officer
            )
    pages.sign_in(people.officer).get("document", reference=document.reference)


class TestLatch:
    """When the window opens, and what ends it."""

    def test_it_opens_on_the_day_of_the_deadline(self, people: People) -> None:
        found = an_evaluation(by=people.officer)
        assert found.confidential_from is not None
        deadline = found.confidential_from.astimezone(clock.LONDON)
        assert deadline == dt.datetime(2026, 11, 23, tzinfo=clock.LONDON)
        assert confidence.is_open(found)
        with clock.held_at(deadline - dt.timedelta(seconds=1)):
            assert not confidence.is_open(found)
            assert not Procurement.objects.filter(confidence.in_window(), pk=found.pk).exists()
        with clock.held_at(deadline):
            assert confidence.is_open(found)
            assert Procurement.objects.filter(confidence.in_window(), pk=found.pk).exists()

    def test_reopening_the_step_of_the_deadline_does_not_close_or_move_it(
        self, people: People, pages: Pages
    ) -> None:
        found = an_evaluation(by=people.officer)
        before = found.confidential_from
        tasks.reopen_task(procurement=found, task="invite-quotations", actor=people.officer)
        later = (clock.today() + dt.timedelta(days=30)).isoformat()
        data = {"asked_on": clock.today().isoformat(), "deadline_on": later}
        tasks.complete_task(procurement=found, task="invite-quotations", data=data, actor=people.officer)
        found.refresh_from_db()
        assert found.confidential_from == before
        assert confidence.is_closed_to(reader_of(people.administrator), found)
        with pytest.raises(Refused, match="the team has to put you on it"):
            colleague = people.member("officer", name="Nia Webb")
            sharing.add_to_team(procurement=found, person=colleague, role="member", actor=colleague)

    def test_an_earlier_deadline_brings_it_forward(self, people: People) -> None:
        found = an_evaluation(by=people.officer)
        tasks.reopen_task(procurement=found, task="invite-quotations", actor=people.officer)
        data = {
            "asked_on": (clock.today() - dt.timedelta(15)).isoformat(),
            "deadline_on": (clock.today() - dt.timedelta(4)).isoformat(),
        }
        tasks.complete_task(procurement=found, task="invite-quotations", data=data, actor=people.officer)
        found.refresh_from_db()
        assert found.confidential_from == dt.datetime(2026, 11, 20, tzinfo=clock.LONDON)

    def test_an_award_ends_it(self, people: People) -> None:
        found, given = an_award(by=people.officer)
        tasks.record_award(procurement=found, task="record-contracts", contracts=given, actor=people.officer)
        found.refresh_from_db()
        assert found.confidential_until == clock.now()
        assert not confidence.is_open(found)
        assert not confidence.sees_bidders(reader_of(people.administrator), found)
        assert confidence.sees_bidders(reader_of(people.auditor), found)

    def test_stopping_ends_it_and_what_was_bid_stays_with_team_and_auditors(
        self, people: People, pages: Pages
    ) -> None:
        found = an_evaluation(by=people.officer)
        sharing.stop(procurement=found, reason="No money", actor=people.officer)
        found.refresh_from_db()
        assert not confidence.is_open(found)
        for person, sees in ((people.viewer, False), (people.administrator, False), (people.auditor, True)):
            page = pages.sign_in(person).get("procurement_task", reference=found.reference, slug="evaluate")
            assert ("scored 71" in page.main) == sees

    def test_a_direct_award_opens_it_at_the_first_step_about_the_supplier(self, people: People) -> None:
        found = a_procurement(by=people.officer, route="direct-award", visibility="borough")
        assert found.confidential_from is None
        tasks.complete_task(procurement=found, task="business-case", data={}, actor=people.officer)
        found.refresh_from_db()
        assert found.confidential_from is None
        with pytest.raises(Refused, match="cannot start yet"):
            tasks.start_task(procurement=found, task="negotiate", actor=people.officer)
        found.refresh_from_db()
        assert found.confidential_from is None, "what is refused opens nothing"

    def test_an_opening_record_opens_it(self, people: People) -> None:
        found = a_decided_procurement(by=people.officer)
        assert not confidence.is_open(found)
        an_entry_of(Log.OPENING, found, by=people.officer)
        found.refresh_from_db()
        assert confidence.is_open(found)

    def test_planning_the_award_while_suppliers_write_opens_nothing(self, people: People) -> None:
        found = a_decided_procurement(by=people.officer)
        done: dict[str, dict[str, str]] = {
            "say-which-checks-apply": dict.fromkeys(
                ("personal_data", "staff_transfer", "leaseholders", "technology", "uses_ai", "off_payroll", "engages_market"), "no",
            ),
            "classify": {"cpv": "48000000", "valuation": "Five years"}, "aggregation": {}, "small-supplier-barriers": {}, "specification": {}, "award-criteria": {}, "contract-terms": {},
            "how-to-ask": {"open_advert": "no"}, "choose-suppliers": {"invited": "Four that make it"},
            "invite-quotations": {"asked_on": "2026-11-20", "deadline_on": "2026-12-20"},
        }  # fmt: skip
        for task, data in done.items():
            tasks.complete_task(procurement=found, task=task, data=data, actor=people.officer)
        an_officer_decides(found, "award-meeting", people.officer)
        found.refresh_from_db()
        assert not confidence.is_open(found)
        with clock.held_at(dt.datetime(2026, 12, 20, 0, 0, tzinfo=clock.LONDON)):
            assert confidence.is_open(found)


def test_only_the_team_puts_somebody_on_it_the_staff_of_the_service_do_not(
    people: People, pages: Pages, live: Procurement
) -> None:
    colleague = people.member("officer", name="Nia Webb")
    pages.sign_in(people.staff)
    page = pages.get("admin:procurements_teammember_add")
    given = {"procurement": str(live.pk), "person": str(colleague.pk), "role": "member"}
    pages.post(page.path, given)
    assert not TeamMember.objects.filter(procurement=live, person=colleague).exists()
    for person in (people.administrator, people.auditor, people.approver):
        with pytest.raises(Refused):
            sharing.add_to_team(procurement=live, person=person, role="member", actor=person)
    sharing.add_to_team(procurement=live, person=colleague, role="member", actor=people.officer)
    assert (
        "scored 71"
        in pages.sign_in(colleague).get("procurement_task", reference=live.reference, slug="evaluate").main
    )


def test_staff_help_a_team_that_has_no_officer_left(people: People, live: Procurement, pages: Pages) -> None:
    people.officer.memberships.all().delete()
    colleague = people.member("officer", name="Nia Webb")
    pages.sign_in(people.staff)
    given = {"procurement": str(live.pk), "person": str(colleague.pk), "role": "lead"}
    pages.post("admin:procurements_teammember_add", given)
    assert TeamMember.objects.filter(procurement=live, person=colleague).exists()


def test_the_admin_lists_nothing_of_live_bids(people: People, pages: Pages, live: Procurement) -> None:
    pages.sign_in(people.staff)
    for model in our_models():
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        if model._meta.app_label not in ("procurements", "journeys"):
            continue
        page = pages.get(f"admin:{name}_changelist")
        assert BIDDER not in page.html, name
        for row in model._default_manager.all()[:60]:
            response = pages.client.get(reverse(f"admin:{name}_change", args=[row.pk]), follow=True)
            assert BIDDER not in response.content.decode(), f"{name} {row}"


def test_the_administrators_record_says_that_somebody_worked_on_it(people: People, live: Procurement) -> None:
    said = [line.sentence for line in Activity.objects.filter(reference=live.reference)]
    assert sum("formal decision" in sentence for sentence in said) == 1, "the strategy’s alone"
    assert any("worked on" in sentence for sentence in said)


def test_e_mails_name_neither_the_procurement_nor_a_bidder(
    people: People, live: Procurement, letters: Any
) -> None:
    for letter in letters():
        for secret in (BIDDER, "Leisure", "award"):
            assert secret not in letter.subject


def test_an_old_colleague_on_the_team_who_is_not_let_in_any_more_sees_nothing(
    people: People, pages: Pages, live: Procurement
) -> None:
    colleague = people.member("officer", name="Nia Webb")
    sharing.add_to_team(procurement=live, person=colleague, role="member", actor=people.officer)
    colleague.memberships.all().delete()
    assert confidence.is_closed_to(reader_of(colleague), live)


def test_lists_ask_as_many_questions_however_many_are_in_confidence(
    people: People, pages: Pages, queries: Any
) -> None:
    for _ in range(3):
        an_evaluation(by=people.officer)
    pages.sign_in(people.viewer)
    with queries(16):
        pages.client.get(reverse("procurements"), {"whose": "organisation"})
