"""Meetings, closed days, contacts, people listed, and how long approvals take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from toolkit.accounts.models import Person
from toolkit.core.who import WHO
from toolkit.govuk.fields import DateField, PoundsField
from workflows.journeys.own_rules import INC_VAT
from workflows.rules.calendars import MOST_BYTES
from workflows.rules.forms.common import OwnForm, TextField, basis_field, number_field
from workflows.rules.kinds import DecisionMaker, EndorsementKind

_BODY_MISSING = {
    "required": "Enter which body meets",
    "max_length": "The name must be 120 characters or fewer",
}


def _makers() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label="Which decisions can it take?",
        help_text="Tick none for any that needs a meeting",
        choices=DecisionMaker.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class PastedMeetingsForm(OwnForm):
    """One date typed, or many pasted."""

    lines = TextField(
        label="Dates",
        help_text="One on each line, as your committee system shows them: “Tuesday 8 December 2026, 7pm”, “08/12/2026” and “8 Dec 26” are all read. The name of a body beside a date is kept",
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Enter one date or more"},
    )
    body = TextField(
        label="Which body meets, where a line does not say?", max_length=120, error_messages=_BODY_MISSING
    )
    makers = _makers()


class CalendarForm(OwnForm):
    """A calendar file."""

    file = forms.FileField(
        label="Calendar file",
        help_text="An .ics file, 1 MB at most. Nothing is fetched from an address",
        error_messages={"required": "Select a file", "empty": "The file is empty: select another one"},
    )
    only = TextField(
        label="Only events whose title contains",
        help_text="Such as “Cabinet”. Leave empty for all",
        max_length=80,
        required=False,
    )
    makers = _makers()

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("The file must be smaller than 1 MB")
        return file


class ClosedDaysForm(OwnForm):
    lines = TextField(
        label="Days on which your organisation is closed",
        help_text="One on each line, with a name beside it: “24 December 2026 Christmas closure”. Bank holidays are known already",
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Enter one day or more"},
    )
    name = TextField(
        label="What are they called, where a line does not say?",
        max_length=120,
        error_messages={"required": "Enter what the closure is called"},
    )


class ContactForm(OwnForm):
    about = forms.ChoiceField(
        label="About what?",
        choices=[("", "Select a matter"), *WHO.items()],
        error_messages={"required": "Select what they are asked about"},
    )
    name = TextField(
        label="Whom to ask",
        help_text="A person or a team",
        max_length=120,
        error_messages={"required": "Enter whom to ask"},
    )
    email = forms.EmailField(
        label="E-mail address",
        required=False,
        error_messages={"invalid": "Enter an e-mail address, like name@borough.gov.uk"},
    )


class PowerForm(OwnForm):
    """Somebody for one kind of endorsement, up to a value."""

    person = forms.ChoiceField(label="Who?", error_messages={"required": "Select who is listed"})
    kind = forms.ChoiceField(
        label="For which endorsement?",
        choices=EndorsementKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select the kind of endorsement"},
    )
    up_to = PoundsField(
        label="Up to which value?",
        help_text="This amount itself is in it. Leave empty for any value",
        required=False,
    )
    basis = basis_field("Is that amount with or without VAT?")
    starts_on = DateField(
        label="From", thing="the first day", help_text="Until then, what they are listed for today stays"
    )
    ends_on = DateField(
        label="Until and including",
        required=False,
        help_text="Leave empty until further notice. After this day they are listed for nothing of this kind, what they had before included: list them again from the next day",
    )

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        kwargs["initial"] = {"basis": INC_VAT, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.people = {person.email: person for person in people}
        person = self.fields["person"]
        assert isinstance(person, forms.ChoiceField)
        person.choices = [
            ("", "Select somebody"),
            *((each.email, f"{each} ({each.email})") for each in people),
        ]


class LeaverForm(OwnForm):
    """Somebody who comes off the list after a day."""

    listed = forms.ChoiceField(
        label="Who comes off the list, for which endorsement?",
        error_messages={"required": "Select who comes off the list"},
    )
    last_day = DateField(label="Last day on the list", thing="the last day")

    def __init__(self, *args: Any, powers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = self.fields["listed"]
        assert isinstance(listed, forms.ChoiceField)
        listed.choices = [("", "Select somebody"), *powers]


class StandInForm(OwnForm):
    """Who answers for whom. Both are listed for the same kind."""

    pair = forms.ChoiceField(
        label="Who stands in for whom?",
        help_text="Only people listed for the same endorsement, at least up to the same value",
        error_messages={"required": "Select who stands in for whom"},
    )
    starts_on = DateField(label="From", thing="the first day")
    ends_on = DateField(
        label="Until and including", required=False, help_text="Leave empty until further notice"
    )

    def __init__(self, *args: Any, pairs: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pair = self.fields["pair"]
        assert isinstance(pair, forms.ChoiceField)
        pair.choices = [("", "Select a pair"), *pairs]


class DecidingForm(OwnForm):
    """How long the organisation's own approvals take."""

    approval_days = number_field(
        "How many days do your own approvals take before you can act on a contract?",
        0,
        730,
        help_text="Calendar days. The last day to start is this many days before the last day to give notice",
        required=True,
    )
