"""When guidance or a template behind a step changes, the live procurements it touches are listed."""

from __future__ import annotations

import datetime as dt

import pytest

from guidance.pages.models import Page
from tests.factories import a_procurement
from tests.factories.content import a_page
from tests.pages import Pages
from tests.personas import People
from tests.recorder import recorded
from toolkit.accounts.readers import reader_of
from toolkit.accounts.visibility import Level
from toolkit.core import clock
from workflows.procurements.changed_guidance import Change, changes_for
from workflows.procurements.models import Procurement
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
