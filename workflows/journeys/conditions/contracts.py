"""Conditions of work about a contract that is there already, and of the turns a procurement can take.

Three questions about a change are kept apart: is it lawful (section 74, or regulation 72 for an older contract), is a
contract change notice due (section 75), and is a copy published (section 77)?
"""

from __future__ import annotations

from toolkit.law.thresholds import MODIFIED_COPY
from workflows.journeys.conditions.registry import answered, chosen, condition, every, negated, over, some
from workflows.journeys.facts import Facts
from workflows.journeys.vocabulary import ANSWERS, CHOICES

LAW_OF_CONTRACT = "which law the contract is under"


def _under(facts: Facts, *regimes: str) -> bool | None:
    """Is the contract under one of these laws? Not known while nobody has said which it is."""
    return None if not facts.regime or facts.regime == "unknown" else facts.regime in regimes


@condition("under-the-act", "if the contract is under the Procurement Act 2023", "the contract is not under the Procurement Act 2023 (SI 2024/716, regulation 5)", LAW_OF_CONTRACT)  # fmt: skip
def under_the_act(facts: Facts) -> bool | None:
    """Its procurement began on or after 24 February 2025, and it calls off from no framework of the earlier law."""
    return _under(facts, "pa23")


@condition("under-2015-regulations", "if the contract is under the Public Contracts Regulations 2015", "the contract is not under the Public Contracts Regulations 2015 (SI 2024/716, regulation 5)", LAW_OF_CONTRACT)  # fmt: skip
def under_2015(facts: Facts) -> bool | None:
    """Its procurement began before 24 February 2025, or it calls off from a framework of that law."""
    return _under(facts, "pcr2015")


@condition("under-2016-regulations", "if the contract is an old concession or utilities contract", "the contract is not under the Regulations of 2016 on concessions and utilities (SI 2024/716, regulation 5)", LAW_OF_CONTRACT)  # fmt: skip
def under_2016(facts: Facts) -> bool | None:
    """A concession or a utilities contract of the earlier law."""
    return _under(facts, "ccr_ucr2016")


@condition("under-psr", "if the contract is under the Provider Selection Regime", "the contract is not under the Provider Selection Regime (SI 2023/1348)", LAW_OF_CONTRACT)  # fmt: skip
def under_psr(facts: Facts) -> bool | None:
    """Health care services: neither section 74 nor regulation 72 says how such a contract may be changed."""
    return _under(facts, "psr")


@condition("change-not-light-touch", "unless it is light touch", "light-touch contracts may be changed freely, without a change notice (sections 74 and 75(6)(b))", "whether it is light touch")  # fmt: skip
def change_not_light_touch(facts: Facts) -> bool | None:
    """Light touch is spared the test of section 74 and the contract change notice. Its own terms still bind."""
    return negated(facts.light_touch)


@condition("public-or-convertible", "if it is a public contract, or the change would make it one", "the contract is below the threshold and stays there, so sections 74 to 77 do not apply", CHOICES["contract_reach"].unknown)  # fmt: skip
def public_or_convertible(facts: Facts) -> bool | None:
    """A contract that a change would lift to the threshold is tested like one that was there from the start."""
    reach = facts.choice("contract_reach")
    return None if reach is None else reach != "below"


chosen(
    "public-contract",
    "contract_reach",
    "public",
    holds="if it is a public contract",
    fails="the contract is below the threshold, and section 80 is about public contracts",
)


def _provided(facts: Facts) -> bool | None:
    """Is all of it what the contract provides for: an option, or a clear clause on prices?"""
    option, clause = facts.choice("option_kind"), facts.choice("price_clause")
    return some(
        None if option is None else option == "provided", None if clause is None else clause == "clear"
    )


@condition("change-provided", "if the contract provides for it", "the contract does not provide for it: it is tested as any other change (Schedule 8, paragraph 1; regulation 72(1)(a) for an older contract)", "whether the contract provides for it")  # fmt: skip
def change_provided(facts: Facts) -> bool | None:
    """An option to extend, or a clear price clause, and nothing beyond it."""
    return _provided(facts)


@condition("change-not-provided", "unless the contract provides for it", "the contract provides for it, and that is tested by itself (Schedule 8, paragraph 1; regulation 72(1)(a) for an older contract)", "whether the contract provides for it")  # fmt: skip
def change_not_provided(facts: Facts) -> bool | None:
    """What the contract does not provide for has to be lawful in another way."""
    return negated(_provided(facts))


