"""Moving an activity of a plan, and keeping a plan."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from guidance.tools.forms.radios import Radios
from toolkit.core.text import DISCLOSURE
from toolkit.govuk.fields import DateField
from workflows.journeys.planning.activities import LONGEST_ALLOWANCE
from workflows.procurements.models import Cause


def _cause() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="What is the cause?",
        choices=Cause.choices,
        widget=Radios(),
        error_messages={"required": "Select the cause"},
    )


def _reason(label: str, missing: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=DISCLOSURE,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
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


class KeepForm(forms.Form):
    """Why the plan differs from the one that was kept."""

    cause = _cause()
    reason = _reason("Why has the plan changed?", "Enter why the plan has changed")
