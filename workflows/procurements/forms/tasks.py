"""What people type on a task's page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms

from toolkit.accounts.models import Person
from toolkit.core import clock
from toolkit.core.text import DISCLOSURE
from toolkit.govuk.fields import DateField, PoundsField
from workflows.journeys.definitions import Field, FieldType, Task
from workflows.journeys.facts import Facts
from workflows.journeys.refusals import fields_asked, refusals
from workflows.procurements import key_decisions

YES_NO = [("yes", "Yes"), ("no", "No"), ("not-sure", "I am not sure yet")]


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _field(given: Field) -> forms.Field:
    """The form field of a journey's field. One that hangs on another answer is asked for by the form's `clean`."""
    required = given.required and given.only_if is None
    words: dict[str, Any] = {"label": given.label, "help_text": given.help, "required": required}
    thing = _lower_first(given.label.rstrip("?"))
    match given.type:
        case FieldType.DATE:
            return DateField(**words, error_messages={"required": f"Enter a date: {thing}"})
        case FieldType.ANSWER:
            return forms.ChoiceField(
                **words,
                choices=YES_NO,
                widget=forms.RadioSelect,
                error_messages={"required": f"Select an answer: {thing}"},
            )
        case FieldType.CHOICE:
            return forms.ChoiceField(
                **words,
                choices=given.choices,
                widget=forms.RadioSelect,
                error_messages={"required": f"Select an answer: {thing}"},
            )
        case FieldType.LONG_TEXT:
            help_text = given.help or DISCLOSURE
            return forms.CharField(
                label=given.label,
                help_text=help_text,
                required=required,
                max_length=8000,
                widget=forms.Textarea(attrs={"rows": 5}),
                error_messages={"required": f"Enter an answer: {thing}"},
            )
        case FieldType.URL:
            return forms.URLField(
                **words, assume_scheme="https", error_messages={"required": f"Enter a web address: {thing}"}
            )
        case FieldType.TEXT:
            return forms.CharField(
                **words, max_length=300, error_messages={"required": f"Enter an answer: {thing}"}
            )


def _why_not_key(figure: str) -> forms.Field:
    return forms.CharField(
        label="If it is not a key decision, why not?",
        help_text=f"By your organisation’s own rules it is one from {figure}, and the value reaches that. {DISCLOSURE}",
        required=False,
        max_length=key_decisions.MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _kept(data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in data.items()
        if value not in (None, "")
    }


class TaskForm(forms.Form):
    """A task's own fields, as far as the facts leave them in, and a note. `answers` gives what the event keeps."""

    note = forms.CharField(
        label="Note",
        help_text=DISCLOSURE,
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, task: Task, facts: Facts, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.task, self.facts, self.today = task, facts, today
        self.asked = fields_asked(task, facts)
        self.fields = {given.name: _field(given) for given in self.asked} | self.fields
        self.key_field = key_decisions.field_with_reason(task, facts)
        if self.key_field is not None:
            self.fields[key_decisions.WHY] = _why_not_key(key_decisions.figure(facts))
            names = [given.name for given in self.asked]
            names.insert(names.index(self.key_field.name) + 1, key_decisions.WHY)
            self.order_fields(names)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for given in self.asked:
            if given.only_if is None:
                continue
            if not given.is_asked(data):
                data.pop(given.name, None)  # typed beside an answer that makes it void
            elif given.required and data.get(given.name) in (None, "") and given.name not in self.errors:
                self.add_error(given.name, str(self.fields[given.name].error_messages["required"]))
        if self.key_field is not None and data.get(self.key_field.name) != "no":
            data.pop(key_decisions.WHY, None)
        if refused := key_decisions.refusal(self.task, data, self.facts):
            self.add_error(key_decisions.WHY, refused)
        for name, sentence in refusals(self.task, _kept(data), self.facts, today=self.today):
            if name not in self.errors:
                self.add_error(name, sentence)
        return data

    def answers(self) -> dict[str, Any]:
        """What the event keeps: answers by field name, dates as ISO text; empty answers are left out."""
        return _kept(self.cleaned_data)

    @staticmethod
    def initial_from(task: Task, data: Mapping[str, Any]) -> dict[str, Any]:
        """The last answers, to show them again when a task was reopened."""
        dates = {given.name for given in task.fields if given.type == FieldType.DATE}
        return {
            name: dt.date.fromisoformat(value) if name in dates and value else value
            for name, value in data.items()
        }


class ContractForm(forms.Form):
    """One signed contract of an award."""

    title = forms.CharField(
        label="Title of the contract",
        max_length=200,
        error_messages={"required": "Enter the title of the contract"},
    )
    suppliers = forms.CharField(
        label="Suppliers",
        help_text="Their registered names, one on each line",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Enter the supplier’s name"},
    )
    value_inc_vat = PoundsField(
        label="Value including VAT",
        help_text="Over its whole life, without extensions not yet used. Leave empty if not known",
        required=False,
    )
    signed_on = DateField(
        label="Date it was signed", error_messages={"required": "Enter the date it was signed"}
    )
    starts_on = DateField(label="Date it starts", error_messages={"required": "Enter the date it starts"})
    ends_on = DateField(
        label="Date it ends",
        help_text="Before any extension",
        error_messages={"required": "Enter the date it ends"},
    )
    extensions = forms.CharField(
        label="Options to extend",
        help_text="In months, in order, such as “12, 12”. Leave empty if there are none",
        max_length=80,
        required=False,
    )
    notice_months = forms.IntegerField(
        label="Months of notice",
        help_text="How many months’ notice the contract asks for, to extend or to end it. Leave empty if not known",
        min_value=0,
        max_value=60,
        required=False,
        error_messages={
            "invalid": "Months of notice must be a whole number",
            "min_value": "Months of notice must be 0 or more",
            "max_value": "Months of notice must be 60 or less",
        },
    )

    def clean_suppliers(self) -> tuple[str, ...]:
        names = tuple(line.strip() for line in self.cleaned_data["suppliers"].splitlines() if line.strip())
        if not names:
            raise forms.ValidationError("Enter the supplier’s name")
        return names

    def clean_extensions(self) -> tuple[int, ...]:
        typed = self.cleaned_data["extensions"].replace("months", "").replace("+", ",").replace(" ", ",")
        months = [part for part in typed.split(",") if part]
        if (
            not all(part.isascii() and part.isdigit() and 1 <= int(part) <= 240 for part in months)
            or len(months) > 10
        ):
            raise forms.ValidationError("Enter the options in months, such as 12, 12")
        return tuple(int(part) for part in months)

    def clean_signed_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["signed_on"]
        if day > clock.today():
            raise forms.ValidationError("The date it was signed must be today or in the past")
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts is not None and ends is not None and ends < starts:
            self.add_error("ends_on", "The date it ends must be on or after the date it starts")
        return data


class AssignForm(forms.Form):
    person = forms.ChoiceField(label="Who is to do this step?", required=False)

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.email: person for person in people}
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Nobody in particular"), *((person.email, str(person)) for person in people)]

    def clean_person(self) -> Person | None:
        return self.people.get(self.cleaned_data["person"])