_SUPPLIER_CHANGES = ("restructuring", "insolvency", "sale")
chosen(
    "supplier-changes",
    "assignment_kind",
    *_SUPPLIER_CHANGES,
    holds="if there is a new supplier",
    fails="the supplier stays the same: only its owner or its name changes",
)
chosen(
    "supplier-stays",
    "assignment_kind",
    "shares",
    "name",
    holds="if the supplier stays and its owner or name changes",
    fails="another supplier takes the contract over",
)


def _supplier_changes(facts: Facts) -> bool | None:
    kind = facts.choice("assignment_kind")
    return None if kind is None else kind in _SUPPLIER_CHANGES


def _not_substantial(facts: Facts) -> bool | None:
    return every(
        negated(facts.answer("term_over_tenth")),
        negated(facts.answer("scope_material")),
        negated(facts.answer("balance_shifted")),
    )


def _small(facts: Facts) -> bool | None:
    return every(
        negated(facts.answer("value_over_small_limit")),
        negated(facts.answer("small_changes_reach_threshold")),
        negated(facts.answer("scope_material")),
    )


_LIMBS_OF_GROUND = {
    "provided": ("provided_in_contract", "provided_in_notice", "nature_kept"),
    "urgency": ("urgent_direct_award",),
    "unforeseeable": ("change_not_foreseeable", "nature_kept", "change_within_half"),
    "known-risk": ("risk_in_notice", "risk_came_true", "further_contract_worse", "change_within_half"),
    "additional": ("additional_incompatible", "change_within_half"),
    "restructuring": ("corporate_restructuring", "new_supplier_clear"),
}
"""Ground of Schedule 8 → the answers that all have to be yes."""


def _whichever(provided: bool | None, by_provision: bool | None, by_ground: bool | None) -> bool | None:
    """While nobody has said whether the contract provides for it, only what both ways give is known."""
    if provided is None:
        return by_ground if by_provision == by_ground else None
    return by_provision if provided else by_ground


def _ground_of_section_74(facts: Facts, ground: str | None) -> bool | None:
    if not ground:
        return None
    if ground in _LIMBS_OF_GROUND:
        return every(*map(facts.answer, _LIMBS_OF_GROUND[ground]))
    return {"not-substantial": _not_substantial(facts), "small": _small(facts), "none": False}[ground]


def _by_section_74(facts: Facts) -> bool | None:
    """The ground that is relied on, and each of its limbs."""
    if _supplier_changes(facts):
        return _ground_of_section_74(facts, "restructuring")
    provided = _provided(facts)
    if not provided and facts.choice("assignment_kind"):
        return True  # a new owner or name is no change of the contract
    return _whichever(
        provided,
        _ground_of_section_74(facts, "provided"),
        _ground_of_section_74(facts, facts.choice("change_ground")),
    )


_LIMBS_OF_72 = {
    "a": ("old_clause_clear", "old_nature_kept"),
    "b": ("old_needs_same_contractor", "old_within_half"),
    "c": ("old_not_foreseeable", "old_nature_kept", "old_within_half"),
    "d": ("old_successor",),
    "f": ("old_small", "old_nature_kept"),
}
"""Limb of regulation 72 → the answers that all have to be yes. `e` asks whether it is substantial, `f` is 72(5)."""


def _limb_of_regulation_72(facts: Facts, limb: str | None) -> bool | None:
    if not limb:
        return None
    if limb in _LIMBS_OF_72:
        return every(*map(facts.answer, _LIMBS_OF_72[limb]))
    return negated(facts.answer("old_substantial")) if limb == "e" else False


def _by_regulation_72(facts: Facts) -> bool | None:
    if _supplier_changes(facts):
        return _limb_of_regulation_72(facts, "d")
    provided = _provided(facts)
    if not provided and facts.choice("assignment_kind"):
        return True
    return _whichever(
        provided,
        _limb_of_regulation_72(facts, "a"),
        _limb_of_regulation_72(facts, facts.choice("old_law_ground")),
    )


def _lawful(facts: Facts) -> bool | None:
    """May the change be made, by the law that the contract is under?"""
    match facts.regime:
        case "pa23":
            # Light touch, and what stays below the threshold, may be changed whatever the tests would say.
            free = some(facts.light_touch, negated(public_or_convertible(facts)))
            return some(free, _by_section_74(facts))
        case "pcr2015":
            return _by_regulation_72(facts)
        case "psr" | "ccr_ucr2016":
            return facts.answer("legal_says_lawful")
        case "outside":
            return True
    return None


