"""Publishing and withdrawing at a set time: one item, or a set that goes out together."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from guidance.editorial.models.revisions import Revision
from toolkit.core import clock


class Release(models.Model):
    """What happens at one moment, all of it or none of it."""

    name = models.CharField(max_length=120, help_text="Such as “Thresholds of January 2028”.")
    goes_out_at = models.DateTimeField("when")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    done_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    problem = models.TextField(
        blank=True, editable=False, help_text="Why it could not go out; set a new time to try again."
    )

    class Meta:
        ordering = ["-goes_out_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_waiting(self) -> bool:
        """Still to go out."""
        return self.done_at is None and self.cancelled_at is None


class Action(models.TextChoices):
    PUBLISH = "publish", "Publish"
    WITHDRAW = "withdraw", "Withdraw"


class ReleaseStep(models.Model):
    """One item of a release: an approved revision to publish, or an item to withdraw."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="steps")
    action = models.CharField(max_length=10, choices=Action)
    kind = models.CharField(max_length=20)
    item_id = models.PositiveBigIntegerField()
    title = models.CharField(max_length=200)
    revision = models.ForeignKey(
        Revision, models.PROTECT, null=True, blank=True, related_name="release_steps"
    )
    reason = models.CharField(max_length=400, blank=True)
    read_instead = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["release", "kind", "item_id"], name="item_once_in_a_release"),
            models.CheckConstraint(
                condition=models.Q(action=Action.PUBLISH, revision__isnull=False)
                | models.Q(action=Action.WITHDRAW, revision__isnull=True) & ~models.Q(reason=""),
                name="release_step_is_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.title}"
