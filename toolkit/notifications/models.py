"""Who wants to hear of what, what there is to tell, and what has been told to whom: subscriptions of an address to what
everybody may read, and alerts for one person about their work.

None of it keeps a history: an address is gone when its row is.
"""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models.functions import Lower

from toolkit.accounts.models import Person
from toolkit.core import clock
from toolkit.notifications.kinds import LONGEST_SLUG, LONGEST_SUBJECT, How
from toolkit.notifications.querysets import AlertQuerySet, SubscriptionQuerySet
from toolkit.notifications.topics import LONGEST_KEY, LONGEST_KIND

ACTIVE = models.Q(confirmed_at__isnull=False, ended_at=None)


def new_secret() -> str:
    """Stands in the links of letters, and outlives a change of the service's own signing key. 22 characters, so that
    the header that names the link stays on one line."""
    return secrets.token_urlsafe(16)


class Subscription(models.Model):
    """An address that wants to hear of one topic, once it has been confirmed. Nothing else is kept of whose it is."""

    email = models.EmailField("e-mail address")
    kind = models.CharField("kind of topic", max_length=LONGEST_KIND)
    key = models.CharField("topic", max_length=LONGEST_KEY)
    asked_at = models.DateTimeField(default=clock.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    secret = models.CharField(max_length=40, unique=True, default=new_secret, editable=False)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        ordering = ["email", "kind", "key"]
        constraints = [
            models.UniqueConstraint(fields=["email", "kind", "key"], name="subscription_once"),
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="subscription_email_lower_case"
            ),
        ]
        indexes = [models.Index(fields=["kind", "key"], condition=ACTIVE, name="subscription_of_topic")]

    def __str__(self) -> str:
        return f"{self.email} to {self.kind}:{self.key}"

    @property
    def is_active(self) -> bool:
        return self.confirmed_at is not None and self.ended_at is None


class News(models.Model):
    """Something that happened, to be told to whoever follows one of its topics."""

    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    url = models.CharField("address", max_length=400, help_text="From the root: “/guidance/plan/”.")
    announced_at = models.DateTimeField(default=clock.now)
    announced_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    gathered_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was worked out who is to be told. Empty: still to come."
    )

    class Meta:
        verbose_name_plural = "news"
        ordering = ["-announced_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class NewsTopic(models.Model):
    """One of the topics that a piece of news is about."""

    news = models.ForeignKey(News, models.CASCADE, related_name="topics")
    kind = models.CharField("kind of topic", max_length=LONGEST_KIND)
    key = models.CharField("topic", max_length=LONGEST_KEY)

    class Meta:
        ordering = ["kind", "key"]
        constraints = [
            models.UniqueConstraint(fields=["news", "kind", "key"], name="topic_of_news_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


class Delivery(models.Model):
    """One piece of news for one address: due until `queued_at` says that its letter has been handed over to be sent.

    It goes with its subscription, so that no address stays behind.
    """

    news = models.ForeignKey(News, models.CASCADE, related_name="deliveries")
    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="deliveries")
    email = models.EmailField("e-mail address")
    queued_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["news", "email"], name="told_once"),
        ]
        indexes = [
            models.Index(fields=["email"], condition=models.Q(queued_at=None), name="deliveries_due"),
        ]

    def __str__(self) -> str:
        return f"{self.news} → {self.email}"


class Preference(models.Model):
    """How one person is told of one kind of event, where they have chosen."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField("kind of event", max_length=LONGEST_SLUG)
    how = models.CharField("how they are told", max_length=5, choices=How)

    class Meta:
        ordering = ["person", "kind"]
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="one_preference_for_a_kind")]

    def __str__(self) -> str:
        return f"{self.person}: {self.kind}, {self.how}"


class Alert(models.Model):
    """One event for one person. It names what it is about by a reference alone: no title, no supplier, not what a step is.

    Kept for 30 days (`services.forget`).
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="alerts")
    kind = models.CharField("kind of event", max_length=LONGEST_SLUG)
    subject = models.CharField("what it is about", max_length=LONGEST_SUBJECT, blank=True)
    heading = models.CharField(max_length=120, help_text="The subject of its letter.")
    sentence = models.CharField(max_length=300)
    path = models.CharField("address", max_length=300, help_text="From the root.")
    how = models.CharField("how they are told", max_length=5, choices=How)
    once = models.CharField(
        max_length=40, blank=True, help_text="Whatever bears the same words is told to a person once."
    )
    made_at = models.DateTimeField(default=clock.now)
    told_at = models.DateTimeField(null=True, blank=True, help_text="When its letter was handed over.")
    read_at = models.DateTimeField(null=True, blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "once"], condition=~models.Q(once=""), name="alert_once"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-made_at"], name="alerts_of_a_person"),
            models.Index(
                fields=["person"],
                condition=models.Q(told_at=None, how=How.DAILY),
                name="alerts_for_the_next_letter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.heading} → {self.person}"
