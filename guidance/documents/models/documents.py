"""Documents: a template being filled in, by whom, and what was answered."""

from __future__ import annotations

from typing import Any

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models

from guidance.documents.assembly.definitions import Confidence
from guidance.documents.models.templates import DocumentTemplate
from guidance.documents.models.variants import VariantVersion
from guidance.documents.querysets import DocumentQuerySet
from toolkit.accounts.models import Organisation
from toolkit.core import clock


class DocumentStatus(models.TextChoices):
    DRAFT = "draft", "Draft"
    REVIEW = "review", "Ready for review"
    REVIEWED = "reviewed", "Reviewed"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Document(models.Model):
    """One document of one organisation, on the versions of template, clauses and variant it was begun with."""

    reference = models.CharField(max_length=12, unique=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="documents")
    template = models.ForeignKey(DocumentTemplate, models.PROTECT, related_name="documents")
    template_number = models.PositiveIntegerField(help_text="The revision of the template it reads.")
    clause_pins = models.JSONField(default=dict, blank=True)
    """Slug of a clause → [the clause’s key, the revision it reads]."""
    variant_version = models.ForeignKey(
        VariantVersion, models.PROTECT, null=True, blank=True, related_name="documents"
    )
    label = models.CharField(
        "which one it is", max_length=120, blank=True, help_text="Told only to those who may open it."
    )
    subject_kind = models.CharField(max_length=20, blank=True)
    subject_key = models.CharField(max_length=40, blank=True)
    step = models.SlugField(max_length=60, blank=True, help_text="The step of the route it was begun from.")
    confidence = models.CharField(
        max_length=10, choices=[(each.value, each.label) for each in Confidence], default=Confidence.TEAM
    )
    status = models.CharField(max_length=10, choices=DocumentStatus, default=DocumentStatus.DRAFT)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)
    figures_on = models.DateField(
        default=clock.today, help_text="Figures of the law in it are those in force on this day."
    )
    form_key = models.UUIDField(null=True, unique=True, editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_key"], name="documents_of_a_subject"),
            models.Index(fields=["organisation", "-updated_at"], name="documents_of_organisation"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(subject_kind="", subject_key="")
                | (~models.Q(subject_kind="") & ~models.Q(subject_key="")),
                name="document_subject_is_whole",
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def name(self) -> str:
        """What to call it to those who may open it."""
        return f"{self.template.title}: {self.label}" if self.label else self.template.title

    @property
    def subject(self) -> str:
        """`procurement:PR-7K2D`; empty for a document that belongs to no record."""
        return f"{self.subject_kind}:{self.subject_key}" if self.subject_kind else ""


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class DocumentPerson(models.Model):
    """Somebody put on a document: to write in it, or only to read and review it."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="people")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="documents_on")
    may_write = models.BooleanField(default=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["added_at"]
        constraints = [models.UniqueConstraint(fields=["document", "person"], name="once_on_a_document")]

    def __str__(self) -> str:
        return f"{self.person} on {self.document}"


class Answer(models.Model):
    """What a document says now to one question. `number` counts its changes: a form that read an older one is told."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="answers")
    name = models.SlugField("question", max_length=40)
    value = models.JSONField()
    number = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    source_words = models.CharField(
        "filled from", max_length=200, blank=True, help_text="Empty: somebody typed it."
    )
    source_url = models.CharField(max_length=300, blank=True)
    source_value = models.JSONField(null=True, blank=True)
    """What the source said when the answer was filled from it or held against it."""
    declined_value = models.JSONField(null=True, blank=True)
    """What the source said later and somebody chose not to take."""
    declined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    declined_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["document", "name"]
        constraints = [models.UniqueConstraint(fields=["document", "name"], name="one_answer_to_a_question")]

    def __str__(self) -> str:
        return f"{self.document}: {self.name}"


class AnswerChange(models.Model):
    """Every answer that was ever saved. Append-only."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="answer_changes")
    name = models.SlugField("question", max_length=40)
    value = models.JSONField()
    number = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    source_words = models.CharField(max_length=200, blank=True)
    form_key = models.UUIDField(null=True, unique=True, editable=False)
    """Of the form that added rows, so that one sent twice adds them once."""

    class Meta:
        ordering = ["document", "name", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "name", "number"], name="answer_change_once")
        ]
        triggers = [
            pgtrigger.Protect(name="answer_changes_stay", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.document}: {self.name}, {self.number}"


class Comment(models.Model):
    """A remark of somebody working on a document; never part of what comes out of it."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="comments")
    question = models.SlugField(max_length=40, blank=True, help_text="Empty: on the whole document.")
    text = models.TextField(max_length=2_000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.by} on {self.document}"


class Made(models.Model):
    """A document as it was made at one moment: the paper itself, and what it was made of. It never changes."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="made")
    number = models.PositiveIntegerField()
    paper = models.JSONField()
    """guidance.documents.assembly.papers: every word of it, so that it says the same years later."""
    paper_digest = models.CharField(max_length=64)
    is_draft = models.BooleanField(default=True, help_text="With the instructions and the word “Draft”.")
    template_number = models.PositiveIntegerField()
    clause_pins = models.JSONField(default=dict, blank=True)
    variant_version = models.ForeignKey(
        VariantVersion, models.PROTECT, null=True, blank=True, related_name="+"
    )
    figures_on = models.DateField()
    answers = models.JSONField(default=list)
    """[{"name", "ask", "value" in words, "number", "by" and "at" as they stood, "from"}]: for the internal sheet."""
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    missing_characters = models.JSONField(default=list, blank=True)
    """What the fonts of the PDF cannot show, in sentences."""

    class Meta:
        ordering = ["document", "-number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="made_once_a_number")]
        triggers = [
            pgtrigger.ReadOnly(
                name="what_was_made_stays",
                fields=["document", "number", "paper", "paper_digest", "is_draft", "template_number", "clause_pins", "variant_version", "figures_on", "answers", "made_by", "made_at"],
            ),
            pgtrigger.Protect(name="made_is_never_deleted", operation=pgtrigger.Delete),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.document}, {self.number}"


class FileState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    DONE = "done", "Ready"
    FAILED = "failed", "Failed"


class MadeFile(models.Model):
    """One file of what was made."""

    made = models.ForeignKey(Made, models.PROTECT, related_name="files")
    format = models.CharField(max_length=8)
    state = models.CharField(max_length=10, choices=FileState, default=FileState.WAITING)
    content = models.BinaryField(null=True)
    size = models.PositiveIntegerField(default=0, help_text="Bytes.")
    problem = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made", "format"]
        constraints = [models.UniqueConstraint(fields=["made", "format"], name="one_file_of_each_format")]

    def __str__(self) -> str:
        return f"{self.made}.{self.format}"


class ReviewState(models.TextChoices):
    ASKED = "asked", "Waiting for the review"
    PASSED = "passed", "Reviewed"
    CHANGES = "changes", "Changes asked for"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Review(models.Model):
    """A review of exactly what was made when it was asked for."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="reviews")
    made = models.ForeignKey(Made, models.PROTECT, related_name="reviews")
    state = models.CharField(max_length=10, choices=ReviewState, default=ReviewState.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(default=clock.now)
    note = models.TextField(max_length=2_000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(null=True, blank=True)
    reasons = models.TextField(max_length=2_000, blank=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["document"], condition=models.Q(state="asked"), name="one_open_review_of_a_document"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document}: {self.get_state_display()}"


def as_value(value: Any) -> Any:
    """An answer as it is compared: nothing said is one thing, however it is kept."""
    return value if value not in (None, "", []) else ""
