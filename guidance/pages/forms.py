"""The forms editors fill in, in the admin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from guidance.editorial.forms import ItemForm
from guidance.editorial.rows import Column, RowsField
from guidance.pages.fields import SLUG
from guidance.pages.models import Confidence, Guide, Page, Part, StageIntroduction, Term
from toolkit.core.who import WHO


class Lines(forms.CharField):
    """Several values, one on each line."""

    widget = forms.Textarea(attrs={"rows": 4, "cols": 60})

    def __init__(self, *, longest: int, slugs: bool = False, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.longest, self.slugs = longest, slugs

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else "\n".join(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(super().has_changed(self.prepare_value(initial), "\n".join(self._lines(data or ""))))

    def clean(self, value: Any) -> Sequence[str]:
        if isinstance(value, list):
            value = "\n".join(value)
        values = list(dict.fromkeys(self._lines(super().clean(value))))
        for each in values:
            if self.slugs and not SLUG.fullmatch(each):
                raise ValidationError(
                    f"“{each}” must be small letters, digits and single hyphens, such as “market-engagement”"
                )
            if len(each) > self.longest:
                raise ValidationError(f"“{each}” must be {self.longest} characters or fewer")
        return values

    def _lines(self, text: str) -> list[str]:
        return [line.strip() for line in re.split(r"[\n,]" if self.slugs else r"\n", text) if line.strip()]


class Day(forms.DateField):
    """A day within a row: kept as ISO text."""

    def prepare_value(self, value: Any) -> Any:
        return value or ""

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        return day.isoformat() if day else ""


def _day_input() -> forms.DateInput:
    """A browser’s date field takes ISO days alone."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


_BODY = forms.Textarea(attrs={"rows": 40, "cols": 110, "spellcheck": "true"})
_MISSING = {
    "title": {"required": "Enter a title"},
    "slug": {"required": "Enter the last part of the address", "unique": "Something else has this slug"},
    "stage": {"required": "Select a stage"},
    "summary": {"required": "Enter a summary: what to do first"},
    "body": {"required": "Enter the text"},
    "name": {"required": "Enter the word"},
    "meaning": {"required": "Enter what it means"},
}


def sources_field() -> RowsField:
    """Where it stands, a row for each source."""
    return RowsField(
        [
            Column("label", "Source", forms.CharField(max_length=160), required=True),
            Column("section", "Section", forms.CharField(max_length=200)),
            Column("url", "Address", forms.CharField(max_length=400)),
            Column("checked_on", "Read there on", Day(widget=_day_input()), required=True),
            Column("confidence", "How far it carries", forms.ChoiceField(choices=Confidence.choices)),
        ],
        label="Sources",
    )


class KeptForm(ItemForm):
    """With the team that keeps it right, and the day it is looked at again."""

    owner = forms.CharField(max_length=120, error_messages={"required": "Enter the team that keeps it right"})
    review_by = forms.DateField(
        label="Review by",
        widget=_day_input(),
        error_messages={"required": "Enter the day by which it is looked at again"},
    )


class PageForm(KeptForm):
    kind: ClassVar[str] = "page"

    topics = Lines(longest=40, slugs=True, help_text="Such as “notices”, one on each line.")
    tasks = Lines(
        longest=60,
        slugs=True,
        label="Related steps",
        help_text="Slugs of steps of the routes, such as “standstill”.",
    )
    documents = Lines(longest=60, slugs=True, help_text="Slugs of document templates.")
    roles = RowsField(
        [
            Column("who", "Who", forms.ChoiceField(choices=[("", ""), *WHO.items()]), required=True),
            Column("part", "Part", forms.ChoiceField(choices=[("", ""), *Part.choices]), required=True),
            Column("detail", "When, if not always", forms.CharField(max_length=120)),
        ],
        label="Who does it",
    )
    sources = sources_field()

    class Meta:
        model = Page
        fields = ("title", "slug", "stage", "position", "summary", "body", "topics", "tasks", "documents", "roles", "sources", "owner", "review_by")  # fmt: skip
        widgets = {"summary": forms.Textarea(attrs={"rows": 3, "cols": 100}), "body": _BODY}
        error_messages = _MISSING


class GuideForm(KeptForm):
    kind: ClassVar[str] = "guide"

    topics = Lines(longest=40, slugs=True)
    steps = RowsField(
        [
            Column("title", "Step", forms.CharField(max_length=120), required=True),
            Column(
                "text",
                "What it is about",
                forms.CharField(max_length=1_000, widget=forms.Textarea(attrs={"rows": 3})),
            ),
            Column("pages", "Pages, by slug", Lines(longest=80, slugs=True)),
        ],
        label="Steps",
    )

    class Meta:
        model = Guide
        fields = ("title", "slug", "position", "summary", "body", "topics", "steps", "owner", "review_by")
        widgets = {"summary": forms.Textarea(attrs={"rows": 3, "cols": 100}), "body": _BODY}
        error_messages = _MISSING


class TermForm(ItemForm):
    kind: ClassVar[str] = "term"

    also = Lines(longest=80, label="Other words for it")

    class Meta:
        model = Term
        fields = ("name", "slug", "also", "meaning", "see", "page", "is_marked", "owner", "review_by")
        widgets = {"meaning": forms.Textarea(attrs={"rows": 5, "cols": 100})}
        error_messages = _MISSING


class IntroductionForm(KeptForm):
    kind: ClassVar[str] = "stage"

    class Meta:
        model = StageIntroduction
        fields = ("slug", "body", "owner", "review_by")
        widgets = {"body": _BODY}
        error_messages = _MISSING
