"""Comments on a procurement and its steps: who may write, who may read, who hears, and what stays in confidence."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import ProgrammingError, transaction
from django.urls import reverse

from tests.factories import MembershipFactory, PersonFactory, a_procurement, an_evaluation
from tests.factories.workflows import BIDDER
from tests.pages import Pages
from tests.personas import PERSONAS, People
from tests.threads import at_once
from toolkit.accounts.models import Person
from toolkit.core.errors import Refused
from toolkit.core.text import DISCLOSURE
from toolkit.notifications.models import Alert
from workflows.procurements.models import Comment, Procurement, TeamMember
from workflows.procurements.services import comments, following, sharing
from workflows.procurements.services.comments import comment, take_back

pytestmark = pytest.mark.django_db
Letters = Callable[[], list[EmailMessage]]


@pytest.fixture
def live(people: People) -> Procurement:
    """Everybody of the borough may open it; the officer and the contributor work on it."""
    found = a_procurement(by=people.officer, visibility="borough", title="Leisure centre management")
    sharing.add_to_team(procurement=found, person=people.contributor, role="member", actor=people.officer)
    return found


def at(person: Person) -> str:
    """A mention of the person."""
    return f"@{person.email.partition('@')[0]}"


def subjects(letters: Letters, person: Any) -> list[str]:
    return [str(letter.subject) for letter in letters() if letter.to == [person.email]]


def test_a_comment_on_a_step_is_there_on_its_page_and_on_that_of_the_record(
    people: People, pages: Pages, live: Procurement
) -> None:
    task = pages.sign_in(people.officer).get(
        "procurement_task", reference=live.reference, slug="business-case"
    )
    page = pages.click(task, "Comment on this step")
    assert DISCLOSURE in page.main
    page = pages.submit(page, text="The figures are of <2025>")
    assert "The figures are of <2025>" in page.main
    assert pages.get(task.path).link("1 comment on this step")
    everything = pages.get("procurement_comments", reference=live.reference)
    assert "The figures are of <2025>" in everything.main
    assert "business case" in everything.main
    assert pages.submit(everything, text="  ").errors == ["Enter a comment"]


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_may_comment(people: People, pages: Pages, live: Procurement, persona: str) -> None:
    may = persona in ("officer", "contributor", "approver")
    reads = persona in ("viewer", "auditor", "administrator")
    address = reverse("procurement_comments", args=[live.reference])
    person = people.named(persona)
    pages.sign_in(person)
    if person is None:
        assert pages.get(address).h1 == "Sign in"
        return
    page = pages.get(address, status=200 if may or reads else 404)
    assert ("Add the comment" in page.html) is may
    if may:
        pages.submit(page, text="Ready")
    else:
        pages.post(address, {"text": "Ready"}, status=403 if reads else 404)
        with pytest.raises(Refused):
            comment(procurement=live, text="Ready", actor=person)
    assert Comment.objects.exists() is may


def test_mentioned_by_address_and_by_tick_and_the_others_hear_daily(
    people: People, pages: Pages, live: Procurement, letters: Letters
) -> None:
    following.follow(procurement=live, actor=people.viewer)
    letters()
    page = pages.sign_in(people.officer).get("procurement_comments", reference=live.reference)
    pages.submit(
        page, text=f"{at(people.approver).upper()}, is it sound?", mentioned=[people.contributor.email]
    )
    told = {(alert.person, alert.kind, alert.how) for alert in Alert.objects.exclude(kind="team")}
    assert told == {
        (people.approver, "mentioned", "now"),
        (people.contributor, "mentioned", "now"),
        (people.viewer, "commented", "daily"),
    }
    assert subjects(letters, people.approver) == [f"You are mentioned in {live.reference}"]


def test_e_mails_say_nothing_of_what_was_said_and_name_no_step(
    people: People, live: Procurement, letters: Letters
) -> None:
    comment(
        procurement=live,
        task="business-case",
        text=f"{at(people.contributor)} {BIDDER} rang",
        actor=people.officer,
    )
    letter = letters()[-1]
    for secret in (BIDDER, "Leisure", "business", "rang"):
        assert secret not in letter.subject
        assert secret not in letter.body


@pytest.mark.parametrize("name", ["nobody.here", "neighbour", "neighbour@tyburn.example", "pending"])
def test_who_is_not_of_the_organisation_cannot_be_mentioned(
    people: People, live: Procurement, name: str
) -> None:
    assert people.neighbour and people.pending
    with pytest.raises(Refused, match="Nobody of"):
        comment(procurement=live, text=f"@{name} look", actor=people.officer)
    assert not Comment.objects.exists()


def test_mentioning_who_may_not_open_it_is_refused_in_words_and_adds_nobody(
    people: People, pages: Pages
) -> None:
    secret = a_procurement(by=people.officer)
    page = pages.sign_in(people.officer).get("procurement_comments", reference=secret.reference)
    page = pages.submit(page, text=f"{at(people.viewer)} look")
    assert page.errors == [
        "Cleo Marsh cannot open this: nobody gets access by a mention. Put them on the team first, or leave them out"
    ]
    assert TeamMember.objects.filter(procurement=secret).count() == 1
    assert not Comment.objects.exists()


def test_two_people_of_one_name_are_told_apart_by_the_whole_address(
    people: People, live: Procurement
) -> None:
    for domain in ("fleet.example", "agency.example"):
        person = PersonFactory.create(email=f"jo.brook@{domain}", name=f"Jo of {domain}")
        MembershipFactory.create(person=person, organisation=people.fleet, roles=["viewer"])
    with pytest.raises(Refused, match=r"could be Jo of agency\.example or Jo of fleet\.example"):
        comment(procurement=live, text="@jo.brook look", actor=people.officer)
    made = comment(procurement=live, text="@jo.brook@agency.example look", actor=people.officer)
    assert [person.email for person in made.mentioned.all()] == ["jo.brook@agency.example"]


def test_sent_twice_it_stands_once(people: People, pages: Pages, live: Procurement) -> None:
    page = pages.sign_in(people.officer).get("procurement_comments", reference=live.reference)
    pages.submit(page, text="Once")
    pages.submit(page, text="Once")
    assert Comment.objects.count() == 1
    pages.submit(pages.get(page.path), text="Once")
    assert Comment.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_sent_twice_in_the_same_second_it_stands_once(people: People) -> None:
    live = a_procurement(by=people.officer)
    key = uuid.uuid4()
    at_once(*[lambda: comment(procurement=live, text="Once", actor=people.officer, form_key=key)] * 3)
    assert Comment.objects.count() == 1


def test_only_its_author_takes_it_back_and_the_page_says_so(
    people: People, pages: Pages, live: Procurement
) -> None:
    made = comment(procurement=live, text="Wrong figure", actor=people.contributor)
    page = pages.sign_in(people.officer).get("procurement_comments", reference=live.reference)
    assert "Take back" not in page.main
    pages.post("procurement_comment_take_back", {"comment": made.pk}, reference=live.reference)
    made.refresh_from_db()
    assert made.taken_back_at is None
    page = pages.sign_in(people.contributor).get("procurement_comments", reference=live.reference)
    page = pages.submit(page.form("Take back"))
    assert "Wrong figure" not in page.main
    assert "Taken back by Ben Hale" in page.main
    take_back(comment=made, actor=people.contributor)
    for nonsense in ("", "x", "9" * 40):
        pages.post("procurement_comment_take_back", {"comment": nonsense}, reference=live.reference)


def test_the_database_keeps_what_was_said(people: People, live: Procurement) -> None:
    made = comment(procurement=live, text="As said", actor=people.officer)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Comment.objects.filter(pk=made.pk).update(text="As wished")
    with pytest.raises(ProgrammingError), transaction.atomic():
        Comment.objects.filter(pk=made.pk).delete()


@pytest.mark.parametrize("text", ["", "  ", "x" * 4_001, "\x00\x01"])
def test_bad_words_are_refused(people: People, live: Procurement, text: str) -> None:
    with pytest.raises(Refused):
        comment(procurement=live, text=text, actor=people.officer)


def test_no_comment_on_a_step_that_is_not_there_or_before_it_is_started(
    people: People, live: Procurement
) -> None:
    with pytest.raises(Refused, match="no such step"):
        comment(procurement=live, text="Ready", task="nothing", actor=people.officer)


OUTSIDE = ("viewer", "contributor", "approver", "auditor", "administrator")


@pytest.mark.parametrize("persona", OUTSIDE)
@pytest.mark.parametrize("task", ["evaluate", ""])
def test_while_bids_are_in_confidence_comments_are_the_teams_alone(
    people: People, pages: Pages, letters: Letters, persona: str, task: str
) -> None:
    live = an_evaluation(by=people.officer)
    person = people.named(persona)
    assert person is not None
    following.follow(procurement=live, actor=person)
    comment(procurement=live, task=task, text=f"{BIDDER} scored 71", actor=people.officer)
    assert not Alert.objects.filter(person=person, kind__in=("commented", "mentioned")).exists()
    pages.sign_in(person)
    for name in ("procurement_comments", "procurement_history", "procurement", "procurement_tasks"):
        assert BIDDER not in pages.get(name, reference=live.reference).html
    pages.get(reverse("procurement_comments", args=[live.reference]) + "?step=evaluate", status=404)
    with pytest.raises(Refused, match="cannot open this"):
        comment(procurement=live, task=task, text="Look", mentioned=[person], actor=people.officer)
    if persona in ("contributor", "approver"):
        with pytest.raises(Refused, match="in confidence"):
            comment(procurement=live, task="evaluate", text="What is the score?", actor=person)
        comments.comment(procurement=live, text="When is the award?", actor=person)


def test_after_the_award_auditors_read_them_too(people: People, pages: Pages) -> None:
    live = an_evaluation(by=people.officer)
    comment(procurement=live, task="evaluate", text=f"{BIDDER} scored 71", actor=people.officer)
    sharing.stop(procurement=live, reason="The need went away", actor=people.officer)
    assert BIDDER in pages.sign_in(people.auditor).get("procurement_comments", reference=live.reference).html
    assert (
        BIDDER not in pages.sign_in(people.viewer).get("procurement_comments", reference=live.reference).html
    )


def test_an_alert_in_confidence_is_not_shown_to_who_left_the_team(people: People, pages: Pages) -> None:
    live = an_evaluation(by=people.officer)
    sharing.add_to_team(procurement=live, person=people.contributor, role="member", actor=people.officer)
    comment(procurement=live, task="evaluate", text=f"Look {at(people.contributor)}", actor=people.officer)
    pages.sign_in(people.contributor)
    assert "You are mentioned" in pages.get("home").main
    sharing.remove_from_team(procurement=live, person=people.contributor, actor=people.officer)
    assert "You are mentioned" not in pages.get("home").main


def test_they_are_paged_and_ask_few_questions(
    people: People, pages: Pages, live: Procurement, queries: Any
) -> None:
    for number in range(60):
        comment(procurement=live, text=f"Remark {number}", actor=people.officer)
    pages.sign_in(people.officer)
    page = pages.get("procurement_comments", reference=live.reference)
    assert "Page 1 of 3" in page.main
    assert "Remark 59" in page.main
    with queries(12):
        pages.client.get(page.path)


def test_the_home_page_shows_five_and_who_answers_has_read_them(
    people: People, pages: Pages, live: Procurement
) -> None:
    for _ in range(7):
        comment(procurement=live, text=f"{at(people.contributor)} look", actor=people.officer)
    pages.sign_in(people.contributor)
    page = pages.get("home")
    assert "New to you" in page.words("h2")
    assert page.main.count("You are mentioned in") == 5
    comment(procurement=live, text="I have", actor=people.contributor)
    assert "New to you" not in pages.get("home").words("h2")
    assert "New to you" in pages.sign_in(people.officer).get("home").words("h2")
    page = pages.submit(pages.get("home").form("Mark as read"))
    assert "New to you" not in page.words("h2")
