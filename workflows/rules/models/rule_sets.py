"""An organisation's rules, set by set: drafted, published from a day on, and then never changed."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models

from toolkit.accounts.models import Organisation
from toolkit.core import clock


class RuleSetStatus(models.TextChoices):
    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class RuleSet(models.Model):
    """The rules that an organisation works by from one day on. Of those that have begun, the one that began last is in
    force; of two that begin on one day, the one with the higher number."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="rule_sets")
    number = models.PositiveIntegerField(null=True, blank=True, help_text="Given when it is published.")
    status = models.CharField(max_length=10, choices=RuleSetStatus, default=RuleSetStatus.DRAFT)
    applies_from = models.DateField(null=True, blank=True)
    content = models.JSONField(default=dict, help_text="Read by workflows.rules.content, strictly.")
    note = models.CharField("what changed", max_length=300, blank=True)
    lock_version = models.PositiveIntegerField(
        "times changed", default=0, help_text="So that nothing is published but what was looked at."
    )
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=clock.now, editable=False)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    edited_at = models.DateTimeField(default=clock.now, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["organisation", "-applies_from", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="rule_set_number_once"),
            models.UniqueConstraint(
                fields=["organisation"], condition=models.Q(status="draft"), name="one_draft_of_rules"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    status="draft",
                    number=None,
                    applies_from=None,
                    published_at=None,
                    published_by=None,
                )
                | models.Q(
                    status="published",
                    number__isnull=False,
                    applies_from__isnull=False,
                    published_at__isnull=False,
                    published_by__isnull=False,
                ),
                name="published_rules_say_from_when",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="published_rules_stay",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__status="published"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.name}"

    @property
    def name(self) -> str:
        """What to call it on a page."""
        return f"rules {self.number}" if self.number is not None else "draft of rules"


class WeighingState(models.TextChoices):
    ASKED = "asked", "Being worked out"
    DONE = "done", "Worked out"


class KeptSubject(models.TextChoices):
    MEETINGS = "meetings", "Committee dates"
    CLOSED_DAYS = "closed-days", "Closed days"
    CONTACTS = "contacts", "Whom to ask"
    PEOPLE = "people", "People listed"
    STAND_INS = "stand-ins", "Who stands in"


class KeptChange(models.Model):
    """A change of what is kept beside the rule sets: what came and what went, so that it can be held against what is there."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="kept_changes")
    subject = models.CharField(max_length=12, choices=KeptSubject)
    did = models.CharField("what was done", max_length=300)
    came = models.JSONField(default=list, blank=True, help_text="Read by workflows.rules.kept.")
    went = models.JSONField(default=list, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.did}"


class Weighing(models.Model):
    """What a change does to live procurements, worked out once: of a draft as it stood, of what was published, or of a change
    beside the rule sets. The rows belong to whoever answers (workflows.procurements)."""

    rule_set = models.ForeignKey(RuleSet, models.CASCADE, null=True, blank=True, related_name="weighings")
    kept = models.OneToOneField(
        KeptChange, models.CASCADE, null=True, blank=True, related_name="weighing", verbose_name="kept change"
    )
    lock_version = models.PositiveIntegerField(default=0, help_text="Of the rule set when it was asked.")
    state = models.CharField(max_length=10, choices=WeighingState, default=WeighingState.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    done_at = models.DateTimeField(null=True, blank=True)
    looked_at = models.PositiveIntegerField("procurements looked at", default=0)
    touched = models.PositiveIntegerField("of them touched", default=0)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(fields=["rule_set", "lock_version"], name="weighed_once_as_it_stands"),
            models.CheckConstraint(
                condition=models.Q(rule_set=None) ^ models.Q(kept=None), name="weighs_one_change"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.change}: {self.get_state_display().lower()}"

    @property
    def change(self) -> RuleSet | KeptChange:
        """What is weighed."""
        found = self.rule_set or self.kept
        assert found is not None  # weighs_one_change
        return found

    @property
    def is_done(self) -> bool:
        return self.state == WeighingState.DONE
