"""The forms editors fill in, in the admin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from guidance.pages.models import Page, StageIntroduction

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class SlugLines(forms.CharField):
    """Several slugs, one on each line."""

    widget = forms.Textarea(attrs={"rows": 4, "cols": 60})

    def __init__(self, *, longest: int, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.longest = longest

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else "\n".join(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(super().has_changed(self.prepare_value(initial), "\n".join(_lines(data or ""))))

    def clean(self, value: Any) -> Sequence[str]:
        slugs = list(dict.fromkeys(_lines(super().clean(value))))
        for slug in slugs:
            if not _SLUG.fullmatch(slug):
                raise ValidationError(
                    f"“{slug}” must be small letters, digits and single hyphens, such as “market-engagement”"
                )
            if len(slug) > self.longest:
                raise ValidationError(f"“{slug}” must be {self.longest} characters or fewer")
        return slugs


def _lines(text: str) -> list[str]:
    return [line.strip() for line in re.split(r"[\n,]", text) if line.strip()]


class PageForm(forms.ModelForm):
    topics = SlugLines(longest=40, help_text="Such as “notices”, one on each line.")
    tasks = SlugLines(
        longest=60,
        label="Related steps",
        help_text="Slugs of steps of the routes, one on each line, such as “standstill”.",
    )

    class Meta:
        model = Page
        exclude: Sequence[str] = ()
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 3, "cols": 100}),
            "body": forms.Textarea(attrs={"rows": 40, "cols": 110, "spellcheck": "true"}),
        }
        error_messages = {
            "title": {"required": "Enter a title"},
            "slug": {
                "required": "Enter the last part of the address",
                "unique": "Another page has this slug",
            },
            "stage": {"required": "Select a stage"},
            "summary": {"required": "Enter a summary: what to do first"},
            "body": {"required": "Enter the text of the page"},
            "owner": {"required": "Enter the team that keeps the page right"},
            "review_by": {"required": "Enter the day by which it is looked at again"},
        }


class StageIntroductionForm(forms.ModelForm):
    class Meta:
        model = StageIntroduction
        exclude: Sequence[str] = ()
        widgets = {"body": forms.Textarea(attrs={"rows": 15, "cols": 110, "spellcheck": "true"})}
        error_messages = {"body": {"required": "Enter the introduction"}}
