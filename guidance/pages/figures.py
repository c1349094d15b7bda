"""Figures in texts, out of `toolkit.law`, so that a page can never disagree with the calculators.

    {threshold:goods-services-sub-central}   £207,720            {money:kpis}                     £5 million
    {period:standstill}                      8 working days      {date:standstill:2026-11-23}     3 December 2026

A figure is the one in force on the day a reader looks.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from toolkit.core.money import pounds, pounds_in_words
from toolkit.law import notices
from toolkit.law.minimum_periods import TenderCircumstances, participation_period, tendering_period
from toolkit.law.periods import clear_days_before, period_after
from toolkit.law.thresholds import TRIGGERS, ContractType, threshold_for
from toolkit.law.values import LegalDate, NotCountable, counted, words

TAG = re.compile(r"\{([a-z]+):([a-z0-9-]+)(?::(\d{4}-\d{2}-\d{2}))?\}")
LIKE_A_TAG = re.compile(r"\{[a-z]+:[^{}\n]*\}")
"""What somebody meant as a figure, right or wrong."""


def _tender_days(**circumstances: bool) -> int:
    days = tendering_period(TenderCircumstances(**circumstances)).days
    assert days is not None
    return days


def _participation_days() -> int:
    days = participation_period().days
    assert days is not None
    return days


_SOME_DAY = dt.date(2027, 2, 1)


def _span(rule: Callable[[dt.date], LegalDate]) -> str:
    """The length of a period that begins with its first day, asked of the rule that counts it."""
    return counted((rule(_SOME_DAY).day - _SOME_DAY).days + 1, "day")


def _pipeline_span() -> str:
    first, last = notices.pipeline_window(dt.date(2027, 4, 1))
    return counted((last.day - first).days + 1, "day")


def _payments_span() -> str:
    ends = notices.quarter_end(_SOME_DAY)
    return counted((notices.payments_over_30k_due(ends).day - ends).days + 1, "day")


PERIODS: Mapping[str, str] = {
    "standstill": counted(notices.STANDSTILL_DAYS, "working day"),
    "contract-details": _span(notices.contract_details_due),
    "contract-details-light-touch": _span(lambda day: notices.contract_details_due(day, light_touch=True)),
    "contract-copy": _span(notices.contract_copy_due),
    "contract-copy-light-touch": _span(lambda day: notices.contract_copy_due(day, light_touch=True)),
    "modified-contract-copy": _span(notices.modified_contract_copy_due),
    "termination": _span(notices.termination_due),
    "breach-notice": _span(notices.breach_notice_due),
    "exclusion-notification": _span(notices.exclusion_notification_due),
    "payment": counted(notices.PAYMENT_DAYS, "day"),
    "payments-notices": _payments_span(),
    "pipeline-notice": _pipeline_span(),
    "tender": counted(_tender_days(), "day"),
    "tender-documents-later": counted(_tender_days(all_documents_at_once=False), "day"),
    "tender-not-electronic": counted(_tender_days(electronic=False), "day"),
    "tender-neither": counted(_tender_days(electronic=False, all_documents_at_once=False), "day"),
    "tender-shortened": counted(_tender_days(qualifying_planned_notice=True), "day"),
    "participation": counted(_participation_days(), "day"),
    "planned-notice-least": counted(
        (notices.planned_notice_window(_SOME_DAY)[0].day - _SOME_DAY).days, "day"
    ),
    "key-decision": counted(
        (_SOME_DAY - notices.key_decision_notice_by(_SOME_DAY).day).days - 1, "clear day"
    ),
}
"""Slug → the length of a period, in words, from the function that counts it."""

DATES: Mapping[str, Callable[[dt.date], dt.date]] = {
    "standstill": lambda day: notices.standstill_end(day).day,
    "sign-from": lambda day: notices.earliest_signature(day).day,
    "contract-details": lambda day: notices.contract_details_due(day).day,
    "contract-details-light-touch": lambda day: notices.contract_details_due(day, light_touch=True).day,
    "contract-copy": lambda day: notices.contract_copy_due(day).day,
    "contract-copy-light-touch": lambda day: notices.contract_copy_due(day, light_touch=True).day,
    "modified-contract-copy": lambda day: notices.modified_contract_copy_due(day).day,
    "termination": lambda day: notices.termination_due(day).day,
    "breach-notice": lambda day: notices.breach_notice_due(day).day,
    "performance": lambda day: notices.performance_due(day).day,
    "exclusion-notification": lambda day: notices.exclusion_notification_due(day).day,
    "tender": lambda day: period_after(day, _tender_days()).day,
    "tender-documents-later": lambda day: period_after(day, _tender_days(all_documents_at_once=False)).day,
    "tender-shortened": lambda day: period_after(day, _tender_days(qualifying_planned_notice=True)).day,
    "participation": lambda day: period_after(day, _participation_days()).day,
    "planned-notice-first": lambda day: notices.planned_notice_window(day)[0].day,
    "planned-notice-last": lambda day: notices.planned_notice_window(day)[1].day,
    "pipeline-notice": lambda day: notices.next_pipeline_window(day)[1].day,
    "payments-over-30k": lambda day: notices.payments_over_30k_due(notices.quarter_end(day)).day,
    "payments-compliance": lambda day: (
        notices.payments_compliance_due(notices.payments_compliance_period_end(day)).day
    ),
    "key-decision-notice": lambda day: notices.key_decision_notice_by(day).day,
    "private-item-notice": lambda day: clear_days_before(day, 5).day,
    "psr-representations": lambda day: notices.psr_representations_end(day).day,
}
"""Slug → the day that a rule gives for the day in the tag."""


class NoSuchFigure(ValueError):
    """A tag names no figure. The message is a sentence for the editor."""


def _round(amount: Decimal) -> str:
    """`£5 million`, `£207,720`."""
    return pounds_in_words(amount) if amount >= 1_000_000 and amount % 100_000 == 0 else pounds(amount)


def figure(name: str, key: str, day: str | None, *, on: dt.date) -> str:
    """The words of one tag, as they are on the day `on`. Raises NoSuchFigure."""
    try:
        match name, day:
            case "threshold", None:
                return pounds(threshold_for(ContractType(key), on).amount_inc_vat)
            case "money", None:
                return _round(TRIGGERS[key].amount)
            case "period", None:
                return PERIODS[key]
            case "date", str():
                return words(DATES[key](dt.date.fromisoformat(day)))
    except (KeyError, ValueError, NotCountable) as error:
        raise NoSuchFigure(f"There is no figure {{{name}:{key}{f':{day}' if day else ''}}}") from error
    raise NoSuchFigure(f"There is no figure {{{name}:{key}{f':{day}' if day else ''}}}")


def filled(text: str, *, on: dt.date) -> str:
    """The text with its tags replaced; one that names no figure stays as it is, for editors to see."""

    def replace(found: re.Match[str]) -> str:
        try:
            return figure(found[1], found[2], found[3], on=on)
        except NoSuchFigure:
            return found[0]

    return TAG.sub(replace, text)


def unknown_in(text: str, *, on: dt.date) -> list[str]:
    """What looks like a tag and names no figure."""
    wrong = []
    for found in LIKE_A_TAG.finditer(text):
        tag = TAG.fullmatch(found[0])
        try:
            if tag is None:
                raise NoSuchFigure
            figure(tag[1], tag[2], tag[3], on=on)
        except NoSuchFigure:
            wrong.append(found[0])
    return wrong
