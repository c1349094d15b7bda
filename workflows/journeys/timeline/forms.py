"""What the timeline asks, on one page, with answers that suit most of London."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from guidance.tools.forms.radios import Radios
from toolkit.core.text import listed
from toolkit.govuk.fields import DateField
from workflows.journeys.facts import Facts, Planned
from workflows.journeys.own_rules import Meeting, OwnRules
from workflows.journeys.planning.activities import ACTIVITIES, LONGEST_ALLOWANCE
from workflows.journeys.planning.shapes import shapes
from workflows.journeys.timeline.meetings import read_meetings

ROUTES = (
    ("open-competition", "Open competition"),
    ("competitive-flexible", "Competitive flexible procedure"),
    ("light-touch-competition", "Light-touch competition"),
    ("works-competition", "Works"),
    ("framework-call-off", "Call-off from a framework, with competition"),
    ("dynamic-market-award", "Competition under a dynamic market"),
    ("direct-award", "Direct award"),
    ("set-up-framework", "Setting up a framework"),
    ("below-threshold-open", "Below the threshold, advertised openly"),
    ("below-threshold-quotation", "Below the threshold, invited quotations"),
    ("joint-led", "Joint procurement that we lead"),
    ("psr-competitive", "Health care services: competitive process"),
    ("psr-most-suitable-provider", "Health care services: most suitable provider"),
    ("psr-direct-award-c", "Health care services: direct award process C"),
)
"""The routes that are planned most, in the order of the list."""
_LIGHT_TOUCH = frozenset({"light-touch-competition"})
_YES_NO = (("yes", "Yes"), ("no", "No"))
_DECIDERS = (
    ("meeting", "A meeting, such as cabinet or a committee"),
    ("member", "One member"),
    ("officer", "An officer"),
)
ALLOWANCES = (
    "strategy", "engagement", "specification", "tender-documents", "evaluation", "award-report", "signature", "mobilisation",
)  # fmt: skip
"""Activities whose days are asked for."""


def _yes_no(label: str, initial: str, hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, help_text=hint, choices=_YES_NO, initial=initial, widget=Radios(), required=False
    )


class TimelineForm(forms.Form):
    """When must I start? What is left out of an address is taken as it stands in the form."""

    route = forms.ChoiceField(
        label="How do you buy?", choices=ROUTES, error_messages={"required": "Select how you buy"}
    )
    needed = DateField(
        label="When is it needed?",
        help_text="The day the service begins or the goods are there. Like 27 3 2028",
        thing="the day it is needed",
    )
    model = forms.ChoiceField(
        label="How does your council take decisions?",
        choices=(
            ("executive", "Leader or mayor and cabinet"),
            ("committees", "Committees"),
            ("other", "Another way, or I do not know"),
        ),
        initial="executive",
        widget=Radios({"executive": "Most London boroughs", "committees": "Such as Kingston and Sutton"}),
        required=False,
    )
    strategy_decider = forms.ChoiceField(
        label="Who decides the strategy?",
        choices=_DECIDERS,
        initial="meeting",
        widget=Radios(),
        required=False,
    )
    award_decider = forms.ChoiceField(
        label="Who decides the award?", choices=_DECIDERS, initial="meeting", widget=Radios(), required=False
    )
    key = forms.MultipleChoiceField(
        label="Which of them are key decisions?",
        help_text="Your constitution says from which value; £500,000 is common in London. Untick what is none",
        choices=(("strategy", "The strategy"), ("award", "The award")),
        initial=["strategy", "award"],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    call_in = forms.IntegerField(
        label="Working days for call-in",
        help_text="5 are common, 10 in some councils. Enter 0 if there is no call-in",
        initial=5,
        min_value=0,
        max_value=30,
        required=False,
    )
    call_in.thing = "the working days for call-in"  # type: ignore[attr-defined]  # read by the error sentences
    meetings = forms.CharField(
        label="Dates of meetings",
        help_text="One to a line, as your calendar writes them, like 14 January 2027. Without them a decision is planned for the first day on which a meeting could take it",
        max_length=6_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )
    meetings.thing = "the dates of meetings"  # type: ignore[attr-defined]  # read by the error sentences
    also = forms.MultipleChoiceField(
        label="What else is true?",
        choices=(
            ("engagement", "We engage the market first"),
            ("leaseholders", "Leaseholders will be charged"),
            ("staff", "Staff may transfer"),
        ),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    documents = _yes_no("Will every document be published with the tender notice?", "yes", "Tenders sent electronically; otherwise the least tender period is longer")  # fmt: skip
    planned = DateField(
        label="When was a planned procurement notice (UK3) published?",
        help_text="Leave it empty if there is none",
        thing="the day of the planned procurement notice",
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for slug in ALLOWANCES:
            activity = ACTIVITIES[slug]
            field = forms.IntegerField(
                label=activity.label, min_value=0, max_value=LONGEST_ALLOWANCE, required=False
            )
            field.thing = f"the days for “{activity.label}”"  # type: ignore[attr-defined]  # read by the error sentences
            self.fields[f"days_{slug}"] = field

    @property
    def groups(self) -> list[tuple[str, list[str]]]:
        """The questions in groups: heading, names."""
        return [
            ("What and when", ["route", "needed", "also"]),
            ("Who decides", ["model", "strategy_decider", "award_decider", "key", "call_in", "meetings"]),
            ("Tenders", ["documents", "planned"]),
        ]

    @property
    def allowance_names(self) -> list[str]:
        return [f"days_{slug}" for slug in ALLOWANCES]

    @property
    def has_odd_allowances(self) -> bool:
        """Was one of them changed, or is one wrong?"""
        return any(self.data.get(name) or self.errors.get(name) for name in self.allowance_names)

    def clean_meetings(self) -> list[dt.date]:
        days, strange = read_meetings(str(self.cleaned_data["meetings"]))
        if strange:
            shown = listed([f"“{line}”" for line in strange[:3]])
            raise ValidationError(
                f"Enter each meeting as a date, like 14 January 2027: {shown} could not be read"
            )
        return days

    @property
    def was_typed(self) -> bool:
        """Does the address answer more than the route and the day?"""
        return "model" in self.data

    def _answer(self, name: str) -> Any:
        """What was answered; with a short address, the form's own first answer."""
        given = self.cleaned_data.get(name)
        if given or (self.was_typed and name in ("key", "also")):
            return given
        return self.fields[name].initial

    def facts(self) -> Facts:
        """What a valid form says, as a route's facts."""
        data = self.cleaned_data
        route, also, key = data["route"], self._answer("also") or [], self._answer("key") or []
        call_in = data["call_in"] if data["call_in"] is not None else 5
        documents = self._answer("documents") == "yes"
        planned = data.get("planned")
        return Facts(
            regime=shapes()[route].law,
            light_touch=route in _LIGHT_TOUCH,
            concession=False,
            decision_model=self._answer("model"),
            answers={
                "key_decision_strategy": "strategy" in key,
                "key_decision_award": "award" in key,
                "engages_market": "engagement" in also,
                "leaseholders": "leaseholders" in also,
                "staff_transfer": "staff" in also,
                "electronic": True,
                "documents_at_once": documents,
            },
            choices={
                "strategy_decider": self._answer("strategy_decider"),
                "award_decider": self._answer("award_decider"),
            },
            events={"planned-notice": planned} if planned is not None else {},
            own=OwnRules(
                call_in_days=call_in,
                meetings=tuple(Meeting("the body you entered", day) for day in data["meetings"]),
            ),
            planned=Planned(
                takes={
                    slug: data[f"days_{slug}"] for slug in ALLOWANCES if data.get(f"days_{slug}") is not None
                }
            ),
        )
