"""Facts and days of what is bought below the threshold, and of the smaller things around it."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.journeys.vocabulary.kinds import ChoiceFact

ANSWERS: Mapping[str, str] = {
    "selection_stage": "whether a selection stage comes before the tenders",
    "in_scope": "whether the need is within the scope of the contract",
    "in_value": "whether the value of the contract has room for it",
    "in_term": "whether the contract lasts long enough for it",
    "named_user": "whether the contract lets this service use it",
    "existing_is_framework": "whether it is a framework",
    "placed_out_of_hours": "whether the person had to be placed out of hours",
    "health_care": "whether health care is part of it",
    "is_subsidy": "whether the grant is a subsidy",
    "ending_has_indicators": "whether the ending contract has key performance indicators",
    "brought_in_house": "whether the service comes in-house",
}

CHOICES: Mapping[str, ChoiceFact] = {
    "reserved_area": ChoiceFact(
        "whether the competition is reserved by place", frozenset({"uk", "area", "area-and-neighbours", "no"})
    ),
    "reserved_kind": ChoiceFact(
        "whether the competition is reserved to small or voluntary suppliers",
        frozenset({"small", "voluntary", "both", "no"}),
    ),
    "waiver_reason": ChoiceFact(
        "the reason for the waiver",
        frozenset({"one-supplier", "urgent", "too-few", "continuity", "other"}),
    ),
    "placement_basis": ChoiceFact(
        "on what basis the placement is bought",
        frozenset({"own-arrangement", "own-framework", "user-choice", "compared"}),
    ),
    "grant_or_contract": ChoiceFact("whether it is a grant or a contract", frozenset({"grant", "contract"})),
    "ending_law": ChoiceFact(
        "which law the ending contract is under", frozenset({"act", "below", "earlier", "health"})
    ),
}

EVENTS: Mapping[str, str] = {
    "staff-told": "the day staff and unions were told",
    "transfer": "the transfer of staff",
    "placed": "the day the person was placed",
    "order-placed": "the order",
}
