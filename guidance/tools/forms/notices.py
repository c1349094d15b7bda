"""What the tool about notices asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms

from guidance.tools.forms.radios import Radios
from toolkit.core.clock import today
from toolkit.core.money import pounds
from toolkit.govuk.fields import PoundsField
from toolkit.law.notices_needed import NoticeFacts, Way
from toolkit.law.thresholds import ContractType, threshold_for

COUNCIL_TYPES = (
    ContractType.GOODS_SERVICES, ContractType.WORKS, ContractType.LIGHT_TOUCH, ContractType.CONCESSION,
    ContractType.LIGHT_TOUCH_CONCESSION,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NoticeAnswers:
    """The law that applies and, under the Procurement Act, the facts."""

    regime: str
    facts: NoticeFacts | None


class NoticesForm(forms.Form):
    """Which notices do I need?"""

    ACT = "pa23"
    regime = forms.ChoiceField(
        label="Which law applies?",
        choices=(
            (ACT, "The Procurement Act 2023"),
            ("earlier", "The law before it"),
            ("psr", "The Provider Selection Regime"),
            ("utility", "The Act’s rules for a utility activity"),
            ("unknown", "I do not know"),
        ),
        widget=Radios(
            {
                "earlier": "It commenced before 24 February 2025, or is a call-off from a framework that did",
                "psr": "For health care services in scope",
            }
        ),
        error_messages={"required": "Select which law applies"},
    )
    size = forms.ChoiceField(
        label="Where is the value?",
        choices=(("above", "At or above the threshold"), ("below", "Below the threshold")),
        widget=Radios(),
        required=False,
    )
    value = PoundsField(
        label="Estimated value including VAT",
        help_text="Leave it empty if you do not know it yet. Notices that depend on it are then listed as needed if",
        max_length=100,
        required=False,
    )
    value.thing = "the estimated value"  # type: ignore[attr-defined]  # read by the error sentences
    way = forms.ChoiceField(
        label="How do you find the supplier?",
        choices=(
            (Way.COMPETITION, "A competition that anyone may see"),
            (Way.INVITED, "Quotations from suppliers we invite"),
            (Way.CALL_OFF, "A call-off from a framework"),
            (Way.DIRECT, "A direct award"),
            (Way.DYNAMIC_MARKET, "A competition under a dynamic market"),
            (Way.USER_CHOICE, "The person served chooses (user choice)"),
            (Way.NEW_MARKET, "None yet: we are setting up a dynamic market"),
        ),
        widget=Radios(
            {
                Way.COMPETITION: "Open or competitive flexible, or an advertised quotation below the threshold",
                Way.INVITED: "Below the threshold only",
                Way.USER_CHOICE: "For some light-touch services",
            }
        ),
        required=False,
    )
    also = forms.MultipleChoiceField(
        label="What else is true?",
        help_text="Tick all that apply",
        choices=(
            ("light-touch", "It is light touch"),
            ("concession", "It is a concession"),
            ("framework", "It sets up a framework"),
        ),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    engaged = forms.ChoiceField(
        label="Have you engaged the market?",
        choices=(("yes", "Yes"), ("no", "No, and we will not"), ("unknown", "Not yet decided")),
        widget=Radios(),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("regime") != self.ACT:
            return data
        for name, sentence in (
            ("size", "Select whether the value is above or below the threshold"),
            ("way", "Select how you find the supplier"),
            ("engaged", "Select whether you have engaged the market"),
        ):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        if not self.errors:
            self._check_that_it_hangs_together(data)
        return data

    def _check_that_it_hangs_together(self, data: dict[str, Any]) -> None:
        above, way, also, value = data["size"] == "above", data["way"], data["also"], data["value"]
        figures = [threshold_for(each, today()).amount_inc_vat for each in COUNCIL_TYPES]
        if value is not None and above and value < min(figures):
            self.add_error("value", f"Enter {pounds(min(figures))} or more, the lowest threshold of a council, or select below the threshold")  # fmt: skip
        if value is not None and not above and value >= max(figures):
            self.add_error("value", f"Enter less than {pounds(max(figures))}, the highest threshold of a council, or select above the threshold")  # fmt: skip
        if way == Way.INVITED and above:
            self.add_error("way", "Select a competition: at or above the threshold you cannot only invite quotations")  # fmt: skip
        if way == Way.USER_CHOICE and "light-touch" not in also:
            self.add_error("also", "Select light touch: user choice is for light-touch services only")
        if "framework" in also and way in (Way.CALL_OFF, Way.USER_CHOICE, Way.NEW_MARKET):
            self.add_error("also", "Select a framework only with a competition or a direct award: these set one up")  # fmt: skip

    def answers(self) -> NoticeAnswers:
        """What a valid form says."""
        data = self.cleaned_data
        if data["regime"] != self.ACT:
            return NoticeAnswers(data["regime"], None)
        also = data["also"]
        facts = NoticeFacts(
            above=data["size"] == "above",
            way=Way(data["way"]),
            value_inc_vat=data["value"],
            light_touch="light-touch" in also,
            concession="concession" in also,
            framework="framework" in also,
            engaged={"yes": True, "no": False}.get(data["engaged"]),
        )
        return NoticeAnswers(self.ACT, facts)
