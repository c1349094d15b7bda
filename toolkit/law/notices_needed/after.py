"""The notices from the signature on: UK7 to UK12 and UK17."""

from __future__ import annotations

from toolkit.law.notices_needed.facts import (
    CONCESSION_BELOW,
    MARKET_IS_NO_CONTRACT,
    USER_CHOICE,
    Need,
    NeededNotice,
    NoticeFacts,
    Way,
    only_public,
    said,
)
from toolkit.law.thresholds import CONTRACT_COPY, KPIS, NOTIFIABLE
from toolkit.law.values import ASK_LEGAL

_BELOW_DETAILS = ("section 87(3)", "regulation 36")


def details(facts: NoticeFacts) -> NeededNotice:
    code = "UK7"
    if facts.way is Way.NEW_MARKET:
        return said(code, Need.NOT_NEEDED, MARKET_IS_NO_CONTRACT)
    if facts.above and facts.way is Way.USER_CHOICE:
        return said(code, Need.NOT_NEEDED, USER_CHOICE)
    if facts.above:
        days = 120 if facts.is_light_touch else 30
        return said(
            code,
            Need.NEEDED,
            "Every contract at or above the threshold has one.",
            when=f"Within {days} days; the day you sign counts as day 1.",
        )
    if facts.concession:
        return said(code, Need.NOT_NEEDED, CONCESSION_BELOW, law=_BELOW_DETAILS)
    reached = facts.reaches(NOTIFIABLE)
    if reached is False:
        return said(
            code, Need.NOT_NEEDED, "The value is less than £30,000 including VAT.", law=_BELOW_DETAILS
        )
    caution = ""
    if facts.way is Way.USER_CHOICE:
        caution = f"Whether user choice is excepted below the threshold is not stated. {ASK_LEGAL}."
    return said(
        code,
        Need.NEEDED if reached else Need.IF,
        "The value is £30,000 or more including VAT."
        if reached
        else "Needed if the value is £30,000 or more including VAT.",
        when="As soon as reasonably practicable after you sign.",
        caution=caution,
        law=_BELOW_DETAILS,
    )


def copy(facts: NoticeFacts) -> NeededNotice:
    row = _copy_of("UK7", facts)
    return NeededNotice("UK7 and copy", "Copy of the contract, with the contract details notice", row.need, row.when, row.why, row.source)  # fmt: skip


def _copy_of(code: str, facts: NoticeFacts) -> NeededNotice:
    law = ("sections 53(3) and 94", "regulations 32 to 35")
    if found := only_public(code, facts):
        return said(code, found.need, found.why, law=law)
    if facts.way is Way.USER_CHOICE:
        return said(code, Need.NOT_NEEDED, USER_CHOICE, law=law)
    reached = facts.reaches(CONTRACT_COPY)
    if reached is False:
        return said(code, Need.NOT_NEEDED, "The value is not more than £5 million including VAT.", law=law)
    days = 180 if facts.is_light_touch else 90
    return said(
        code,
        Need.NEEDED if reached else Need.IF,
        "The value is more than £5 million including VAT. Take out what section 94 lets you withhold."
        if reached
        else "Needed if the value is more than £5 million including VAT.",
        when=f"Within {days} days; the day you sign counts as day 1.",
        law=law,
    )


def payments(facts: NoticeFacts) -> NeededNotice:
    code = "UK8"
    if found := only_public(code, facts):
        return found
    if facts.concession:
        return said(code, Need.NOT_NEEDED, "Concessions are excepted.")
    guidance = f"That it covers only procurements commenced on or after 1 April 2026 stands in guidance alone, and the regulation’s text was not seen. {ASK_LEGAL}."
    if facts.framework:
        return said(
            code,
            Need.NOT_NEEDED,
            "A framework itself pays nothing. Payments under its call-offs count.",
            caution=guidance,
        )
    return said(
        code,
        Need.IF,
        "Needed if you make a single payment of more than £30,000 including VAT under the contract. Small payments are not added up.",
        when="Within 30 days of the end of the quarter, its last day counted: by 29 April, 29 July, 29 October and 29 January.",
        caution=guidance,
    )


