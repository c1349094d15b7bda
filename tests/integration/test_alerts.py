"""What people are told of their work: as they chose, once, and only while they may know of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.mail import EmailMessage

from tests.conftest import NOW
from tests.factories import a_procurement
from tests.jobs import Jobs
from tests.pages import Pages
from tests.personas import PERSONAS, People
from tests.threads import at_once
from toolkit.accounts.models import Person
from toolkit.core import clock
from toolkit.notifications import kinds, telling
from toolkit.notifications import letters as written
from toolkit.notifications.kinds import How
from toolkit.notifications.models import Alert
from toolkit.notifications.services import choose, forget, mark_read, notify
from toolkit.notifications.tasks import send_daily
from workflows.procurements.letters import ASSIGNED, BIDS, CHANGED, COMMENTED, MENTIONED, RECORD
from workflows.procurements.models import Procurement
from workflows.procurements.services import sharing

pytestmark = pytest.mark.django_db
Letters = Callable[[], list[EmailMessage]]
TOMORROW = NOW + dt.timedelta(days=1)


def told(
    procurement: Procurement, *people: Person, kind: str = ASSIGNED, about: str = RECORD, **more: Any
) -> int:
    given: dict[str, Any] = {
        "heading": f"Something in {procurement.reference}",
        "sentence": "Something happened.",
        "path": f"/procurements/{procurement.reference}/",
    }
    return notify(people=people, kind=kind, subject=f"{about}:{procurement.reference}", **(given | more))


def test_at_once_is_a_letter_after_commit_with_where_to_choose(people: People, letters: Letters) -> None:
    procurement = a_procurement(by=people.officer)
    assert told(procurement, people.officer) == 1
    (letter,) = letters()
    assert letter.subject == f"Something in {procurement.reference}"
    assert letter.to == [people.officer.email]
    assert "/subscriptions/my-work/" in letter.body
    assert Alert.objects.get().told_at == NOW


def test_the_actor_and_nobody_twice(people: People) -> None:
    procurement = a_procurement(by=people.officer)
    assert told(procurement, people.officer, people.officer, people.auditor, actor=people.auditor) == 1


def test_each_chooses_how_and_what_is_off_still_stands_on_the_page(
    people: People, pages: Pages, letters: Letters
) -> None:
    procurement = a_procurement(by=people.officer)
    page = pages.sign_in(people.officer).get("alert_preferences")
    assert pages.submit(page, assigned="off").banner == "Your choice is saved"
    told(procurement, people.officer)
    assert letters() == []
    assert procurement.reference in pages.get("alerts").main
    form = pages.get("alert_preferences").form()
    assert form.filled({})["assigned"] == ["off"]


def test_the_page_has_every_kind_and_changes_nobody_elses(people: People, pages: Pages) -> None:
    page = pages.sign_in(people.viewer).get("alert_preferences")
    assert page.words("legend") == [kind.label for kind in kinds.every()]
    pages.submit(page, due="off")
    assert Alert.objects.count() == 0
    assert pages.sign_in(people.officer).get("alert_preferences").form().filled({})["due"] == ["daily"]
    assert pages.post("alert_preferences", {"due": "weekly"}).errors


def test_rights_are_asked_again_when_the_letter_is_written(people: People, letters: Letters) -> None:
    procurement = a_procurement(by=people.officer)
    sharing.add_to_team(
        procurement=procurement, person=people.contributor, role="member", actor=people.officer
    )
    letters()
    told(procurement, people.contributor)
    sharing.remove_from_team(procurement=procurement, person=people.contributor, actor=people.officer)
    before = len(letters())
    assert before == 1, "only that they were put on the team"
    assert Alert.objects.filter(kind=ASSIGNED).get().how == How.OFF


def test_a_leaver_hears_nothing_and_sees_nothing(people: People, pages: Pages, letters: Letters) -> None:
    procurement = a_procurement(by=people.officer, visibility="borough")
    told(procurement, people.viewer)
    told(procurement, people.viewer, kind=CHANGED)
    people.viewer.memberships.update(ends_on=clock.today() - dt.timedelta(days=1))
    assert letters() == []
    with clock.held_at(TOMORROW):
        telling.send_daily()
        assert letters() == []
    assert procurement.reference not in pages.sign_in(people.viewer).get("alerts").main


@pytest.mark.parametrize(
    "persona", [each for each in PERSONAS if each not in ("anonymous", "officer", "auditor")]
)
def test_nobody_is_told_of_what_they_may_not_open(people: People, letters: Letters, persona: str) -> None:
    person = people.named(persona)
    assert person is not None
    told(a_procurement(by=people.officer), person)
    assert letters() == []


def test_what_is_known_of_bidders_is_told_to_the_team_alone(people: People, letters: Letters) -> None:
    procurement = a_procurement(by=people.officer, visibility="borough")
    told(procurement, people.viewer, people.administrator, people.officer, about=BIDS)
    assert [letter.to for letter in letters()] == [[people.officer.email]]


def test_daily_ones_come_in_one_letter_the_next_morning_and_once(people: People, letters: Letters) -> None:
    first, second = a_procurement(by=people.officer), a_procurement(by=people.officer)
    told(first, people.officer, kind=COMMENTED)
    told(second, people.officer, kind=COMMENTED)
    assert telling.send_daily() == 0, "it is nine: the letter of today has gone"
    with clock.held_at(TOMORROW):
        assert telling.send_daily() == 1
        assert telling.send_daily() == 0
        (letter,) = letters()
        assert letter.subject == "2 things new in your work"
        assert first.reference in letter.body and second.reference in letter.body


def test_what_was_chosen_since_counts_for_the_daily_letter(people: People, letters: Letters) -> None:
    told(a_procurement(by=people.officer), people.officer, kind=COMMENTED)
    choose(actor=people.officer, how={COMMENTED: "off"})
    with clock.held_at(TOMORROW):
        assert telling.send_daily() == 0
    assert letters() == []


@pytest.mark.parametrize("day", ["2026-11-28", "2026-12-25"])
def test_no_daily_letter_on_a_day_when_councils_are_closed(people: People, day: str) -> None:
    told(a_procurement(by=people.officer), people.officer, kind=COMMENTED)
    with clock.held_at(dt.datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=clock.LONDON)):
        assert telling.send_daily() == 0


def test_one_letter_that_cannot_be_written_keeps_nobody_from_theirs(
    people: People, letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    procurement = a_procurement(by=people.officer)
    told(procurement, people.officer, people.auditor, kind=COMMENTED)
    write = written.tell_alerts

    def fail(person: Person, alerts: list[Alert]) -> None:
        if person == people.officer:
            raise ValueError("no")
        write(person, alerts)

    monkeypatch.setattr(written, "tell_alerts", fail)
    with clock.held_at(TOMORROW), pytest.raises(ExceptionGroup):
        telling.send_daily()
    assert [letter.to for letter in letters()] == [[people.auditor.email]]
    assert Alert.objects.filter(person=people.officer, told_at=None, how=How.DAILY).exists()


@pytest.mark.parametrize("path", ["https://elsewhere.example/", "//elsewhere.example/", "x"])
def test_only_addresses_of_this_service(people: People, path: str) -> None:
    with pytest.raises(ValueError, match="not an address"):
        told(a_procurement(by=people.officer), people.officer, path=path)


def test_only_registered_kinds_and_subjects(people: People) -> None:
    procurement = a_procurement(by=people.officer)
    with pytest.raises(KeyError):
        told(procurement, people.officer, kind="nothing")
    with pytest.raises(ValueError, match="nothing that an event"):
        told(procurement, people.officer, about="nothing")


def test_reading_and_forgetting(people: People, pages: Pages) -> None:
    procurement = a_procurement(by=people.officer)
    told(procurement, people.officer, kind=MENTIONED)
    told(procurement, people.auditor, kind=MENTIONED)
    page = pages.sign_in(people.officer).get("alerts")
    assert "New" in page.words(".govuk-tag")
    assert pages.submit(page.form("Mark all as read")).words(".govuk-tag").count("New") == 0
    assert Alert.objects.filter(read_at=None).get().person == people.auditor
    mark_read(actor=people.officer)
    with clock.held_at(NOW + dt.timedelta(days=31)):
        forget()
    assert not Alert.objects.exists()


def test_the_page_is_paged_and_asks_few_questions(people: People, pages: Pages, queries: Any) -> None:
    procurement = a_procurement(by=people.officer)
    for _ in range(70):
        told(procurement, people.officer, kind=COMMENTED)
    pages.sign_in(people.officer)
    assert "Page 1 of 3" in pages.get("alerts").main
    with queries(7):
        pages.client.get("/alerts/")


@pytest.mark.django_db(transaction=True)
def test_two_workers_write_one_letter(people: People, jobs: Jobs) -> None:
    procurement = a_procurement(by=people.officer)
    told(procurement, people.officer)
    told(procurement, people.officer, kind=COMMENTED)
    now = Alert.objects.get(kind=ASSIGNED)
    assert sorted(at_once(*[lambda: telling.tell(now.pk)] * 3)) == [False, False, True]
    with clock.held_at(TOMORROW):
        assert sorted(at_once(*[telling.send_daily] * 3)) == [0, 0, 1]
        send_daily(timestamp=0)
    assert not Alert.objects.filter(told_at=None).exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_told_once_is_told_once_whoever_is_first(people: People) -> None:
    person = people.officer
    given: dict[str, Any] = {
        "people": [person], "kind": "due", "subject": "", "heading": "What is due", "sentence": "One.", "path": "/",
    }  # fmt: skip
    at_once(*[lambda: notify(**given, once="due:2026-11-24")] * 3)
    assert Alert.objects.count() == 1
