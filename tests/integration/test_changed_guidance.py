"""When guidance or a template behind a step changes, the live procurements it touches are listed."""

from __future__ import annotations

import datetime as dt

import pytest

from guidance.documents.services import variants
from guidance.editorial.models import State
from guidance.editorial.services import publishing
from guidance.pages.models import Page
from tests.factories import a_procurement
from tests.factories.content import a_draft_of, a_page
from tests.factories.documents import TEXT, a_clause, a_template
from tests.factories.variants import a_variant
from tests.pages import Pages
from tests.personas import People
from tests.recorder import at_most, recorded
from toolkit.accounts.readers import reader_of
from toolkit.accounts.visibility import Level
from toolkit.core import clock
from workflows.procurements.changed_guidance import Change, changes_for
from workflows.procurements.models import CHALLENGE_ROUTE, Procurement
from workflows.procurements.resting import resting
from workflows.procurements.services import sharing, tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def procurement(people: People) -> Procurement:
    return a_procurement(by=people.officer)


def changed(slug: str, days_ago: int = 0) -> Page:
    on = clock.today() - dt.timedelta(days=days_ago)
    page = a_page(slug=slug)
    changes = [{"on": on.isoformat(), "note": "Says how to weigh options"}, *page.changes]
    Page.objects.filter(pk=page.pk).update(changes=changes)
    return page


def found(people: People, procurement: Procurement, who: str = "officer") -> list[Change]:
    reader = reader_of(getattr(people, who))
    return changes_for(reader, procurement.organisation_id, today=clock.today())


def test_a_page_that_never_changed_or_changed_long_ago_touches_nothing(
    people: People, procurement: Procurement
) -> None:
    a_page(slug="business-case")
    assert found(people, procurement) == []
    changed("equality", days_ago=91)
    assert found(people, procurement) == []


def test_steps_still_to_do_and_steps_done_by_the_older_text_are_told_apart(
    people: People, procurement: Procurement
) -> None:
    changed("business-case")
    [change] = found(people, procurement)
    [touched] = change.touched
    assert touched.to_do == ("Write the business case and weigh the options",)
    with clock.held_at(clock.today() - dt.timedelta(days=5)):
        tasks.complete_task(procurement=procurement, task="business-case", data={}, actor=people.officer)
    [change] = found(people, procurement)
    [touched] = change.touched
    assert (touched.to_do, touched.done) == ((), ("Write the business case and weigh the options",))


def test_a_step_done_after_the_change_is_not_touched(people: People, procurement: Procurement) -> None:
    changed("business-case", days_ago=3)
    tasks.complete_task(procurement=procurement, task="business-case", data={}, actor=people.officer)
    assert found(people, procurement) == []


def test_only_live_procurements_that_the_reader_may_open_are_listed_and_steps_only_for_the_team(
    people: People, procurement: Procurement
) -> None:
    changed("business-case")
    assert found(people, procurement, "viewer") == []
    assert found(people, procurement, "neighbour") == []
    Procurement.objects.update(visibility=Level.BOROUGH)
    [change] = found(people, procurement, "viewer")
    assert [(row.procurement, row.to_do) for row in change.touched] == [(procurement, ())]
    sharing.stop(procurement=procurement, reason="The need went away", actor=people.officer)
    assert found(people, procurement) == []


def test_the_page_shows_it_with_queries_that_do_not_grow(
    people: People, pages: Pages, procurement: Procurement
) -> None:
    changed("business-case")
    page = pages.sign_in(people.officer).get("changed_guidance")
    assert procurement.reference in page.main
    assert "Says how to weigh options" in page.main
    with recorded() as few:
        pages.get("changed_guidance")
    for _ in range(3):
        a_procurement(by=people.officer)
    with recorded() as many:
        pages.get("changed_guidance")
    assert len(many.statements) == len(few.statements)


WITH_CLAUSE = f"{TEXT}\n::: clause return-of-data\n"


