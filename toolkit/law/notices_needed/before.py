"""The notices up to the signature: UK1 to UK6."""

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
from toolkit.law.thresholds import NOTIFIABLE, PIPELINE_CONTRACT
from toolkit.law.values import ASK_LEGAL


def pipeline(facts: NoticeFacts) -> NeededNotice:
    code = "UK1"
    if found := only_public(
        code, facts, "Only contracts at or above the threshold must be listed. You may list smaller ones."
    ):
        return found
    if facts.way is Way.USER_CHOICE:
        return said(
            code,
            Need.NOT_NEEDED,
            "The list is of contracts with a tender or transparency notice to come; user choice has neither.",
        )
    if facts.way is Way.CALL_OFF:
        return said(
            code, Need.OPTIONAL, "A call-off has no tender or transparency notice to come. You may list it."
        )
    if facts.reaches(PIPELINE_CONTRACT) is False:
        return said(
            code, Need.OPTIONAL, "Contracts of £2 million or less need not be listed. You may list it."
        )
    over = (
        ""
        if facts.reaches(PIPELINE_CONTRACT)
        else "the estimated value is more than £2 million including VAT, "
    )
    return said(
        code,
        Need.IF,
        f"Needed if {over}your authority expects to pay more than £100 million in the financial year, and you mean to publish the tender or transparency notice within 18 months of 1 April. One notice lists all such contracts.",
        when="From 1 April to 26 May, each year.",
    )


def engagement(facts: NoticeFacts) -> NeededNotice:
    code = "UK2"
    if found := only_public(code, facts):
        return found
    if facts.engaged is False:
        return said(code, Need.NOT_NEEDED, "You have not engaged the market. If you do, it is needed.")
    if not facts.has_tender_notice:
        return said(
            code,
            Need.OPTIONAL,
            "The duty is tied to the tender notice, and this route has none of its own.",
            caution=f"If you engaged the market, {ASK_LEGAL.lower()} whether to publish one.",
        )
    when = "Before the tender notice (UK4). It may come before or after the engagement."
    either = "Publish it, or give your reasons for not publishing it in the tender notice."
    if facts.engaged:
        return said(code, Need.NEEDED, f"You engaged the market. {either}", when=when)
    return said(code, Need.IF, f"Needed if you engage the market. {either}", when=when)


def planned(facts: NoticeFacts) -> NeededNotice:
    code = "UK3"
    if found := only_public(code, facts):
        return found
    if not facts.has_tender_notice:
        return said(code, Need.NOT_NEEDED, "There is no tender notice to come.")
    if facts.is_light_touch:
        gain = "It tells suppliers early. Light touch has no minimum period for it to shorten."
    elif facts.way is Way.DYNAMIC_MARKET:
        gain = "It tells suppliers early. Under a dynamic market tenders may be due after 10 days anyway."
    else:
        gain = "It tells suppliers early, and lets you ask for tenders after 10 days. It saves nothing if you start today."
    return said(
        code,
        Need.OPTIONAL,
        gain,
        when="At least 40 days, and not more than 12 months, before the tender notice (UK4).",
        caution=f"Leave 41 days to be safe: how the 40 are counted is not settled. {ASK_LEGAL}.",
    )


_BELOW_TENDER = ("section 87(1)", "regulation 24")


def tender(facts: NoticeFacts) -> NeededNotice:
    code = "UK4"
    if facts.way is Way.NEW_MARKET:
        return said(code, Need.NOT_NEEDED, MARKET_IS_NO_CONTRACT)
    if facts.has_tender_notice:
        what = "Setting up a framework is a competition too: " if facts.framework else ""
        why = f"{what}the tender notice opens every competition for a contract at or above the threshold."
        return said(
            code,
            Need.NEEDED,
            why[0].upper() + why[1:],
            when="First, before anything that opens the competition. Assess conflicts of interest before it.",
        )
    if facts.above:
        return said(code, Need.NOT_NEEDED, _NO_COMPETITION[facts.way])
    if facts.concession:
        return said(code, Need.NOT_NEEDED, CONCESSION_BELOW, law=_BELOW_TENDER)
    if facts.way is not Way.COMPETITION:
        return said(
            code, Need.NOT_NEEDED, "Only particular suppliers are asked; nothing is advertised openly.", law=_BELOW_TENDER
        )  # fmt: skip
    reached = facts.reaches(NOTIFIABLE)
    if reached is False:
        return said(code, Need.NOT_NEEDED, "The value is less than £30,000 including VAT.", law=_BELOW_TENDER)
    when = "Before you advertise openly."
    if reached:
        return said(
            code, Need.NEEDED, "You advertise openly a contract of £30,000 or more including VAT.", when=when, law=_BELOW_TENDER
        )  # fmt: skip
    return said(
        code, Need.IF, "Needed if the value is £30,000 or more including VAT.", when=when, law=_BELOW_TENDER
    )


_NO_COMPETITION = {
    Way.CALL_OFF: "The tender notice of the framework covers its call-offs.",
    Way.DIRECT: "A direct award has a transparency notice (UK5) instead.",
    Way.USER_CHOICE: "There is no competition.",
}


def transparency(facts: NoticeFacts) -> NeededNotice:
    code = "UK5"
    if found := only_public(code, facts):
        return found
    if facts.way is Way.DIRECT:
        return said(
            code,
            Need.NEEDED,
            "It gives the ground for the direct award. If you switch from a competition that found nobody suitable, it starts a new procurement identifier and quotes the old one.",
            when="Before you award. No number of days is set. Assess conflicts of interest before it.",
        )
    if facts.way is Way.USER_CHOICE:
        return said(code, Need.NOT_NEEDED, USER_CHOICE)
    return said(code, Need.NOT_NEEDED, "Only for a direct award.")


def award(facts: NoticeFacts) -> NeededNotice:
    code = "UK6"
    if found := only_public(code, facts):
        return found
    if facts.way is Way.USER_CHOICE:
        return said(code, Need.NOT_NEEDED, USER_CHOICE)
    summaries = ", and after every assessment summary has gone out" if facts.has_tender_notice else ""
    if facts.is_light_touch or facts.way in (Way.CALL_OFF, Way.DYNAMIC_MARKET):
        wait = "No standstill is mandatory here. If you say in the notice that you will wait, wait at least 8 working days."
    else:
        wait = "The mandatory standstill of 8 working days begins with the day you publish it."
        if facts.way is Way.DIRECT:
            wait += " Extreme urgency is excepted; lateness of our own making is never urgency."
    return said(
        code,
        Need.NEEDED,
        f"It comes before every contract at or above the threshold. {wait}",
        when=f"Before you sign{summaries}.",
    )
