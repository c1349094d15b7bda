"""The forms editors fill in, in the admin."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError

from toolkit.search.models import BestBet, SearchEntry, Synonym

TRY = "_try"
"""The name of the button that tries a synonym."""


class SynonymForm(forms.ModelForm):
    """A synonym. Sent by the button “Try it” it is checked, and never ready to be saved."""

    class Meta:
        model = Synonym
        fields = ["phrase", "words", "is_active"]
        error_messages = {
            "phrase": {"required": "Enter what people type"},
            "words": {"required": "Enter at least one word to look for"},
        }

    def is_valid(self) -> bool:
        return super().is_valid() and TRY not in self.data


class BestBetForm(forms.ModelForm):
    """A best bet: the editor gives the address of the page to show first."""

    address = forms.CharField(
        max_length=500,
        help_text="The address of the page to show first, copied from the browser: /guidance/award/…",
        error_messages={"required": "Enter the address of the page to show first"},
    )

    class Meta:
        model = BestBet
        fields = ["phrase", "address", "reason", "is_active"]
        error_messages = {
            "phrase": {"required": "Enter the phrase people type"},
            "reason": {"required": "Enter the reason in a short sentence"},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.key:
            entry = SearchEntry.objects.filter(kind=self.instance.kind, key=self.instance.key).first()
            self.fields["address"].initial = entry.url if entry else ""

    def clean_address(self) -> str:
        given: str = self.cleaned_data["address"].strip()
        try:
            path = urlsplit(given).path
        except ValueError as error:
            raise ValidationError("Enter an address as the browser shows it") from error
        entry = SearchEntry.objects.filter(url=path).first()
        if entry is None:
            raise ValidationError("Nothing that can be found has this address")
        self.instance.kind, self.instance.key = entry.kind, entry.key
        return given

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("phrase") and cleaned.get("address"):
            twin = BestBet(phrase=cleaned["phrase"])
            twin.clean()
            others = BestBet.objects.filter(plain=twin.plain, kind=self.instance.kind, key=self.instance.key)
            if others.exclude(pk=self.instance.pk).exists():
                raise ValidationError({"address": "This page is already a best bet for this phrase"})
        return cleaned
