"""Pieces that the forms share."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from toolkit.core.text import printable
from toolkit.govuk.fields import PoundsField
from workflows.journeys.own_rules import EX_VAT, INC_VAT

BASES = [(EX_VAT, "Excluding VAT"), (INC_VAT, "Including VAT")]


class TextField(forms.CharField):
    """Text as a page and a database can hold it."""

    def to_python(self, value: Any) -> str:
        return printable(str(super().to_python(value) or "")).strip()


class OwnForm(forms.Form):
    """Carries the organisation it was begun for, and the stamp of what its reader saw."""

    organisation = forms.CharField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


def number_field(
    label: str, least: int, most: int, *, help_text: str = "", required: bool = False
) -> forms.IntegerField:
    """A whole number between two others."""
    sentence = f"Enter a whole number from {least} to {most}: {label[0].lower()}{label[1:]}".rstrip("?")
    names = ("required", "invalid", "min_value", "max_value")
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        required=required,
        min_value=least,
        max_value=most,
        error_messages=dict.fromkeys(names, sentence),
    )


def basis_field(label: str = "Are these amounts with or without VAT?") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text="Standing orders usually leave VAT out. The Act always includes it. We show both",
        choices=BASES,
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether the amounts include VAT"},
    )


def amount(pounds: Decimal | None, basis: str) -> dict[str, str] | None:
    """What was typed, as it is kept."""
    return None if pounds is None else {"pounds": str(pounds), "basis": basis}


class RangeForm(OwnForm):
    """From an amount to below another, on one basis."""

    basis = basis_field()
    start = PoundsField(label="From", help_text="Leave empty to begin at nothing", required=False)
    below = PoundsField(
        label="To below",
        help_text="This amount itself is not in it. Leave empty for no upper end",
        required=False,
    )

    @staticmethod
    def range_of(item: dict[str, Any]) -> dict[str, Any]:
        given = item.get("start") or item.get("below") or {"basis": EX_VAT}
        return {
            "basis": given["basis"],
            **{
                name: Decimal(item[name]["pounds"]) if item.get(name) else None for name in ("start", "below")
            },
        }

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        start, below = data.get("start"), data.get("below")
        if start is not None and below is not None and start >= below:
            self.add_error("below", "The upper end must be above the lower one")
        return data

    @property
    def range(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {name: amount(data[name], data["basis"]) for name in ("start", "below")}
