"""An organisation's own rules: drafted together, checked, weighed, published from a day on; laid over live procurements."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.factories import a_procurement, an_evaluation
from tests.factories.rules import a_step, an_approval, drafted_rules, published_rules
from tests.pages import Pages
from tests.personas import People
from tests.recorder import at_most
from tests.threads import at_once
from toolkit.accounts.models import Person
from toolkit.core import clock
from toolkit.core.errors import Refused
from workflows.journeys.progress import Progress, Status
from workflows.journeys.selectors import progress_of
from workflows.procurements.facts import facts_of
from workflows.procurements.models import LineKind, Procurement
from workflows.procurements.services import tasks, weighing
from workflows.rules.models import RuleSet, RuleSetStatus
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
