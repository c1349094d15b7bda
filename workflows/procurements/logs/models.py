"""Entries of the logs. Each is numbered within its procurement, never deleted, and changed with a reason that stays."""

from __future__ import annotations

from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models

from toolkit.core import clock
from workflows.procurements.models.procurement import Procurement


class Entry(models.Model):
    """What every log's entry has. A change leaves what stood there before in the history that the database keeps."""

    procurement = models.ForeignKey(Procurement, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(editable=False)
    version = models.PositiveIntegerField(default=1, editable=False, help_text="Counts its changes.")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now, editable=False)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True, editable=False)
    change_reason = models.CharField(max_length=500, blank=True)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_because = models.CharField(max_length=500, blank=True)
    form_key = models.UUIDField(
        null=True,
        unique=True,
        editable=False,
        help_text="Of the form that wrote it: sent twice, it stands once.",
    )

    FILLED: ClassVar[tuple[str, ...]] = ()
    """The fields that people fill in."""

    class Meta:
        abstract = True
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["procurement", "number"], name="%(class)s_is_numbered"),
        ]
        triggers = [pgtrigger.Protect(name="log_entries_stay", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.number} of {self.procurement}"

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None


class Part(models.TextChoices):
    """What somebody has to do with a procurement."""

    TEAM = "team", "On the team"
    EVALUATOR = "evaluator", "Evaluates tenders"
    ADVISER = "adviser", "Adviser or consultant from outside"
    DECIDES = "decides", "Takes or endorses decisions"
    MEMBER = "member", "Councillor or mayor"
    OTHER = "other", "Influences it in another way"


class Declared(models.TextChoices):
    NOT_YET = "not-yet", "Not yet"
    NOTHING = "nothing", "Nothing to declare"
    INTEREST = "interest", "An interest"


class Nature(models.TextChoices):
    ACTUAL = "actual", "An actual conflict"
    POTENTIAL = "potential", "A potential conflict"
    PERCEIVED = "perceived", "It could be seen as a conflict, and is none"
    NONE = "none", "No conflict"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent())
class Conflict(Entry):
    """One person who acts in a procurement or can influence it, what they declared, and what is done about it."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="With an account.",
    )
    name = models.CharField(max_length=160, blank=True, help_text="Of somebody without an account.")
    part = models.CharField(max_length=10, choices=Part)
    declared = models.CharField(max_length=10, choices=Declared, default=Declared.NOT_YET)
    declared_on = models.DateField(null=True, blank=True)
    interest = models.TextField(blank=True)
    nature = models.CharField(max_length=10, choices=Nature, blank=True)
    assessment = models.TextField(blank=True)
    mitigation = models.TextField(blank=True)
    review_on = models.DateField(null=True, blank=True)

    FILLED = (
        "name", "part", "declared", "declared_on", "interest", "nature", "assessment", "mitigation", "review_on",
    )  # fmt: skip

    class Meta(Entry.Meta):
        verbose_name = "declaration"
        constraints = [
            *Entry.Meta.constraints,
            models.UniqueConstraint(
                fields=["procurement", "person"],
                condition=models.Q(person__isnull=False),
                name="one_declaration_for_each_person",
            ),
        ]

    @property
    def who(self) -> str:
        return str(self.person) if self.person is not None else self.name

    @property
    def lacks_assessment(self) -> bool:
        """An interest about which nobody has yet said what it means."""
        return self.declared == Declared.INTEREST and (not self.nature or not self.assessment)


class ConflictsConfirmation(models.Model):
    """Somebody looked at the conflicts log before a notice, and said that it is up to date or that there is nothing
    (Procurement Act 2023, section 83). Never changed, never deleted."""

    procurement = models.ForeignKey(Procurement, models.PROTECT, related_name="conflicts_confirmations")
    task = models.CharField(max_length=80)
    is_nothing = models.BooleanField(default=False, help_text="There is nothing to declare, in words.")
    words = models.TextField(blank=True)
    declared = models.PositiveIntegerField(help_text="How many people had declared.")
    awaited = models.PositiveIntegerField(help_text="How many had not.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "confirmation of the conflicts log"
        verbose_name_plural = "confirmations of the conflicts log"
        triggers = [
            pgtrigger.Protect(
                name="confirmation_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.procurement}: conflicts confirmed for {self.task}"


class How(models.TextChoices):
    MEETING = "meeting", "A meeting"
    EVENT = "event", "An event for several suppliers"
    CALL = "call", "A telephone or video call"
    WRITTEN = "written", "In writing"
    VISIT = "visit", "A visit"
    TRIAL = "trial", "A demonstration or a trial"


class Told(models.TextChoices):
    NOTHING = "nothing", "Nothing that is not public"
    EVERYBODY = "everybody", "Yes, and it was shared with every supplier"
    NOT_YET = "not-yet", "Yes, and not every supplier has it yet"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent())
class Engagement(Entry):
    """One contact with the market: who, when, how, what they were told, and whether all others were told it too."""

    held_on = models.DateField()
    how = models.CharField(max_length=10, choices=How)
    suppliers = models.TextField()
    ours = models.CharField(max_length=300, blank=True)
    about = models.TextField()
    told = models.CharField(max_length=10, choices=Told)
    what_told = models.TextField(blank=True)
    shared_on = models.DateField(null=True, blank=True)
    shared_where = models.CharField(max_length=300, blank=True)

    FILLED = (
        "held_on", "how", "suppliers", "ours", "about", "told", "what_told", "shared_on", "shared_where",
    )  # fmt: skip

    class Meta(Entry.Meta):
        verbose_name = "engagement"

    @property
    def is_unfair(self) -> bool:
        """Somebody has had what nobody else has had: an unfair advantage to be dealt with (section 16)."""
        return self.told == Told.NOT_YET and not self.is_closed


class Effect(models.TextChoices):
    NONE = "none", "Nothing"
    LONGER = "longer", "The deadline was moved"
    CHANGED = "changed", "The documents were changed, and the deadline stands"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent())
class Clarification(Entry):
    """A supplier's question. Who asked, and in which words, is for the team alone, always; what was published is told."""

    asker = models.CharField(max_length=200, blank=True)
    question = models.TextField()
    asked_on = models.DateField()
    published_question = models.TextField(blank=True)
    published_answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    effect = models.CharField(max_length=10, choices=Effect, default=Effect.NONE)
    new_deadline_on = models.DateField(null=True, blank=True)

    FILLED = (
        "asker", "question", "asked_on", "published_question", "published_answer", "answered_on", "published_on", "effect",
        "new_deadline_on",
    )  # fmt: skip

    class Meta(Entry.Meta):
        verbose_name = "clarification"

    @property
    def is_published(self) -> bool:
        return self.published_on is not None


