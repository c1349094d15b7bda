"""What people type about a formal decision."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from toolkit.core import clock
from toolkit.core.text import DISCLOSURE, lower_first
from toolkit.govuk.fields import DateField
from toolkit.law.values import counted
from workflows.journeys.own_rules import OwnRules
from workflows.procurements.forms.questions import reason_field
from workflows.procurements.models import DecisionMaker, NoCallIn

APPLIES, NOBODY = "applies", "nobody"
"""The answers that are kept as nothing: it can be called in, it delegates to nobody."""


def _published_on() -> DateField:
    return DateField(label="Date it was published", required=False)


def _call_in_ends_on() -> DateField:
    return DateField(
        label="Last day of call-in",
        help_text="The next steps open the day after",
        required=False,
    )


def _no_call_in() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Can it be called in?",
        choices=[(APPLIES, "Yes"), *((why.value, f"No: {lower_first(str(why.label))}") for why in NoCallIn)],
        widget=forms.RadioSelect,
        initial=APPLIES,
        required=False,
    )


def _call_in_because() -> forms.CharField:
    return forms.CharField(
        label="More about call-in",
        help_text="Who waived it, which rule exempts it, or why it ends on another day than your rules say",
        max_length=300,
        required=False,
    )


def _long(label: str, help_text: str = DISCLOSURE) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CallInForm(forms.Form):
    """When a decision was published and until when it may be called in, or why it may not."""

    published_on = _published_on()
    no_call_in = _no_call_in()
    call_in_ends_on = _call_in_ends_on()
    call_in_because = _call_in_because()

    def __init__(self, *args: Any, own: OwnRules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = own
        if own.call_in_days:
            self.fields["call_in_ends_on"].help_text = (
                "The next steps open the day after. Leave it empty and it is worked out: by your organisation’s own rules "
                f"{counted(own.call_in_days, 'working day')} after it was published"
            )
        elif own.call_in_days == 0:
            self.fields[
                "call_in_ends_on"
            ].help_text = (
                "Your organisation’s own rules know no call-in. Enter a day only if there is one all the same"
            )

    def clean_published_on(self) -> dt.date | None:
        given: dt.date | None = self.cleaned_data["published_on"]
        if given is not None and given > clock.today():
            raise forms.ValidationError("The date it was published must be today or in the past")
        return given

    def clean_no_call_in(self) -> str:
        said: str = self.cleaned_data["no_call_in"]
        return "" if said == APPLIES else said

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        ends, why = data.get("call_in_ends_on"), data.get("no_call_in")
        if ends is not None and why:
            self.add_error(
                "call_in_ends_on", "Enter the last day of call-in, or say why there is none: not both"
            )
        elif why == NoCallIn.WAIVED and not data.get("call_in_because"):
            self.add_error("call_in_because", "Enter who waived call-in")
        elif ends is None and not why and "call_in_ends_on" not in self.errors:
            if (
                self.own.call_in_days
                and data.get("published_on") is None
                and "published_on" not in self.errors
            ):
                self.add_error("published_on", "Enter the date it was published: call-in runs from it")
            elif self.own.call_in_days is None:
                self.add_error(
                    "call_in_ends_on", "Enter the last day of call-in, or select why there is none"
                )
        return data


class DecisionForm(CallInForm):
    maker = forms.ChoiceField(
        label="Who made the decision?",
        choices=DecisionMaker,
        widget=forms.RadioSelect,
        error_messages={"required": "Select who made the decision"},
    )
    maker_name = forms.CharField(
        label="Name of the body or post",
        help_text="Such as “Cabinet” or “Director of Resources”. A post, not a person’s name",
        max_length=160,
        error_messages={"required": "Enter the name of the body or post"},
    )
    power = forms.CharField(
        label="Power relied on",
        help_text="Such as “Constitution, part 3, paragraph 4.2”",
        max_length=300,
        error_messages={"required": "Enter the power relied on"},
    )
    decided_on = DateField(
        label="Date of the decision", error_messages={"required": "Enter the date of the decision"}
    )
    report_reference = forms.CharField(label="Report reference", max_length=120, required=False)
    report_link = forms.URLField(
        label="Link to the report",
        required=False,
        assume_scheme="https",
        error_messages={
            "invalid": "Enter a web address in the correct format, like https://council.example/report"
        },
    )
    reasons = _long("Reasons for the decision")
    alternatives = _long("Alternatives considered and rejected")
    interests = _long(
        "Interests declared, and dispensations", f"Leave empty if there were none. {DISCLOSURE}"
    )
    delegated_maker = forms.ChoiceField(
        label="Does it delegate the award?",
        choices=[(NOBODY, "No"), *((maker.value, f"Yes: {maker.label.lower()}") for maker in DecisionMaker)],
        widget=forms.RadioSelect,
        initial=NOBODY,
        required=False,
    )
    delegated_to = forms.CharField(
        label="Delegated to",
        help_text="The post or body that may decide the award, such as “Director of Resources”",
        max_length=200,
        required=False,
    )

    field_order = (
        "maker", "maker_name", "power", "decided_on", "published_on", "no_call_in", "call_in_ends_on", "call_in_because",
        "report_reference", "report_link", "reasons", "alternatives", "interests", "delegated_maker", "delegated_to", "reason",
    )  # fmt: skip

    def __init__(self, *args: Any, delegates: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not delegates:  # only a strategy decision says who decides the award
            del self.fields["delegated_maker"], self.fields["delegated_to"]

    def clean_delegated_maker(self) -> str:
        said: str = self.cleaned_data["delegated_maker"]
        return "" if said == NOBODY else said

    def clean_decided_on(self) -> dt.date:
        given: dt.date = self.cleaned_data["decided_on"]
        if given > clock.today():
            raise forms.ValidationError("The date of the decision must be today or in the past")
        return given

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        decided = data.get("decided_on")
        for name, words in (
            ("published_on", "The date it was published"),
            ("call_in_ends_on", "The last day of call-in"),
        ):
            if decided is not None and data.get(name) is not None and data[name] < decided:
                self.add_error(name, f"{words} must be on or after the date of the decision")
        if data.get("delegated_maker") and not data.get("delegated_to"):
            self.add_error("delegated_to", "Enter whom the decision delegates the award to")
        return data


class FurtherDecisionForm(DecisionForm):
    """A decision that supersedes an earlier one."""

    reason = reason_field(
        "Why is there a further decision?",
        "Enter why there is a further decision",
        "The earlier one is kept, and shown as superseded",
    )


class DecisionDatesForm(CallInForm):
    """The dates of a standing decision, put right."""

    reason = reason_field(
        "Why are the dates corrected?",
        "Enter why the dates are corrected",
        "It stands in the history, with the dates as they were",
    )
