"""What the timeline asks, on one page, with answers that suit most of London."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from guidance.tools.forms.radios import Radios
from toolkit.core.text import listed
from toolkit.govuk.fields import DateField
from workflows.journeys.facts import Facts, Planned
from workflows.journeys.own_rules import Meeting, OwnRules
from workflows.journeys.planning.activities import ACTIVITIES, LONGEST_ALLOWANCE
from workflows.journeys.planning.shapes import Shape, shapes
from workflows.journeys.timeline import routes
from workflows.journeys.timeline.meetings import read_meetings

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
ALL_TICKS = {
    "key": (("strategy", "The strategy"), ("award", "The award")),
    "also": (
        ("engagement", "We engage the market first"),
        ("leaseholders", "Leaseholders will be charged"),
        ("staff", "Staff may transfer"),
        ("private", "Part of the meeting that decides is private"),
    ),
}
"""Questions with ticks, and all of their ticks."""


def _yes_no(label: str, initial: str, hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, help_text=hint, choices=_YES_NO, initial=initial, widget=Radios(), required=False
    )


class ChosenOfThese(forms.MultipleChoiceField):
    """Ticks of which some make no difference on the route: an address may carry them from another one."""

    ignored: frozenset[str] = frozenset()

    def to_python(self, value: Any) -> list[str]:
        return [each for each in super().to_python(value) if each not in self.ignored]


class TimelineForm(forms.Form):
    """When must I start? What is left out of an address is taken as it stands in the form."""

    route = forms.ChoiceField(
        label="How do you buy?",
        help_text="An urgent award is not in the list: urgency that nobody could foresee is not planned back from a day, and a plan that is late is no urgency",
        choices=lambda: list(routes.titles().items()),
        widget=Radios(),
        error_messages={"required": "Select how you buy"},
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
    key = ChosenOfThese(
        label="Which of them are key decisions?",
        help_text="Your constitution says from which value; £500,000 is common in London. Untick what is none",
        choices=ALL_TICKS["key"],
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
    also = ChosenOfThese(
        label="What else is true?",
        choices=ALL_TICKS["also"],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    first_stage = forms.ChoiceField(
        label="What does the tender notice ask for first?",
        choices=(("requests", "Requests to take part"), ("tenders", "Tenders at once")),
        initial="requests",
        widget=Radios(),
        required=False,
    )
    rounds = forms.ChoiceField(
        label="How many rounds of tenders are there?",
        choices=(("one", "One"), ("two", "Two"), ("three", "Three")),
        initial="one",
        widget=Radios(),
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
        route = self.fields["route"]
        assert isinstance(route.widget, Radios)
        route.widget.headings = {of_family[0][0]: label for label, of_family in routes.families()}
        self.unasked: list[str] = []
        """What the address ticks that makes no difference on its route, as the form words it."""
        shape = shapes().get(str((self.data if self.is_bound else self.initial).get("route", "")))
        if shape is not None and shape.route in routes.titles():
            self._ask_only(shape)

    def _ask_only(self, shape: Shape) -> None:
        """Leave out what makes no difference on this route; an address may still say it, for another route."""
        for name in routes.not_asked(shape, ALLOWANCES):
            field = self.fields.pop(name)
            if name == "also":
                self._note(field, set())
        for name, ticks in routes.choices_asked(shape).items():
            found = self.fields.get(name)
            if found is None:
                continue
            assert isinstance(found, ChosenOfThese)
            if name == "also":
                self._note(found, ticks)
            found.ignored = frozenset(value for value, _ in ALL_TICKS[name]) - ticks
            found.choices = [each for each in ALL_TICKS[name] if each[0] in ticks]
            found.initial = [value for value in found.initial or [] if value in ticks]
        if "strategy_decider" in self.fields and shape.has("waiver-decision"):
            self.fields["strategy_decider"].label = "Who decides the waiver?"

    def _note(self, field: forms.Field, ticks: Collection[str]) -> None:
        given = field.widget.value_from_datadict(self.data, self.files, "also") or [] if self.is_bound else []
        self.unasked = [label for value, label in ALL_TICKS["also"] if value in given and value not in ticks]

    @property
    def groups(self) -> list[tuple[str, list[str]]]:
        """The questions in groups: heading, names. A group whose questions make no difference is left out."""
        groups = (
            ("What and when", ("route", "needed", "also")),
            ("Who decides", ("model", "strategy_decider", "award_decider", "key", "call_in", "meetings")),
            ("Tenders", ("first_stage", "rounds", "documents", "planned")),
        )
        asked = [(heading, [name for name in names if name in self.fields]) for heading, names in groups]
        return [(heading, names) for heading, names in asked if names]

    @property
    def allowance_names(self) -> list[str]:
        return [name for name in self.fields if name.startswith("days_")]

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
        """What was answered; with a short address, the form's own first answer; nothing where it is not asked."""
        if name not in self.fields:
            return None
        given = self.cleaned_data.get(name)
        if given or (self.was_typed and name in ("key", "also")):
            return given
        return self.fields[name].initial

    def facts(self) -> Facts:
        """What a valid form says, as a route's facts."""
        data = self.cleaned_data
        route, also, key = data["route"], self._answer("also") or [], self._answer("key") or []
        call_in = data.get("call_in")
        planned = data.get("planned")
        choices = {
            "strategy_decider": self._answer("strategy_decider"),
            "award_decider": self._answer("award_decider"),
            "first_stage": self._answer("first_stage"),
            "rounds": self._answer("rounds"),
            "ground": routes.GROUNDS.get(route),
        }
        return Facts(
            regime=shapes()[route].law,
            light_touch=route in routes.LIGHT_TOUCH,
            concession=route in routes.CONCESSIONS,
            decision_model=self._answer("model") or "executive",
            answers={
                "key_decision_strategy": "strategy" in key,
                "key_decision_award": "award" in key,
                "private_strategy": "private" in also,
                "private_award": "private" in also,
                "engages_market": "engagement" in also or bool(data.get("days_engagement")),
                "leaseholders": "leaseholders" in also,
                "staff_transfer": "staff" in also,
                "electronic": True,
                "documents_at_once": self._answer("documents") != "no",
            },
            choices={name: said for name, said in choices.items() if said},
            events={"planned-notice": planned} if planned is not None else {},
            own=OwnRules(
                call_in_days=call_in if call_in is not None else 5,
                meetings=tuple(Meeting("the body you entered", day) for day in data.get("meetings") or ()),
            ),
            planned=Planned(
                takes={
                    slug: data[f"days_{slug}"] for slug in ALLOWANCES if data.get(f"days_{slug}") is not None
                }
            ),
        )
