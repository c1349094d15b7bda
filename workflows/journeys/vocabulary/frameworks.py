"""Facts and days of frameworks, dynamic markets and buying together."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.journeys.vocabulary.kinds import ChoiceFact

PARTNERS = 8
"""How many other boroughs have a line of their own in the grid of decisions; further ones share a day, the latest."""

ACT, EARLIER = "act", "earlier"
COMPETITION, SOLE, TERMS = "competition", "sole-supplier", "terms-set"
SEPARATE, ONE = "separate", "one"

ANSWERS: Mapping[str, str] = {
    "parent_covers": "whether the framework or market covers you and what you need",
    "members_agreed_period": "whether every invited member agreed the tendering period",
    "framework_term_long": "whether the framework is to run for more than four years",
    "single_supplier": "whether it takes a single supplier",
    "admission_refused": "whether a supplier was refused or removed on an exclusion ground",
    "market_changed": "whether the dynamic market has changed",
    "partners_decided": "whether every named borough has decided",
    "named_in_notice": "whether the tender notice names your organisation",
    "own_contract_over_5m": "whether your own contract is worth more than £5 million",
}

CHOICES: Mapping[str, ChoiceFact] = {
    "parent_law": ChoiceFact("under which law the framework or market was set up", frozenset({ACT, EARLIER})),
    "call_off_way": ChoiceFact(
        "how the framework lets you choose the supplier", frozenset({COMPETITION, SOLE, TERMS})
    ),
    "old_call_off_way": ChoiceFact(
        "how the old framework lets you choose the supplier", frozenset({COMPETITION, TERMS})
    ),
    "joint_contracts": ChoiceFact(
        "whether each borough signs a contract of its own", frozenset({SEPARATE, ONE})
    ),
}

EVENTS: Mapping[str, str] = {
    "parent-ends": "the end of the framework",
    "call-off-invited": "the invitation to the framework’s suppliers",
    "members-invited": "the invitation to the market’s members",
    "framework-reopened": "the reopening of the open framework",
    "framework-ends": "the end of the framework that you set up",
    "market-intended": "the dynamic market intention notice",
    "market-established": "the establishment of the dynamic market",
    "market-changed": "the change of the dynamic market",
    "market-ended": "the end of the dynamic market",
    "joint-agreement": "the signature of the agreement between the boroughs",
    **{f"partner-{n}-final": f"the last day of call-in of borough {n}" for n in range(1, PARTNERS + 1)},
    "partner-others-final": "the last day of call-in of the other boroughs",
}