@condition("change-may-go-on", "if the change is lawful and you mean to make it", "the change is not lawful as it stands (section 74 and Schedule 8; regulation 72 for an older contract), you decline it, or nothing changes in the contract", "all that makes the change lawful")  # fmt: skip
def change_may_go_on(facts: Facts) -> bool | None:
    """Every limb of the ground that is relied on has been answered, none against it, and it has not been declined."""
    position, kind = facts.choice("uplift_position"), facts.choice("assignment_kind")
    meant = None if position is None else position != "decline"
    changes = None if kind is None else kind not in ("shares", "name")
    return every(_lawful(facts), meant, changes)


@condition("change-not-lawful", "if the change is not lawful as it stands", "what you answered makes the change lawful (section 74; regulation 72 for an older contract)", "all that makes the change lawful")  # fmt: skip
def change_not_lawful(facts: Facts) -> bool | None:
    """A limb of the ground fails, or there is no ground."""
    return negated(_lawful(facts))


def _relies_on_provision(facts: Facts) -> bool | None:
    ground = facts.choice("change_ground")
    return some(_provided(facts), None if ground is None else ground == "provided")


@condition("provision-notice-undecided", "if it only uses what the contract provides for, and your organisation has no rule for that", "your organisation publishes the notice for these too, or the contract does not provide for the change", "whether the contract provides for it")  # fmt: skip
def provision_notice_undecided(facts: Facts) -> bool | None:
    """Whether using what the contract provides for needs a contract change notice is read differently, so somebody decides."""
    if facts.own.notice_for_provided_options:
        return False
    return _relies_on_provision(facts)


@condition("change-notice-needed", "if its limits are passed, or the supplier changes", "value and length stay within the limits of section 75(2), or it only uses what the contract provides for and you said that no notice is published", "how far value and length change, or whether the notice is published for a provision")  # fmt: skip
def change_notice_needed(facts: Facts) -> bool | None:
    """More than 10% of the value (15% for works) or of the original maximum length. A new supplier always counts
    (Schedule 8, paragraph 9). The two limits are joined by “or” in section 75(2); the toolkit asks for the notice
    unless both are kept."""
    if _supplier_changes(facts) or facts.choice("change_ground") == "restructuring":
        return True
    if facts.choice("assignment_kind"):
        return False
    provision = _relies_on_provision(facts)
    if provision:
        return True if facts.own.notice_for_provided_options else facts.answer("option_notice_due")
    limits = some(facts.answer("value_over_small_limit"), facts.answer("term_over_tenth"))
    return limits if provision is False else None


@condition("change-copy-due", "if the contract is worth over £5 million", "the contract is not worth over £5 million before or after the change (section 77)", "the value, or whether the change takes it over £5 million")  # fmt: skip
def change_copy_due(facts: Facts) -> bool | None:
    """Whether it is measured before or after the change is not stated, so either counts."""
    return some(over(MODIFIED_COPY)(facts), facts.answer("over_5m_with_change"))


answered(
    "change_standstill",
    "if the notice promises a standstill",
    "the notice promises no standstill (section 76)",
)
answered("key_decision_change", "if the change is a key decision", "the change is no key decision (SI 2012/2089, regulation 8)")  # fmt: skip
chosen(
    "change-at-meeting",
    "change_decider",
    "meeting",
    holds="if a meeting decides the change",
    fails="no meeting decides the change",
)

for _slug, _words in {
    "provided": "the contract and its notice provide for it (Schedule 8, paragraph 1)",
    "urgency": "urgency, or protecting life (Schedule 8, paragraph 2)",
    "unforeseeable": "what could not be foreseen (Schedule 8, paragraph 4)",
    "known-risk": "a known risk (Schedule 8, paragraph 5)",
    "additional": "additional supplies, services or works (Schedule 8, paragraph 8)",
    "restructuring": "a corporate restructuring (Schedule 8, paragraph 9)",
    "not-substantial": "that the change is not substantial (section 74)",
    "small": "that the change is a below-threshold one (section 74)",
}.items():
    chosen(
        f"ground-{_slug}",
        "change_ground",
        _slug,
        holds=f"if you rely on {_words}",
        fails=f"you do not rely on {_words}",
    )

