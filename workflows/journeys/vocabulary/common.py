"""Facts and days that most routes know."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.journeys.vocabulary.kinds import ChoiceFact

ANSWERS: Mapping[str, str] = {
    "key_decision_strategy": "whether the strategy is a key decision",
    "key_decision_award": "whether the award is a key decision",
    "private_strategy": "whether part of the meeting on the strategy is private",
    "private_award": "whether part of the meeting on the award is private",
    "engages_market": "whether you will engage the market first",
    "personal_data": "whether personal data is involved",
    "staff_transfer": "whether staff may transfer",
    "leaseholders": "whether leaseholders will be charged",
    "technology": "whether it buys technology",
    "uses_ai": "whether it uses artificial intelligence",
    "off_payroll": "whether individuals will be hired",
    "open_advert": "whether you will advertise openly",
    "electronic": "whether tenders are sent electronically",
    "documents_at_once": "whether all documents came with the notice",
    "urgent_period": "whether a state of urgency shortens the period",
    "excluded_supplier": "whether a supplier was excluded",
    "voluntary_standstill": "whether the notice promises a standstill",
    "contract_changed": "whether the contract was changed",
    "change_notice_due": "whether a contract change notice is due",
    "breach": "whether a breach has to be published",
}
"""The yes-or-no facts that tasks ask about."""


USER_CHOICE, URGENCY = "user-choice", "urgency"
SWITCH, PROTECT_LIFE = "switch", "protect-life"
_DECIDERS = frozenset({"meeting", "member", "officer"})
CHOICES: Mapping[str, ChoiceFact] = {
    "ground": ChoiceFact(
        "the ground of the direct award",
        frozenset(
            {
                "prototype",
                "unique-art",
                "exclusive-rights",
                "technical",
                "compatibility",
                "repeat",
                "commodity",
                "insolvency",
                URGENCY,
                USER_CHOICE,
                SWITCH,
                PROTECT_LIFE,
            }
        ),
    ),
    "engagement_notice": ChoiceFact(
        "whether the engagement notice is published", frozenset({"published", "reasons"})
    ),
    "strategy_decider": ChoiceFact("who decides the strategy", _DECIDERS),
    "award_decider": ChoiceFact("who decides the award", _DECIDERS),
}
"""The facts that are one of several."""

EVENTS: Mapping[str, str] = {
    "needed": "the day it is needed",
    "strategy-decided": "the strategy decision",
    "award-decided": "the award decision",
    "change-decided": "the decision on the change",
    "waiver-decided": "the decision on the waiver",
    "strategy-meeting": "the strategy decision’s meeting",
    "award-meeting": "the award decision’s meeting",
    "engagement-notice": "the engagement notice",
    "planned-notice": "the planned procurement notice",
    "transparency-notice": "the transparency notice",
    "tender-notice-planned": "the day planned for the tender notice",
    "tender-notice": "the tender notice",
    "tender-deadline": "the deadline for tenders",
    "invitation": "the invitation to quote",
    "leaseholders-first": "the first notice to leaseholders",
    "leaseholders-second": "the second notice to leaseholders",
    "not-awarding": "the decision not to award",
    "summaries-sent": "the assessment summaries",
    "award-notice": "the contract award notice",
    "contract-entered": "the signature of the contract",
    "contract-starts": "the start of the contract",
    "contract-ends": "the end of the contract",
    "contract-ended": "the end of the contract",
    "contract-changed": "the change of the contract",
    "contract-watched": "the look at the quarter",
    "indicators-published": "the contract performance notice",
    "breach-known": "the day the breach first applied",
    "supplier-excluded": "the exclusion",
}
"""The days that tasks record, each with the words for “worked out once … is recorded”."""