class Likelihood(models.TextChoices):
    UNLIKELY = "unlikely", "Unlikely"
    POSSIBLE = "possible", "Possible"
    LIKELY = "likely", "Likely"
    CERTAIN = "certain", "Almost certain"


class Impact(models.TextChoices):
    MINOR = "minor", "Minor: the plan absorbs it"
    MODERATE = "moderate", "Moderate: some cost or delay"
    SERIOUS = "serious", "Serious: the service suffers"
    SEVERE = "severe", "Severe: the service fails, or the law is broken"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent())
class Risk(Entry):
    """What may go wrong, why, what it would do, and who does what about it. As closed as the organisation's intent."""

    cause = models.TextField()
    event = models.TextField()
    consequence = models.TextField()
    likelihood = models.CharField(max_length=10, choices=Likelihood)
    impact = models.CharField(max_length=10, choices=Impact)
    owner = models.CharField(max_length=160)
    action = models.TextField()
    review_on = models.DateField(null=True, blank=True)

    FILLED = (
        "cause", "event", "consequence", "likelihood", "impact", "owner", "action", "review_on",
    )  # fmt: skip

    class Meta(Entry.Meta):
        verbose_name = "risk"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent())
class LoggedDecision(Entry):
    """A material decision taken on the way that is no formal decision of the council, with its reasons (section 98)."""

    decided_on = models.DateField()
    what = models.TextField()
    reasons = models.TextField()
    rejected = models.TextField(blank=True)
    decided_by = models.CharField(max_length=160)
    in_confidence = models.BooleanField(
        default=False, help_text="About bidders or their tenders, or written while bids were in confidence."
    )

    FILLED = ("decided_on", "what", "reasons", "rejected", "decided_by", "in_confidence")

    class Meta(Entry.Meta):
        verbose_name = "decision in the log"
        verbose_name_plural = "decisions in the log"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent())
class Opening(Entry):
    """What the e-tendering system released: when, by whom, how many, which lots, which late. Never a file of a tender."""

    released_at = models.DateTimeField()
    released_by = models.CharField(max_length=160)
    witnessed_by = models.CharField(max_length=160, blank=True)
    system_reference = models.CharField(max_length=120, blank=True)
    received = models.PositiveIntegerField()
    late = models.PositiveIntegerField(default=0)
    late_why = models.TextField(blank=True)
    lots = models.TextField(blank=True)
    bidders = models.TextField(blank=True)

    FILLED = (
        "released_at", "released_by", "witnessed_by", "system_reference", "received", "late", "late_why", "lots", "bidders",
    )  # fmt: skip

    class Meta(Entry.Meta):
        verbose_name = "opening"
