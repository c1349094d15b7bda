"""Verbs: following, confirming and ending; announcing; telling people of their work; forgetting. One transaction each;
e-mail leaves after commit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from procrastinate.contrib.django import app

from toolkit.accounts.models import Person
from toolkit.core import clock
from toolkit.core.errors import Refused
from toolkit.notifications import kinds, letters, topics
from toolkit.notifications.kinds import How
from toolkit.notifications.models import Alert, News, NewsTopic, Preference, Subscription
from toolkit.notifications.selectors import proved_addresses

UNCONFIRMED_KEPT = dt.timedelta(days=7)
ENDED_KEPT = dt.timedelta(days=30)
NEWS_KEPT = dt.timedelta(days=90)
ALERTS_KEPT = dt.timedelta(days=30)
TELL = "toolkit.notifications.tasks.tell"
"""The job that writes the letter of one alert."""


def _locked(email: str, kind: str, key: str) -> Subscription:
    """The one subscription of this address to this topic, made when there is none, for this transaction to change."""
    topics.check(kind, key)
    found, _ = Subscription.objects.select_for_update().get_or_create(
        email=email.strip().lower(), kind=kind, key=key
    )
    return found


@transaction.atomic
def ask(*, email: str, kind: str, key: str) -> None:
    """Write to an address that nobody has proved yet, with a link to confirm; who gets the letters already is told so
    instead. Whoever asks learns nothing of either. Raises ValueError for what is no topic."""
    subscription = _locked(email, kind, key)
    if subscription.is_active:
        letters.tell_followed_already(subscription)
        return
    subscription.asked_at, subscription.confirmed_at, subscription.ended_at = clock.now(), None, None
    subscription.save()
    letters.ask_to_confirm(subscription)


@transaction.atomic
def follow(*, actor: Person, kind: str, key: str) -> Subscription:
    """Follow a topic with the main address one has proved: at once, and without a letter. Twice is a no-op.

    Raises Refused while the person has proved no address, and ValueError for what is no topic.
    """
    addresses = proved_addresses(actor)
    if not addresses:
        raise Refused("Confirm your e-mail address before you ask for e-mails")
    subscription = _locked(addresses[0], kind, key)
    if not subscription.is_active:
        subscription.asked_at = subscription.confirmed_at = clock.now()
        subscription.ended_at = None
        subscription.save()
    return subscription


@transaction.atomic
def confirm(*, subscription: Subscription) -> None:
    """Take up what was asked for, by whoever holds the link. Twice is a no-op; what has ended stays ended."""
    Subscription.objects.filter(pk=subscription.pk, confirmed_at=None, ended_at=None).update(
        confirmed_at=clock.now()
    )


@transaction.atomic
def end(*, subscription: Subscription) -> None:
    """No more letters about this topic. Twice is a no-op."""
    Subscription.objects.filter(pk=subscription.pk, ended_at=None).update(ended_at=clock.now())


@transaction.atomic
def end_all(*, email: str) -> None:
    """No more letters to this address. Twice is a no-op."""
    Subscription.objects.filter(email=email, ended_at=None).update(ended_at=clock.now())


@transaction.atomic
def announce(
    *, topics: Sequence[tuple[str, str]], title: str, text: str, url: str, actor: Person | None = None
) -> News:
    """Write down something that happened, in the caller's transaction; whoever follows one of `topics` (kind, key) gets
    it with their next letter. `text` is plain; `url` is an address of this service, from the root.

    Everybody who follows is told, whoever they are: announce only what everybody may read. Raises ValueError for no
    topics, for a kind nobody registered, and for an address elsewhere.
    """
    about = _checked(topics)
    if not url.startswith("/") or url.startswith("//"):
        raise ValueError(f"“{url}” is not an address of this service")
    news = News.objects.create(
        title=" ".join(title.split())[:200], text=text.strip(), url=url, announced_by=actor
    )
    NewsTopic.objects.bulk_create(NewsTopic(news=news, kind=kind, key=key) for kind, key in about)
    return news


def _checked(given: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Each topic once, in the order given."""
    about = list(dict.fromkeys(given))
    if not about:
        raise ValueError("News is about at least one topic")
    for kind, key in about:
        topics.check(kind, key)
    return about


@transaction.atomic
def forget() -> None:
    """Delete what the privacy page says is deleted: requests nobody confirmed, subscriptions that ended, old news."""
    now = clock.now()
    Subscription.objects.unconfirmed_since(now - UNCONFIRMED_KEPT).delete()
    Subscription.objects.ended_before(now - ENDED_KEPT).delete()
    News.objects.filter(announced_at__lt=now - NEWS_KEPT).delete()
    Alert.objects.filter(made_at__lt=now - ALERTS_KEPT).delete()


@transaction.atomic
def notify(
    *,
    people: Iterable[Person],
    kind: str,
    subject: str,
    heading: str,
    sentence: str,
    path: str,
    actor: Person | None = None,
    once: str = "",
) -> int:
    """Tell people of an event of their work, in the caller's transaction; how many were told. Never the actor, nor anybody
    twice. Each chooses how (`Preference`): at once, by a letter that leaves after commit; with the next daily letter; or not
    by letter. Whether they may know of it is asked when the letter is written.

    `subject` is `procurement:PR-7K2D`, empty for what is about nothing but them. `heading` and `sentence` name it by its
    reference alone. `once`: the same words are told to a person once. Raises ValueError for an address elsewhere, KeyError
    for a kind nobody registered.
    """
    default = kinds.get(kind).default
    kinds.check_subject(subject)
    if not path.startswith("/") or path.startswith("//"):
        raise ValueError(f"“{path}” is not an address of this service")
    told = {person.pk: person for person in people if person != actor}
    if not told:
        return 0
    chosen = dict(Preference.objects.filter(person__in=told, kind=kind).values_list("person", "how"))
    alerts = Alert.objects.bulk_create(
        [
            Alert(
                person=person, kind=kind, subject=subject, heading=heading[:120], sentence=sentence[:300], path=path,
                how=chosen.get(key, default), once=once,
            )
            for key, person in told.items()
        ],
        ignore_conflicts=bool(once),
    )  # fmt: skip
    if once:  # some may have been there: then they have no keys here
        alerts = list(Alert.objects.filter(person__in=told, once=once, told_at=None))
    for alert in alerts:
        if alert.how == How.NOW:  # asked for twice, the job writes one letter
            app.configure_task(TELL, queue="notifications").defer(alert=alert.pk)
    return len(alerts)


@transaction.atomic
def choose(*, actor: Person, how: Mapping[str, str]) -> None:
    """Keep how somebody wants to be told, by kind. Raises KeyError for a kind nobody registered, ValueError for another way."""
    rows = [Preference(person=actor, kind=kinds.get(kind).slug, how=How(way)) for kind, way in how.items()]
    Preference.objects.bulk_create(
        rows, update_conflicts=True, update_fields=["how"], unique_fields=["person", "kind"]
    )


@transaction.atomic
def mark_read(*, actor: Person, subject: str = "") -> None:
    """Mark as read what came to somebody: everything, or what is about one thing. Twice is a no-op."""
    unread = Alert.objects.filter(person=actor, read_at=None)
    if subject:
        unread = unread.filter(subject=subject)
    unread.update(read_at=clock.now())
