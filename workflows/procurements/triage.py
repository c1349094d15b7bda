"""The triage of one procurement: regime, threshold and open routes, from what was answered (toolkit.law.triage)."""

from __future__ import annotations

from toolkit.core import clock
from toolkit.law.triage import Triage, classify
from toolkit.law.triage_facts import TriageFacts
from workflows.procurements.models import Procurement


def triage_of(procurement: Procurement) -> Triage:
    """What the law says of these answers, each conclusion with its reason. A draft counts as commencing today."""
    return classify(
        TriageFacts(
            kind=procurement.kind or None,
            light_touch=procurement.is_light_touch,
            health=procurement.is_health,
            utility=procurement.is_utility,
            concession=procurement.is_concession,
            value_inc_vat=procurement.value_inc_vat,
            commenced_on=procurement.commenced_on or clock.today(),
        )
    )
