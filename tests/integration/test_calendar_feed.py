"""A person's own calendar: opened by its address, without a confidential word, and only while they may see what is in it."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import a_procurement
from tests.pages import Pages
from tests.personas import People
from tests.recorder import recorded
from toolkit.accounts.models import Membership
from toolkit.core import clock
from toolkit.desk import services
from toolkit.desk.models import CalendarFeed
from workflows.procurements.models import OpenStep
from workflows.procurements.services import tasks

pytestmark = pytest.mark.django_db


def fetched(token: str, status: int = 200) -> str:
    answer = Client().get(reverse("calendar_feed", args=[token]))
    assert answer.status_code == status
    if status == 200:
        assert answer["Cache-Control"] == "private, no-store"
    return answer.content.decode().replace("\r\n ", "")


def test_it_holds_the_days_of_ones_steps_and_no_word_of_what_they_are(people: People) -> None:
    procurement = a_procurement(by=people.officer, title="Secret merger of the leisure centres")
    file = fetched(services.make_calendar_address(actor=people.officer))
    assert f"SUMMARY:{procurement.reference}: a step due in your plan (Planning)" in file
    for row in OpenStep.objects.filter(procurement=procurement):
        assert row.title not in file
        assert row.task not in file
    assert "Secret" not in file


def test_the_same_step_keeps_its_uid_and_a_done_one_leaves(people: People) -> None:
    procurement = a_procurement(by=people.officer)
    token = services.make_calendar_address(actor=people.officer)
    before = set(re.findall(r"UID:(\S+)", fetched(token)))
    tasks.complete_task(procurement=procurement, task="business-case", data={}, actor=people.officer)
    after = set(re.findall(r"UID:(\S+)", fetched(token)))
    assert len(before - after) == 1


def test_a_new_address_ends_the_old_one_and_one_taken_away_opens_nothing(
    people: People, pages: Pages
) -> None:
    old = services.make_calendar_address(actor=people.officer)
    page = pages.sign_in(people.officer).post("calendar", {})
    new = re.search(r"/calendar/feed/([\w-]+)/", page.text)
    assert new is not None
    fetched(old, 404)
    fetched(new[1])
    assert new[1] not in pages.get("calendar").text
    assert CalendarFeed.objects.get().token_hash != new[1]
    pages.post("calendar", {"end": "1"})
    fetched(new[1], 404)
    fetched("x" * 5000, 404)


def test_who_has_left_or_may_not_sign_in_sees_nothing(people: People) -> None:
    procurement = a_procurement(by=people.officer)
    token = services.make_calendar_address(actor=people.officer)
    assert procurement.reference in fetched(token)
    Membership.objects.filter(person=people.officer).update(ends_on=clock.today() - dt.timedelta(days=1))
    assert procurement.reference not in fetched(token)
    people.officer.is_active = False
    people.officer.save()
    fetched(token, 404)


def test_the_queries_do_not_grow_with_the_procurements(people: People) -> None:
    token = services.make_calendar_address(actor=people.officer)
    a_procurement(by=people.officer)
    with recorded() as few:
        fetched(token)
    for _ in range(3):
        a_procurement(by=people.officer)
    with recorded() as many:
        fetched(token)
    assert len(many.statements) == len(few.statements) <= 9
