"""Moving an activity of a plan, and saying why others are late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms

from guidance.tools.forms.radios import Radios
from toolkit.core.text import DISCLOSURE
from toolkit.govuk.fields import DateField
from workflows.journeys.planning.activities import LONGEST_ALLOWANCE
from workflows.procurements.models import Cause


def _cause(label: str = "What is the cause?", *, required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=Cause.choices,
        widget=Radios(),
        required=required,
        error_messages={"required": "Select the cause"},
    )


def _reason(label: str, missing: str, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=DISCLOSURE,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=required,
        error_messages={"required": missing},
    )


class MoveForm(forms.Form):
    """One activity: another day, another length. Trying it asks for no reason."""

    starts_on = DateField(
        label="When is it to begin?",
        help_text="Leave it empty to begin as soon as what comes before it is over. Like 27 3 2028",
        thing="the day it is to begin",
        required=False,
    )
    takes = forms.IntegerField(
        label="How many calendar days does it take?",
        help_text="Leave it empty for the usual allowance. A least period of the law is never shortened",
        min_value=0,
        max_value=LONGEST_ALLOWANCE,
        required=False,
    )
    takes.thing = "the number of days"  # type: ignore[attr-defined]  # read by the error sentences
    cause = _cause()
    reason = _reason("Why is it moved?", "Enter why it is moved")

    def __init__(self, *args: Any, has_allowance: bool, is_trial: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_allowance:
            del self.fields["takes"]
        if is_trial:
            self.fields["cause"].required = self.fields["reason"].required = False

    @property
    def wanted(self) -> dict[str, dt.date | int | None]:
        """The day and the length that a valid form asks for."""
        return {"starts_on": self.cleaned_data["starts_on"], "takes": self.cleaned_data.get("takes")}


class SlipsForm(forms.Form):
    """Why each of several activities is late. What nobody can say yet stays empty."""

    plan = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=1_000_000)

    def __init__(self, *args: Any, slips: Mapping[str, str], **kwargs: Any) -> None:
        """`slips`: activity → what to call it, and how late it is."""
        super().__init__(*args, **kwargs)
        self.slips = slips
        for slug, words in slips.items():
            self.fields[f"cause-{slug}"] = _cause(f"{words}: what is the cause?", required=False)
            self.fields[f"reason-{slug}"] = _reason(
                f"Why? ({words})", "Enter why it is later", required=False
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        self.reasons: dict[str, tuple[Cause, str]] = {}
        for slug, words in self.slips.items():
            cause, reason = data.get(f"cause-{slug}"), data.get(f"reason-{slug}")
            if cause and reason:
                self.reasons[slug] = Cause(cause), reason
            elif cause and f"reason-{slug}" not in self.errors:
                self.add_error(f"reason-{slug}", f"Enter why: {words}")
            elif reason and f"cause-{slug}" not in self.errors:
                self.add_error(f"cause-{slug}", f"Select the cause: {words}")
        if not self.reasons and not self.errors:
            raise forms.ValidationError("Enter why for at least one of them")
        return data
