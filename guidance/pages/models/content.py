"""Guidance pages, guides that thread them, the glossary, and the introductions of the seven stages."""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Sequence
from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxLengthValidator
from django.db import models
from django.urls import reverse

from guidance.editorial.models import Item, Status
from guidance.pages.limits import LONGEST_BODY
from guidance.pages.querysets import ItemQuerySet
from toolkit.core.stages import Stage
from toolkit.core.text import plain


class Confidence(models.TextChoices):
    """How far a source carries; the same words as the steps of the routes use."""

    STATUTE = "statute", "Read in the law itself"
    PRACTICE = "practice", "A good secondary source"
    CHECK = "check", "Not settled: check with your legal team"


class Part(models.TextChoices):
    RESPONSIBLE = "responsible", "Responsible"
    ACCOUNTABLE = "accountable", "Accountable"
    CONSULTED = "consulted", "Consulted"


def tracked[Model: models.Model](model: type[Model]) -> type[Model]:
    """History of every row, by trigger. Fresh trackers for each model: one that is shared keeps the first one’s fields."""
    track = pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
    made: type[Model] = track(model)
    return made


LETTERS = ("0-9", *string.ascii_lowercase)
"""The pages of the glossary."""

BODY = [MaxLengthValidator(LONGEST_BODY)]


@tracked
class Page(Item):
    """One page of guidance: written once, read from every route that needs it."""

    stage = models.CharField(max_length=10, choices=Stage.choices())
    position = models.PositiveSmallIntegerField(
        default=100, help_text="Where it stands in its stage: smaller comes first."
    )
    title = models.CharField(max_length=120)
    summary = models.CharField(
        max_length=400,
        help_text="What to do first, in two or three sentences: it opens the page and stands in lists and search results.",
    )
    body = models.TextField(validators=BODY)
    topics = ArrayField(models.SlugField(max_length=40), default=list, blank=True)
    tasks = ArrayField(
        models.SlugField(max_length=60),
        default=list,
        blank=True,
        verbose_name="related steps",
        help_text="Slugs of steps of the routes, one on each line.",
    )
    documents = ArrayField(
        models.SlugField(max_length=60),
        default=list,
        blank=True,
        help_text="Slugs of document templates, one on each line.",
    )
    roles = models.JSONField(default=list, blank=True)
    """Who does it: [{"who": a slug of toolkit.core.who, "part": a Part, "detail": "if anyone challenges"}]."""
    sources = models.JSONField(default=list, blank=True)
    """Where it stands: [{"label", "section", "url", "checked_on", "confidence"}], the day as ISO text."""

    objects = ItemQuerySet.as_manager()

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


@tracked
class Guide(Item):
    """A way through pages of several stages, for one purpose or one kind of reader."""

    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=400)
    body = models.TextField(
        blank=True, validators=BODY, help_text="Opens the guide, above its steps. May be empty."
    )
    position = models.PositiveSmallIntegerField(default=100)
    topics = ArrayField(models.SlugField(max_length=40), default=list, blank=True)
    steps = models.JSONField(default=list)
    """In order: [{"title": "Look around", "text": "…", "pages": ["slug", …]}]."""

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["position", "title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("guide", args=[self.slug])

    @property
    def page_slugs(self) -> Sequence[str]:
        """The pages it threads, in order, each once."""
        return list(dict.fromkeys(slug for step in self.steps for slug in step.get("pages", ())))


@tracked
class Term(Item):
    """A word of the trade and what it means; marked where pages use it."""

    name = models.CharField(
        max_length=120, help_text="As it stands in a sentence: “standstill”, “tender notice (UK4)”."
    )
    also = ArrayField(
        models.CharField(max_length=80),
        default=list,
        blank=True,
        verbose_name="other words for it",
        help_text="What people also write or type, one on each line: they are marked and found too.",
    )
    meaning = models.TextField(
        validators=[MaxLengthValidator(2_000)], help_text="One to three plain sentences. Markdown."
    )
    see = models.CharField(
        "today’s word",
        max_length=80,
        blank=True,
        help_text="The slug of another term: for words no longer used.",
    )
    page = models.CharField(
        "more about it",
        max_length=80,
        blank=True,
        help_text="The slug of the guidance page that explains it.",
    )
    is_marked = models.BooleanField(
        "marked in pages", default=True, help_text="Untick for words too common to mark."
    )

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def letter(self) -> str:
        """Which of LETTERS it stands under."""
        first = plain(self.name)[:1]
        return first if first.isalpha() else LETTERS[0]

    def get_absolute_url(self) -> str:
        return f"{reverse('glossary_letter', args=[self.letter])}#{self.slug}"


@tracked
class StageIntroduction(Item):
    """What stands at the top of a stage’s page. Its slug is the stage’s."""

    body = models.TextField(validators=BODY)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.stage.label if self.slug in list(Stage) else self.slug

    @property
    def stage(self) -> Stage:
        return Stage(self.slug)

    def get_absolute_url(self) -> str:
        return reverse("guidance_stage", args=[self.slug])


def source_day(source: dict[str, Any]) -> dt.date:
    """When somebody last read a source."""
    return dt.date.fromisoformat(source["checked_on"])
