"""Facts and days of health care services (the Provider Selection Regime, SI 2023/1348)."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.journeys.vocabulary.kinds import ChoiceFact

GO_ON, GO_BACK, ABANDON = "go-on", "go-back", "abandon"

ANSWERS: Mapping[str, str] = {
    "mixed_services": "whether anything but health care is bought with it",
    "psr_process_fits": "whether every condition of this process is met",
    "psr_urgent": "whether it has to be awarded urgently",
    "psr_urgency_foreseeable": "whether the urgency could be foreseen",
    "psr_urgency_own_making": "whether the urgency is of our own making",
    "psr_urgency_risk": "whether waiting puts patients or the public at risk",
    "psr_framework": "whether a framework agreement is set up",
    "representations_early": "whether representations have come already",
    "representations": "whether representations were made",
    "psr_abandoned": "whether the process is abandoned",
    "psr_change_notice_due": "whether the change of the contract has to be published",
}

CHOICES: Mapping[str, ChoiceFact] = {
    "psr_further_decision": ChoiceFact(
        "what the further decision on the representations is", frozenset({GO_ON, GO_BACK, ABANDON})
    ),
}

EVENTS: Mapping[str, str] = {
    "provider-approached": "the first approach to the provider",
    "psr-approach-notice": "the notice of the intended approach",
    "psr-competition-notice": "the notice of the competition",
    "psr-intention-notice": "the notice of intention to award",
    "psr-further-decision": "the further decision",
    "psr-abandoned": "the decision to abandon",
}
