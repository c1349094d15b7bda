"""What a journey knows about one procurement. None always means: nobody has said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

ANSWERS: Mapping[str, str] = {
    "key_decision": "whether it needs a key decision",
    "engages_market": "whether you will engage the market first",
    "personal_data": "whether personal data is involved",
    "staff_transfer": "whether staff may transfer",
    "leaseholders": "whether leaseholders will be charged",
    "technology": "whether it buys technology",
    "uses_ai": "whether it uses artificial intelligence",
    "off_payroll": "whether individuals will be hired",
    "open_advert": "whether you will advertise openly",
    "excluded_supplier": "whether a supplier was excluded",
}
"""The yes-or-no facts that tasks ask about, each with the words for “you have not said …”."""

EVENTS: Mapping[str, str] = {
    "needed": "the day it is needed",
    "strategy-decided": "the strategy decision",
    "award-decided": "the award decision",
    "strategy-meeting": "the strategy decision’s meeting",
    "award-meeting": "the award decision’s meeting",
    "engagement-notice": "the engagement notice",
    "planned-notice": "the planned procurement notice",
    "transparency-notice": "the transparency notice",
    "tender-notice": "the tender notice",
    "tender-deadline": "the tender deadline",
    "summaries-sent": "the assessment summaries",
    "award-notice": "the contract award notice",
    "contract-entered": "the signature of the contract",
    "contract-ends": "the end of the contract",
    "contract-ended": "the end of the contract",
    "supplier-excluded": "the exclusion",
}
"""The days that tasks record, each with the words for “worked out once … is recorded”."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts at one moment. Value in pounds including VAT."""

    kind: str = ""
    value_inc_vat: Decimal | None = None
    above_threshold: bool | None = None
    light_touch: bool | None = None
    decision_model: str = "other"
    answers: Mapping[str, bool | None] = field(default_factory=dict)
    events: Mapping[str, dt.date] = field(default_factory=dict)
    closed_days: tuple[dt.date, ...] = ()

    def answer(self, name: str) -> bool | None:
        """A yes-or-no fact. Raises KeyError for a name that is no fact."""
        if name not in ANSWERS:
            raise KeyError(name)
        return self.answers.get(name)

    def day_of(self, event: str) -> dt.date | None:
        """The day of an event, if it is known. Raises KeyError for a name that is no event."""
        if event not in EVENTS:
            raise KeyError(event)
        return self.events.get(event)

    def with_recorded(self, answers: Mapping[str, bool | None], events: Mapping[str, dt.date]) -> Facts:
        """These facts and what tasks recorded."""
        return replace(self, answers={**self.answers, **answers}, events={**self.events, **events})
