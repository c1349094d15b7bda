"""Conditions that most routes use."""

from __future__ import annotations

from toolkit.law.thresholds import CONTRACT_COPY, KPIS, NOTIFIABLE, PIPELINE_CONTRACT
from workflows.journeys.conditions.registry import answered, chosen, condition, denied, every, negated, over
from workflows.journeys.facts import Facts
from workflows.journeys.vocabulary import ANSWERS, CHOICES, URGENCY, USER_CHOICE

answered(
    "key_decision_strategy",
    "if the strategy is a key decision",
    "the strategy is no key decision (SI 2012/2089, regulation 8)",
)
answered(
    "key_decision_award",
    "if the award is a key decision",
    "the award is no key decision (SI 2012/2089, regulation 8)",
)
answered(
    "engages_market",
    "if you engage the market first",
    "you will not engage the market first (engagement is optional: section 16)",
)
answered("personal_data", "if personal data is involved", "no personal data is involved")
answered("staff_transfer", "if staff may transfer", "no staff will transfer")
answered(
    "leaseholders",
    "if leaseholders will be charged",
    "no leaseholder will be charged (Landlord and Tenant Act 1985, section 20)",
)
answered("technology", "if it buys technology", "it buys no technology")
answered("uses_ai", "if it uses artificial intelligence", "it uses no artificial intelligence")
answered(
    "off_payroll",
    "if individuals will be hired",
    "no individual will be hired through a company of their own",
)
answered(
    "open_advert",
    "if you advertise openly",
    "you invite named suppliers only, so no tender notice is needed (section 87)",
)
answered("excluded_supplier", "if a supplier was excluded", "no supplier was excluded (section 59)")
answered(
    "contract_changed",
    "if the contract is changed",
    "the contract was not changed (sections 74 to 77; SI 2023/1348, regulation 13, for health care services)",
)
answered(
    "change_notice_due",
    "if a contract change notice is due",
    "no contract change notice was due (section 75)",
)


@condition(
    "change-notice-asked",
    "if a contract change notice is due, or your organisation publishes one for what the contract provides for",
    "no contract change notice was due (section 75)",
    ANSWERS["change_notice_due"],
)
def change_notice_asked(facts: Facts) -> bool | None:
    """Is a notice published before the change? Its limits say so, or it only uses what the contract provides for and the
    organisation’s own rules ask for the notice then too."""
    due = facts.answer("change_notice_due")
    if due is not False or not facts.own.notice_for_provided_options:
        return due
    provided = facts.answer("provided_in_contract")
    return None if provided is None else provided


answered("breach", "if a breach has to be published", "there was no breach to publish (section 71)")


@condition(
    "over-2m", "if the value is over £2 million", "the value is not over £2 million (section 93)", "the value"
)
def over_2m(facts: Facts) -> bool | None:
    """Listed in the authority's pipeline notice."""
    return over(PIPELINE_CONTRACT)(facts)


@condition(
    "over-5m",
    "if the value is over £5 million",
    "the value is not over £5 million (section 53(3))",
    "the value",
)
def over_5m(facts: Facts) -> bool | None:
    """A copy of the contract is published."""
    return over(CONTRACT_COPY)(facts)


@condition("kpis", "if the value is over £5 million and it is neither light touch nor a concession", "indicators are set only over £5 million, and not for light touch or concessions (section 52)", "the value, or which special rules apply")  # fmt: skip
def kpis(facts: Facts) -> bool | None:
    """At least three indicators are set and published."""
    return every(over(KPIS)(facts), negated(facts.light_touch), negated(facts.concession))


@condition("notifiable", "if the value is £30,000 or more and it is no concession", "only contracts of £30,000 or more that are no concession are notifiable (sections 84 and 87)", "the value, or whether it is a concession")  # fmt: skip
def notifiable(facts: Facts) -> bool | None:
    """A notifiable below-threshold contract."""
    return every(over(NOTIFIABLE)(facts), negated(facts.concession))


@condition(
    "not-concession",
    "unless it is a concession",
    "it is a concession (sections 68 to 70 and 84)",
    "whether it is a concession",
)
def not_concession(facts: Facts) -> bool | None:
    """Duties of which concessions are free: payment, and below the threshold the whole of Part 6."""
    return negated(facts.concession)


