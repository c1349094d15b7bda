"""What we ask on the sign-up page beside the address and the password."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest

from toolkit.accounts.models import Person


class SignupDetails(forms.Form):
    """Mixed into allauth's sign-up form."""

    name = forms.CharField(
        label="Your name",
        max_length=120,
        error_messages={"required": "Enter your name"},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def signup(self, request: HttpRequest, user: Person) -> None:
        user.name = self.cleaned_data["name"].strip()
        user.save(update_fields=["name"])
