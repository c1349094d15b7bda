"""What people type to follow something."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from toolkit.notifications import kinds
from toolkit.notifications.kinds import How


class FollowForm(forms.Form):
    """The address to write to."""

    email = forms.EmailField(
        label="Your e-mail address",
        help_text="We use it for these e-mails alone",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": "Enter your e-mail address",
            "invalid": "Enter an e-mail address in the correct format, like name@example.gov.uk",
        },
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class PreferencesForm(forms.Form):
    """How somebody wants to be told, of each kind of event: three choices in a row."""

    def __init__(self, *args: Any, chosen: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in kinds.every():
            field = forms.ChoiceField(
                label=kind.label,
                help_text=kind.hint,
                choices=How,
                initial=chosen[kind.slug],
                widget=forms.RadioSelect,
                error_messages={"required": f"Select when to write: {kind.label.lower()}"},
            )
            field.govuk = {"classes": "govuk-radios--inline govuk-radios--small"}  # type: ignore[attr-defined]  # the form bridge reads it
            self.fields[kind.slug] = field
