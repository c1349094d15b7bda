"""What is written down of where procurements stand, and that it never says anything else than the fold."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command

from tests.factories.rules import a_step, an_approval, published_rules
from tests.factories.workflows import a_procurement, an_award
from tests.jobs import Jobs
from tests.pages import Pages
from tests.personas import People
from toolkit.accounts.readers import reader_of
from toolkit.core import clock
from toolkit.desk.due import due_for
from toolkit.holidays.models import AddedBankHoliday
from workflows.journeys.selectors import progress_of
from workflows.procurements import pages as made
from workflows.procurements.facts import facts_of
from workflows.procurements.models import OpenStep, Procurement, Standing
from workflows.procurements.services import sharing, standing, tasks, weighing
from workflows.procurements.standing import in_group, open_steps_of, overtaken
from workflows.procurements.tasks import weigh_rules
from workflows.rules import selectors
from workflows.rules.services import rows

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


# What moves the days and steps of a whole organisation, without anybody touching a procurement


def nothing_is_stale() -> bool:
    """Another process asks the rules anew, and finds nothing to write."""
    selectors.forget()
    return standing.rebuild() == 0


def test_rules_published_for_today_are_written_down_by_the_job_that_weighs_them(
    people: People, jobs: Jobs
) -> None:
    procurement = a_procurement(by=people.officer)
    made_of_it = published_rules(
        by=people.administrator, steps=[a_step()], approvals=[an_approval(endorsements=[])]
    )
    assert "own-ask-the-scrutiny-chair" not in {row.task for row in OpenStep.objects.all()}
    jobs.run()
    assert nothing_is_stale()
    assert as_written(procurement) == as_folded(procurement)
    tasks_open = {row.task for row in OpenStep.objects.all()}
    assert "own-ask-the-scrutiny-chair" in tasks_open
    assert "endorse-strategy" not in tasks_open
    weigh_rules(made_of_it.weighings.latest("asked_at").pk)  # a job that runs again
    assert nothing_is_stale()


def test_what_this_process_remembers_of_the_rules_is_not_what_is_written(people: People, jobs: Jobs) -> None:
    procurement = a_procurement(by=people.officer)
    published_rules(by=people.administrator, steps=[a_step()])
    selectors.forget()
    old = selectors.InForce()
    selectors._memory[procurement.organisation_id, clock.today()] = (time.monotonic(), old)
    jobs.run()
    assert "own-ask-the-scrutiny-chair" in {row.task for row in OpenStep.objects.all()}


def test_what_holds_ends_the_day_before_later_rules_begin(people: People, jobs: Jobs) -> None:
    procurement = a_procurement(by=people.officer)
    stopped = a_procurement(by=people.officer)
    sharing.stop(procurement=stopped, reason="The need went away", actor=people.officer)
    later = clock.today() + dt.timedelta(days=5)
    published_rules(by=people.administrator, steps=[a_step()], applies_from=later)
    jobs.run()
    assert nothing_is_stale()
    assert Standing.objects.get(procurement=procurement).good_until == later - dt.timedelta(days=1)
    assert Standing.objects.get(procurement=stopped).good_until is None
    tasks.start_task(procurement=procurement, task="business-case", actor=people.officer)
    assert Standing.objects.get(procurement=procurement).good_until == later - dt.timedelta(days=1)
    with clock.held_at(later):
        # Nobody reads what holds no longer, even before a job has run.
        assert overtaken(Procurement.objects.all(), clock.today()) == [procurement]
        weighing.rules_begin()
        assert "own-ask-the-scrutiny-chair" in {row.task for row in OpenStep.objects.all()}
        assert nothing_is_stale()
        assert overtaken(Procurement.objects.all(), clock.today()) == []


def test_a_day_that_changes_is_written_down_by_a_job(people: People, jobs: Jobs, pages: Pages) -> None:
    approvals = [an_approval(makers=["cabinet"]), an_approval("award", makers=["cabinet"])]
    published_rules(by=people.administrator, approvals=approvals, call_in_days=5)
    procurement = a_procurement(by=people.officer)
    jobs.run()
    assert nothing_is_stale()
    whose: dict[str, Any] = {"organisation": people.fleet, "actor": people.administrator}
    first = clock.today() + dt.timedelta(days=90)
    meetings = [("Cabinet", first + dt.timedelta(days=28 * month)) for month in range(12)]
    closed = [(first - dt.timedelta(days=each), "Closed") for each in range(1, 12)]
    changes: list[Callable[[], object]] = [
        lambda: rows.add_meetings(meetings=meetings, makers=[], source="typed", **whose),
        lambda: rows.remove_meetings(meetings=meetings[2:5], **whose),
        lambda: rows.add_closed_days(days=closed, **whose),
        lambda: rows.remove_closed_days(days=[day for day, _ in closed[:5]], **whose),
    ]
    for change in changes:
        change()
        assert len(jobs.named("write_standings")) == 1
        jobs.run()
        assert nothing_is_stale()
        procurement.refresh_from_db()
        assert as_written(procurement) == as_folded(procurement)
    rows.add_closed_days(days=closed[-1:], **whose)
    assert not jobs.named("write_standings"), "it was there already"


def test_a_bank_holiday_that_staff_add_is_written_down_everywhere(
    people: People, jobs: Jobs, pages: Pages
) -> None:
    for person in (people.officer, people.neighbour):
        an_award(by=person)
    jobs.run()
    pages.sign_in(people.staff)
    for number in range(1, 25):
        pages.post(
            "admin:holidays_addedbankholiday_add",
            {
                "day": f"2026-12-{number:02}",
                "nation": "england-and-wales",
                "name": "Mourning",
                "why": "Proclaimed",
            },
        )
    assert len(jobs.named("write_standings")) == AddedBankHoliday.objects.count() == 24
    jobs.run()
    assert nothing_is_stale()
    for procurement in Procurement.objects.all():
        assert as_written(procurement) == as_folded(procurement)
    pages.post(
        "admin:holidays_addedbankholiday_delete",
        {"post": "yes"},
        object_id=str(AddedBankHoliday.objects.latest("day").pk),
    )
    assert jobs.named("write_standings")
