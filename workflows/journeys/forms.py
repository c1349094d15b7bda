"""What a page asks of a route: the facts of a made-up procurement."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from toolkit.core.text import sentence
from toolkit.govuk.fields import PoundsField
from workflows.journeys.definitions import Field, FieldType, Journey
from workflows.journeys.facts import Facts
from workflows.journeys.vocabulary import ANSWERS, CHOICES

KINDS = (("goods", "Goods"), ("services", "Services"), ("works", "Works"))
MODELS = (
    ("executive", "Leader or mayor and cabinet"),
    ("committees", "Committees"),
    ("other", "Another way, or not known"),
)
YES_NO = (("yes", "Yes"), ("no", "No"))
NOT_SAID = ("", "Not said")


class WhatIfForm(forms.Form):
    """The facts that decide about the steps of one route. Everything may be left unsaid: what nobody says removes no step."""

    value = PoundsField(label="Value including VAT", required=False, max_length=100)
    value.thing = "the value"  # type: ignore[attr-defined]  # read by the error sentences
    kind = forms.ChoiceField(label="Mostly", choices=(NOT_SAID, *KINDS), required=False)
    light_touch = forms.ChoiceField(label="Light touch", choices=(NOT_SAID, *YES_NO), required=False)
    concession = forms.ChoiceField(label="A concession", choices=(NOT_SAID, *YES_NO), required=False)
    decision_model = forms.ChoiceField(
        label="How decisions are taken", choices=MODELS, required=False, initial="other"
    )

    def __init__(self, journey: Journey, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = _asked(journey)
        for fact, given in self.asked.items():
            self.fields[fact] = forms.ChoiceField(
                label=sentence(_words(fact)).removesuffix("."),
                choices=(NOT_SAID, *(given.choices if fact in CHOICES else YES_NO)),
                required=False,
            )

    def facts(self) -> Facts:
        """What was said, as facts. Call it on a valid form."""
        said = self.cleaned_data
        value: Decimal | None = said["value"]
        return Facts(
            kind=said["kind"],
            value_inc_vat=value,
            light_touch=_yes_or_no(said["light_touch"]),
            concession=_yes_or_no(said["concession"]),
            decision_model=said["decision_model"] or "other",
            answers={fact: _yes_or_no(said[fact]) for fact in self.asked if fact in ANSWERS},
            choices={fact: said[fact] or None for fact in self.asked if fact in CHOICES},
        )


def _asked(journey: Journey) -> dict[str, Field]:
    """Fact → the field of the route that asks for it, in the order of the steps."""
    asked: dict[str, Field] = {}
    for task in journey.tasks:
        for given in task.fields:
            if given.fact and given.type in (FieldType.ANSWER, FieldType.CHOICE):
                asked.setdefault(given.fact, given)
    return asked


def _words(fact: str) -> str:
    return ANSWERS[fact] if fact in ANSWERS else CHOICES[fact].unknown


def _yes_or_no(said: str) -> bool | None:
    return {"yes": True, "no": False}.get(said)
