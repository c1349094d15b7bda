"""What editors say about finding: words that mean the same, and the page that answers a phrase best."""

from __future__ import annotations

from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import models

from toolkit.core.text import plain


def _plain_phrase(phrase: str) -> str:
    found = plain(phrase)
    if not found:
        raise ValidationError({"phrase": "Enter a phrase with letters or digits"})
    return found


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
        self.plain = _plain_phrase(self.phrase)
        if Synonym.objects.filter(plain=self.plain).exclude(pk=self.pk).exists():
            raise ValidationError({"phrase": "There is already a synonym for this phrase"})
        if not self.alternatives:
            raise ValidationError({"words": "Enter at least one word to look for"})

    @property
    def alternatives(self) -> list[str]:
        """The words to look for besides the phrase, one item for each comma-separated part."""
        return [part for part in (part.strip() for part in self.words.split(",")) if plain(part)]


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class BestBet(models.Model):
    """The thing to show first to whoever asks for exactly this phrase, if they may see it, and why."""

    phrase = models.CharField(
        max_length=120,
        help_text="The whole question, such as “PQQ”. Capitals and hyphens make no difference.",
    )
    plain = models.CharField(max_length=120, editable=False)
    # Named as its owner names it, not by the row of the index: a page withdrawn and published again keeps its best bets.
    kind = models.CharField(max_length=30, editable=False)
    key = models.CharField(max_length=120, editable=False)
    reason = models.CharField(
        max_length=200, help_text="One short sentence for the reader: “This replaced the PQQ in 2025.”"
    )
    is_active = models.BooleanField(
        "in use", default=True, help_text="Untick instead of deleting: a shipped one would come back."
    )

    class Meta:
        ordering = ["plain", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plain", "kind", "key"], name="search_best_bet_once"),
        ]

    def __str__(self) -> str:
        return self.phrase

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.plain = plain(self.phrase)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        self.plain = _plain_phrase(self.phrase)
