"""What people type about a whole document: which one it is, remarks, people, reviews."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from guidance.documents.forms.answers import TextField
from toolkit.accounts.models import Person
from toolkit.core.text import DISCLOSURE

LONGEST_REMARK = 2_000


class LabelForm(forms.Form):
    """Which of several it is."""

    label = TextField(
        label="Which one is it?",
        help_text="Such as a supplier, a lot or a meeting, where there will be several. Only those who may open it are told",
        max_length=120,
        required=False,
        error_messages={"max_length": "Which one it is must be 120 characters or fewer"},
    )


def _remark(label: str, required: str, hint: str = "", *, is_required: bool = True) -> TextField:
    return TextField(
        label=label,
        help_text=f"{hint} {DISCLOSURE}".strip(),
        max_length=LONGEST_REMARK,
        required=is_required,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": required,
            "max_length": f"{label.rstrip('?')} must be {LONGEST_REMARK:,} characters or fewer",
        },
    )


class CommentForm(forms.Form):
    text = _remark("Comment", "Enter a comment", "It never comes out with the document.")


class PersonForm(forms.Form):
    """One of the organisation’s people."""

    person = forms.ChoiceField(
        label="Put somebody on this document", error_messages={"required": "Select a person"}
    )

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.email: person for person in people}
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", "Select a person"),
            *((email, f"{person} ({email})") for email, person in self.people.items()),
        ]

    def clean_person(self) -> Person:
        return self.people[self.cleaned_data["person"]]


class AskReviewForm(forms.Form):
    """Whom to ask, and what for."""

    person = forms.ChoiceField(label="Who is to review it?", required=False)
    note = _remark("What should they look at?", "", is_required=False)

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.email: person for person in people}
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", "Whoever may, and wrote none of it"),
            *((email, f"{person} ({email})") for email, person in self.people.items()),
        ]

    def clean_person(self) -> Person | None:
        return self.people.get(self.cleaned_data["person"])


class AnswerReviewForm(forms.Form):
    """Does it pass?"""

    passes = forms.ChoiceField(
        label="Is it right?",
        choices=[("yes", "Yes, it is right as it stands"), ("no", "Not yet: something has to change")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether it is right"},
    )
    reasons = _remark("Your reasons", "", "Needed if something has to change.", is_required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("passes") == "no" and not data.get("reasons") and "reasons" not in self.errors:
            self.add_error("reasons", "Enter what has to change")
        return data
