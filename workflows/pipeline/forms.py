"""What people type about pipeline entries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms

from toolkit.accounts.visibility import Level
from toolkit.core import categories
from toolkit.govuk.fields import DateField, PoundsField
from workflows.pipeline.models import Confidence, Intent, Openness, RowKind
from workflows.pipeline.selectors import SORTS, Filters

DISCLOSURE = "What you write may be disclosed (freedom of information, court). Facts and reasons, not opinions of people."


def _day(text: str) -> dt.date | None:
    """`2027-04` or `2027-04-30`; anything else is no filter."""
    try:
        return dt.date.fromisoformat(text if len(text) > 7 else f"{text}-01")
    except ValueError:
        return None


def _month_end(text: str) -> dt.date | None:
    first = _day(text)
    if first is None or len(text) > 7:
        return first
    following = (
        dt.date(first.year + first.month // 12, first.month % 12 + 1, 1) if first.year < 9999 else first
    )
    return following - dt.timedelta(1)


def read_filters(query: Any) -> Filters:
    """Filters out of an address. Whatever makes no sense is ignored: a link is never an error."""
    clean = {name: tuple(value.replace("\x00", "")[:100] for value in query.getlist(name)[:60]) for name in ("organisation", "category", "stage", "band", "route")}  # fmt: skip
    sort = query.get("sort", "soonest")
    return Filters(
        words=query.get("q", "").replace("\x00", "").strip()[:200],
        organisation=clean["organisation"],
        category=clean["category"],
        stage=clean["stage"],
        value_band=clean["band"],
        route=clean["route"],
        together=query.get("together") == "1",
        from_on=_day(query.get("from", "")),
        to_on=_month_end(query.get("to", "")),
        past=query.get("past") == "1",
        sort=sort if sort in SORTS else "soonest",
    )


class FactsForm(forms.Form):
    """The facts of an entry: typed in, or put right."""

    title = forms.CharField(label="Title", max_length=300, error_messages={"required": "Enter a title"})
    description = forms.CharField(
        label="Description",
        help_text=DISCLOSURE,
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    category = forms.ChoiceField(
        label="Category",
        choices=[("", "Select a category"), *categories.choices()],
        error_messages={"required": "Select a category"},
    )
    suppliers = forms.CharField(
        label="Suppliers", help_text="Separated by commas", max_length=500, required=False
    )
    value_inc_vat = PoundsField(
        label="Value including VAT", help_text="Others see it as a band", required=False
    )
    starts_on = DateField(label="Contract starts", required=False)
    ends_on = DateField(label="Contract ends", required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", "The day it ends must be on or after the day it starts")
        return data


class NewEntryForm(FactsForm):
    """Adding an entry by hand."""

    kind = forms.ChoiceField(
        label="What is it?",
        choices=[(RowKind.PLANNED, "Something we plan to buy"), (RowKind.CONTRACT, "A contract we have")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select what it is"},
    )
    visibility = forms.ChoiceField(
        label="Who sees it?",
        choices=[choice for choice in Level.choices if choice[0] != Level.TEAM],
        initial=Level.BOROUGHS,
        widget=forms.RadioSelect,
        error_messages={"required": "Select who sees it"},
    )
    field_order = [
        "kind",
        "title",
        "description",
        "category",
        "suppliers",
        "value_inc_vat",
        "starts_on",
        "ends_on",
        "visibility",
    ]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("kind") == RowKind.CONTRACT and not data.get("ends_on") and "ends_on" not in self.errors:
            self.add_error("ends_on", "Enter the day the contract ends")
        if (
            data.get("kind") == RowKind.PLANNED
            and not data.get("starts_on")
            and "starts_on" not in self.errors
        ):
            self.add_error("starts_on", "Enter the day the contract should start")
        return data

    def facts(self) -> Mapping[str, Any]:
        """As a register row keeps them."""
        data = self.cleaned_data
        return {
            "title": data["title"],
            "description": data["description"],
            "category": data["category"],
            "suppliers": [name.strip() for name in data["suppliers"].split(",") if name.strip()],
            "value": str(data["value_inc_vat"]) if data["value_inc_vat"] is not None else None,
            "vat": "inc",
            "starts_on": data["starts_on"].isoformat() if data["starts_on"] else None,
            "ends_on": data["ends_on"].isoformat() if data["ends_on"] else None,
        }


MOST_UPLOADED = 10 * 1024 * 1024


class ImportForm(forms.Form):
    """Bringing in one's own register."""

    file = forms.FileField(
        label="Your contracts register or pipeline",
        help_text="CSV, XLSX, XLS or ODS, 10 MB at most. We find the header row and read British dates and pounds. "
        "Names, e-mail addresses and telephone numbers of contact persons are left out",
        error_messages={"required": "Select a file", "empty": "The file is empty: select another one"},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_UPLOADED:
            raise forms.ValidationError("The file must be smaller than 10 MB")
        return file


class OwnerForm(forms.Form):
    """What only people know."""

    intent = forms.ChoiceField(
        label="What do you mean to do when it ends?",
        help_text="Bringing it in-house and stopping start with your team alone",
        choices=Intent,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what you mean to do"},
    )
    openness = forms.ChoiceField(
        label="How far would you go together with other boroughs?",
        help_text="Seen by everyone who sees the facts",
        choices=Openness,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how far you would go together"},
    )
    confidence = forms.ChoiceField(
        label="How firm are its dates?", choices=[("", "Not said"), *Confidence.choices], required=False
    )
    visibility = forms.ChoiceField(
        label="Who sees the facts?",
        choices=Level,
        widget=forms.RadioSelect,
        error_messages={"required": "Select who sees the facts"},
    )
    intent_visibility = forms.ChoiceField(
        label="Who sees the intent and the act-by date?",
        choices=[choice for choice in Level.choices if choice[0] != Level.PUBLIC],
        widget=forms.RadioSelect,
        error_messages={"required": "Select who sees the intent"},
    )
