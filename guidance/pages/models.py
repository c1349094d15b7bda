"""Guidance pages, who does what they say, where that stands, and the introductions of the seven stages."""

from __future__ import annotations

import datetime as dt

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.urls import reverse

from guidance.pages import markdown
from guidance.pages.querysets import PageQuerySet
from toolkit.core import clock
from toolkit.core.stages import Stage

MARKDOWN_HELP = (
    "Markdown. “## ” begins a section; “1. ” a numbered step; “- ” a point; “[words](/guidance/…)” a link. "
    "“::: steps”, “::: example Title”, “::: check” and “::: inset” open a box, “:::” closes it. HTML is shown as text."
)


class Status(models.TextChoices):
    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Confidence(models.TextChoices):
    """How far a source carries; the same words as the steps of the routes use."""

    STATUTE = "statute", "Read in the law itself"
    PRACTICE = "practice", "A good secondary source"
    CHECK = "check", "Not settled: check with your legal team"


class Part(models.TextChoices):
    RESPONSIBLE = "responsible", "Responsible"
    ACCOUNTABLE = "accountable", "Accountable"
    CONSULTED = "consulted", "Consulted"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Page(models.Model):
    """One page of guidance: written once, read from every route that needs it."""

    stage = models.CharField(max_length=10, choices=Stage.choices())
    slug = models.SlugField(
        unique=True,
        max_length=80,
        help_text="The last part of the page’s address. Steps of the routes name it, so change it rarely.",
    )
    position = models.PositiveSmallIntegerField(
        default=100, help_text="Where it stands in its stage: smaller comes first."
    )
    title = models.CharField(max_length=120)
    summary = models.CharField(
        max_length=400,
        help_text="What to do first, in two or three sentences: it opens the page and stands in lists and search results.",
    )
    body = models.TextField(help_text=MARKDOWN_HELP, validators=[MaxLengthValidator(markdown.LONGEST)])
    topics = ArrayField(models.SlugField(max_length=40), default=list, blank=True)
    tasks = ArrayField(
        models.SlugField(max_length=60),
        default=list,
        blank=True,
        verbose_name="related steps",
        help_text="Slugs of steps of the routes, one on each line.",
    )
    owner = models.CharField(max_length=120, help_text="The team that keeps the page right.")
    review_by = models.DateField(help_text="When its owner looks at it again.")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)
    starter_digest = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="Fingerprint of the shipped text last loaded; empty for a page written here.",
    )

    objects = PageQuerySet.as_manager()

    class Meta:
        ordering = ["position", "title"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status=Status.PUBLISHED) | models.Q(published_at__isnull=False),
                name="published_page_says_when",
            ),
        ]
        indexes = [models.Index(fields=["stage", "position"], name="pages_of_a_stage")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("guidance_page", args=[self.stage, self.slug])

    @property
    def is_published(self) -> bool:
        return self.status == Status.PUBLISHED

    def is_overdue_on(self, day: dt.date) -> bool:
        """Is its review past?"""
        return self.review_by < day


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class PageRole(models.Model):
    """Who does what a page says."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="roles")
    part = models.CharField(max_length=12, choices=Part)
    role = models.CharField(max_length=80, help_text="Such as “Procurement” or “Service lead”.")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["page", "role", "part"], name="role_on_a_page_once")]

    def __str__(self) -> str:
        return f"{self.role}: {self.get_part_display()}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class PageSource(models.Model):
    """Where a page stands: a law or another source, the section of it, and when somebody last read it."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="sources")
    label = models.CharField("source", max_length=160, help_text="Such as “Procurement Act 2023”.")
    section = models.CharField(max_length=160, blank=True, help_text="Such as “sections 50 and 51”.")
    url = models.URLField("address", max_length=400, blank=True)
    checked_on = models.DateField(help_text="The day somebody last read it there.")
    confidence = models.CharField(max_length=10, choices=Confidence, default=Confidence.STATUTE)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.label}, {self.section}" if self.section else self.label

    def clean(self) -> None:
        if self.url and not self.url.startswith(("https://", "http://")):
            raise ValidationError({"url": "Enter an address that begins with https:// or http://"})
        if self.checked_on and self.checked_on > clock.today():
            raise ValidationError({"checked_on": "The date checked must be today or in the past"})


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class StageIntroduction(models.Model):
    """What stands at the top of a stage’s page."""

    stage = models.CharField(max_length=10, choices=Stage.choices(), unique=True)
    body = models.TextField(help_text=MARKDOWN_HELP, validators=[MaxLengthValidator(markdown.LONGEST)])
    updated_at = models.DateTimeField(default=clock.now, editable=False)
    starter_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return Stage(self.stage).label

    def get_absolute_url(self) -> str:
        return reverse("guidance_stage", args=[self.stage])
