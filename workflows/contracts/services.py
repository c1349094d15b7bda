"""Verbs of contracts: made by an award, changed, extended, ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from dateutil.relativedelta import relativedelta
from django.db import transaction

from toolkit.accounts.activity import note_on
from toolkit.accounts.models import Person
from toolkit.core import clock, references
from toolkit.core.errors import Refused
from workflows.contracts import outcomes
from workflows.contracts.models import Contract, ContractStatus, ExtensionOption, Supplier
from workflows.procurements.outcomes import Awarded


@transaction.atomic
def create_from_award(awarded: Awarded) -> None:
    """Make the contracts of an award. Called by `procurements.AWARDED` in its transaction."""
    procurement = awarded.procurement
    for given in awarded.contracts:
        contract = Contract.objects.create(
            reference=references.new(
                "CT", taken=lambda reference: Contract.objects.filter(reference=reference).exists()
            ),
            organisation=procurement.organisation,
            procurement=procurement,
            title=given.title,
            regime=procurement.regime,
            is_light_touch=procurement.is_light_touch,
            category=procurement.category,
            cpv_codes=procurement.cpv_codes,
            value_inc_vat=given.value_inc_vat,
            signed_on=given.signed_on,
            starts_on=given.starts_on,
            ends_on=given.ends_on,
            notice_months=given.notice_months,
            created_by=awarded.actor,
            manager=awarded.actor,
        )
        contract.suppliers.set([Supplier.named(name) for name in given.suppliers])
        _set_extensions(contract, given.extension_months)
        note_on(contract, "recorded", actor=awarded.actor)
        outcomes.CHANGED.happened(contract)


def _set_extensions(contract: Contract, months: Sequence[int]) -> None:
    """Replace the unused options by these; used ones stay."""
    contract.extensions.filter(used_on=None).delete()
    used = contract.extensions.count()
    ExtensionOption.objects.bulk_create(
        ExtensionOption(contract=contract, number=used + place, months=number)
        for place, number in enumerate(months, start=1)
    )


@transaction.atomic
def change(
    *,
    contract: Contract,
    title: str,
    suppliers: Sequence[str],
    value_inc_vat: Decimal | None,
    starts_on: dt.date,
    ends_on: dt.date,
    notice_months: int | None,
    extension_months: Sequence[int],
    actor: Person,
) -> Contract:
    """Correct the facts of a contract. (A change of the contract itself is tested by section 74: see the guidance.)"""
    contract = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    if ends_on < starts_on:
        raise Refused("The contract must end on or after the day it starts")
    contract.title, contract.value_inc_vat = title, value_inc_vat
    contract.starts_on, contract.ends_on, contract.notice_months = starts_on, ends_on, notice_months
    contract.save()
    contract.suppliers.set([Supplier.named(name) for name in suppliers])
    _set_extensions(contract, extension_months)
    note_on(contract, "changed", actor=actor)
    outcomes.CHANGED.happened(contract)
    return contract


@transaction.atomic
def use_extension(*, contract: Contract, actor: Person) -> Contract:
    """Record that the next option was used: the end moves by its months. Raises Refused when none is left."""
    contract = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    option = contract.extensions.filter(used_on=None).first()
    if option is None:
        raise Refused("The contract has no extension left to use")
    if contract.status != ContractStatus.LIVE:
        raise Refused("The contract has ended")
    option.used_on = clock.today()
    option.save()
    # An end on the last day of a month stays on the last day: 30 June and 12 months is 30 June, 28 February included.
    contract.ends_on = contract.ends_on + relativedelta(months=option.months)
    contract.save()
    note_on(contract, "extended", actor=actor)
    outcomes.CHANGED.happened(contract)
    return contract


@transaction.atomic
def end(*, contract: Contract, ended_on: dt.date, actor: Person) -> Contract:
    """Record that the contract has ended, by expiry or otherwise. Ending twice is a no-op."""
    contract = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    if contract.status == ContractStatus.ENDED:
        return contract
    if ended_on < contract.starts_on or ended_on > clock.today():
        raise Refused("The contract must have ended between its start and today")
    contract.status, contract.ended_on = ContractStatus.ENDED, ended_on
    contract.save()
    note_on(contract, "recorded the end of", actor=actor)
    outcomes.CHANGED.happened(contract)
    return contract