@condition("light-touch", "if it is light touch", "it is not light touch", "whether it is light touch")
def light_touch(facts: Facts) -> bool | None:
    """On the exact list of codes in Schedule 1 to the Procurement Regulations 2024, confirmed by a person."""
    return facts.light_touch


@condition(
    "not-light-touch",
    "unless it is light touch",
    "it is light touch (sections 51 and 75)",
    "whether it is light touch",
)
def not_light_touch(facts: Facts) -> bool | None:
    """Duties that light-touch contracts are spared."""
    return negated(facts.light_touch)


@condition(
    "services",
    "if it is mostly services",
    "it is mostly goods or works (Social Value Act 2012, section 1)",
    "what kind of thing it is",
)
def services(facts: Facts) -> bool | None:
    """The Social Value Act is about services."""
    return None if not facts.kind else facts.kind == "services"


@condition(
    "executive",
    "under executive arrangements",
    "the 28 clear days are for councils with executive arrangements (SI 2012/2089)",
    "how your organisation takes decisions",
)
def executive(facts: Facts) -> bool | None:
    """A leader or mayor and cabinet; not committees, the City of London or the GLA family."""
    return None if facts.decision_model == "other" else facts.decision_model == "executive"


@condition(
    "not-user-choice",
    "unless it is a user-choice award",
    "the direct award rests on user choice (Schedule 5, paragraphs 15 to 17; sections 44, 50, 53 and 80)",
    CHOICES["ground"].unknown,
)
def not_user_choice(facts: Facts) -> bool | None:
    """User choice: no transparency, award, details or termination notice."""
    ground = facts.choice("ground")
    return None if ground is None else ground != USER_CHOICE


@condition(
    "standstill-mandatory",
    "unless it is light touch or awarded in extreme urgency",
    "no standstill is mandatory for light touch, user choice or extreme urgency (section 51(3))",
    "whether it is light touch, or the ground of the direct award",
)
def standstill_mandatory(facts: Facts) -> bool | None:
    """Section 51: not for light touch, nor for a direct award in extreme urgency."""
    ground = facts.choice("ground")
    return every(negated(facts.light_touch), None if ground is None else ground not in (URGENCY, USER_CHOICE))


@condition(
    "standstill-not-mandatory",
    "if no standstill is mandatory",
    "a standstill is mandatory (section 51)",
    "whether it is light touch, or the ground of the direct award",
)
def standstill_not_mandatory(facts: Facts) -> bool | None:
    """Where the award notice may promise a standstill that the law does not ask for."""
    return negated(standstill_mandatory(facts))


@condition(
    "voluntary-standstill",
    "if the award notice promises a standstill",
    "the award notice promises no standstill beyond what the law asks (section 51(4))",
    ANSWERS["voluntary_standstill"],
)
def voluntary_standstill(facts: Facts) -> bool | None:
    """What the notice promises binds."""
    return every(
        negated(standstill_mandatory(facts)), not_user_choice(facts), facts.answer("voluntary_standstill")
    )


for _gate in ("strategy", "award"):
    chosen(
        f"{_gate}-at-meeting",
        f"{_gate}_decider",
        "meeting",
        holds=f"if a meeting decides the {_gate}",
        fails=f"no meeting decides the {_gate}",
    )


for _gate in ("strategy", "award", "change"):
    answered(
        f"private_{_gate}",
        f"if part of the meeting on the {_gate} is private",
        f"no part of the meeting on the {_gate} is private (SI 2012/2089, regulation 5)",
    )
    denied(
        f"{_gate}-not-key",
        f"key_decision_{_gate}",
        f"if the {_gate} is no key decision",
        f"the {_gate} is a key decision, and its notice names the private part with the reasons (SI 2012/2089, regulations 5 and 9)",
    )


NO_MORE = "own-step-no-more"


@condition(
    NO_MORE,
    "if your organisation’s rules still ask for it",
    "your organisation’s own rules ask for it no more",
    "which rules apply",
)
def own_step_no_more(facts: Facts) -> bool | None:
    """Never: it stands on a step of an organisation's own that its rules have dropped since."""
    return False