def performance(facts: NoticeFacts) -> NeededNotice:
    code = "UK9"
    if found := only_public(code, facts):
        return found
    if facts.is_light_touch:
        return said(code, Need.NOT_NEEDED, "Light touch has neither indicators nor notices of a breach.")
    breach = "on a breach or poor performance, within 30 days, the day it first applies counted"
    indicators = None if facts.framework or facts.concession else facts.reaches(KPIS)
    if indicators:
        return said(
            code,
            Need.NEEDED,
            "The value is more than £5 million including VAT, so you set at least three indicators and publish how they are met, unless you gave reasons for setting none.",
            when=f"At least once in every 12 months and when the contract ends; and {breach}.",
            caution=f"Whether the 12 months run from signature or from the start of the service is not stated. {ASK_LEGAL}.",
        )
    if indicators is None and not facts.framework and not facts.concession:
        why = "Needed if the value is more than £5 million including VAT and you set indicators, or if the contract is breached or badly performed."
    else:
        why = "Needed if the contract is breached or badly performed. Indicators are not required here."
    return said(code, Need.IF, why, when=breach[0].upper() + breach[1:] + ".")


def change(facts: NoticeFacts) -> NeededNotice:
    code = "UK10"
    if found := only_public(code, facts):
        return found
    if facts.is_light_touch:
        return said(code, Need.NOT_NEEDED, "Light touch is excepted.")
    return said(
        code,
        Need.IF,
        "Needed if you change the contract and the change is not small: 10% of the value for goods and services, 15% for works, 10% of the term. A new supplier after a restructuring always needs one. Section 74 decides separately whether the change is lawful.",
        when="Before the change. If the contract is over £5 million, publish the change or changed contract within 90 days, the day of the change counted.",
        caution=f"The Act joins the limits of value and term with “or”: the safer reading is that a notice is due unless every change is within its limit. Whether £5 million is measured before or after the change is not stated. {ASK_LEGAL}.",
    )


def termination(facts: NoticeFacts) -> NeededNotice:
    code = "UK11"
    if found := only_public(code, facts):
        return found
    if facts.way is Way.USER_CHOICE:
        return said(code, Need.NOT_NEEDED, USER_CHOICE)
    return said(
        code,
        Need.NEEDED,
        "Every ending has one, expiry and completion included"
        + (", and so has the end of a framework." if facts.framework else "."),
        when="Within 30 days; the day it ends counts as day 1.",
    )


def abandoned(facts: NoticeFacts) -> NeededNotice:
    code = "UK12"
    if found := only_public(code, facts):
        return found
    if not facts.has_tender_notice and facts.way is not Way.DIRECT:
        return said(
            code, Need.NOT_NEEDED, "It follows a tender or transparency notice, and this route has neither."
        )
    earlier = "transparency notice (UK5)" if facts.way is Way.DIRECT else "tender notice (UK4)"
    return said(
        code,
        Need.IF,
        f"Needed if you decide not to award after the {earlier}.",
        when="As soon as reasonably practicable after you decide.",
    )


def compliance(facts: NoticeFacts) -> NeededNotice:
    code = "UK17"
    if found := only_public(code, facts):
        return found
    if facts.concession:
        return said(code, Need.NOT_NEEDED, "Concessions are excepted.")
    return said(
        code,
        Need.IF,
        "Needed if a payment under the contract is made or falls due in the half year. One notice covers your whole authority, and a finance director or the like approves it.",
        when="Within 30 days of 31 March and 30 September, that day counted: by 29 April and 29 October.",
        caution=f"Some pages print a day later; the statute counts the last day of the period as day 1. {ASK_LEGAL}.",
    )
