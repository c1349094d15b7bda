"""What people type on the desk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from toolkit.accounts.models import Person


class HandOverAllForm(forms.Form):
    """Who takes all of somebody's work over."""

    to = forms.ChoiceField(
        label="Who takes it over?",
        help_text="An officer of your organisation",
        error_messages={"required": "Select who takes it over"},
    )

    def __init__(self, *args: Any, officers: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.email: person for person in officers}
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        named = ((email, f"{person} ({email})") for email, person in self.people.items())
        field.choices = [("", "Select a person"), *named]

    def clean_to(self) -> Person:
        return self.people[self.cleaned_data["to"]]
