"""What is written down of where procurements stand, and that it never says anything else than the fold."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command

from tests.factories.workflows import a_procurement, an_award
from tests.pages import Pages
from tests.personas import People
from toolkit.accounts.readers import reader_of
from toolkit.core import clock
from toolkit.desk.due import due_for
from workflows.journeys.selectors import progress_of
from workflows.procurements import pages as made
from workflows.procurements.facts import facts_of
from workflows.procurements.models import OpenStep, Procurement, Standing
from workflows.procurements.services import sharing, standing, tasks
from workflows.procurements.standing import in_group, open_steps_of, overtaken

pytestmark = pytest.mark.django_db


def as_folded(procurement: Procurement) -> list[tuple[object, ...]]:
    assert procurement.run is not None
    progress = progress_of(procurement.run, facts_of(procurement), today=clock.today())
    return [_told(row) for row in open_steps_of(procurement, progress)]


def as_written(procurement: Procurement) -> list[tuple[object, ...]]:
    return [_told(row) for row in OpenStep.objects.filter(procurement=procurement).order_by("place")]


def _told(row: OpenStep) -> tuple[object, ...]:
    return (
        row.task,
        row.place,
        row.title,
        str(row.status),
        row.because,
        row.due_on,
        row.basis,
        row.rule,
        row.source,
    )


def test_every_change_is_written_down_as_the_fold_has_it(people: People) -> None:
    procurement = a_procurement(by=people.officer)
    assert as_written(procurement) == as_folded(procurement) != []
    tasks.start_task(procurement=procurement, task="business-case", actor=people.officer)
    assert as_written(procurement) == as_folded(procurement)
    tasks.complete_task(procurement=procurement, task="business-case", data={}, actor=people.officer)
    assert as_written(procurement) == as_folded(procurement)
    assert "business-case" not in {row.task for row in OpenStep.objects.filter(procurement=procurement)}
    tasks.reopen_task(procurement=procurement, task="business-case", actor=people.officer)
    assert as_written(procurement) == as_folded(procurement)
    assert Standing.objects.get(procurement=procurement).done == 0


def test_writing_it_down_again_changes_nothing(people: People, capsys: pytest.CaptureFixture[str]) -> None:
    an_award(by=people.officer)
    a_procurement(by=people.officer)
    call_command("rebuild_standings")
    assert capsys.readouterr().out == "0 steps changed\n"


def test_one_that_was_never_written_down_is_folded_to_be_read_and_written_by_the_hours_job(
    people: People, pages: Pages
) -> None:
    procurement = a_procurement(by=people.officer)
    before = as_written(procurement)
    Standing.objects.all().delete()
    OpenStep.objects.all().delete()
    assert overtaken(Procurement.objects.all(), clock.today()) == [procurement]
    [row] = made.rows_of(reader_of(people.officer), [procurement])
    assert row.next_title
    assert standing.catch_up(clock.today()) == len(before)
    assert as_written(procurement) == before
    assert overtaken(Procurement.objects.all(), clock.today()) == []


def test_a_call_in_that_is_over_opens_what_rests_on_it_without_anybody_doing_anything(people: People) -> None:
    procurement, _ = an_award(by=people.officer)
    for days in (0, 30, 400):
        with clock.held_at(clock.today() + dt.timedelta(days=days)):
            late = overtaken(Procurement.objects.all(), clock.today())
            standing.catch_up(clock.today())
            assert as_written(procurement) == as_folded(procurement), (days, late)


def test_the_groups_of_a_list_are_those_that_its_rows_say(people: People) -> None:
    a_procurement(by=people.officer)
    an_award(by=people.officer)
    for days in (0, 100, 200, 500):
        with clock.held_at(clock.today() + dt.timedelta(days=days)):
            today = clock.today()
            standing.catch_up(today)
            every = Procurement.objects.all()
            said = {row.procurement.pk: row.urgency for row in made.rows_of(reader_of(people.officer), every)}
            for group in ("overdue", "today", "week"):
                assert {each.pk for each in in_group(reader_of(people.officer), every, group, today)} == {
                    key for key, urgency in said.items() if urgency == group
                }


def test_what_is_stopped_or_taken_off_ones_team_is_not_due(people: People) -> None:
    procurement = a_procurement(by=people.officer)
    with clock.held_at(clock.today() + dt.timedelta(days=300)):
        assert due_for(reader_of(people.officer)).overdue
        sharing.stop(procurement=procurement, reason="The need went away", actor=people.officer)
        assert not due_for(reader_of(people.officer)).overdue


def test_an_assigned_contributor_is_told_of_that_step_alone(people: People) -> None:
    procurement = a_procurement(by=people.officer)
    tasks.assign_task(
        procurement=procurement, task="business-case", person=people.contributor, actor=people.officer
    )
    with clock.held_at(clock.today() + dt.timedelta(days=300)):
        found = due_for(reader_of(people.contributor))
        assert [item.title for item in found.overdue] == ["Write the business case and weigh the options"]
