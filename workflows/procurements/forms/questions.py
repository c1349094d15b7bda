"""The opening questions, one form a page, saved at every step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms

from toolkit.core import categories, clock
from toolkit.core.money import with_vat, without_vat
from toolkit.core.text import DISCLOSURE
from toolkit.govuk.fields import DateField, PoundsField
from toolkit.law.routes import RouteOption
from workflows.journeys.definitions import FAMILIES
from workflows.procurements.models import Kind, Money, Procurement, VatBasis
from workflows.procurements.selectors import FLAGS

HELP_ME = "help-me-choose"


class QuestionForm(forms.Form):
    """One page of questions. `initial_from` reads a procurement, `answers` gives its fields as answered: without more, each
    question is the field of its name."""

    title = ""

    @classmethod
    def initial_from(cls, procurement: Procurement) -> dict[str, Any]:
        """Question → what the procurement says already."""
        return {name: getattr(procurement, name) for name in cls.base_fields}

    def answers(self, procurement: Procurement) -> dict[str, Any]:
        """Field → value, for a procurement that is answered about."""
        return dict(self.cleaned_data)


class MoneyForm(QuestionForm):
    title = "Is there money, and what happens if we do nothing?"

    money = forms.ChoiceField(
        label="Is there money for this?",
        choices=Money,
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether there is money for this"},
    )
    consequence = forms.CharField(
        label="What happens if we do nothing?",
        help_text=f"Who is affected, and from when. {DISCLOSURE}",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Enter what happens if you do nothing"},
    )


class NeedForm(QuestionForm):
    title = "What do you need, and for whom?"

    need = forms.CharField(
        label="What do you need, and who is it for?",
        help_text=f"The problem and the people, rather than a product. {DISCLOSURE}",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Enter what you need and who it is for"},
    )
    name = forms.CharField(
        label="A short title",
        help_text="Such as “Housing repairs, north of the borough”. Others see it once you share the procurement",
        max_length=200,
        error_messages={"required": "Enter a short title"},
    )

    @classmethod
    def initial_from(cls, procurement: Procurement) -> dict[str, Any]:
        return {"need": procurement.need, "name": procurement.title}

    def answers(self, procurement: Procurement) -> dict[str, Any]:
        return {"need": self.cleaned_data["need"], "title": self.cleaned_data["name"].strip()}


class CategoryForm(QuestionForm):
    title = "What kind of thing is it?"

    category = forms.ChoiceField(
        label="Which of these is closest?",
        choices=[("", "Select a category"), *categories.choices()],
        error_messages={"required": "Select the closest category"},
    )
    kind = forms.ChoiceField(
        label="Is it mostly goods, services or works?",
        help_text="Works means building and engineering work. If it is mixed, choose what you will spend most on",
        choices=Kind,
        widget=forms.RadioSelect,
        error_messages={"required": "Select goods, services or works"},
    )

    def answers(self, procurement: Procurement) -> dict[str, Any]:
        given = super().answers(procurement)
        if (procurement.category, procurement.kind) != (given["category"], given["kind"]):
            # What was confirmed about another category does not hold for this one.
            given |= dict.fromkeys(FLAGS)
        return given


class SpecialForm(QuestionForm):
    """Worked out from the category, confirmed by a person."""

    title = "Do special rules apply?"
    HINTS = {
        "is_light_touch": "Social, health-related, education, cultural and some other services on the exact list of codes in Schedule 1 to the Procurement Regulations 2024",
        "is_health": "Such as sexual health, drugs and alcohol, or 0 to 19 services: the Provider Selection Regime, not the Procurement Act",
        "is_utility": "Water, energy, transport networks, ports, airports: much of what Transport for London buys",
        "is_concession": "The supplier earns from users and carries the risk that they do not come, such as a café in a park",
    }

    special = forms.MultipleChoiceField(
        label="Which of these is it?",
        help_text="We ticked what your category suggests. Select all that apply, or none",
        choices=list(FLAGS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, kind: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["special"].widget.hints = self.HINTS

    def clean_special(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["special"]
        if "is_light_touch" in chosen and self.kind in (Kind.GOODS, Kind.WORKS):
            raise forms.ValidationError(
                f"Only services can be light touch: you said that it is mostly {self.kind}"
            )
        return chosen

    @classmethod
    def initial_from(cls, procurement: Procurement) -> dict[str, Any]:
        category = categories.BY_SLUG.get(procurement.category)
        suggested = {
            "is_light_touch": bool(category and category.light_touch and procurement.kind == Kind.SERVICES),
            "is_health": bool(category and category.health),
            "is_utility": bool(category and category.utility),
            "is_concession": False,
        }
        return {
            "special": [
                name
                for name, fallback in suggested.items()
                if (fallback if getattr(procurement, name) is None else getattr(procurement, name))
            ]
        }

    def answers(self, procurement: Procurement) -> dict[str, Any]:
        return {name: name in self.cleaned_data["special"] for name in FLAGS}


class ValueForm(QuestionForm):
    title = "What will it be worth?"

    value = PoundsField(
        label="Estimated value over the whole life of the contract",
        help_text="With every option and extension you might use. Leave empty if it cannot be estimated",
        required=False,
    )
    value_basis = forms.ChoiceField(
        label="Is VAT in that figure?",
        help_text="The law counts VAT in; most standing orders leave it out. We show both, at the standard rate of 20%",
        choices=VatBasis,
        widget=forms.RadioSelect,
        required=False,
    )
    unknown = forms.BooleanField(
        label="The value cannot be estimated",
        help_text="The law then treats it as above the threshold (Procurement Act 2023, Schedule 3)",
        required=False,
    )

    @classmethod
    def initial_from(cls, procurement: Procurement) -> dict[str, Any]:
        return {
            "value": procurement.value_typed,
            "value_basis": procurement.value_basis or VatBasis.EX,
            "unknown": procurement.value_is_unknown,
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        value, unknown = data.get("value"), data.get("unknown")
        if "value" not in self.errors:
            if value is None and not unknown:
                self.add_error("value", "Enter the estimated value, or say that it cannot be estimated")
            elif value is not None and unknown:
                self.add_error("unknown", "Either enter a value or say that it cannot be estimated, not both")
            elif value is not None and not data.get("value_basis"):
                self.add_error("value_basis", "Select whether VAT is in that figure")
        return data

    def answers(self, procurement: Procurement) -> dict[str, Any]:
        value, basis = self.cleaned_data["value"], self.cleaned_data["value_basis"]
        given = {"value_typed": value, "value_is_unknown": self.cleaned_data["unknown"], "value_basis": "",
                 "value_inc_vat": None, "value_ex_vat": None}  # fmt: skip
        if value is not None:
            given["value_basis"] = basis
            given["value_inc_vat"] = value if basis == VatBasis.INC else with_vat(value)
            given["value_ex_vat"] = value if basis == VatBasis.EX else without_vat(value)
        return given


class WhenForm(QuestionForm):
    title = "When is it needed?"

    needed_on = DateField(
        label="On which day must the service, goods or works be there?",
        help_text="For example, 1 4 2028. We count back from this day",
        error_messages={"required": "Enter the day it is needed"},
    )

    def clean_needed_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["needed_on"]
        if day < clock.today():
            raise forms.ValidationError("The day it is needed must be in the future")
        if day.year > clock.today().year + 25:
            raise forms.ValidationError("The day it is needed must be within the next 25 years")
        return day


class RouteForm(QuestionForm):
    """The routes offered are those the triage leaves open for these answers."""

    title = "Which route will you take?"

    route = forms.ChoiceField(
        label="Do you know which route you will take?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select a route, or ask for help to choose"},
    )

    def __init__(
        self, *args: Any, routes: Sequence[RouteOption] = (), must_choose: bool = False, **kwargs: Any
    ) -> None:
        """`must_choose`: the time for “Help me choose” is over."""
        super().__init__(*args, **kwargs)
        field = self.fields["route"]
        assert isinstance(field, forms.ChoiceField)
        families = list(FAMILIES)
        listed = sorted(routes, key=lambda route: families.index(route.family))
        field.choices = [(route.slug, route.name) for route in listed]
        field.widget.hints = {route.slug: route.why for route in listed}
        first = {route.family: route.slug for route in reversed(listed)}
        field.widget.headings = {slug: FAMILIES[family] for family, slug in first.items()}
        if must_choose:
            field.label = "Which route will you take?"
        else:
            field.choices = [*field.choices, (HELP_ME, "Help me choose")]
            field.widget.headings[HELP_ME] = "Not sure"

    @classmethod
    def initial_from(cls, procurement: Procurement) -> dict[str, Any]:
        return {"route": procurement.route or None}

    def answers(self, procurement: Procurement) -> dict[str, Any]:
        chosen = self.cleaned_data["route"]
        return {"route": "" if chosen == HELP_ME else chosen}


QUESTIONS: dict[str, type[QuestionForm]] = {
    "money": MoneyForm,
    "need": NeedForm,
    "category": CategoryForm,
    "special-rules": SpecialForm,
    "value": ValueForm,
    "when": WhenForm,
    "route": RouteForm,
}
"""The pages in their order, by the slug in the address."""

CHANGEABLE = {slug: form for slug, form in QUESTIONS.items() if form is not RouteForm}
"""What may still be changed once the procurement is started: everything but the route."""


def reason_field(label: str, required: str, hint: str = "It stands in the history") -> forms.CharField:
    """Asks why something that stood on the record is changed."""
    return forms.CharField(
        label=label,
        help_text=f"{hint}. {DISCLOSURE}",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": required},
    )


class HandOverForm(forms.Form):
    """A purchase that no route of the toolkit takes."""

    where = forms.CharField(
        label="Where is it handled, and where is its record?",
        help_text=f"Such as “Public health commissioning, case 2026/114 in the e-tendering system”. {DISCLOSURE}",
        max_length=300,
        error_messages={"required": "Enter where it is handled"},
    )