for _slug, _words in {
    "a": "a review clause or option: regulation 72(1)(a)",
    "b": "additional works, services or supplies: regulation 72(1)(b)",
    "c": "unforeseeable circumstances: regulation 72(1)(c)",
    "d": "a new contractor: regulation 72(1)(d)",
    "e": "that the change is not substantial: regulation 72(1)(e)",
    "f": "that the change is small: regulation 72(5)",
}.items():
    chosen(
        f"limb-{_slug}",
        "old_law_ground",
        _slug,
        holds=f"if you rely on {_words}",
        fails=f"you do not rely on {_words}",
    )
chosen(
    "limb-with-notice",
    "old_law_ground",
    "b",
    "c",
    holds="if you rely on regulation 72(1)(b) or (c)",
    fails="the earlier law asks for a notice of its own only under regulation 72(1)(b) and (c)",
)

answered("own_law_notice", "if that law asks for a notice of its own", "your legal team says that the regulations of 2016, which still govern the contract (SI 2024/716, regulation 5), ask for no notice")  # fmt: skip

chosen(
    "insolvency-formal",
    "insolvency_stage",
    "arrangement",
    "administration",
    "liquidation",
    holds="once a formal procedure has begun",
    fails="no formal procedure has begun",
)
for _slug, _words in {
    "bridge": "a bridge is needed",
    "new-supplier": "another supplier takes the contract over",
}.items():
    chosen(
        f"insolvency-{_slug}",
        "insolvency_way",
        _slug,
        holds=f"if {_words}",
        fails="you chose another way for the service to go on",
    )
answered("insolvency_ends_contract", "if the contract ends", "the contract goes on (section 80)")
answered("exit_staff", "if staff may transfer", "no staff will transfer")
answered("exit_indicators", "if indicators were set", "no indicators were set for it (section 52)")


@condition("not-by-user-choice", "unless it was awarded by user choice", "it was awarded by user choice, which needs no termination notice (section 80)", ANSWERS["contract_user_choice"])  # fmt: skip
def not_by_user_choice(facts: Facts) -> bool | None:
    """User choice is a ground of direct award for light-touch services alone."""
    return some(negated(facts.light_touch), negated(facts.answer("contract_user_choice")))


for _slug, _words in {
    "extend": "it is extended",
    "buy-again": "it is bought again",
    "together": "it is bought with others",
    "in-house": "bringing it in-house is an option",
    "stop": "stopping it is put forward",
}.items():
    chosen(
        f"next-{_slug}",
        "contract_next",
        _slug,
        holds=f"if {_words}",
        fails="you decided on something else",
    )
chosen(
    "exit-decided-here",
    "contract_next",
    "buy-again",
    "together",
    "stop",
    holds="unless it is extended, or bringing it in-house is looked at",
    fails="whether it is extended or comes in-house is decided once, on a route of its own",
)
chosen(
    "contract-will-end",
    "contract_next",
    "buy-again",
    "together",
    "in-house",
    "stop",
    holds="unless it is extended",
    fails="the contract is extended, and its end comes later (section 80)",
)

answered("challenge_suspends", "if a claim stops the signature", "no claim was issued and notified before the standstill ended, so nothing is suspended by law (section 101; the older law has a rule of its own)")  # fmt: skip
answered("challenge_about_exclusion", "if it is about an exclusion", "the claim is about no exclusion (section 59)")  # fmt: skip
answered(
    "challenge_before_signature",
    "if the contract is unsigned",
    "the contract was signed already, so nothing is suspended (section 101)",
)
chosen(
    "challenge-serious",
    "challenge_kind",
    "letter",
    "claim",
    holds="if it is a letter before claim or a claim",
    fails="it is a question or a complaint, and no claim (sections 59 and 101)",
)
chosen(
    "challenge-claim",
    "challenge_kind",
    "claim",
    holds="if court proceedings are brought",
    fails="no claim is brought, and section 59 is about proceedings",
)
for _slug, _words in {"lift": "you ask the court to lift the suspension", "settle": "you settle", "put-right": "a step is taken again"}.items():  # fmt: skip
    chosen(
        f"challenge-{_slug}",
        "challenge_way",
        _slug,
        holds=f"if {_words}",
        fails="you chose another way to answer the challenge",
    )

answered("abandon_notice_out", "if a notice was published", "no tender or transparency notice was published, so there is nothing to terminate (section 55)")  # fmt: skip
answered("abandon_old_contract", "if a present contract has to last longer", "no present contract has to last longer")  # fmt: skip
