"""What people type to comment, and to hand over."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from toolkit.accounts.models import Person
from toolkit.core.text import DISCLOSURE
from workflows.procurements.services.comments import LONGEST


def _named(people: Iterable[Person]) -> list[tuple[str, str]]:
    return [(person.email, f"{person} ({person.email})") for person in people]


class CommentForm(forms.Form):
    """A comment, and whom of the team it mentions."""

    text = forms.CharField(
        label="Your comment",
        help_text=f"To mention a colleague write @ and the beginning of their address, such as @ada.okoro. {DISCLOSURE}",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter a comment"},
    )
    mentioned = forms.MultipleChoiceField(
        label="Mention people of the team",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.email: person for person in people}
        field = self.fields["mentioned"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(email, str(person)) for email, person in self.people.items()]
        field.govuk = {"classes": "govuk-checkboxes--small"}  # type: ignore[attr-defined]  # the form bridge reads it
        if not self.people:
            del self.fields["mentioned"]

    def clean_mentioned(self) -> list[Person]:
        return [self.people[email] for email in self.cleaned_data["mentioned"]]


class HandOverForm(forms.Form):
    """Whose work in a procurement goes to whom."""

    person = forms.ChoiceField(
        label="Whose work?", error_messages={"required": "Select whose work is handed over"}
    )
    to = forms.ChoiceField(
        label="Who takes it over?",
        help_text="An officer of your organisation. They take the place on the team and the steps",
        error_messages={"required": "Select who takes it over"},
    )
    note = forms.CharField(
        label="What do they need to know?",
        help_text=f"It becomes a comment on the procurement. {DISCLOSURE}",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, team: Iterable[Person], officers: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.email: person for person in [*team, *officers]}
        for name, people in (("person", team), ("to", officers)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "Select a person"), *_named(people)]

    def clean_person(self) -> Person:
        return self.people[self.cleaned_data["person"]]

    def clean_to(self) -> Person:
        return self.people[self.cleaned_data["to"]]
