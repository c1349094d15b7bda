"""Questions about one procurement: its answers in words, and what they mean for the way it goes."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.core.money import pounds
from toolkit.core.text import day, sentence
from toolkit.law.triage import Triage
from workflows.journeys import loading
from workflows.procurements.facts import is_purchase
from workflows.procurements.models import Continues, Procurement, Regime

FLAGS = {
    "is_light_touch": "Light-touch services",
    "is_health": "Health care services",
    "is_utility": "A utility activity",
    "is_concession": "A concession",
}
"""The special rules that may apply: field → words."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One fact as a reader has it. `page`: the slug of the questions it is answered on."""

    label: str
    words: str
    page: str


def answers_of(procurement: Procurement) -> list[Answer]:
    """Every fact of a procurement in words; empty words where nobody has answered."""
    special = [words for name, words in FLAGS.items() if getattr(procurement, name)]
    value = ""
    if procurement.value_inc_vat is not None and procurement.value_ex_vat is not None:
        value = f"{pounds(procurement.value_inc_vat)} including VAT ({pounds(procurement.value_ex_vat)} excluding VAT at 20%)"
    elif procurement.value_is_unknown:
        value = "Cannot be estimated: treated as above the threshold"
    none_apply = "No special rules" if procurement.is_light_touch is not None else ""
    return [
        Answer("Is there money?", procurement.get_money_display(), "money"),
        Answer("What happens if we do nothing?", procurement.consequence, "money"),
        Answer("What is needed, and for whom?", procurement.need, "need"),
        Answer("Title", procurement.title, "need"),
        Answer("Category", procurement.category_label, "category"),
        Answer("Goods, services or works", procurement.get_kind_display(), "category"),
        Answer("Special rules", ", ".join(special) or none_apply, "special-rules"),
        Answer("Estimated value", value, "value"),
        Answer("Needed on", day(procurement.needed_on) if procurement.needed_on else "", "when"),
    ]


def contradictions(procurement: Procurement, triage: Triage) -> list[str]:
    """Where the facts of a started procurement no longer fit the route and the law it was started under."""
    if not is_purchase(procurement) or procurement.continues_how == Continues.SWITCH:
        return []  # not chosen by the answers: it began from a contract or from another procurement
    found = []
    if procurement.run is not None and procurement.route not in {option.slug for option in triage.runnable}:
        title = loading.of_run(procurement.run.journey, procurement.run.version).title
        why = next((option.why for option in triage.routes if option.slug == procurement.route), "")
        found.append(
            f"With these facts the route “{title}” is not open. {sentence(why)} "
            "The route does not change by itself: talk to your legal team, then put the facts right, or stop this "
            "procurement and start another on a route that is open."
        )
    chosen = next(
        (option.regime for option in triage.routes if option.slug == procurement.route), triage.regime
    )
    if chosen != procurement.regime:
        found.append(
            f"These facts point to {Regime(chosen).label}, and this procurement was started under "
            f"{procurement.get_regime_display()}. Talk to your legal team before you go on."
        )
    return found
