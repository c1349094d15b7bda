"""What the tool about thresholds asks."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django import forms

from guidance.tools.forms.radios import Radios
from toolkit.core.money import with_vat, without_vat
from toolkit.govuk.fields import DateField, PoundsField
from toolkit.law.triage_facts import TriageFacts


@dataclass(frozen=True, slots=True)
class ThresholdFacts:
    """What was answered, the value with and without VAT, and whether VAT was added at the standard rate."""

    triage: TriageFacts
    kind: str
    inc_vat: Decimal
    ex_vat: Decimal
    vat_was_added: bool


class ThresholdForm(forms.Form):
    """Which threshold applies?"""

    KINDS = (
        ("goods", "Goods"),
        ("services", "Services"),
        ("light-touch", "Light-touch services"),
        ("works", "Works"),
        ("concession", "A concession"),
        ("light-touch-concession", "A concession for light-touch services"),
        ("health", "Health care services"),
        ("utility", "Something for a utility activity"),
    )
    kind = forms.ChoiceField(
        label="What are you buying?",
        choices=KINDS,
        widget=Radios(
            {
                "light-touch": "Such as care, education or culture, on an exact list of codes",
                "works": "Building and civil engineering",
                "concession": "The supplier is paid at least in part by users, and bears the risk",
                "health": "Such as sexual health, drug and alcohol or 0 to 19 services",
                "utility": "Such as transport networks, energy or water",
            }
        ),
        error_messages={"required": "Select what you are buying"},
    )
    value = PoundsField(
        label="Estimated value",
        help_text="The most you may pay, with every option, extension and fee, like 250,000 or 1.2 million",
        max_length=100,
        error_messages={"required": "Enter the estimated value"},
    )
    value.thing = "the estimated value"  # type: ignore[attr-defined]  # read by the error sentences
    vat = forms.ChoiceField(
        label="Does that include VAT?",
        choices=(("inc", "Yes, it includes VAT"), ("ex", "No, VAT comes on top")),
        widget=Radios({"ex": "We add it at the standard rate of 20%"}),
        error_messages={"required": "Select whether the value includes VAT"},
    )
    on = DateField(
        label="When does the procurement commence?",
        help_text="With the first notice or invitation to tender; without one, when you first contact a supplier to award. Like 27 3 2027",
        thing="the day the procurement commences",
    )

    def facts(self) -> ThresholdFacts:
        """What a valid form says."""
        data = self.cleaned_data
        kind, typed, adds = data["kind"], data["value"], data["vat"] == "ex"
        inc_vat = with_vat(typed) if adds else typed
        triage = TriageFacts(
            kind="works" if kind == "works" else "goods" if kind == "goods" else "services",
            light_touch=kind in ("light-touch", "light-touch-concession"),
            health=kind == "health",
            utility=kind == "utility",
            concession=kind in ("concession", "light-touch-concession"),
            value_inc_vat=inc_vat,
            commenced_on=data["on"],
        )
        return ThresholdFacts(triage, kind, inc_vat, typed if adds else without_vat(typed), adds)
