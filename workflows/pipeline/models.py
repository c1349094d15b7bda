"""The pipeline: one table for everything that boroughs plan, run or have running, and where it came from.

An Entry has two kinds of columns. *Projected* columns are written only by workflows.pipeline.projection, from the
entry's source and the corrections people made. *Owner* columns are written only by people.
"""

from __future__ import annotations

import uuid

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models

from toolkit.accounts.models import Organisation
from toolkit.accounts.visibility import Level
from toolkit.core import categories, clock
from toolkit.core.stages import Stage
from workflows.contracts.models import Contract
from workflows.notices.models import Process
from workflows.pipeline.querysets import EntryQuerySet
from workflows.procurements.models import Procurement, Regime


class Source(models.TextChoices):
    """Where an entry's facts come from."""

    TYPED = "typed", "Typed in"
    REGISTER = "register", "A register or spreadsheet"
    NOTICE = "notice", "A published notice"
    PROCUREMENT = "procurement", "A procurement here"
    CONTRACT = "contract", "A contract here"


class Intent(models.TextChoices):
    """What the owner means to do when a contract ends. Secret until shared (practice.md §5)."""

    UNDECIDED = "undecided", "Not decided"
    EXTEND = "extend", "Extend"
    REPROCURE = "re-procure", "Re-procure"
    IN_HOUSE = "in-house", "Bring in-house"
    STOP = "stop", "Stop"


TEAM_INTENTS = (Intent.IN_HOUSE, Intent.STOP)
"""Intents that start at `team`: staff and unions must hear first, and stopping must not be prejudged."""


class Openness(models.TextChoices):
    """How far the owner would go together with others, from not at all."""

    NOT_SAID = "not-said", "Not said"
    CLOSED = "closed", "Not open to working together"
    SHARE = "share", "Open to sharing the specification"
    ENGAGE = "engage", "Open to engaging the market together"
    BUY = "buy", "Open to buying together"


class Confidence(models.TextChoices):
    FIRM = "firm", "Firm"
    LIKELY = "likely", "Likely"
    POSSIBLE = "possible", "Possible"


class RowKind(models.TextChoices):
    CONTRACT = "contract", "A contract"
    PLANNED = "planned", "Something planned"


class Row(models.Model):
    """The facts behind an entry that was typed in or came from a spreadsheet, as given."""

    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="register_rows",
        help_text="Empty: a buyer we do not know.",
    )
    held_for = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Where no organisation owns it: in whose register it came.",
    )
    source = models.CharField(
        max_length=12, choices=[(Source.TYPED, "Typed in"), (Source.REGISTER, "Register")]
    )
    kind = models.CharField(max_length=10, choices=RowKind)
    key = models.CharField(max_length=200, help_text="Recognises the same row in the next import.")
    facts = models.JSONField(default=dict)
    imported_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "register row"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "held_for", "source", "key"], name="row_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return str(self.facts.get("title", "")) or self.key


