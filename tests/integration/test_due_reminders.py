"""Reminders of what is due: numbers alone, once a person and working day; and the home page’s budget."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.mail import EmailMessage

from tests.factories import a_contract, a_procurement
from tests.pages import Pages
from tests.personas import People
from tests.threads import at_once
from toolkit.core import clock
from toolkit.core.stages import Stage
from toolkit.desk import reminders
from toolkit.notifications import telling
from toolkit.notifications.models import Alert
from toolkit.notifications.services import choose
from workflows.procurements.models import StageSpell
from workflows.procurements.services import sharing, standing
from workflows.procurements.services.comments import comment
from workflows.rules.models import ClosedDay

LATE = dt.datetime(2027, 8, 24, 6, tzinfo=clock.LONDON)
"""A Tuesday, when the steps of a procurement begun today are overdue."""

pytestmark = pytest.mark.django_db


def test_one_letter_in_the_morning_with_numbers_and_no_word_of_what(
    people: People, letters: Callable[[], list[EmailMessage]]
) -> None:
    live = a_procurement(by=people.officer, title="Secret merger")
    with clock.held_at(LATE):
        assert reminders.remind() == 1
        assert reminders.remind() == 0
        assert telling.send_daily() == 1
        assert telling.send_daily() == 0
        (letter,) = letters()
    assert letter.subject == "What is due"
    assert "overdue" in letter.body
    for secret in ("Secret", live.reference, "business"):
        assert secret not in letter.subject + letter.body


def test_a_reminder_that_came_late_has_a_letter_of_its_own(
    people: People, letters: Callable[[], list[EmailMessage]]
) -> None:
    live = a_procurement(by=people.officer, visibility="borough")
    comment(procurement=live, text="Ready", actor=people.contributor)
    with clock.held_at(LATE):
        telling.send_daily()
        reminders.remind()
        assert telling.send_daily() == 1
        assert len(letters()) == 2


def test_one_that_nobody_sent_is_not_told_the_day_after(people: People) -> None:
    a_procurement(by=people.officer)
    with clock.held_at(LATE):
        reminders.remind()
    with clock.held_at(LATE + dt.timedelta(days=1)):
        assert telling.send_daily() == 0
        reminders.remind()
        assert telling.send_daily() == 1
    assert Alert.objects.filter(told_at__isnull=False).count() == 1


def test_not_for_who_wants_none_has_left_or_has_nothing_due(people: People) -> None:
    a_procurement(by=people.officer)
    assert reminders.remind() == 0, "nothing is due yet"
    choose(actor=people.officer, how={"due": "off"})
    with clock.held_at(LATE):
        assert reminders.remind() == 0
        choose(actor=people.officer, how={"due": "now"})
        people.officer.memberships.update(ends_on=clock.today() - dt.timedelta(days=1))
        assert reminders.remind() == 0


@pytest.mark.parametrize("day", [dt.date(2027, 8, 28), dt.date(2027, 8, 30), dt.date(2027, 8, 25)])
def test_not_on_a_day_when_the_council_is_closed(people: People, day: dt.date) -> None:
    """A Saturday, a bank holiday, a closed day of the organisation's own."""
    a_procurement(by=people.officer)
    ClosedDay.objects.create(
        organisation=people.fleet, day=dt.date(2027, 8, 25), name="Closure", added_by=people.administrator
    )
    with clock.held_at(dt.datetime.combine(day, dt.time(6), clock.LONDON)):
        assert reminders.remind() == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_remind_once(people: People) -> None:
    a_procurement(by=people.officer)
    a_contract(by=people.officer)
    with clock.held_at(LATE):
        at_once(*[reminders.remind] * 3)
    assert Alert.objects.filter(kind="due").count() == 1


def test_the_home_page_takes_at_most_twelve_queries(people: People, pages: Pages, queries: Any) -> None:
    for _ in range(3):
        live = a_procurement(by=people.officer)
        sharing.add_to_team(procurement=live, person=people.contributor, role="member", actor=people.officer)
        comment(procurement=live, text=f"@{people.officer.email} look", actor=people.contributor)
        a_contract(by=people.officer)
    pages.sign_in(people.officer)
    with clock.held_at(LATE):
        standing.catch_up(clock.today())
        pages.sign_in(people.officer)
        with queries(12):
            answer = pages.client.get("/")
    assert b"New to you" in answer.content


def test_the_overview_holds_the_time_in_the_stage_against_the_median(people: People, pages: Pages) -> None:
    live = a_procurement(by=people.officer)
    pages.sign_in(people.officer)
    with clock.held_at(clock.now() + dt.timedelta(days=12)):
        pages.sign_in(people.officer)
        page = pages.get("procurement", reference=live.reference)
        assert (
            "In this stage for 12 days; fewer than five of Fleet have left it, too few to compare."
            in page.main
        )
        for long in (10, 20, 30, 40, 50):
            left = clock.today() - dt.timedelta(days=5)
            StageSpell.objects.create(
                procurement=live, stage=Stage.PLAN, from_on=left - dt.timedelta(days=long), to_on=left
            )
        page = pages.get("procurement", reference=live.reference)
        assert "half of Fleet’s procurements left it within 30 days" in page.main
