"""Facts and days of work about a contract that is there already, and of the turns a procurement can take."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.journeys.vocabulary.kinds import ChoiceFact

ANSWERS: Mapping[str, str] = {
    # The change, measured (sections 74 and 75)
    "linked_changes": "whether earlier changes belong with this one",
    "value_over_small_limit": "whether the value changes by more than 10%, or 15% for works",
    "term_over_tenth": "whether the length changes by more than 10%",
    "scope_material": "whether the scope changes materially",
    "balance_shifted": "whether the balance shifts materially in the supplier’s favour",
    "small_changes_reach_threshold": "whether all such small changes together reach the threshold",
    "over_5m_with_change": "whether the contract is worth over £5 million before or after the change",
    # The grounds of Schedule 8, one by one
    "provided_in_contract": "whether the contract provides for it without doubt",
    "provided_in_notice": "whether the tender or transparency notice provides for it without doubt",
    "nature_kept": "whether the nature of the contract stays the same",
    "urgent_direct_award": "whether an urgent direct award would be lawful instead",
    "change_not_foreseeable": "whether nobody could have foreseen the cause before the award",
    "risk_in_notice": "whether the tender or transparency notice names the risk",
    "risk_came_true": "whether the risk came true without either side’s doing",
    "further_contract_worse": "whether a further contract would be against the public interest",
    "additional_incompatible": "whether another supplier’s would not fit",
    "change_within_half": "whether the value rises by no more than 50%",
    "corporate_restructuring": "whether the contract moves because of a corporate restructuring",
    "new_supplier_clear": "whether the new supplier is clear of exclusion grounds",
    # The earlier law (regulation 72 of the 2015 Regulations)
    "old_clause_clear": "whether a clear, precise and unequivocal clause provides for it",
    "old_nature_kept": "whether the overall nature of the contract stays the same",
    "old_within_half": "whether the rise is no more than 50% of the original value",
    "old_needs_same_contractor": "whether a change of contractor is ruled out",
    "old_not_foreseeable": "whether a diligent authority could not have foreseen it",
    "old_successor": "whether the new contractor takes over after a restructuring",
    "old_substantial": "whether the change is substantial under regulation 72(8)",
    "old_small": "whether the change is below the threshold and below 10%, or 15% for works",
    "legal_says_lawful": "whether your legal team says that the change may be made",
    "own_law_notice": "whether the law of the contract asks for a notice of its own",
    # How a change is approved and announced
    "key_decision_change": "whether the change is a key decision",
    "private_change": "whether part of the meeting on the change is private",
    "change_standstill": "whether the notice promises a standstill",
    "option_notice_due": "whether a contract change notice is published for what the contract provides for",
    # Its end
    "contract_user_choice": "whether the contract was awarded by user choice",
    "insolvency_ends_contract": "whether the contract ends",
    "exit_staff": "whether staff may transfer at the end",
    "exit_indicators": "whether indicators were set for the contract",
    # A challenge
    "challenge_suspends": "whether a claim was issued and you were told of it in time to stop the signature",
    "challenge_about_exclusion": "whether the claim is about an exclusion",
    "challenge_before_signature": "whether the contract is still unsigned",
    # Abandoning
    "abandon_notice_out": "whether a tender or transparency notice was published",
    "abandon_old_contract": "whether a present contract has to last longer",
}

CHANGE_GROUNDS = frozenset(
    {"provided", "urgency", "unforeseeable", "known-risk", "additional", "restructuring", "not-substantial", "small", "none"}
)  # fmt: skip

CHOICES: Mapping[str, ChoiceFact] = {
    "contract_reach": ChoiceFact(
        "whether it is a public contract, or would become one", frozenset({"public", "convertible", "below"})
    ),
    "change_ground": ChoiceFact("what allows the change", CHANGE_GROUNDS),
    "old_law_ground": ChoiceFact(
        "which limb of regulation 72 allows the change", frozenset({"a", "b", "c", "d", "e", "f", "none"})
    ),
    "change_decider": ChoiceFact("who decides the change", frozenset({"meeting", "member", "officer"})),
    "option_kind": ChoiceFact(
        "whether it is an option that the contract provides for", frozenset({"provided", "not-provided"})
    ),
    "price_clause": ChoiceFact("what the contract says about prices", frozenset({"clear", "vague", "none"})),
    "uplift_position": ChoiceFact("what you propose", frozenset({"grant", "part", "decline"})),
    "assignment_kind": ChoiceFact(
        "what happens to the supplier", frozenset({"restructuring", "insolvency", "sale", "shares", "name"})
    ),
    "insolvency_stage": ChoiceFact(
        "whether an insolvency procedure has begun", frozenset({"signs", "arrangement", "administration", "liquidation"})
    ),
    "insolvency_way": ChoiceFact(
        "how the service goes on",
        frozenset({"go-on", "step-in", "bridge", "new-supplier", "in-house", "buy-again"}),
    ),
    "contract_next": ChoiceFact(
        "what follows the contract", frozenset({"extend", "buy-again", "together", "in-house", "stop"})
    ),
    "challenge_kind": ChoiceFact("what was received", frozenset({"question", "complaint", "letter", "claim"})),
    "challenge_way": ChoiceFact(
        "how you answer the challenge", frozenset({"explain", "defend", "put-right", "settle", "lift"})
    ),
}  # fmt: skip

EVENTS: Mapping[str, str] = {
    "change-planned": "the day the change is planned",
    "change-meeting": "the decision on the change",
    "change-notice": "the contract change notice",
    "change-standstill-stated": "the end of the standstill that the notice states",
    "contract-new-end": "the new end of the contract",
    "option-notice-by": "the last day to give notice",
    "uplift-asked": "the request for a higher price",
    "insolvency-began": "the day the procedure began",
    "challenge-received": "the challenge",
    "challenger-knew": "the day the supplier knew, or ought to have known",
    "suspension-ended": "the end of the suspension",
}
