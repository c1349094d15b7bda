"""Rules of the tender period, the standstill and the signature."""

from __future__ import annotations

import datetime as dt

from toolkit.law import notices
from toolkit.law.minimum_periods import TenderCircumstances, earliest_deadline, tendering_period
from toolkit.law.values import words
from workflows.journeys.conditions import not_user_choice, standstill_mandatory
from workflows.journeys.due.registry import Due, Params, rule_named, waiting
from workflows.journeys.facts import Facts


@rule_named("standstill")
def standstill(facts: Facts, params: Params) -> Due:
    """The last day of the standstill that the contract award notice began, mandatory or promised."""
    day = facts.day_of("award-notice")
    if day is None:
        return waiting(
            "award-notice", "Procurement Act 2023, section 51", "8 working days beginning with the notice."
        )
    return Due.of(notices.standstill_end(day, added=facts.bank_holidays))


SIGNATURE = "Earliest day to sign"


@rule_named("earliest-signature")
def earliest_signature(facts: Facts, params: Params) -> Due:
    """The first day on which the contract may be entered into (sections 50 and 51). Unknown facts shorten nothing."""
    if not_user_choice(facts) is False:
        return Due(
            None,
            "User choice asks for no contract award notice and no standstill.",
            "Procurement Act 2023, sections 50 and 51",
        )
    day = facts.day_of("award-notice")
    waits = standstill_mandatory(facts) is not False
    if day is None:
        rule = "The day after the standstill ends." if waits else "After the contract award notice."
        return waiting("award-notice", "Procurement Act 2023, sections 50 and 51", rule)
    if waits:
        return Due.of(
            notices.earliest_signature(day, added=facts.bank_holidays), not_before=True, about=SIGNATURE
        )
    if facts.answer("voluntary_standstill"):
        promised = notices.earliest_signature(day, added=facts.bank_holidays)
        return Due(
            promised.day,
            f"The notice promises a standstill, and the promise binds. {promised.rule}",
            "Procurement Act 2023, section 51(4)",
            promised.confirmed,
            promised.caution,
            not_before=True,
            about=SIGNATURE,
        )
    return Due(
        day,
        f"No standstill is mandatory here, so it may be signed on {words(day)}, once the contract award notice is published.",
        "Procurement Act 2023, sections 50 and 51(3)",
        caution="Only if no claim has been notified, call-in is over and leaseholder consultation is closed.",
        not_before=True,
        about=SIGNATURE,
    )


def circumstances(facts: Facts, published: dt.date | None) -> TenderCircumstances:
    """What shortens the tendering period. What nobody has said shortens nothing."""
    planned, qualifying = facts.day_of("planned-notice"), False
    if planned is not None and published is not None:
        first, last = notices.planned_notice_window(planned)
        qualifying = first.day <= published <= last.day
    return TenderCircumstances(
        light_touch=bool(facts.light_touch),
        qualifying_planned_notice=qualifying,
        urgent=bool(facts.answer("urgent_period")),
        electronic=facts.answer("electronic") is True,
        all_documents_at_once=facts.answer("documents_at_once") is True,
    )


@rule_named("tender-period")
def tender_period(facts: Facts, params: Params) -> Due:
    """The earliest lawful deadline for tenders, by the circumstances that were recorded."""
    published = facts.day_of("tender-notice")
    period = tendering_period(circumstances(facts, published))
    if period.days is None:
        return Due(None, period.why, period.source)
    if published is None:
        rule = "At least 25 days from the notice to the deadline when tenders are electronic and all documents come with the notice; else 30 or 35."
        planned = facts.day_of("planned-notice")
        if planned is not None:
            first, last = notices.planned_notice_window(planned)
            rule += f" At least 10, because of the planned procurement notice, if the notice is published from {words(first.day)} to {words(last.day)}."
        return waiting("tender-notice", period.source, rule)
    earliest = earliest_deadline(published, period)
    assert earliest is not None  # a period of days has an end
    return Due.of(earliest, not_before=True, about="Earliest deadline for tenders")
