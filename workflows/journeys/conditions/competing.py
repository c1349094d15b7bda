"""Conditions of competitions above the threshold, and of awards without one."""

from __future__ import annotations

from workflows.journeys.conditions.common import not_user_choice
from workflows.journeys.conditions.registry import answered, chosen, condition, every, negated
from workflows.journeys.facts import Facts
from workflows.journeys.vocabulary import ANSWERS, PROTECT_LIFE, SWITCH, URGENCY, USER_CHOICE

answered(
    "negotiates",
    "if you negotiate",
    "the procedure has no negotiation: your design of it says so (section 20(2)(b); regulation 19)",
)
answered(
    "refines_criteria",
    "if the award criteria may be refined",
    "the tender notice does not provide for refining the criteria (section 24)",
)
answered(
    "intermediate_assessment",
    "if tenders are left out between the rounds",
    "no tender is left out between the rounds: your design of the procedure says so (section 20)",
)
answered(
    "excluded_at_participation",
    "if a supplier that asked to take part was excluded",
    "no supplier that asked to take part was excluded (sections 27 and 59)",
)
answered(
    "higher_risk_building",
    "if it is work on a higher-risk building",
    "it is no work on a higher-risk building (Building Safety Act 2022: check with your legal team)",
)
answered(
    "works_security",
    "if the contract asks for a bond, a guarantee or retention",
    "the contract asks for no bond, guarantee or retention",
)
answered(
    "special_urgency",
    "if it is a key decision without its 28 clear days",
    "it is no key decision, or it has had its 28 clear days (SI 2012/2089, regulations 8 to 11)",
)
chosen(
    "asks-to-take-part",
    "first_stage",
    "requests",
    holds="if suppliers first ask to take part",
    fails="the notice invites tenders at once: nobody asks to take part first (section 54(3))",
)
chosen(
    "tenders-at-once",
    "first_stage",
    "tenders",
    holds="if the notice invites tenders at once",
    fails="suppliers first ask to take part, and are invited afterwards (section 54(3) and (4))",
)
chosen(
    "two-rounds",
    "rounds",
    "two",
    "three",
    holds="if there are two rounds of tenders or more",
    fails="there is one round of tenders: your design of the procedure says so (section 20)",
)
chosen(
    "three-rounds",
    "rounds",
    "three",
    holds="if there are three rounds of tenders",
    fails="there are fewer than three rounds of tenders: your design of the procedure says so (section 20)",
)
chosen(
    "reserved",
    "reserved_for",
    "supported",
    "mutuals",
    holds="if the contract is reserved",
    fails="the contract is not reserved (sections 32 and 33)",
)
chosen(
    "supplier-excluded",
    "supplier_standing",
    "excluded",
    holds="if the supplier is an excluded supplier",
    fails="the supplier is no excluded supplier (section 41)",
)
for _name, _grounds, _words, _source in (
    ("ground-switch", (SWITCH,), "is a switch from a competition", "section 43"),
    ("ground-repeat", ("repeat",), "repeats what was competed", "Schedule 5, paragraph 8"),
    (
        "ground-only-supplier",
        ("unique-art", "exclusive-rights", "technical", "compatibility"),
        "rests on there being only one supplier",
        "Schedule 5, paragraphs 4 to 7",
    ),
    ("ground-market", ("commodity",), "buys on a commodity market", "Schedule 5, paragraph 10"),
    ("ground-insolvency", ("insolvency",), "rests on an insolvency", "Schedule 5, paragraph 11"),
    (
        "ground-prototype",
        ("prototype",),
        "buys a prototype or a novel development",
        "Schedule 5, paragraph 2",
    ),
    (
        "ground-urgent",
        (URGENCY, PROTECT_LIFE),
        "rests on urgency",
        "Schedule 5, paragraphs 13 and 14; section 42",
    ),
):
    chosen(
        _name,
        "ground",
        *_grounds,
        holds=f"if the award {_words}",
        fails=f"the award rests on another ground, not on {_source}",
    )


@condition(
    "concession-above",
    "if the concession is at or above the threshold",
    "the concession is below the threshold, and Part 6 of the Act leaves concessions out (section 84)",
    "the value",
)
def concession_above(facts: Facts) -> bool | None:
    """A concession contract below the threshold is outside the notices of the Act altogether."""
    return facts.above_threshold


@condition(
    "concession-below",
    "if the concession is below the threshold",
    "the concession is at or above the threshold, so it is advertised by a tender notice (sections 8 and 21)",
    "the value",
)
def concession_below(facts: Facts) -> bool | None:
    """Offers are then asked for as your own standing orders say."""
    return negated(facts.above_threshold)


@condition(
    "standstill-due",
    "unless section 51(3) excepts it",
    "section 51(3) asks for no standstill for light touch, extreme urgency, an award that protects life under section 42, or user choice",
    "whether it is light touch, or the ground of the direct award",
)
def standstill_due(facts: Facts) -> bool | None:
    """Section 51: 8 working days before signing. The exceptions are light touch, extreme urgency and awards under section
    42. An unknown ground is no exception. (Call-offs and dynamic markets, excepted too, have routes of their own.)"""
    ground = facts.choice("ground")
    excepted = None if ground is None else ground in (URGENCY, PROTECT_LIFE, USER_CHOICE)
    return every(negated(facts.light_touch), negated(excepted))


@condition(
    "standstill-not-due",
    "if section 51(3) excepts it from the standstill",
    "a standstill is mandatory (section 51)",
    "whether it is light touch, or the ground of the direct award",
)
def standstill_not_due(facts: Facts) -> bool | None:
    """Where the award notice may promise a standstill that the law does not ask for."""
    return negated(standstill_due(facts))


def standstill_stated(facts: Facts) -> bool | None:
    """Does the award notice state a standstill? Where nobody has said, the organisation's own rule does."""
    said = facts.answer("voluntary_standstill")
    return said if said is not None else True if facts.own.voluntary_standstill else None


@condition(
    "standstill-promised",
    "if the award notice promises a standstill that no law asks for",
    "a standstill is mandatory, or the award notice promises none (section 51(4))",
    ANSWERS["voluntary_standstill"],
)
def standstill_promised(facts: Facts) -> bool | None:
    """What the notice promises binds. Your organisation’s own rules may say that it always promises one."""
    return every(negated(standstill_due(facts)), not_user_choice(facts), standstill_stated(facts))


@condition(
    "states-standstill",
    "if the award notice states a standstill",
    "none is mandatory here, and the award notice states none (section 51(3) and (4))",
    ANSWERS["voluntary_standstill"],
)
def states_standstill(facts: Facts) -> bool | None:
    """For awards that never have a mandatory standstill, such as those under a framework or a dynamic market."""
    return standstill_stated(facts)
