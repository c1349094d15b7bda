"""The e-mails of this app. Plain text; queued in the transaction that causes them. Each says why it came and how to stop,
in words and in the headers that mail programs make a button of (RFC 2369, RFC 8058)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from django.urls import reverse

from toolkit.accounts.models import Person
from toolkit.core.text import count
from toolkit.jobs.letters import address, send
from toolkit.notifications import topics
from toolkit.notifications.models import Alert, News, Subscription
from toolkit.notifications.selectors import confirm_token

LONGEST_TITLE_IN_A_SUBJECT = 100


def _send(to: str, subject: str, stop: str, *paragraphs: str) -> None:
    """`stop` is where to stop this kind of letter; a POST of one click there does it."""
    send(
        to,
        subject,
        *paragraphs,
        headers={
            "List-Unsubscribe": f"<{address(stop)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            # No absence notes in answer (RFC 3834).
            "Auto-Submitted": "auto-generated",
        },
    )


def write_each[To](recipients: Iterable[To], write: Callable[[To], bool]) -> int:
    """Write to each, who may turn out to want nothing; how many letters.

    A letter that cannot be written keeps nobody else from theirs: the errors are raised together at the end.
    """
    sent, problems = 0, []
    for recipient in recipients:
        try:
            sent += write(recipient)
        except Exception as problem:
            problems.append(problem)
    if problems:
        raise ExceptionGroup("Some letters could not be written", problems)
    return sent


def _stop(subscriptions: Sequence[Subscription]) -> str:
    """Where to end what a letter came through: one subscription by itself, several with everything the address gets."""
    name = "subscription_end" if len(subscriptions) == 1 else "subscription_end_all"
    return reverse(name, args=[subscriptions[0].secret])


def title_of(subscription: Subscription) -> str:
    """What a subscription is to."""
    described = topics.described(subscription.kind, subscription.key)
    return described.title if described else topics.GONE


def ask_to_confirm(subscription: Subscription) -> None:
    title = title_of(subscription)
    link = reverse("subscription_confirm", args=[confirm_token(subscription)])
    _send(
        subscription.email,
        f"Confirm that you want e-mails about “{_short(title)}”",
        _stop([subscription]),
        f"Somebody, probably you, asked us to write to {subscription.email} when “{title}” changes.",
        f"To get these e-mails, follow this link and confirm. It works for 3 days:\n{address(link)}",
        "If it was not you, do nothing. Without your confirmation we will not write again, and we delete your address "
        "after 7 days.",
    )


def tell_followed_already(subscription: Subscription) -> None:
    title = title_of(subscription)
    _send(
        subscription.email,
        f"You already get e-mails about “{_short(title)}”",
        _stop([subscription]),
        f"Somebody, probably you, asked us to write to {subscription.email} when “{title}” changes. We do that already: "
        "there is nothing for you to do.",
        f"See and change everything we write to you about:\n{_list(subscription)}",
    )


def tell_news(email: str, news: Sequence[News], reasons: Sequence[Subscription]) -> None:
    """One letter with everything that is new. `reasons` are the subscriptions it comes through."""
    what = topics.words_of(subscription.kind for subscription in reasons)
    if len(news) == 1:
        subject = f"A change to {what} you follow: {_short(news[0].title)}"
    else:
        subject = f"{count(len(news), 'change')} to {what} you follow"
    stop = _stop(reasons)
    followed = "\n".join(f"- {title}" for title in dict.fromkeys(map(title_of, reasons)))
    _send(
        email,
        subject,
        stop,
        *("\n".join(filter(None, [each.title, each.text, address(each.url)])) for each in news),
        f"You get this e-mail because you asked us to write to {email} about:\n{followed}",
        f"Stop {'these e-mails' if len(reasons) == 1 else 'all e-mails from us'}:\n{address(stop)}",
        f"See and change everything we write to you about:\n{_list(reasons[0])}",
    )


def tell_alerts(person: Person, alerts: Sequence[Alert]) -> None:
    """One letter with what happened in somebody's work: nothing in it but references, and where to read on."""
    subject = alerts[0].heading if len(alerts) == 1 else f"{count(len(alerts), 'thing')} new in your work"
    send(
        person.email,
        subject,
        *(f"{alert.sentence}\n{address(alert.path)}" for alert in alerts),
        f"Choose which of these e-mails you get, and when:\n{address(reverse('alert_preferences'))}",
        headers={"Auto-Submitted": "auto-generated"},
    )


def _list(subscription: Subscription) -> str:
    return address(reverse("subscriptions_of", args=[subscription.secret]))


def _short(title: str) -> str:
    title = " ".join(title.split())
    if len(title) <= LONGEST_TITLE_IN_A_SUBJECT:
        return title
    return f"{title[: LONGEST_TITLE_IN_A_SUBJECT - 1].rstrip()}…"
