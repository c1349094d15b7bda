"""What the tool about periods asks: which period, then its day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from guidance.tools import own_period
from guidance.tools.counting import Counting
from guidance.tools.forms.radios import Radios
from guidance.tools.periods import PERIODS, Period
from toolkit.core.text import day as in_words
from toolkit.core.text import listed
from toolkit.govuk.fields import DateField
from toolkit.law.periods import LONGEST


class ChoosePeriodForm(forms.Form):
    """Which period?"""

    period = forms.ChoiceField(
        label="Which period do you want to count?",
        choices=[(period.slug, period.label) for period in PERIODS.values()],
        widget=Radios({period.slug: period.note for period in PERIODS.values()}),
        error_messages={"required": "Select a period"},
    )
    choose = forms.CharField(widget=forms.HiddenInput, required=False, initial="1")
    """Sent when no period is, so that pressing the button without choosing is answered."""
    period.thing = "a period"  # type: ignore[attr-defined]  # read by the error sentences


class DayForm(forms.Form):
    """The day a period is counted from."""

    of: Period
    period = forms.CharField(widget=forms.HiddenInput, required=False)
    on = DateField()

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial={**(initial or {}), "period": self.of.slug})
        field = self.fields["on"]
        assert isinstance(field, DateField)
        field.label, field.thing = self.of.question, self.of.thing
        field.help_text = f"{self.of.hint}. Like 27 3 2027" if self.of.hint else "Like 27 3 2027"

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if self.of.only_on and (on.month, on.day) not in self.of.only_on:
            days = [f"{day} {_MONTHS[month]}" for month, day in self.of.only_on]
            raise ValidationError(f"The day must be {listed(days, 'or')}")
        first = self.of.in_force_from
        if first and on < first:
            raise ValidationError(
                f"The day must be {in_words(first)} or later: this rule does not reach back further"
            )
        return on

    def counting(self) -> Counting:
        """What a valid form says."""
        data = self.cleaned_data
        return Counting(data["on"], data.get("days") or 0, data.get("how", ""), data.get("calendar", ""))


_MONTHS = {3: "March", 4: "April", 6: "June", 9: "September", 12: "December"}


class OwnDaysForm(DayForm):
    """Days of one's own."""

    days = forms.IntegerField(
        label="How many days?",
        min_value=1,
        max_value=LONGEST,
        error_messages={"required": "Enter how many days"},
    )
    days.thing = "the number of days"  # type: ignore[attr-defined]  # read by the error sentences
    how = forms.ChoiceField(
        label="How are they counted?",
        choices=[(slug, words) for slug, (words, _) in own_period.HOW.items()],
        widget=Radios({slug: hint for slug, (_, hint) in own_period.HOW.items()}),
        error_messages={"required": "Select how the days are counted"},
    )
    calendar = forms.ChoiceField(
        label="If you count working days: whose?",
        choices=[(slug, words) for slug, (words, _) in own_period.CALENDARS.items()],
        widget=Radios({slug: hint for slug, (_, hint) in own_period.CALENDARS.items()}),
        required=False,
    )
    field_order = ["period", "on", "days", "how", "calendar"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if (
            data.get("how") in own_period.IN_WORKING_DAYS
            and not data.get("calendar")
            and "calendar" not in self.errors
        ):
            self.add_error("calendar", "Select whose working days to count")
        return data


def day_form(period: Period) -> type[DayForm]:
    """The form that asks for this period’s day."""
    base = OwnDaysForm if period.slug == own_period.SLUG else DayForm
    return type(base.__name__, (base,), {"of": period})