def test_a_clause_touches_the_steps_of_the_templates_that_take_it_in(
    people: People, procurement: Procurement
) -> None:
    a_clause("return-of-data", "Within 30 days.")
    a_clause("of-no-template", "Within 30 days.")
    a_template("business-case", WITH_CLAUSE)
    assert found(people, procurement) == []
    a_clause("of-no-template", "Within 10 days.")
    a_clause("return-of-data", "Within 10 days.")
    [change] = found(people, procurement)
    assert (change.title, change.held_in) == ("Clause: Return-of-data", ())
    [touched] = change.touched
    assert touched.to_do == ("Write the business case and weigh the options",)


def test_an_organisations_own_version_touches_its_own_procurements_and_holds_the_older_text(
    people: People, pages: Pages, procurement: Procurement
) -> None:
    a_clause("return-of-data", "Within 30 days.")
    template = a_template("business-case", WITH_CLAUSE)
    version = a_variant(by=people.administrator, of=people.fleet, template=template)
    [change] = found(people, procurement)
    assert (change.title, change.note) == ("Exit plan: your organisation’s own version", "Our check")
    assert found(people, a_procurement(by=people.neighbour), "neighbour") == []

    a_clause("return-of-data", "Within 10 days.")
    a_template("business-case", WITH_CLAUSE.replace("No staff transfer.", "No staff move."))
    held = {change.title: change.held_in for change in found(people, procurement)}
    assert held == {
        "Exit plan: your organisation’s own version": (),
        "Exit plan": ("Exit plan",),
        "Clause: Return-of-data": ("Exit plan",),
    }
    shown = pages.sign_in(people.officer).get("changed_guidance").main
    assert "own version of Exit plan holds the older text" in shown

    variants.put_in_use(variant=version.variant, is_in_use=False, actor=people.administrator)
    assert {change.title: change.held_in for change in found(people, procurement)} == {
        "Exit plan": (),
        "Clause: Return-of-data": (),
    }


def test_a_step_that_names_an_older_address_is_touched_too(people: People, procurement: Procurement) -> None:
    page = a_page(slug="business-case")
    draft = a_draft_of(page, by=people.editor, state=State.APPROVED, slug="the-case")
    publishing.publish(revision=draft, actor=None)
    [change] = found(people, procurement)
    assert change.url.endswith("/the-case/")
    assert change.touched


def test_an_editor_is_told_how_many_rest_on_a_page_before_and_after_publishing(
    people: People, pages: Pages, procurement: Procurement
) -> None:
    page = a_page(slug="business-case", title="The case")
    a_draft_of(page, by=people.editor, state=State.SUBMITTED, body="## Do this\n\nWeigh the options.")
    review = pages.sign_in(people.staff).get(f"/admin/pages/page/{page.pk}/review/")
    few = "Fewer than 5 live procurements are on routes with a step that rests on it"
    assert few in review.text
    done = pages.submit(review.form("Decide"), decision="publish")
    assert "“The case” is published" in done.text
    assert few in done.text
    assert procurement.reference not in done.text
    assert "Which of your organisation’s" not in done.text, "staff of the centre open no record"


def test_what_rests_is_counted_without_challenges_and_from_five(
    people: People, procurement: Procurement
) -> None:
    page = a_page(slug="business-case")
    made = [a_procurement(by=by) for by in (people.officer, people.officer, people.officer, people.neighbour)]
    told = {"item": page, "reader": reader_of(people.neighbour)}
    words = "procurements of 2 organisations are on routes with a step that rests on it"
    with at_most(5):
        lines = resting(told)
    assert lines == [
        (f"5 live {words}", ""),
        ("Which of your organisation’s a change touches", "/procurements/changed-guidance/"),
    ]
    assert resting({"item": page, "reader": reader_of(people.editor)}) == lines[:1]
    sixth = a_procurement(by=people.officer)
    Procurement.objects.filter(pk=sixth.pk).update(status="paused")
    assert resting(told)[0] == (f"6 live {words}", "")
    Procurement.objects.filter(pk=made[0].pk).update(route=CHALLENGE_ROUTE, confidential_from=clock.now())
    assert resting(told)[0] == (f"5 live {words}", "")

    clause = a_clause("return-of-data", "Within 30 days.")
    a_template("business-case", WITH_CLAUSE)
    with at_most(5):
        assert resting({**told, "item": clause})[0] == (f"5 live {words}", "")
    assert resting({**told, "item": a_page(slug="other", published=False)}) == []
