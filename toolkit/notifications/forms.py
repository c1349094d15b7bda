"""What people type to follow something."""

from __future__ import annotations

from django import forms


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
