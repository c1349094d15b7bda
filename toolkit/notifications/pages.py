"""What the templates need, as values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from toolkit.accounts.models import Person
from toolkit.notifications import topics
from toolkit.notifications.letters import title_of
from toolkit.notifications.models import Subscription
from toolkit.notifications.selectors import followed_by, proved_addresses
from toolkit.notifications.topics import Described


@dataclass(frozen=True, slots=True)
class FollowPage:
    """Asking for e-mails about `topic`. `address` is the one that is proved, empty when the form asks for one."""

    topic: Described
    address: str
    is_followed: bool


@dataclass(frozen=True, slots=True)
class FollowedLine:
    """One thing that an address gets e-mails about. `url` is empty when it is no longer there."""

    title: str
    url: str
    email: str
    end_url: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """What one address, or all addresses of a person, get. `end_all_url` is empty where there is nothing to end."""

    addresses: Sequence[str]
    lines: Sequence[FollowedLine]
    end_all_url: str


@dataclass(frozen=True, slots=True)
class EndPage:
    """Ending one subscription, or everything that an address gets (`titles` has several, or none)."""

    titles: Sequence[str]
    email: str
    is_all: bool
    is_ended: bool
    list_url: str


def follow_page(topic: Described, kind: str, key: str, person: Person | None) -> FollowPage:
    addresses = proved_addresses(person) if person is not None else []
    is_followed = any(
        (subscription.kind, subscription.key) == (kind, key) for subscription in followed_by(addresses)
    )
    return FollowPage(topic, addresses[0] if addresses else "", is_followed)


def _lines(subscriptions: Iterable[Subscription]) -> list[FollowedLine]:
    lines = []
    for subscription in subscriptions:
        described = topics.described(subscription.kind, subscription.key)
        lines.append(
            FollowedLine(
                described.title if described else topics.GONE,
                described.url if described else "",
                subscription.email,
                reverse("subscription_end", args=[subscription.secret]),
            )
        )
    return lines


def list_page(subscription: Subscription) -> ListPage:
    """Everything that the address of this subscription gets."""
    followed = followed_by([subscription.email])
    end_all = reverse("subscription_end_all", args=[subscription.secret]) if len(followed) > 1 else ""
    return ListPage([subscription.email], _lines(followed), end_all)


def own_page(person: Person) -> ListPage:
    """Everything that a person gets, at any address they have proved."""
    addresses = proved_addresses(person)
    return ListPage(addresses, _lines(followed_by(addresses)), "")


def end_page(subscription: Subscription, *, everything: bool) -> EndPage:
    followed = followed_by([subscription.email]) if everything else [subscription]
    return EndPage(
        titles=[title_of(each) for each in followed],
        email=subscription.email,
        is_all=everything,
        is_ended=not followed if everything else subscription.ended_at is not None,
        list_url=reverse("subscriptions_of", args=[subscription.secret]),
    )
