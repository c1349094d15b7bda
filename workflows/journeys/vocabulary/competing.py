"""Facts and days of competitions above the threshold, and of awards without one."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.journeys.vocabulary.kinds import ChoiceFact

ANSWERS: Mapping[str, str] = {
    "negotiates": "whether you will negotiate",
    "refines_criteria": "whether the award criteria may be refined",
    "intermediate_assessment": "whether tenders are left out between the rounds",
    "urgent_participation": "whether a state of urgency shortens the time for requests to take part",
    "only_preselected": "whether only pre-selected suppliers may tender",
    "period_agreed": "whether every pre-selected supplier agreed the time to tender",
    "excluded_at_participation": "whether a supplier that asked to take part was excluded",
    "higher_risk_building": "whether it is work on a higher-risk building",
    "works_security": "whether the contract asks for a bond, a guarantee or retention",
    "special_urgency": "whether the urgent decision is a key decision without its 28 clear days",
}

CHOICES: Mapping[str, ChoiceFact] = {
    "first_stage": ChoiceFact(
        "whether the notice asks for requests to take part, or for tenders at once",
        frozenset({"requests", "tenders"}),
    ),
    "rounds": ChoiceFact("how many rounds of tenders there are", frozenset({"one", "two", "three"})),
    "reserved_for": ChoiceFact(
        "whether the contract is reserved", frozenset({"nobody", "supported", "mutuals"})
    ),
    "supplier_standing": ChoiceFact(
        "whether the supplier is excluded or excludable", frozenset({"clear", "excludable", "excluded"})
    ),
}

EVENTS: Mapping[str, str] = {
    "participation-deadline": "the deadline for requests to take part",
    "tender-invitation": "the invitation to tender",
    "second-invitation": "the invitation to the second round",
    "second-deadline": "the deadline of the second round",
    "third-invitation": "the invitation to the third round",
    "third-deadline": "the deadline of the third round",
    "participant-excluded": "the exclusion of a supplier that asked to take part",
    "standstill-stated": "the last day of the standstill that the notice states",
    "original-award": "the award of the original contract",
    "competition-ended": "the day it was clear that the competition failed",
    "urgency-arose": "the event that made it urgent",
    "works-completed": "the practical completion of the works",
    "defects-ended": "the end of the time for defects",
}
