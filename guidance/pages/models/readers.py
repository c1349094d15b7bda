"""What hangs on a page for its readers: what they said of it, its PDF, an organisation’s own note beside it."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models

from guidance.pages.models.content import Page, tracked
from toolkit.accounts.models import Organisation
from toolkit.core import clock


class Feedback(models.Model):
    """What a reader said about a page: useful or not, and what was missing. No name, no address."""

    path = models.CharField("page", max_length=300)
    title = models.CharField(max_length=200)
    is_useful = models.BooleanField("useful?")
    words = models.TextField(blank=True)
    said_at = models.DateTimeField(default=clock.now, editable=False)
    dealt_with_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "feedback"
        ordering = ["-said_at"]
        indexes = [models.Index(fields=["dealt_with_at", "said_at"], name="feedback_to_deal_with")]

    def __str__(self) -> str:
        return f"{self.title}: {'useful' if self.is_useful else 'not useful'}"


class Rendition(models.Model):
    """The PDF of one live page or guide, made when it was published."""

    kind = models.CharField(max_length=20)
    item_id = models.PositiveBigIntegerField()
    number = models.PositiveIntegerField(help_text="The revision it was made of.")
    content = models.BinaryField(editable=False)
    size = models.PositiveIntegerField(editable=False, help_text="Bytes.")
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = "PDF"
        verbose_name_plural = "PDFs"
        ordering = ["kind", "item_id"]
        constraints = [models.UniqueConstraint(fields=["kind", "item_id"], name="one_pdf_of_an_item")]

    def __str__(self) -> str:
        return f"{self.kind} {self.item_id}, revision {self.number}"


LONGEST_NOTE = 6_000
"""Characters of a note."""


@tracked
class BoroughNote(models.Model):
    """An organisation’s own words beside a central page: its bands, contacts, forms. Only its members see them."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    page = models.ForeignKey(Page, models.CASCADE, related_name="borough_notes")
    body = models.TextField(validators=[MaxLengthValidator(LONGEST_NOTE)])
    about_number = models.PositiveIntegerField(
        "about revision", help_text="The revision of the page that it was last held against."
    )
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    updated_at = models.DateTimeField(default=clock.now, editable=False)
    confirmed_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["organisation", "page"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "page"], name="one_note_of_an_organisation")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.page}"

    @property
    def is_behind(self) -> bool:
        """Has the page changed since somebody last held the note against it?"""
        return self.about_number != self.page.live_number
