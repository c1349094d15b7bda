"""The one index of everything that can be found, and the words that mean the same."""

from __future__ import annotations

from typing import Any

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models

from toolkit.accounts.models import Organisation
from toolkit.accounts.visibility import Level
from toolkit.core.stages import Stage
from toolkit.core.text import plain

CONFIG = "english"


class SearchEntry(models.Model):
    """One thing that can be found. Only `toolkit.search.services` writes here, told by the app that owns the thing."""

    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=120, help_text="What the owner calls it; unique within its kind.")
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    url = models.CharField("address", max_length=400)
    stage = models.CharField(max_length=10, choices=Stage.choices(), blank=True)
    visibility = models.CharField("who finds it", max_length=10, choices=Level, default=Level.PUBLIC)
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="+")
    updated_at = models.DateTimeField()
    words = models.GeneratedField(
        expression=SearchVector("title", weight="A", config=CONFIG)
        + SearchVector("summary", weight="B", config=CONFIG)
        + SearchVector("body", weight="C", config=CONFIG),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name_plural = "search entries"
        ordering = ["kind", "title"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="search_entry_once"),
            models.CheckConstraint(
                condition=~models.Q(visibility=Level.TEAM), name="search_entry_not_for_a_team"
            ),
            models.CheckConstraint(
                condition=~models.Q(visibility=Level.BOROUGH) | models.Q(organisation__isnull=False),
                name="search_entry_of_a_borough_names_it",
            ),
        ]
        indexes = [
            GinIndex(fields=["words"], name="search_entry_words"),
            GinIndex(
                fields=["title", "summary"],
                opclasses=["gin_trgm_ops", "gin_trgm_ops"],
                name="search_entry_trigrams",
            ),
        ]

    def __str__(self) -> str:
        return self.title


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Synonym(models.Model):
    """What people type, and what our pages call it."""

    phrase = models.CharField(
        max_length=80, help_text="What people type, such as “PQQ”. Capitals and hyphens make no difference."
    )
    words = models.CharField(
        "also look for",
        max_length=300,
        help_text="What our pages call it. Separate several by commas: “conditions of participation, supplier questionnaire”.",
    )
    is_active = models.BooleanField(
        "in use", default=True, help_text="Untick instead of deleting: a shipped one would come back."
    )
    plain = models.CharField(max_length=80, unique=True, editable=False)

    class Meta:
        ordering = ["plain"]

    def __str__(self) -> str:
        return self.phrase

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.plain = plain(self.phrase)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        self.plain = plain(self.phrase)
        if not self.plain:
            raise ValidationError({"phrase": "Enter a phrase with letters or digits"})
        if Synonym.objects.filter(plain=self.plain).exclude(pk=self.pk).exists():
            raise ValidationError({"phrase": "There is already a synonym for this phrase"})
        if not self.alternatives:
            raise ValidationError({"words": "Enter at least one word to look for"})

    @property
    def alternatives(self) -> list[str]:
        """The words to look for besides the phrase, one item for each comma-separated part."""
        return [part for part in (part.strip() for part in self.words.split(",")) if plain(part)]
