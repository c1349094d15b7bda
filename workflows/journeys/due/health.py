"""Rules of health care services: the standstill of the Provider Selection Regime and its notices (SI 2023/1348).

Its standstill begins the day after the notice and is kept open by representations: without a further decision there is
no day to sign. How its working days are counted is not settled everywhere: the later day is shown.
"""

from __future__ import annotations

import datetime as dt

from toolkit.law import notices
from toolkit.law.periods import moved, period_after, working_days_beginning_with
from toolkit.law.values import ASK_LEGAL, LegalDate, words
from workflows.journeys.conditions.health import abandoned, represented, urgent_award
from workflows.journeys.due.registry import Due, Params, rule_named, waiting
from workflows.journeys.facts import Facts
from workflows.journeys.vocabulary.health import GO_ON

REGULATION_12 = "Health Care Services (Provider Selection Regime) Regulations 2023, regulation 12"
SIGNATURE = "Earliest day to sign"
_OTHERS = "Only if your own call-in is over."


@rule_named("psr-representations")
def psr_representations(facts: Facts, params: Params) -> Due:
    """The midnight until which representations may be made."""
    day = facts.day_of("psr-intention-notice")
    if day is None:
        return waiting(
            "psr-intention-notice",
            REGULATION_12,
            "The standstill begins the day after the notice; representations run to the end of the 8th working day after that day.",
        )
    return Due.of(notices.psr_representations_end(day, added=facts.bank_holidays))


def further_wait_ends(decided_on: dt.date, facts: Facts) -> LegalDate:
    """The last of the five further working days, the day after the further decision being the first that can count."""
    end = working_days_beginning_with(
        moved(decided_on, 1), 5, "psr", added=facts.bank_holidays, source=REGULATION_12
    )
    return LegalDate(
        end.day,
        f"Five working days after the further decision was told on {words(decided_on)}. {end.rule}",
        REGULATION_12,
        confirmed=end.confirmed,
        caution=f"Which bank holidays count was not found; this is the later day. {ASK_LEGAL}.",
    )


@rule_named("psr-further-wait")
def psr_further_wait(facts: Facts, params: Params) -> Due:
    """The end of the five working days after the further decision."""
    day = facts.day_of("psr-further-decision")
    if day is None:
        return waiting(
            "psr-further-decision",
            REGULATION_12,
            "Five more working days after the further decision was told.",
        )
    return Due.of(further_wait_ends(day, facts))


@rule_named("psr-approach-wait")
def psr_approach_wait(facts: Facts, params: Params) -> Due:
    """14 days after the notice of the intended approach, before providers are assessed."""
    source = "Health Care Services (Provider Selection Regime) Regulations 2023, regulation 10"
    day = facts.day_of("psr-approach-notice")
    if day is None:
        return waiting("psr-approach-notice", source, "14 days after the notice of the intended approach.")
    end = period_after(day, 14, source=source)
    return Due(
        end.day,
        f"14 days after the notice of the intended approach. {end.rule}",
        source,
        caution=f"The 14 days are known from practice. {ASK_LEGAL}.",
    )


@rule_named("psr-no-standstill")
def psr_no_standstill(facts: Facts, params: Params) -> Due:
    """Direct award processes A and B have none."""
    return Due(
        None,
        "Direct award processes A and B have no standstill: it may be signed once your own decision stands.",
        REGULATION_12,
        caution=_OTHERS,
    )


@rule_named("psr-signature")
def psr_signature(facts: Facts, params: Params) -> Due:
    """The first day to sign after direct award C, the most suitable provider process or a competition. None while a
    representation waits for its further decision, and for a further decision that is not to award."""
    if abandoned(facts):
        return Due(None, "There is no day to sign: the process is abandoned.", REGULATION_12)
    if urgent_award(facts):
        return Due(
            None,
            "An urgent award follows none of the processes that have a standstill.",
            "Health Care Services (Provider Selection Regime) Regulations 2023, regulations 12 and 14",
            caution=f"{ASK_LEGAL}.",
        )
    notice = facts.day_of("psr-intention-notice")
    if notice is None:
        return waiting("psr-intention-notice", REGULATION_12, "The day after the standstill ends.")
    close = notices.psr_representations_end(notice, added=facts.bank_holidays)
    made = represented(facts)
    if made is None:
        return Due(
            None,
            f"Not before {words(moved(close.day, 1))}, the day after representations close, and not until you have said whether any were made.",
            REGULATION_12,
            close.confirmed,
            close.caution,
        )
    if not made:
        return _signed_after(close, "No representations were made.", close.caution)
    return _after_representations(facts, close)


def _after_representations(facts: Facts, close: LegalDate) -> Due:
    told = facts.day_of("psr-further-decision")
    if told is None or facts.choice("psr_further_decision") is None:
        return Due(
            None,
            "Representations keep the standstill open: there is no day to sign until the further decision is made and told.",
            REGULATION_12,
        )
    if facts.choice("psr_further_decision") != GO_ON:
        return Due(
            None, "There is no day to sign: the further decision is not to award as intended.", REGULATION_12
        )
    end = further_wait_ends(told, facts)
    # Told early, the five days may be over while others may still make representations.
    last = end if end.day >= close.day else close
    return _signed_after(last, "Representations were made.", last.caution)


def _signed_after(end: LegalDate, first: str, caution: str) -> Due:
    return Due(
        moved(end.day, 1),
        f"{first} The standstill ends at midnight on {words(end.day)}. {end.rule}",
        end.source,
        end.confirmed,
        f"{caution} {_OTHERS}".strip(),
        not_before=True,
        about=SIGNATURE,
    )
