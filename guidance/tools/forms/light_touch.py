"""What the tool about light touch asks."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from toolkit.law.light_touch import NotACode, read_code


class LightTouchForm(forms.Form):
    """Is this light touch?"""

    service = forms.CharField(
        label="The CPV code, or a few words about the service",
        help_text="Like 85310000-5, or home care for adults",
        max_length=200,
        error_messages={"required": "Enter a CPV code or a few words about the service"},
    )
    service.thing = "what you enter"  # type: ignore[attr-defined]  # read by the error sentences

    def clean_service(self) -> str:
        service = str(self.cleaned_data["service"])
        try:
            read_code(service)
        except NotACode as problem:
            raise ValidationError(str(problem)) from problem
        return service
