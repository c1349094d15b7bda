"""Letters with what is new: one for each address, however much has happened.

Two steps, each of which may die and be run again, by several workers at once. `gather` writes down, once for each piece
of news, whom it is for. `send_due` takes one address after another: its letter is queued and its deliveries are marked
in one transaction, so that a delivery is either due or done. The rows say what is left to do; nothing depends on the
job having run to its end.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction

from toolkit.core import clock
from toolkit.notifications import letters
from toolkit.notifications.models import Delivery, News, Subscription

# Set-based, because a page that many follow has many deliveries. Whoever confirmed after the news does not get it.
_GATHER = """
INSERT INTO notifications_delivery (news_id, subscription_id, email)
SELECT DISTINCT ON (news.id, subscription.email) news.id, subscription.id, subscription.email
FROM notifications_news AS news
JOIN notifications_newstopic AS topic ON topic.news_id = news.id
JOIN notifications_subscription AS subscription
  ON subscription.kind = topic.kind AND subscription.key = topic.key
WHERE news.id = ANY(%s)
  AND subscription.confirmed_at <= news.announced_at
  AND subscription.ended_at IS NULL
ORDER BY news.id, subscription.email, subscription.confirmed_at, subscription.id
ON CONFLICT (news_id, email) DO NOTHING
"""


@transaction.atomic
def gather() -> int:
    """Write down for whom the news is that has come since; how many pieces of news there were. What another worker is
    gathering at this moment is left to it."""
    waiting = News.objects.select_for_update(skip_locked=True).filter(gathered_at=None)
    found = list(waiting.values_list("pk", flat=True))
    if found:
        with connection.cursor() as cursor:
            cursor.execute(_GATHER, [found])
        News.objects.filter(pk__in=found).update(gathered_at=clock.now())
    return len(found)


def send_due() -> int:
    """Queue one letter for each address that has something due; how many letters."""
    addresses = (
        Delivery.objects.filter(queued_at=None).order_by("email").values_list("email", flat=True).distinct()
    )
    return letters.write_each(list(addresses), _send_to)


@transaction.atomic
def _send_to(email: str) -> bool:
    """Queue the letter of one address; False when somebody else has just done it, or nothing is wanted any more."""
    # Waits for another worker that is writing to the same address, and then finds its rows done: one letter, not two
    # with half of the news each, as skipping locked rows would give.
    due = list(
        Delivery.objects.select_for_update(of=("self",))
        .filter(email=email, queued_at=None)
        .select_related("news")
        .prefetch_related("news__topics")
        .order_by("pk")
    )
    followed = {
        (subscription.kind, subscription.key): subscription
        for subscription in Subscription.objects.active().filter(email=email)
    }
    wanted: dict[Delivery, Sequence[Subscription]] = {}
    for delivery in due:
        if reasons := _reasons(delivery.news, followed):
            wanted[delivery] = reasons
    # Whoever has ended their subscription in the meantime is not told after all.
    Delivery.objects.filter(pk__in=[each.pk for each in due if each not in wanted]).delete()
    if not wanted:
        return False
    Delivery.objects.filter(pk__in=[each.pk for each in wanted]).update(queued_at=clock.now())
    letters.tell_news(
        email,
        sorted((each.news for each in wanted), key=lambda news: (news.announced_at, news.pk)),
        list(dict.fromkeys(subscription for reasons in wanted.values() for subscription in reasons)),
    )
    return True


def _reasons(news: News, followed: dict[tuple[str, str], Subscription]) -> list[Subscription]:
    """The subscriptions through which an address gets this news."""
    matching = (followed.get((topic.kind, topic.key)) for topic in news.topics.all())
    return [
        subscription
        for subscription in matching
        if subscription and subscription.confirmed_at and subscription.confirmed_at <= news.announced_at
    ]
