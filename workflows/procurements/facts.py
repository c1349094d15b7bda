"""What a procurement's record tells its journey."""

from __future__ import annotations

from workflows.journeys.facts import Facts
from workflows.procurements.models import Procurement
from workflows.procurements.triage import triage_of


def facts_of(procurement: Procurement) -> Facts:
    """The record's own facts; what tasks recorded is added by the fold."""
    return Facts(
        kind=procurement.kind,
        value_inc_vat=procurement.value_inc_vat,
        above_threshold=triage_of(procurement).above,
        light_touch=procurement.is_light_touch,
        decision_model=procurement.organisation.decision_model,
        events={"needed": procurement.needed_on} if procurement.needed_on is not None else {},
    )
