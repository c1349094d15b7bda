"""Pictures in content, kept in the database: a back-up of it is a back-up of everything."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from toolkit.core import clock


class Image(models.Model):
    """A picture that content may show as `![](image:slug)`. Its alternative text is required, and goes with it."""

    slug = models.SlugField(unique=True, max_length=80, help_text="What a text calls it: ![](image:slug).")
    alternative_text = models.CharField(
        max_length=300,
        help_text="What somebody who can’t see it needs to know. Never empty: use no picture instead.",
    )
    content = models.BinaryField(editable=False)
    content_type = models.CharField(max_length=30, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    digest = models.CharField(max_length=64, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(alternative_text=""), name="image_has_alternative_text"
            )
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """Names the bytes, so that it may be cached for ever."""
        return reverse("content_image", args=[self.slug, self.digest[:12]])
