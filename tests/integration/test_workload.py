"""The work of an organisation in numbers, as one reader may see them."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.factories import a_procurement
from tests.pages import Pages
from tests.personas import People
from toolkit.accounts.readers import reader_of
from toolkit.accounts.visibility import Level
from toolkit.core import clock
from toolkit.core.stages import Stage
from workflows.procurements.models import Procurement, StageSpell
from workflows.procurements.services import sharing, tasks
from workflows.procurements.workload import Workload, medians, workload_of

pytestmark = pytest.mark.django_db


def of(people: People, procurement: Procurement) -> Workload:
    return workload_of(reader_of(people.officer), procurement.organisation_id, today=clock.today())


def spells(procurement: Procurement, *days: int) -> None:
    for long in days:
        left = clock.today() - dt.timedelta(days=10)
        StageSpell.objects.create(
            procurement=procurement, stage=Stage.DEFINE, from_on=left - dt.timedelta(days=long), to_on=left
        )


def test_the_median_of_a_stage_is_of_five_or_none(people: People) -> None:
    procurement = a_procurement(by=people.officer)
    spells(procurement, 10, 20, 30, 400)
    assert medians(procurement.organisation_id)[Stage.DEFINE] == (None, 4)
    spells(procurement, 31)
    assert medians(procurement.organisation_id)[Stage.DEFINE] == (30, 5)


def test_a_spell_begins_with_the_procurement_and_ends_when_it_stops(people: People) -> None:
    procurement = a_procurement(by=people.officer)
    spell = StageSpell.objects.get(procurement=procurement)
    assert (spell.stage, spell.from_on, spell.to_on) == (Stage.PLAN, clock.today(), None)
    with clock.held_at(clock.today() + dt.timedelta(days=12)):
        [row] = of(people, procurement).stages
        assert (row.here, row.oldest_days) == (1, 12)
        sharing.stop(procurement=procurement, reason="The need went away", actor=people.officer)
        spell.refresh_from_db()
        assert spell.to_on == clock.today()


def test_steps_count_on_whom_they_are_assigned_to_else_on_the_lead_and_late_ones_this_month(
    people: People,
) -> None:
    procurement = a_procurement(by=people.officer)
    tasks.assign_task(
        procurement=procurement, task="business-case", person=people.contributor, actor=people.officer
    )
    with clock.held_at(clock.today() + dt.timedelta(days=2000)):
        rows = {row.person: row for row in of(people, procurement).people}
        assert rows[people.contributor].months[0] == 1
        assert rows[people.officer].months[0] > 10
        assert rows[people.officer].leads == 1


def test_what_a_reader_may_not_open_is_a_number_from_five_on(people: People) -> None:
    procurement = a_procurement(by=people.officer)
    viewer = reader_of(people.viewer)
    for number in range(4):
        assert workload_of(viewer, procurement.organisation_id, today=clock.today()).hidden == 0, number
        a_procurement(by=people.officer)
    found = workload_of(viewer, procurement.organisation_id, today=clock.today())
    assert (found.live, found.hidden) == (0, 5)
    Procurement.objects.update(visibility=Level.BOROUGH)
    found = workload_of(viewer, procurement.organisation_id, today=clock.today())
    assert (found.live, found.hidden) == (5, 0)


def test_the_page_shows_it(people: People, pages: Pages) -> None:
    a_procurement(by=people.officer)
    page = pages.sign_in(people.officer).get("workload")
    assert "1 live procurement that you may open" in page.main
    assert "Too few to say" in page.main
