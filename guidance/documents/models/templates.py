"""Templates and clauses: content that is drafted, reviewed and published like all content; a version is a revision."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse

from guidance.documents.assembly.definitions import Confidence, Form, Readers
from guidance.editorial.models import Item
from guidance.pages.models.content import tracked
from guidance.pages.querysets import ItemQuerySet
from toolkit.core import clock
from toolkit.core.stages import Stage


def _choices(enum: type[Form] | type[Readers] | type[Confidence]) -> list[tuple[str, str]]:
    return [(each.value, getattr(each, "label", each.value.capitalize())) for each in enum]


@tracked
class DocumentTemplate(Item):
    """A document to fill in: questions, and a body that their answers complete. Its columns say what is live; a document
    reads the revision it was begun with (guidance.documents.versions)."""

    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=400, help_text="What it is for, and when it is needed.")
    stage = models.CharField(max_length=10, choices=Stage.choices())
    position = models.PositiveSmallIntegerField(default=100, help_text="In its stage: smaller comes first.")
    form = models.CharField(max_length=10, choices=_choices(Form), default=Form.DOCUMENT)
    readers = models.CharField(
        "who reads it", max_length=10, choices=_choices(Readers), default=Readers.INTERNAL
    )
    confidence = models.CharField(
        "who may read it here", max_length=10, choices=_choices(Confidence), default=Confidence.TEAM
    )
    may_be_example = models.BooleanField(
        "may be shared as an example",
        default=False,
        help_text="Specifications, criteria and engagement plans alone; never evaluations, prices or suppliers’ text.",
    )
    is_numbered = models.BooleanField("headings are numbered", default=True)
    body = models.TextField(help_text="The text, with [[answers]] in it.")
    sections = models.JSONField(default=list)
    """[{"slug", "title"}]."""
    questions = models.JSONField(default=list)
    """As in the front matter: guidance.documents.assembly.reading says what each holds."""
    example = models.JSONField(default=dict)
    """Question’s name → answer: the filled example, which is the test of the template too."""
    topics = ArrayField(models.SlugField(max_length=40), default=list, blank=True)
    steps = ArrayField(
        models.SlugField(max_length=60),
        default=list,
        blank=True,
        help_text="Slugs of steps of the routes that need it, beside those that name it themselves.",
    )
    also = ArrayField(models.CharField(max_length=80), default=list, blank=True, verbose_name="other names")
    guidance = ArrayField(
        models.SlugField(max_length=80), default=list, blank=True, help_text="Slugs of guidance pages."
    )
    sources = models.JSONField(default=list)
    clauses = ArrayField(models.SlugField(max_length=80), default=list, blank=True, editable=False)
    """The clauses its live body uses."""

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["position", "title"]
        verbose_name = "template"
        indexes = [models.Index(fields=["stage", "position"], name="templates_of_a_stage")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("template", args=[self.slug])


@tracked
class Clause(Item):
    """A clause of a contract, with notes in plain English."""

    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=400)
    position = models.PositiveSmallIntegerField(default=100)
    body = models.TextField(help_text="The wording. Paragraphs are numbered when it is put into a document.")
    when_to_use = models.TextField(max_length=1_500)
    watch = models.TextField("what to watch", max_length=2_000)
    variants = models.JSONField(default=list, blank=True)
    """Other wordings for negotiating: [{"title", "text", "note"}]."""
    gaps = models.JSONField(default=dict, blank=True)
    """`[[name]]` in its text → the words that stand there in a blank."""
    topics = ArrayField(models.SlugField(max_length=40), default=list, blank=True)
    guidance = ArrayField(models.SlugField(max_length=80), default=list, blank=True)
    sources = models.JSONField(default=list)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["position", "title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("clause", args=[self.slug])


class BlankFile(models.Model):
    """A template with nothing filled in, for download: made by a job after publishing, kept, never made on demand."""

    template = models.ForeignKey(DocumentTemplate, models.CASCADE, related_name="blanks")
    number = models.PositiveIntegerField("revision")
    format = models.CharField(max_length=8)
    content = models.BinaryField()
    size = models.PositiveIntegerField(help_text="Bytes.")
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["template", "format"]
        constraints = [
            models.UniqueConstraint(fields=["template", "format"], name="one_blank_of_each_format")
        ]

    def __str__(self) -> str:
        return f"{self.template}, blank, {self.format}"
