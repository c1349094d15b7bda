"""What a change of an organisation's own rules does to one live procurement, as it was worked out (workflows.rules)."""

from __future__ import annotations

from django.db import models

from workflows.procurements.models.procurement import Procurement
from workflows.rules.models import Weighing


class TouchedProcurement(models.Model):
    """One procurement that the rules touch: which steps come, which go and why, whose approval is another, and what else its
    pages say differently."""

    weighing = models.ForeignKey(Weighing, models.CASCADE, related_name="touched_procurements")
    procurement = models.ForeignKey(Procurement, models.CASCADE, related_name="touched_by_rules")
    added = models.JSONField(default=list, help_text="Titles of the steps that come.")
    dropped = models.JSONField(default=list, help_text="(title, why) of the steps that are needed no more.")
    approvals = models.JSONField(default=list, help_text="(step, before, after) in words.")
    figures = models.JSONField(
        default=list, help_text="(what, before, after) in words: days, numbers, people, notes."
    )

    moves_stage = models.BooleanField(
        default=False, help_text="It stands in another stage under the new rules."
    )

    class Meta:
        ordering = ["procurement__reference"]
        constraints = [
            models.UniqueConstraint(fields=["weighing", "procurement"], name="touched_once_in_a_weighing")
        ]

    def __str__(self) -> str:
        return f"{self.procurement}: {self.weighing}"
