"""Questions: whose link is this, what does an address get, which addresses has a person proved; what came to a person."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable

from allauth.account.models import EmailAddress
from django.core import signing

from toolkit.accounts.models import Person
from toolkit.accounts.visibility import Reader
from toolkit.core import clock
from toolkit.notifications import kinds
from toolkit.notifications.models import Alert, Preference, Subscription

CONFIRM_SALT = "notifications.confirm"
CONFIRM_LASTS = dt.timedelta(days=3)
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,40}")


def confirm_token(subscription: Subscription) -> str:
    """What the link of a confirmation letter carries; good for CONFIRM_LASTS."""
    return signing.dumps(
        {"subscription": subscription.pk, "asked": int(subscription.asked_at.timestamp())}, salt=CONFIRM_SALT
    )


def asked_with(token: str) -> Subscription | None:
    """The subscription that a confirmation link is for. None when the link was changed, is too old, or has been
    overtaken: the subscription has ended or is gone."""
    try:
        given = signing.loads(token, salt=CONFIRM_SALT)
    except signing.BadSignature:
        return None
    # The age is told by our own clock and not by the signer's.
    if clock.now().timestamp() > given["asked"] + CONFIRM_LASTS.total_seconds():
        return None
    return Subscription.objects.filter(pk=given["subscription"], ended_at=None).first()


def with_secret(token: str) -> Subscription | None:
    """The subscription behind a link of a letter, in whatever state; None when there is none."""
    if not _SECRET.fullmatch(token):
        return None
    return Subscription.objects.filter(secret=token).first()


def followed_by(emails: Iterable[str]) -> list[Subscription]:
    """What these addresses get letters about, in the order in which they were asked for. One query."""
    return list(Subscription.objects.active().filter(email__in=list(emails)).order_by("asked_at", "pk"))


def proved_addresses(person: Person) -> list[str]:
    """The addresses that somebody signed in has confirmed as theirs, the main one first. One query."""
    return [
        email.lower()
        for email in EmailAddress.objects.filter(user=person, verified=True)
        .order_by("-primary", "email")
        .values_list("email", flat=True)
    ]


def unread(
    person: Person, reader: Reader, of_kinds: Collection[str], *, about: Collection[str], most: int
) -> list[Alert]:
    """The newest of these kinds, about these kinds of record, that the person has not read and may know of. One query."""
    found = Alert.objects.visible_to(person, reader, about=about)
    return list(found.filter(read_at=None, kind__in=of_kinds)[:most])


def preferences_of(person: Person) -> dict[str, str]:
    """Kind of event → how they are told, chosen or by default. One query."""
    chosen = dict(Preference.objects.filter(person=person).values_list("kind", "how"))
    return {kind.slug: chosen.get(kind.slug, kind.default.value) for kind in kinds.every()}
