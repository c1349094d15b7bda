"""Following a procurement without working on it: who may, what is told, and what is not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.mail import EmailMessage

from tests.factories import a_procurement, an_award, an_evaluation
from tests.factories.workflows import a_decision, an_officer_decides
from tests.pages import Pages
from tests.personas import PERSONAS, People
from toolkit.accounts.models import Person
from toolkit.core import clock
from toolkit.core.errors import Refused
from toolkit.notifications import telling
from toolkit.notifications.models import Alert
from workflows.procurements.models import Follow
from workflows.procurements.services import following, sharing, tasks

pytestmark = pytest.mark.django_db


def heard(person: Person) -> list[str]:
    return list(
        Alert.objects.filter(person=person, kind="changed").order_by("pk").values_list("sentence", flat=True)
    )


@pytest.mark.parametrize("persona", PERSONAS)
def test_whoever_may_open_it_may_follow_it(people: People, pages: Pages, persona: str) -> None:
    live = a_procurement(by=people.officer, visibility="borough")
    secret = a_procurement(by=people.officer)
    person = people.named(persona)
    if person is None:
        return
    opens = persona in ("viewer", "contributor", "officer", "approver", "auditor", "administrator")
    pages.sign_in(person)
    if opens:
        page = pages.get("procurement", reference=live.reference)
        assert "You follow" in pages.submit(page.form("Follow")).banner
        pages.post("procurement_follow", {}, reference=live.reference)
        assert Follow.objects.count() == 1
        assert live.reference in pages.get("procurements", query={"whose": "followed"}).main
        page = pages.submit(pages.get("procurement", reference=live.reference).form("Stop following"))
        assert "do not follow" in page.banner
    else:
        pages.post("procurement_follow", {}, reference=live.reference, status=404)
    if persona not in ("officer", "auditor"):
        pages.post("procurement_follow", {}, reference=secret.reference, status=404)
        with pytest.raises(Refused):
            following.follow(procurement=secret, actor=person)
    assert not Follow.objects.exists()


def test_a_follower_hears_of_steps_decisions_and_the_end(people: People) -> None:
    live = a_procurement(by=people.officer, visibility="borough")
    following.follow(procurement=live, actor=people.viewer)
    following.follow(procurement=live, actor=people.officer)
    tasks.complete_task(procurement=live, task="business-case", data={}, actor=people.officer)
    tasks.complete_task(procurement=live, task="business-case", data={}, actor=people.officer)
    sharing.stop(procurement=live, reason="The need went away", actor=people.officer)
    assert heard(people.viewer) == [
        "In a procurement you follow, a step was completed.",
        "In a procurement you follow, somebody stopped it.",
    ]
    assert heard(people.officer) == [], "nobody is told what they did"


def test_letters_say_that_it_changed_and_not_what(
    people: People, letters: Callable[[], list[EmailMessage]]
) -> None:
    live = a_procurement(by=people.officer, visibility="borough", title="Secret merger")
    following.follow(procurement=live, actor=people.viewer)
    tasks.complete_task(procurement=live, task="business-case", data={}, actor=people.officer)
    with clock.held_at(clock.now() + dt.timedelta(days=1)):
        telling.send_daily()
        (letter,) = letters()
    assert letter.subject == f"{live.reference} has changed"
    for secret in ("Secret", "business"):
        assert secret not in letter.subject + letter.body


def test_in_confidence_only_who_may_know_of_the_step_hears(people: People) -> None:
    live = an_evaluation(by=people.officer)
    for person in (people.viewer, people.administrator, people.auditor):
        following.follow(procurement=live, actor=person)
    tasks.complete_task(procurement=live, task="award-report", data={}, actor=people.officer)
    an_officer_decides(live, "award-meeting", people.officer)
    a_decision(procurement=live, task="award-decision", by=people.officer)
    assert heard(people.viewer) == heard(people.administrator) == []
    assert len(heard(people.auditor)) == 3


def test_a_recorded_award_is_told_to_all_who_follow(people: People) -> None:
    live, contracts = an_award(by=people.officer)
    following.follow(procurement=live, actor=people.viewer)
    tasks.record_award(procurement=live, task="record-contracts", contracts=contracts, actor=people.officer)
    assert heard(people.viewer)[-1:] == ["In a procurement you follow, the contracts were recorded."]


def test_one_that_was_kept_back_since_is_told_to_nobody_outside(
    people: People, letters: Callable[[], list[EmailMessage]]
) -> None:
    live = a_procurement(by=people.officer, visibility="borough")
    following.follow(procurement=live, actor=people.viewer)
    tasks.complete_task(procurement=live, task="business-case", data={}, actor=people.officer)
    sharing.share(procurement=live, visibility="team", intent_visibility="team", actor=people.officer)
    with clock.held_at(clock.now() + dt.timedelta(days=1)):
        assert telling.send_daily() == 0
    assert letters() == []
