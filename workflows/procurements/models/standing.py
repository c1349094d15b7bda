"""Where a started procurement stands, written down when it changes so that lists need no fold.

The truth is the run's events (workflows.journeys.progress); these rows say what folding them gave, and until which day
that holds with nothing happening. Whoever reads a row that holds no longer folds again. `rebuild_standings` changes
nothing (tested).
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from toolkit.core.stages import Stage
from workflows.journeys.progress import Status
from workflows.procurements.models.procurement import Procurement


class Standing(models.Model):
    """One procurement as a whole."""

    procurement = models.OneToOneField(Procurement, models.CASCADE, primary_key=True, related_name="standing")
    stage = models.CharField(max_length=10, choices=[(stage.value, stage.label) for stage in Stage])
    done = models.PositiveSmallIntegerField()
    required = models.PositiveSmallIntegerField()
    good_until = models.DateField(
        null=True, help_text="The last day on which this holds with nothing happening; empty: for good."
    )

    slips_from = ArrayField(
        models.DateField(),
        default=list,
        help_text="The days from which its plan has another slip with no reason; some lie ahead.",
    )

    class Meta:
        indexes = [models.Index(fields=["good_until"], name="standing_good_until")]

    def __str__(self) -> str:
        return f"{self.procurement_id}: {self.done} of {self.required}"


class OpenStep(models.Model):
    """One step that is still open, and by when. `place` is its place in the route."""

    procurement = models.ForeignKey(Procurement, models.CASCADE, related_name="open_steps")
    task = models.CharField(max_length=80)
    place = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    stage = models.CharField(max_length=10, choices=[(stage.value, stage.label) for stage in Stage])
    status = models.CharField(max_length=20, choices=[(status.value, status.label) for status in Status])
    because = models.TextField(blank=True)
    is_optional = models.BooleanField()
    due_on = models.DateField(null=True)
    basis = models.CharField(
        max_length=10, blank=True, help_text="Of the day: law, practice, plan or notice."
    )
    rule = models.TextField(blank=True)
    source = models.TextField(blank=True)
    caution = models.TextField(blank=True)
    is_confirmed = models.BooleanField(default=True)

    class Meta:
        ordering = ["procurement", "place"]
        constraints = [models.UniqueConstraint(fields=["procurement", "task"], name="open_step_once")]
        indexes = [
            models.Index(fields=["due_on"], condition=models.Q(due_on__isnull=False), name="open_step_due")
        ]

    def __str__(self) -> str:
        return f"{self.procurement_id}: {self.task}"


class StageSpell(models.Model):
    """The time one procurement spent, or spends, in one stage. Coming back to a stage is another spell."""

    procurement = models.ForeignKey(Procurement, models.CASCADE, related_name="stage_spells")
    stage = models.CharField(max_length=10, choices=[(stage.value, stage.label) for stage in Stage])
    from_on = models.DateField(
        null=True, help_text="Empty: it stood in the stage before this was written down."
    )
    to_on = models.DateField(null=True, help_text="Empty: it stands there now.")

    class Meta:
        ordering = ["procurement", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["procurement"], condition=models.Q(to_on=None), name="one_stage_at_a_time"
            )
        ]
        indexes = [models.Index(fields=["stage", "to_on"], name="spell_of_stage")]

    def __str__(self) -> str:
        return f"{self.procurement_id}: {self.get_stage_display()}"
