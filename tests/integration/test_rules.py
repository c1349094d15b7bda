"""An organisation's own rules: drafted together, checked, weighed, published from a day on; laid over live procurements."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.factories import a_procurement, an_evaluation
from tests.factories.rules import a_step, an_amount, an_approval, drafted_rules, published_rules
from tests.factories.workflows import a_decided_procurement
from tests.jobs import Jobs
from tests.pages import Pages
from tests.personas import People
from tests.recorder import at_most
from tests.threads import at_once
from toolkit.accounts.models import Person
from toolkit.core import clock
from toolkit.core.errors import Refused
from workflows.journeys.progress import Progress, Status
from workflows.journeys.selectors import progress_of
from workflows.pipeline.projection import rebuild
from workflows.procurements.facts import facts_of
from workflows.procurements.models import LineKind, Procurement, TouchedProcurement
from workflows.procurements.services import tasks, weighing
from workflows.rules import selectors
from workflows.rules.models import RuleSet, RuleSetStatus, Weighing
from workflows.rules.selectors import draft_of, remembered_rules, rules_in_force
from workflows.rules.services import drafts, publishing
from workflows.rules.services.common import stamp

TODAY = dt.date(2026, 11, 24)
STEP = "own-ask-the-scrutiny-chair"
together = pytest.mark.django_db(transaction=True)


def where(procurement: Procurement) -> Progress:
    procurement.refresh_from_db()
    assert procurement.run is not None
    return progress_of(procurement.run, facts_of(procurement), today=clock.today())


def administrator_of_tyburn(people: People) -> Person:
    return people.member("administrator", of=people.tyburn, second_factor=True)


# What is in force


def test_the_set_that_began_last_is_in_force_and_of_two_on_one_day_the_later_number(people: People) -> None:
    assert rules_in_force(people.fleet.pk, TODAY).own.number == 0
    for begins, days in (
        (TODAY, 5),
        (TODAY + dt.timedelta(30), 7),
        (TODAY + dt.timedelta(30), 8),
        (TODAY + dt.timedelta(10), 6),
    ):
        published_rules(by=people.administrator, applies_from=begins, call_in_days=days)
    said = [
        rules_in_force(people.fleet.pk, TODAY + dt.timedelta(n)).own.call_in_days
        for n in (-1, 0, 9, 10, 29, 30)
    ]
    assert said == [None, 5, 5, 6, 6, 8]
    assert rules_in_force(people.fleet.pk, TODAY + dt.timedelta(30), without=3).own.call_in_days == 7
    assert rules_in_force(people.tyburn.pk, TODAY).own.number == 0


def test_what_was_published_never_changes(people: People) -> None:
    made = published_rules(by=people.administrator, call_in_days=5)
    for change in (
        lambda: RuleSet.objects.filter(pk=made.pk).update(note="x"),
        lambda: RuleSet.objects.filter(pk=made.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_pages_remember_the_rules_and_what_refuses_asks_anew(people: People) -> None:
    published_rules(by=people.administrator, call_in_days=5)
    assert remembered_rules(people.fleet.pk, TODAY).own.call_in_days == 5
    with at_most(0):
        remembered_rules(people.fleet.pk, TODAY)
    with at_most(1):
        rules_in_force(people.fleet.pk, TODAY)


def test_two_boroughs_with_different_rules_have_different_steps_for_the_same_facts(people: People) -> None:
    published_rules(
        by=people.administrator, approvals=[an_approval("award", makers=["cabinet"])], steps=[a_step()]
    )
    published_rules(by=administrator_of_tyburn(people), approvals=[an_approval("strategy", endorsements=[])])
    fleet, tyburn = where(a_procurement(by=people.officer)), where(a_procurement(by=people.neighbour))
    assert fleet.journey.has(STEP)
    assert not tyburn.journey.has(STEP)
    assert fleet.state("endorse-strategy").status != Status.NOT_NEEDED
    assert "no endorsement of the strategy" in tyburn.state("endorse-strategy").because


# A running procurement


def test_rules_that_change_under_a_running_procurement_keep_what_was_done(people: People) -> None:
    published_rules(by=people.administrator, steps=[a_step()])
    procurement = a_procurement(by=people.officer)
    tasks.complete_task(procurement=procurement, task=STEP, data={"note": "Heard"}, actor=people.officer)
    published_rules(by=people.administrator, approvals=[an_approval()])
    state = where(procurement).state(STEP)
    assert (state.status, state.data["note"]) == (Status.COMPLETED, "Heard")
    with pytest.raises(Refused, match="no such step"):
        tasks.reopen_task(procurement=procurement, task=STEP, actor=people.officer)


def test_pages_of_a_procurement_show_a_dropped_step_and_its_history(people: People, pages: Pages) -> None:
    published_rules(by=people.administrator, steps=[a_step()])
    procurement = a_procurement(by=people.officer)
    tasks.complete_task(procurement=procurement, task=STEP, data={"note": "Heard"}, actor=people.officer)
    published_rules(by=people.administrator)
    pages.sign_in(people.officer)
    assert (
        pages.get("procurement_tasks", reference=procurement.reference).tasks["Ask the scrutiny chair"]
        == "Completed"
    )
    assert "Ask the scrutiny chair" in pages.get("procurement_history", reference=procurement.reference).text
    pages.get("procurement_task", reference=procurement.reference, slug=STEP)


def test_a_closed_procurement_is_under_the_rules_of_the_day_it_ended(people: People) -> None:
    procurement = an_evaluation(by=people.officer)
    Procurement.objects.filter(pk=procurement.pk).update(status="stopped")
    from workflows.procurements.services.history import write

    write(procurement, LineKind.STOPPED, people.officer)
    with clock.held_at(clock.now() + dt.timedelta(days=40)):
        published_rules(by=people.administrator, steps=[a_step()])
        assert not where(procurement).journey.has(STEP)
        Procurement.objects.filter(pk=procurement.pk).update(status="live")
        assert where(procurement).journey.has(STEP)


def test_closed_days_move_the_days_of_papers_and_no_date_of_the_law(people: People) -> None:
    from workflows.rules.services import rows

    rows.add_closed_days(organisation=people.fleet, days=[(TODAY, "Closure")], actor=people.administrator)
    procurement = a_procurement(by=people.officer)
    assert facts_of(procurement).closed_days == (TODAY,)


def test_a_step_shows_our_note_and_whom_to_ask(people: People, pages: Pages) -> None:
    from workflows.rules.services import rows

    published_rules(by=people.administrator, notes={"business-case": "Use <our> form."})
    rows.put_contact(
        organisation=people.fleet, about="finance", name="The finance desk", email="fin@fleet.example", actor=people.administrator
    )  # fmt: skip
    procurement = a_procurement(by=people.officer)
    page = pages.sign_in(people.officer).get(
        "procurement_task", reference=procurement.reference, slug="business-case"
    )
    assert "Use <our> form." in page.text
    who = where(procurement).state("business-case").task.who
    assert ("The finance desk" in page.text) is ("finance" in who)


def test_no_page_of_lists_asks_for_the_rules_of_each_procurement(people: People, pages: Pages) -> None:
    published_rules(by=people.administrator, steps=[a_step()])
    for number in range(6):
        a_procurement(by=people.officer, title=f"Number {number}")
    pages.sign_in(people.officer)
    pages.get("procurements")
    pages.get("home")


# Drafting together


def test_two_administrators_who_change_different_parts_lose_nothing(people: People) -> None:
    draft = drafted_rules(by=people.administrator)
    other = people.member("administrator", second_factor=True)
    seen = drafts.stamp_of_parts(draft.content, ("call_in_days",))
    given: dict[str, Any] = {"organisation": people.fleet}
    drafts.put_item(name="approvals", key="", item=an_approval(), seen=drafts.NOTHING, actor=other, **given)
    drafts.put_parts(parts={"call_in_days": 5}, seen=seen, actor=people.administrator, **given)
    kept = draft_of(people.fleet.pk)
    assert kept is not None
    assert (kept.content["call_in_days"], len(kept.content["approvals"])) == (5, 1)


def test_who_changes_the_same_part_second_is_told(people: People) -> None:
    draft = drafted_rules(by=people.administrator, approvals=[an_approval()])
    other = people.member("administrator", name="Hugo Lane", second_factor=True)
    seen = stamp(draft.content["approvals"][0])
    given: dict[str, Any] = {
        "organisation": people.fleet,
        "name": "approvals",
        "key": "strategy",
        "seen": seen,
    }
    drafts.put_item(item=an_approval(makers=["cabinet"]), actor=other, **given)
    with pytest.raises(Refused, match="Hugo Lane has changed this approval meanwhile"):
        drafts.put_item(item=an_approval(makers=["mayor"]), actor=people.administrator, **given)
    with pytest.raises(Refused, match="meanwhile"):
        drafts.remove_item(actor=people.administrator, **given)
    drafts.put_item(
        item=an_approval(makers=["cabinet"]), actor=people.administrator, **given
    )  # the same: nothing to say


@together
def test_two_administrators_in_the_same_second_keep_both_items_and_one_draft(people: People) -> None:
    people.fleet, other = people.fleet, people.member("administrator", second_factor=True)
    results = at_once(
        lambda: drafts.begin(organisation=people.fleet, actor=people.administrator),
        lambda: drafts.begin(organisation=people.fleet, actor=other),
    )
    assert results[0] == results[1]

    def add(actor: Person, gate: str) -> Any:
        return lambda: drafts.put_item(
            organisation=people.fleet,
            name="approvals",
            key="",
            item=an_approval(gate),
            seen=drafts.NOTHING,
            actor=actor,
        )

    assert not [each for each in at_once(add(people.administrator, "strategy"), add(other, "award")) if isinstance(each, Exception)]  # fmt: skip
    kept = draft_of(people.fleet.pk)
    assert kept is not None
    assert {each["gate"] for each in kept.content["approvals"]} == {"strategy", "award"}


@together
def test_published_twice_at_once_it_is_published_once(people: People) -> None:
    draft = drafted_rules(by=people.administrator, approvals=[])
    other = people.member("administrator", second_factor=True)
    weighing.work_out(publishing.weigh(organisation=people.fleet, actor=people.administrator).pk)

    def publish(actor: Person) -> Any:
        return lambda: publishing.publish(
            organisation=people.fleet,
            applies_from=clock.today(),
            note="x",
            version=draft.lock_version,
            actor=actor,
            accepts=True,
        )

    results = at_once(publish(people.administrator), publish(other))
    assert sum(isinstance(each, Refused) for each in results) == 1
    assert RuleSet.objects.filter(status=RuleSetStatus.PUBLISHED).count() == 1


def test_the_slug_of_an_own_step_is_never_used_again(people: People) -> None:
    published_rules(by=people.administrator, steps=[a_step()])
    draft = drafted_rules(by=people.administrator)
    drafts.put_item(
        organisation=people.fleet,
        name="steps",
        key="",
        item=a_step(),
        seen=drafts.NOTHING,
        actor=people.administrator,
    )
    draft.refresh_from_db()
    assert draft.content["steps"][0]["key"] == "ask-the-scrutiny-chair-2"


def test_what_is_for_some_categories_is_asked_first(people: People) -> None:
    draft = drafted_rules(by=people.administrator)
    for item in (an_approval(), an_approval(categories=["legal"])):
        drafts.put_item(
            organisation=people.fleet,
            name="approvals",
            key="",
            item=item,
            seen=drafts.NOTHING,
            actor=people.administrator,
        )
    draft.refresh_from_db()
    assert [bool(each["categories"]) for each in draft.content["approvals"]] == [True, False]


# Publishing


def publish(people: People, draft: RuleSet, **more: Any) -> RuleSet:
    given: dict[str, Any] = {
        "organisation": people.fleet, "applies_from": clock.today(), "note": "x", "version": draft.lock_version,
        "actor": people.administrator, "accepts": True,
    }  # fmt: skip
    return publishing.publish(**(given | more))


def test_nothing_is_published_before_it_is_weighed_nor_for_a_day_that_is_past_or_far_away(
    people: People,
) -> None:
    draft = drafted_rules(by=people.administrator)
    with pytest.raises(Refused, match="Work out first"):
        publish(people, draft)
    weighing.work_out(publishing.weigh(organisation=people.fleet, actor=people.administrator).pk)
    for day in (dt.date.min, TODAY - dt.timedelta(1), TODAY + dt.timedelta(731), dt.date.max):
        with pytest.raises(Refused, match="Rules apply from"):
            publish(people, draft, applies_from=day)
    with pytest.raises(Refused, match="something to look at"):
        publish(people, draft, accepts=False)
    with pytest.raises(Refused, match="has changed the draft meanwhile"):
        publish(people, draft, version=draft.lock_version - 1)
    assert publish(people, draft).number == 1


def test_a_contradiction_is_not_published(people: People) -> None:
    people.fleet.decision_model = "committees"
    people.fleet.save()
    draft = drafted_rules(by=people.administrator, approvals=[an_approval(makers=["cabinet"])])
    weighing.work_out(publishing.weigh(organisation=people.fleet, actor=people.administrator).pk)
    with pytest.raises(Refused, match="has no cabinet"):
        publish(people, draft)


@pytest.mark.parametrize(
    "persona", ["officer", "viewer", "approver", "auditor", "neighbour", "coordinator", "staff"]
)
def test_nobody_but_an_administrator_of_the_organisation_does_any_of_it(people: People, persona: str) -> None:
    draft = drafted_rules(by=people.administrator)
    actor = people.named(persona)
    assert actor is not None
    given: dict[str, Any] = {"organisation": people.fleet, "actor": actor}
    for act in (
        lambda: drafts.begin(**given),
        lambda: drafts.throw_away(**given),
        lambda: drafts.put_parts(parts={"call_in_days": 1}, seen="", **given),
        lambda: publishing.weigh(**given),
        lambda: publish(people, draft, actor=actor),
    ):
        with pytest.raises(Refused, match="Only an administrator of Fleet"):
            act()


def test_an_administrator_of_another_borough_changes_nothing_here(people: People) -> None:
    draft = drafted_rules(by=people.administrator)
    with pytest.raises(Refused, match="Only an administrator of Fleet"):
        publish(people, draft, actor=administrator_of_tyburn(people))


# What it touches


def test_what_a_change_touches_is_worked_out_before_and_after(people: People, jobs: Jobs) -> None:
    published_rules(by=people.administrator, steps=[a_step("Old step")])
    procurement = a_procurement(by=people.officer)
    a_procurement(by=people.neighbour)  # of another borough: not looked at
    approvals = [
        an_approval(endorsements=["finance", "legal"], makers=["cabinet"]),
        an_approval("award", endorsements=[]),
    ]
    draft = drafted_rules(by=people.administrator, steps=[a_step()], approvals=approvals)
    asked = publishing.weigh(organisation=people.fleet, actor=people.administrator)
    assert publishing.weigh(organisation=people.fleet, actor=people.administrator) == asked
    jobs.run()
    asked.refresh_from_db()
    assert (asked.looked_at, asked.touched) == (1, 1)
    row = TouchedProcurement.objects.get(weighing=asked)
    assert row.procurement == procurement
    assert row.added == ["Ask the scrutiny chair"]
    assert ["Old step", "your organisation’s own rules ask for it no more"] in row.dropped
    assert any(title == "Get the award endorsed" or "no endorsement" in why for title, why in row.dropped)
    assert [
        "Get the strategy endorsed",
        "As the route asks",
        "Endorsed by finance, then legal",
    ] in row.approvals
    made = publish(people, draft)
    jobs.run()
    again = Weighing.objects.get(rule_set=made, lock_version=made.lock_version)
    assert TouchedProcurement.objects.get(weighing=again).added == row.added


def test_a_job_that_runs_twice_or_too_late_does_nothing(people: People) -> None:
    a_procurement(by=people.officer)
    draft = drafted_rules(by=people.administrator, steps=[a_step()])
    asked = publishing.weigh(organisation=people.fleet, actor=people.administrator)
    weighing.work_out(asked.pk)
    weighing.work_out(asked.pk)
    assert TouchedProcurement.objects.count() == 1
    drafts.put_parts(
        organisation=people.fleet, parts={"call_in_days": 5}, actor=people.administrator,
        seen=drafts.stamp_of_parts(draft.content, ("call_in_days",)),
    )  # fmt: skip
    late = publishing.weigh(organisation=people.fleet, actor=people.administrator)
    RuleSet.objects.filter(pk=draft.pk).update(lock_version=99)
    weighing.work_out(late.pk)
    assert not late.touched_procurements.exists()
    weighing.work_out(10**9)


def test_what_is_completed_is_not_touched(people: People) -> None:
    decided = a_decided_procurement(by=people.officer)
    drafted_rules(by=people.administrator, approvals=[an_approval(endorsements=["legal"])])
    asked = publishing.weigh(organisation=people.fleet, actor=people.administrator)
    weighing.work_out(asked.pk)
    rows = TouchedProcurement.objects.filter(procurement=decided)
    assert not any("strategy" in title.lower() for row in rows for title, _, _ in row.approvals)


def test_a_reader_sees_what_they_may_open_and_a_number_from_five(people: People, pages: Pages) -> None:
    for number in range(5):
        a_procurement(by=people.officer, title=f"Hidden {number}")
    a_procurement(by=people.officer, title="Open to all of us", visibility="borough")
    made = published_rules(by=people.administrator, steps=[a_step()])
    weighing.work_out(Weighing.objects.get(rule_set=made, lock_version=made.lock_version).pk)
    page = pages.sign_in(people.viewer).get("rules_version", number="1")
    assert "Open to all of us" in page.text
    assert "Hidden" not in page.text
    assert "And 5 you may not open" in page.text
    assert "Hidden 3" in pages.sign_in(people.officer).get("rules_version", number="1").text
    Procurement.objects.filter(title="Hidden 4").update(visibility="borough")
    page = pages.sign_in(people.viewer).get("rules_version", number="1")
    assert "4 you may not open" not in page.text
    assert "a few you may not open" in page.text
    pages.sign_in(people.neighbour).get("rules_version", number="1", status=404)


def test_the_pipeline_follows_on_the_day_that_rules_begin(people: People, jobs: Jobs) -> None:
    a_procurement(by=people.officer)
    published_rules(by=people.administrator, steps=[a_step()], applies_from=TODAY + dt.timedelta(3))
    jobs.run()
    with clock.held_at(clock.now() + dt.timedelta(3)):
        weighing.rules_begin()
        assert rebuild() == 0


# On the pages


def from_day(number: int) -> dict[str, Any]:
    return {"applies_from-day": str(number), "applies_from-month": "11", "applies_from-year": "2026"}


def test_a_draft_from_the_first_word_to_publishing(people: People, pages: Pages) -> None:
    a_procurement(by=people.officer)
    pages.sign_in(people.administrator)
    page = pages.get("rules")
    assert "No rules are in force" in page.text
    page = pages.submit(page.form("Write your first rules"))
    page = pages.submit(
        pages.click(page, "Change Key decisions and call-in"),
        key_decision="500,000",
        basis="ex",
        call_in_days="5",
    )
    assert "£500,000 excluding VAT (£600,000 including VAT at 20%)" in page.text
    page = pages.submit(
        pages.click(page, "Add an approval"), gate="award", basis="ex", start="500000", endorsement_1="finance", endorsement_2="legal",
        in_order="no", makers=["cabinet"], source="CSO 12",
    )  # fmt: skip
    assert "Endorsed by finance and legal, side by side. Decided by cabinet. CSO 12" in page.text
    page = pages.submit(
        pages.click(page, "Add a band"), basis="ex", quotations="3", advertise="no", how="In writing"
    )
    page = pages.submit(
        pages.click(page, "Add a step"), title="Ask the chair", what="By e-mail", stage="plan", who=["democratic"], optional="no",
        first="technology", source="Constitution",
    )  # fmt: skip
    page = pages.submit(pages.click(page, "Add a note"), step="business-case", text="Use our form")
    page = pages.submit(
        pages.click(page, "Change Policy"), notice_for_provided_options="yes", voluntary_standstill="not-said", tolerance_percent="5",
        **{"days-evaluation": "20"},
    )  # fmt: skip
    assert "20 days in a plan" in page.text
    page = pages.submit(page.form("Work out what it changes"))
    assert "being worked out" in page.text
    assert pages.jobs is not None
    pages.jobs.run()
    page = pages.get("rules_publish")
    assert "1 live procurement held against the draft" in page.text
    assert "nobody who is let in is listed" in page.text
    page = pages.submit(page.form("Publish these rules"), **from_day(24), note="First")
    assert page.errors == ["Tick the box to publish although there is something to look at"]
    page = pages.submit(page.form("Publish these rules"), **from_day(23), note="First", accepts=True)
    assert page.errors == [
        "Rules apply from today or a later day: what was done under earlier ones stays done"
    ]
    page = pages.submit(page.form("Publish these rules"), **from_day(24), note="First", accepts=True)
    assert page.h1 == "Rules 1, from 24 November 2026"
    assert "Use our form" in pages.sign_in(people.viewer).get("rules").text


def test_pasted_rubbish_is_reported_line_by_line_and_the_rest_is_kept(people: People, pages: Pages) -> None:
    page = pages.sign_in(people.administrator).get("rules_meetings")
    page = pages.submit(
        page.form("Add these dates"), body="Cabinet", makers=["cabinet"],
        lines="Tuesday 8 December 2026, 7pm\n08/12/2026\nrubbish <b>\n31/02/2027\n12 January 2027 Council",
    )  # fmt: skip
    assert "Line 3, “rubbish <b>”: there is no date" in page.text
    assert "Line 4, “31/02/2027”: there is no such day" in page.text
    assert "2 dates added" in page.text
    page = pages.submit(page.form("Add these dates"), body="Cabinet", lines="nothing at all")
    assert page.errors == ["None of the lines could be read: enter a day, a month and a year on each"]
    page = pages.get("rules_meetings")
    assert "Tuesday 12 January 2027: Council" in page.text
    page = pages.post(
        "rules_meetings",
        {"do": "remove", "organisation": "fleet", "meeting": ["2026-12-08 Cabinet", "rubbish"]},
    )
    assert "1 committee date removed" in page.banner


def test_a_form_begun_for_another_organisation_is_refused(people: People, pages: Pages) -> None:
    drafted_rules(by=people.administrator)
    pages.sign_in(people.administrator)
    page = pages.get("rules_part", subject="decisions")
    page = pages.submit(page, organisation="tyburn", call_in_days="5")
    assert "You began this for another organisation" in page.errors[0]


@pytest.mark.parametrize("subject", ["nonsense", "bands", "approvals"])
def test_what_is_not_there_is_not_found(people: People, pages: Pages, subject: str) -> None:
    drafted_rules(by=people.administrator)
    pages.sign_in(people.administrator)
    pages.get("rules_item", subject=subject, key="nothing-here", status=404)
    pages.get("rules_part", subject="nonsense", status=404)
    pages.get("rules_version", number="99999999999999", status=404)


def test_amounts_out_of_reason_and_the_wrong_way_round_are_told_in_the_form(
    people: People, pages: Pages
) -> None:
    drafted_rules(by=people.administrator)
    form = pages.sign_in(people.administrator).get("rules_item", subject="bands", key="new")
    page = pages.submit(form, basis="ex", start="100", below="50", quotations="999", advertise="no")
    assert page.errors == [
        "The upper end must be above the lower one",
        "Enter a whole number from 0 to 20: how many quotations are asked for",
    ]
    page = pages.submit(page.form(), start="10000000000000", below="", quotations="1")
    assert page.errors == ["Enter an amount below £100 billion"]


def test_an_amount_as_typed_stays_a_figure_to_the_penny(people: People) -> None:
    made = published_rules(by=people.administrator, key_decision_from=an_amount(500_000))
    selectors.forget()
    own = rules_in_force(people.fleet.pk, TODAY).own
    assert own.number == made.number
    assert own.key_decision_from is not None
    assert own.key_decision_from.pounds == Decimal("500000.00")