class Upload(models.Model):
    """A register that an officer brought and has not confirmed yet: what was read from it, without contact details.

    The file itself is not kept. Once it is brought in, the rows are forgotten and the report stays for a day.
    """

    slug = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="uploads")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    register = models.JSONField(default=dict, help_text="The rows as read.")
    outcome = models.JSONField(default=dict, help_text="What would happen, or what happened.")
    uploaded_at = models.DateTimeField(default=clock.now)
    imported_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.name


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["search"]
)
class Entry(models.Model):
    """One need of one organisation, listed once."""

    reference = models.CharField(max_length=12, unique=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="entries")
    source = models.CharField(max_length=12, choices=Source)
    row = models.OneToOneField(Row, models.CASCADE, null=True, blank=True, related_name="entry")
    process = models.ForeignKey(Process, models.CASCADE, null=True, blank=True, related_name="entries")
    process_contract = models.CharField(
        max_length=120, blank=True, help_text="Which contract of the process; empty: the process itself."
    )
    procurement = models.OneToOneField(
        Procurement, models.CASCADE, null=True, blank=True, related_name="entry"
    )
    contract = models.OneToOneField(Contract, models.CASCADE, null=True, blank=True, related_name="entry")

    # Projected: written only by projection.project
    title = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    suppliers = models.CharField(max_length=500, blank=True)
    stage = models.CharField(max_length=10, choices=Stage.choices())
    is_contract = models.BooleanField(
        default=False, help_text="A running contract, as against something to be bought."
    )
    category = models.CharField(max_length=40, choices=categories.choices(), blank=True)
    cpv_codes = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    value_inc_vat = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    value_is_estimated_vat = models.BooleanField(
        default=False, help_text="VAT was added by us at 20%: the source did not say."
    )
    value_band = models.CharField(max_length=20, blank=True)
    route = models.CharField(max_length=80, blank=True)
    regime = models.CharField(max_length=12, choices=Regime, default=Regime.UNKNOWN)
    published_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField("tender deadline", null=True, blank=True)
    starts_on = models.DateField("contract starts", null=True, blank=True)
    ends_on = models.DateField("contract ends", null=True, blank=True)
    latest_end_on = models.DateField("ends at the latest, options used", null=True, blank=True)
    act_by_on = models.DateField("last day to start", null=True, blank=True, help_text="Closed with intent.")
    happens_on = models.DateField(
        null=True,
        blank=True,
        help_text="The date it is listed by: the end of a contract, the start of a purchase.",
    )
    is_over = models.BooleanField(
        default=False, help_text="Ended, cancelled or stopped: not in the list any more."
    )
    link = models.URLField("published notice", max_length=500, blank=True)
    projected_at = models.DateTimeField(default=clock.now)

    # Owner: written only by people
    intent = models.CharField(max_length=12, choices=Intent, default=Intent.UNDECIDED)
    openness = models.CharField(max_length=10, choices=Openness, default=Openness.NOT_SAID)
    confidence = models.CharField(max_length=10, choices=Confidence, blank=True)
    visibility = models.CharField(
        max_length=10, choices=Level, default=Level.BOROUGHS, help_text="Who sees the facts."
    )
    intent_visibility = models.CharField(
        max_length=10,
        choices=Level,
        default=Level.BOROUGH,
        help_text="Who sees the intent and the act-by date.",
    )
    corrections = models.JSONField(
        default=dict, blank=True, help_text="Facts that people put right; they win over the source."
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who typed it in, or was the first to answer for it: sees it and its intent at any level.",
    )
    followed_by = models.ForeignKey(
        Procurement,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="follows",
        help_text="The procurement that was started from this entry: one need, shown once.",
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)

    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config="english")
        + SearchVector("suppliers", weight="B", config="english")
        + SearchVector("description", weight="C", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        ordering = ["happens_on", "title"]
        indexes = [
            GinIndex(fields=["search"], name="entry_search"),
            models.Index(fields=["is_over", "happens_on"], name="entry_by_date"),
            models.Index(fields=["organisation", "is_over"], name="entry_of_organisation"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["process", "process_contract", "organisation"],
                condition=models.Q(process__isnull=False),
                name="one_entry_per_notice_contract",
            ),
            models.CheckConstraint(
                condition=models.Q(source__in=[Source.TYPED, Source.REGISTER], row__isnull=False)
                | models.Q(source=Source.NOTICE, process__isnull=False)
                | models.Q(source=Source.PROCUREMENT, procurement__isnull=False)
                | models.Q(source=Source.CONTRACT, contract__isnull=False),
                name="entry_has_its_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def has_words(self) -> bool:
        """Whether people have said something on it: then no import takes it away, or gives it to somebody else."""
        said = (self.intent, self.openness, self.confidence, self.intent_visibility)
        return (
            said != (Intent.UNDECIDED, Openness.NOT_SAID, "", Level.BOROUGH)
            or bool(self.corrections)
            or self.confirmed_at is not None
            or self.followed_by_id is not None
            or (self.source == Source.NOTICE and self.visibility != Level.PUBLIC)
        )

    @property
    def category_label(self) -> str:
        return categories.label(self.category)

    @property
    def stage_label(self) -> str:
        return Stage(self.stage).label
