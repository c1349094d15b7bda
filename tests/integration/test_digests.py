"""Letters with what is new: one for each address, each piece of news once, whatever the workers do."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from typing import Any

import pytest
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.conftest import NOW
from tests.factories import a_subscription, register_toys
from tests.jobs import Jobs
from tests.personas import People
from toolkit.core import clock
from toolkit.notifications import digests, services
from toolkit.notifications import letters as writing
from toolkit.notifications.models import Delivery, News, Subscription
from toolkit.notifications.tasks import send_news

Letters = Callable[[], list[EmailMessage]]
LATER = NOW + dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _toys() -> None:
    register_toys()


def announce(title: str = "Toys are safer", *keys: str, at: dt.datetime = LATER, text: str = "") -> News:
    with clock.held_at(at):
        return services.announce(
            topics=[("toy", key) for key in keys or ("one",)], title=title, text=text, url="/guidance/plan/"
        )


def test_what_happened_comes_in_one_letter(db: None, letters: Letters) -> None:
    a_subscription(email="ada@elsewhere.example")
    a_subscription(email="ada@elsewhere.example", key="two")
    a_subscription(email="ben@elsewhere.example", key="two")
    a_subscription(email="cleo@elsewhere.example", key="three")
    announce("Toy one is red", "one", text="It was blue.")
    announce("Both are square", "one", "two")
    send_news(0)
    ada, ben = sorted(letters(), key=lambda letter: letter.to)
    assert ada.to == ["ada@elsewhere.example"]
    assert ada.subject == "2 changes to toys you follow"
    first = Subscription.objects.get(email="ada@elsewhere.example", key="one")
    base = settings.BASE_URL
    assert ada.body == (
        f"Toy one is red\nIt was blue.\n{base}/guidance/plan/\n\n"
        f"Both are square\n{base}/guidance/plan/\n\n"
        "You get this e-mail because you asked us to write to ada@elsewhere.example about:\n- Toy one\n- Toy two\n\n"
        f"Stop all e-mails from us:\n{base}/subscriptions/end-all/{first.secret}/\n\n"
        f"See and change everything we write to you about:\n{base}/subscriptions/{first.secret}/\n\n"
        "London procurement toolkit"
    )
    assert ben.to == ["ben@elsewhere.example"]
    assert ben.subject == "A change to toys you follow: Both are square"
    assert "Stop these e-mails:" in str(ben.body)
    send_news(0)
    assert len(letters()) == 2


@pytest.mark.parametrize("keys", [("one",), ("one", "two")])
def test_mail_programs_can_make_a_button_of_it(
    db: None, letters: Letters, keys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        settings, "BASE_URL", "https://procurement-toolkit.long-name-of-a-host.example.gov.uk"
    )
    for key in keys:
        a_subscription(key=key)
        announce(f"Toy {key}", key)
    send_news(0)
    (letter,) = letters()
    sent = message_from_bytes(letter.message().as_bytes())
    secret = Subscription.objects.get(key="one").secret
    part = "end" if keys == ("one",) else "end-all"
    # As it leaves: neither encoded nor broken within the address, or mail programs would not know it.
    assert sent["List-Unsubscribe"].split() == [f"<{settings.BASE_URL}/subscriptions/{part}/{secret}/>"]
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent["Auto-Submitted"] == "auto-generated"
    assert b"=?utf-8?" not in letter.message().as_bytes().partition(b"Subject")[0].lower()


def test_every_letter_says_how_to_stop(db: None, letters: Letters) -> None:
    services.ask(email="reader@elsewhere.example", kind="toy", key="one")
    services.confirm(subscription=Subscription.objects.get())
    services.ask(email="reader@elsewhere.example", kind="toy", key="one")
    announce()
    send_news(0)
    assert len(letters()) == 3
    for letter in letters():
        assert letter.extra_headers["List-Unsubscribe"].startswith(f"<{settings.BASE_URL}/subscriptions/end/")
        assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_nobody_gets_what_was_news_before_they_followed(db: None, letters: Letters) -> None:
    announce(at=NOW)
    a_subscription(email="late@elsewhere.example", at=NOW + dt.timedelta(seconds=1))
    a_subscription(email="unconfirmed@elsewhere.example", is_confirmed=False, at=NOW - dt.timedelta(days=1))
    ended = a_subscription(email="ended@elsewhere.example", at=NOW - dt.timedelta(days=1))
    services.end(subscription=ended)
    send_news(0)
    assert letters() == []


def test_whoever_ends_between_gathering_and_sending_gets_nothing(db: None, letters: Letters) -> None:
    subscription = a_subscription()
    announce()
    assert digests.gather() == 1
    services.end(subscription=subscription)
    with clock.held_at(LATER + dt.timedelta(minutes=1)):
        services.ask(email=subscription.email, kind="toy", key="one")
        services.confirm(subscription=subscription)
    assert digests.send_due() == 0
    assert not Delivery.objects.exists()
    assert [letter.subject[:7] for letter in letters()] == ["Confirm"]


def test_news_needs_topics_that_somebody_registered_and_an_address_of_ours(db: None) -> None:
    for topics, url in (([], "/"), ([("nothing", "x")], "/"), ([("toy", "one")], "https://x.example/"), ([("toy", "one")], "//x.example")):  # fmt: skip
        with pytest.raises(ValueError):
            services.announce(topics=topics, title="x", text="", url=url)
    assert not News.objects.exists()


def test_news_is_written_in_the_callers_transaction(db: None, people: People) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        announce()
        raise RuntimeError
    assert not News.objects.exists()
    made = services.announce(
        topics=[("toy", "one"), ("toy", "one")], title="Two\nlines", text="", url="/", actor=people.officer
    )
    assert made.title == "Two lines"
    assert made.announced_by == people.officer
    assert made.topics.count() == 1


def test_one_letter_that_cannot_be_written_keeps_nobody_else_from_theirs(
    db: None, letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ada", "ben", "cleo"):
        a_subscription(email=f"{name}@elsewhere.example")
    announce()
    tell = writing.tell_news

    def breaks_for_ben(email: str, *rest: Any) -> None:
        if email.startswith("ben"):
            raise RuntimeError("no letter for Ben")
        tell(email, *rest)

    monkeypatch.setattr(writing, "tell_news", breaks_for_ben)
    with pytest.raises(ExceptionGroup):
        send_news(0)
    assert len(letters()) == 2
    monkeypatch.setattr(writing, "tell_news", tell)
    send_news(0)
    assert sorted(letter.to[0][:3] for letter in letters()) == ["ada", "ben", "cle"]


@contextmanager
def jobs_in_the_database() -> Iterator[None]:
    """Jobs are rows, in the transaction of what defers them, as in production."""
    ProcrastinateJob.objects.all()._raw_delete("default")
    try:
        with app.replace_connector(DjangoConnector(alias="default")):
            yield
    finally:
        ProcrastinateJob.objects.all()._raw_delete("default")


def queued() -> list[str]:
    """To whom letters wait in the queue."""
    return sorted(job.args["message"]["to"][0] for job in ProcrastinateJob.objects.filter(queue_name="mail"))


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_job_that_dies_half_way_sends_the_rest_when_it_runs_again(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    names = [f"{name}@elsewhere.example" for name in ("ada", "ben", "cleo")]
    for email in names:
        a_subscription(email=email)
    announce()
    tell = writing.tell_news

    def dies_at_ben(email: str, *rest: Any) -> None:
        if email == names[1] and when == "before":
            raise SystemExit
        tell(email, *rest)
        if email == names[1]:
            raise SystemExit

    with jobs_in_the_database():
        monkeypatch.setattr(writing, "tell_news", dies_at_ben)
        with pytest.raises(SystemExit):
            send_news(0)
        assert queued() == names[:1]
        monkeypatch.setattr(writing, "tell_news", tell)
        send_news(0)
        assert queued() == names
        send_news(0)
        assert queued() == names


def in_threads(act: Callable[[], Any], number: int) -> list[Any]:
    """Run `act` at once in several threads, each with its own connection to the database; what each returned."""
    gate, results = threading.Barrier(number), []

    def run() -> None:
        try:
            with clock.held_at(LATER):
                gate.wait(timeout=10)
                results.append(act())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(results) == number
    return results


def test_two_workers_at_once_send_one_letter_to_each(transactional_db: None, jobs: Jobs) -> None:
    names = sorted(f"reader-{number}@elsewhere.example" for number in range(25))
    for email in names:
        a_subscription(email=email)
        a_subscription(email=email, key="two")
    for number in range(3):
        announce(f"News {number}", "one", "two")
    with jobs_in_the_database():
        in_threads(lambda: send_news(0), 2)
        assert queued() == names
        subjects = {job.args["message"]["subject"] for job in ProcrastinateJob.objects.all()}
        assert subjects == {"3 changes to toys you follow"}
    assert Delivery.objects.filter(queued_at__isnull=False).count() == 75


def test_a_worker_waits_for_one_that_writes_to_the_same_address(transactional_db: None, jobs: Jobs) -> None:
    a_subscription()
    announce()
    digests.gather()
    results: list[int] = []
    begun = threading.Event()

    def other() -> None:
        begun.set()
        results.append(digests.send_due())
        connection.close()

    thread = threading.Thread(target=other)
    with transaction.atomic():
        held = list(Delivery.objects.select_for_update())
        thread.start()
        assert begun.wait(10)
        thread.join(timeout=0.3)
        assert thread.is_alive(), "the other worker did not wait"
        Delivery.objects.filter(pk__in=[each.pk for each in held]).update(queued_at=NOW)
    thread.join(timeout=10)
    assert results == [0]
    assert jobs.waiting == []


def test_news_that_another_worker_is_gathering_is_left_to_it(transactional_db: None) -> None:
    a_subscription()
    announce()
    with transaction.atomic():
        assert digests.gather() == 1
        assert in_threads(digests.gather, 1) == [0]
    assert digests.gather() == 0
    assert Delivery.objects.count() == 1


def test_two_people_who_ask_at_once_make_one_subscription(transactional_db: None, jobs: Jobs) -> None:
    in_threads(lambda: services.ask(email="reader@elsewhere.example", kind="toy", key="one"), 4)
    assert Subscription.objects.count() == 1
    assert len(jobs.named("send_email")) == 4
