"""Parts of a draft: how decisions are taken, policy, approvals, bands, extra steps, notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms

from toolkit.accounts.models import DecisionModel
from toolkit.core import categories
from toolkit.core.stages import Stage
from toolkit.core.text import DISCLOSURE
from toolkit.core.who import WHO
from toolkit.govuk.fields import PoundsField
from workflows.journeys.conditions import CONDITIONS
from workflows.journeys.conditions.common import NO_MORE
from workflows.journeys.own_rules import EX_VAT, GATES
from workflows.rules import content
from workflows.rules.forms.common import OwnForm, RangeForm, TextField, amount, basis_field, number_field
from workflows.rules.kinds import DecisionMaker, EndorsementKind
from workflows.rules.names import route_titles, step_titles

PLACES = 4
"""How many kinds of endorsement a rule may ask for."""
_SOURCE = "Such as “Contract standing orders, 12.3”. Readers see it"
_ANSWERS = [("yes", "Yes"), ("no", "No"), ("not-said", "Not said: it is decided each time")]
_AS_TYPED: Mapping[bool | None, str] = {True: "yes", False: "no", None: "not-said"}
_AS_KEPT = {typed: kept for kept, typed in _AS_TYPED.items()}


def _ticks(label: str, choices: Iterable[tuple[str, str]], help_text: str = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        help_text=help_text,
        choices=list(choices),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": "Select from the list"},
    )


class DecisionsForm(OwnForm):
    """The parts `names` of the content, read by `initial_from` and given by `parts`."""

    names = ("decision_model", "key_decision_from", "call_in_days")
    heading = "How decisions are taken"

    decision_model = forms.ChoiceField(
        label="How does your organisation take formal decisions?",
        help_text="The 28 clear days’ notice of key decisions and the 5 clear days for papers of the 2012 regulations hold for a leader or mayor and cabinet alone",
        choices=DecisionModel,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how your organisation takes decisions"},
    )

    key_decision = PoundsField(
        label="From which value is it a key decision?",
        help_text="Only under a leader or mayor and cabinet. Below it, a decision may still be one by its effect on wards. Leave empty if your constitution has no such figure",
        required=False,
    )
    basis = basis_field("Is that amount with or without VAT?")
    call_in_days = number_field(
        "For how many working days may a decision be called in?",
        0,
        content.MOST_CALL_IN,
        help_text="After it is published. Your closed days do not count. 0: there is no call-in. Leave empty if you do not know",
    )

    @staticmethod
    def initial_from(said: Mapping[str, Any]) -> dict[str, Any]:
        key = said.get("key_decision_from")
        return {
            "decision_model": said.get("decision_model", ""),
            "key_decision": Decimal(key["pounds"]) if key else None,
            "basis": key["basis"] if key else EX_VAT,
            "call_in_days": said.get("call_in_days"),
        }

    def parts(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "decision_model": data["decision_model"],
            "key_decision_from": amount(data["key_decision"], data["basis"]),
            "call_in_days": data["call_in_days"],
        }


def _switch(label: str, help_text: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        choices=_ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": f"Select an answer: {label[0].lower()}{label[1:]}".rstrip("?")},
    )


class SwitchesForm(OwnForm):
    names = ("switches", "allowances")
    heading = "Policy"

    notice_for_provided_options = _switch(
        "Do you publish a contract change notice (UK10) also when a provided option is used?",
        "Section 75 can be read either way: check with your legal team",
    )
    voluntary_standstill = _switch(
        "Do you promise a standstill where none is mandatory?", "A period that UK6 states binds you"
    )
    tolerance_percent = number_field(
        "By how many per cent may the value go up before an endorsement lapses?",
        0,
        content.MOST_TOLERANCE,
        required=True,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for slug, words in content.ALLOWANCES.items():
            self.fields[f"days-{slug}"] = number_field(
                f"{words}: days it takes here",
                0,
                content.MOST_ALLOWANCE,
                help_text="Calendar days in a plan. Leave empty for the toolkit’s own allowance",
            )

    @staticmethod
    def initial_from(said: Mapping[str, Any]) -> dict[str, Any]:
        switches = said.get("switches", {})
        return {
            **{
                name: _AS_TYPED[switches.get(name)]
                for name in ("notice_for_provided_options", "voluntary_standstill")
            },
            "tolerance_percent": switches.get("tolerance_percent", 10),
            **{f"days-{slug}": days for slug, days in said.get("allowances", {}).items()},
        }

    def parts(self) -> dict[str, Any]:
        data = self.cleaned_data
        days = {slug: data[f"days-{slug}"] for slug in content.ALLOWANCES}
        return {
            "switches": {
                "notice_for_provided_options": _AS_KEPT[data["notice_for_provided_options"]],
                "voluntary_standstill": _AS_KEPT[data["voluntary_standstill"]],
                "tolerance_percent": data["tolerance_percent"],
            },
            "allowances": {slug: number for slug, number in days.items() if number is not None},
        }


class ApprovalForm(RangeForm):
    heading = "An approval"

    gate = forms.ChoiceField(
        label="What is approved?",
        choices=[(slug, words[0].upper() + words[1:]) for slug, words in GATES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Select what is approved"},
    )
    kinds = _ticks("Only for", content.KINDS.items(), "Tick none for all")
    categories = _ticks(
        "Only in these categories",
        categories.choices(),
        "Tick none for all. A rule for some comes before a rule for all",
    )
    in_order = forms.ChoiceField(
        label="In which order do they endorse?",
        choices=[("yes", "One after another, as they stand above"), ("no", "Side by side")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select in which order they endorse"},
    )
    makers = _ticks(
        "Who may take the formal decision?",
        DecisionMaker.choices,
        "Made elsewhere under your constitution, and recorded here. Tick none if there is no formal decision. A step that the law itself asks for stays",
    )
    source = TextField(label="Where do your rules say so?", help_text=_SOURCE, max_length=200, required=False)

    field_order = ("organisation", "seen", "gate", "basis", "start", "below", "kinds", "categories")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in range(1, PLACES + 1):
            self.fields[f"endorsement_{place}"] = forms.ChoiceField(
                label="Who endorses first?" if place == 1 else f"Who else endorses ({place})?",
                choices=[("", "Nobody" if place == 1 else "Nobody else"), *EndorsementKind.choices],
                required=False,
            )
        order = ["gate", "basis", "start", "below", "kinds", "categories"]
        order += [f"endorsement_{place}" for place in range(1, PLACES + 1)]
        self.order_fields([*order, "in_order", "makers", "source"])

    @staticmethod
    def initial_from(item: dict[str, Any]) -> dict[str, Any]:
        if not item:
            return {"basis": EX_VAT, "in_order": "yes"}
        return {
            **RangeForm.range_of(item),
            **{name: item[name] for name in ("gate", "kinds", "categories", "makers", "source")},
            **{f"endorsement_{place}": kind for place, kind in enumerate(item["endorsements"], 1)},
            "in_order": "yes" if item["in_order"] else "no",
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if len(set(self._endorsements(data))) != len(self._endorsements(data)):
            self.add_error("endorsement_1", "Select each kind of endorsement once")
        return data

    @staticmethod
    def _endorsements(data: Mapping[str, Any]) -> list[str]:
        given = [data.get(f"endorsement_{place}", "") for place in range(1, PLACES + 1)]
        return [kind for kind in given if kind]

    def item(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            **self.range,
            **{name: data[name] for name in ("gate", "kinds", "categories", "makers", "source")},
            "endorsements": self._endorsements(data),
            "in_order": data["in_order"] == "yes",
        }


class BandForm(RangeForm):
    heading = "A band of quotations"

    quotations = number_field("How many quotations are asked for?", 0, content.MOST_QUOTATIONS, required=True)
    advertise = forms.ChoiceField(
        label="Is it advertised openly?",
        choices=[("yes", "Yes"), ("no", "No, suppliers are invited")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether it is advertised openly"},
    )
    how = TextField(
        label="How is it done?",
        help_text=f"Such as “In writing, two of three from the borough”. {DISCLOSURE}",
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @staticmethod
    def initial_from(item: dict[str, Any]) -> dict[str, Any]:
        if not item:
            return {"basis": EX_VAT}
        return {
            **RangeForm.range_of(item),
            "quotations": item["quotations"],
            "how": item["how"],
            "advertise": "yes" if item["advertise"] else "no",
        }

    def item(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            **self.range,
            "quotations": data["quotations"],
            "advertise": data["advertise"] == "yes",
            "how": data["how"],
        }


def _conditions() -> list[tuple[str, str]]:
    named = [(name, each.holds) for name, each in CONDITIONS.items() if name != NO_MORE]
    return [("", "Always"), *sorted(named, key=lambda pair: pair[1])]


class StepForm(OwnForm):
    heading = "A step of your own"

    title = TextField(
        label="What is to be done?",
        help_text="As a short command, such as “Ask the scrutiny chair”",
        max_length=120,
        error_messages={"required": "Enter what is to be done"},
    )
    hint = TextField(label="A hint beside it", max_length=160, required=False)
    what = TextField(
        label="How is it done?",
        help_text=DISCLOSURE,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter how it is done"},
    )
    stage = forms.ChoiceField(
        label="In which stage?",
        help_text="It stands at the end of the stage",
        choices=[choice for choice in Stage.choices() if choice[0] != Stage.PREPARE],
        widget=forms.RadioSelect,
        error_messages={"required": "Select in which stage it is done"},
    )
    who = forms.MultipleChoiceField(
        label="Who does it?",
        choices=list(WHO.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select who does it"},
    )
    optional = forms.ChoiceField(
        label="May it be left out?",
        choices=[("no", "No"), ("yes", "Yes")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether it may be left out"},
    )
    first = forms.ChoiceField(label="When is it needed?", choices=_conditions, required=False)
    second = forms.ChoiceField(label="And only", choices=_conditions, required=False)
    routes = _ticks("Only on these routes", (), "Tick none for all")
    source = TextField(
        label="Where do your rules say so?",
        help_text=_SOURCE,
        max_length=200,
        error_messages={"required": "Enter where your rules say so"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        routes = self.fields["routes"]
        assert isinstance(routes, forms.MultipleChoiceField)
        routes.choices = list(route_titles().items())

    @staticmethod
    def initial_from(item: dict[str, Any]) -> dict[str, Any]:
        if not item:
            return {"optional": "no"}
        when = [*item["when"], "", ""]
        names = ("title", "hint", "what", "stage", "who", "routes", "source")
        return {
            **{name: item[name] for name in names},
            "first": when[0],
            "second": when[1],
            "optional": "yes" if item["optional"] else "no",
        }

    def item(self) -> dict[str, Any]:
        data = self.cleaned_data
        names = ("title", "hint", "what", "stage", "who", "routes", "source")
        when = [name for name in (data["first"], data["second"]) if name]
        return {
            **{name: data[name] for name in names},
            "when": list(dict.fromkeys(when)),
            "optional": data["optional"] == "yes",
        }


class NoteForm(OwnForm):
    """The note on a step. A new one says on which."""

    text = TextField(
        label="Your organisation’s note",
        help_text=f"Readers see it on the step’s page. Empty: the note goes. {DISCLOSURE}",
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class NewNoteForm(NoteForm):
    step = forms.ChoiceField(
        label="On which step?",
        choices=lambda: [("", "Select a step"), *step_titles().items()],
        error_messages={"required": "Select a step"},
    )
    field_order = ("organisation", "seen", "step", "text")
