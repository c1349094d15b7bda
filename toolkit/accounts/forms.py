"""What people type about memberships."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django import forms

from toolkit.accounts.models import Organisation, Person
from toolkit.accounts.roles import GIVEN_BY_ADMINISTRATORS, ROLE_HINTS, Role
from toolkit.core import clock
from toolkit.govuk.fields import DateField

EMPLOYED_HERE, EMPLOYED_ELSEWHERE = "here", "elsewhere"


def _not_past(day: dt.date | None) -> dt.date | None:
    if day is not None and day < clock.today():
        raise forms.ValidationError("The last day must be today or later")
    return day


class JoinForm(forms.Form):
    """Asking to be let in."""

    organisation = forms.ModelChoiceField(
        label="Which organisation do you work for?",
        queryset=Organisation.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Select the organisation you work for"},
    )
    employment = forms.ChoiceField(
        label="Who employs you?",
        choices=[
            (EMPLOYED_HERE, "The organisation itself"),
            (EMPLOYED_ELSEWHERE, "Somebody else, such as an agency or a contractor"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Select who employs you"},
    )
    employer = forms.CharField(
        label="Name of your employer",
        help_text="Only if somebody else employs you",
        max_length=120,
        required=False,
    )
    reason = forms.CharField(
        label="What will you use the toolkit for?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter what you will use the toolkit for"},
    )
    ends_on = DateField(
        label="When does your work there end?",
        help_text="Leave empty if there is no end date",
        required=False,
    )
    supplier_interest = forms.CharField(
        label="Do you have an interest in a supplier?",
        help_text="For example you, or somebody close to you, work for one or own part of one. Leave empty if not",
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, person: Person, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = organisations
        if len(organisations) == 1:
            field.initial = organisations[0]

    def clean_ends_on(self) -> dt.date | None:
        return _not_past(self.cleaned_data.get("ends_on"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("employment") == EMPLOYED_ELSEWHERE and not data.get("employer"):
            self.add_error("employer", "Enter the name of your employer")
        if data.get("employment") == EMPLOYED_HERE:
            data["employer"] = ""
        return data


class RolesForm(forms.Form):
    """What somebody will do, for whom and until when."""

    roles = forms.MultipleChoiceField(
        label="What will they do?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one role"},
    )
    employer = forms.CharField(
        label="Employer", help_text="If it is not the organisation itself", max_length=120, required=False
    )
    reason = forms.CharField(
        label="Reason", max_length=300, error_messages={"required": "Enter the reason they need to be let in"}
    )
    ends_on = DateField(
        label="Last day of access", help_text="Leave empty if there is no end date", required=False
    )

    def __init__(self, *args: Any, among: Collection[str] | None = None, **kwargs: Any) -> None:
        """`among`: offer none but these."""
        super().__init__(*args, **kwargs)
        field = self.fields["roles"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [
            (role, Role(role).label) for role in GIVEN_BY_ADMINISTRATORS if among is None or role in among
        ]
        field.widget.hints = ROLE_HINTS

    def clean_ends_on(self) -> dt.date | None:
        return _not_past(self.cleaned_data.get("ends_on"))


class MemberForm(RolesForm):
    """Letting somebody in, or changing what they may do."""

    is_answer = forms.BooleanField(required=False, widget=forms.HiddenInput)
    """Was the page one that answers a request? Somebody else may have answered since."""


class InviteForm(RolesForm):
    """Inviting an address."""

    email = forms.EmailField(
        label="Their e-mail address",
        error_messages={
            "required": "Enter their e-mail address",
            "invalid": "Enter an e-mail address in the correct format, like name@example.gov.uk",
        },
    )
    field_order = ["email", "roles", "employer", "reason", "ends_on"]


class SwitchForm(forms.Form):
    """For which organisation do I act now?"""

    organisation = forms.ModelChoiceField(
        label="Which organisation are you working for now?",
        queryset=Organisation.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        to_field_name="slug",
        error_messages={"required": "Select an organisation"},
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = organisations
