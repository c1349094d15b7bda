"""The days that matter in a contract's life, with the reason for each (practice.md §8: a contract has three dates)."""

from __future__ import annotations

from toolkit.core import clock
from toolkit.holidays.selectors import remembered_bank_holidays
from toolkit.law.contract_dates import KeyDates, key_dates
from toolkit.law.notices import contract_copy_due, contract_details_due
from toolkit.law.thresholds import CONTRACT_COPY
from toolkit.law.values import LegalDate
from workflows.contracts.models import Contract
from workflows.journeys.conditions import not_user_choice
from workflows.journeys.selectors import progress_of
from workflows.procurements.facts import facts_of
from workflows.procurements.models import Procurement, Regime
from workflows.procurements.triage import triage_of


def dates_of(contract: Contract) -> KeyDates:
    """End, latest end, last day to give notice, last day to start. Reads the options: prefetch `extensions` for lists."""
    unused = tuple(option.months for option in contract.extensions.all() if option.used_on is None)
    return key_dates(
        contract.ends_on,
        notice_months=contract.notice_months,
        extension_months=unused,
        approval_days=contract.organisation.approval_days,
    )


def _by_user_choice(procurement: Procurement) -> bool:
    """Awarded by user choice: neither the details notice nor a copy is published (section 53)."""
    if procurement.run is None:
        return False
    facts = progress_of(
        procurement.run, facts_of(procurement, remembered_bank_holidays()), today=clock.today()
    ).facts
    return not_user_choice(facts) is False


def notices_due(contract: Contract) -> list[tuple[str, LegalDate]]:
    """What the Act asks to be published after signature: (in words, by when). Only where the regime is known to be the
    Act and the procurement here was above the threshold: an old-law contract owes no such notice, an unknown one shows
    no statutory date, and below the threshold the details notice is due as soon as reasonably practicable."""
    if contract.regime != Regime.PA23 or contract.signed_on is None or contract.procurement is None:
        return []
    if triage_of(contract.procurement).above is not True or _by_user_choice(contract.procurement):
        return []
    light = bool(contract.is_light_touch)
    due = [
        (
            "Publish the contract details notice (UK7)",
            contract_details_due(contract.signed_on, light_touch=light),
        )
    ]
    if contract.value_inc_vat is not None and CONTRACT_COPY.applies_to(contract.value_inc_vat):
        due.append(
            ("Publish a copy of the contract", contract_copy_due(contract.signed_on, light_touch=light))
        )
    return due
