"""The one index of everything that can be found, and how its words are spelt."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models

from toolkit.accounts.models import Organisation
from toolkit.accounts.visibility import Level
from toolkit.core.stages import Stage

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
    # Words are shown and slugs stand in addresses; the n-th slug belongs to the n-th words, so that a facet reads both.
    roles = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    role_slugs = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    topics = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    topic_slugs = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    called = models.TextField(
        blank=True, help_text="Topics and other names, as text: a generated column cannot read an array."
    )
    visibility = models.CharField("who finds it", max_length=10, choices=Level, default=Level.PUBLIC)
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="+")
    updated_at = models.DateTimeField()
    words = models.GeneratedField(
        expression=SearchVector("title", weight="A", config=CONFIG)
        + SearchVector("called", weight="B", config=CONFIG)
        + SearchVector("summary", weight="C", config=CONFIG)
        + SearchVector("body", weight="D", config=CONFIG),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    # Short enough to stand in the row itself, where `words` is read from elsewhere: what very many results are ranked by.
    head = models.GeneratedField(
        expression=SearchVector("title", weight="A", config=CONFIG)
        + SearchVector("called", weight="B", config=CONFIG)
        + SearchVector("summary", weight="C", config=CONFIG),
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
            GinIndex(fields=["head"], name="search_entry_head"),
            GinIndex(fields=["role_slugs", "topic_slugs"], name="search_entry_filed_under"),
        ]

    def __str__(self) -> str:
        return self.title


class Spelling(models.Model):
    """One word of the title, topics or names of an entry that everybody may see, as it is spelt: what “did you mean” offers.

    A row for each word and entry, written by `push` with the entry and deleted with it. So it is in step within the
    same transaction, a word is gone with the last entry that has it, and two pushes never wait for one another, as they
    would for counters of shared words. (`ts_stat` gives stems, which nobody types, and reads the whole table.)
    """

    entry = models.ForeignKey(SearchEntry, models.CASCADE, related_name="spellings")
    word = models.CharField(max_length=40)

    class Meta:
        ordering = ["word"]
        constraints = [models.UniqueConstraint(fields=["entry", "word"], name="search_spelling_once")]
        indexes = [GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="search_spelling_trigrams")]

    def __str__(self) -> str:
        return self.word
