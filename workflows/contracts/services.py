"""Verbs of contracts: made by an award, changed, shared, extended, ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import Count

from toolkit.accounts.activity import note_on
from toolkit.accounts.models import Organisation, Person
from toolkit.accounts.readers import reader_of
from toolkit.accounts.visibility import Level
from toolkit.core import clock, references
from toolkit.core.errors import Refused
from workflows.contracts import outcomes, permissions
from workflows.contracts.models import Contract, ContractStatus, ExtensionOption, Supplier
from workflows.procurements.outcomes import Awarded
from workflows.procurements.services.levels import check_levels


def locked(contract: Contract) -> Contract:
    """The contract as it stands now, locked until the transaction ends."""
    return (
        Contract.objects.select_for_update(of=("self",))
        .select_related("organisation", "procurement")
        .get(pk=contract.pk)
    )


@transaction.atomic
def create_from_award(awarded: Awarded) -> None:
    """Make the contracts of an award, seen as widely as their procurement. Called by `procurements.AWARDED` in its
    transaction."""
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
            visibility=procurement.visibility,
            intent_visibility=procurement.intent_visibility,
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
    contract = locked(contract)
    if ends_on < starts_on:
        raise Refused("The contract must end on or after the day it starts")
    contract.title, contract.value_inc_vat = title, value_inc_vat
    contract.starts_on, contract.ends_on, contract.notice_months = starts_on, ends_on, notice_months
    contract.save(update_fields=["title", "value_inc_vat", "starts_on", "ends_on", "notice_months"])
    contract.suppliers.set([Supplier.named(name) for name in suppliers])
    _set_extensions(contract, extension_months)
    note_on(contract, "changed", actor=actor)
    outcomes.CHANGED.happened(contract)
    return contract


@transaction.atomic
def share(*, contract: Contract, visibility: str, intent_visibility: str, actor: Person) -> Contract:
    """Set who sees the facts and who sees the intent and the days to act by.

    Raises Refused when more people would see the intent than the facts, for public intent, and for anyone who would
    shut themselves out.
    """
    contract = locked(contract)
    if not permissions.may_share(reader_of(actor), contract):
        raise Refused("Only an officer who sees all of the contract can set who sees it")
    check_levels(visibility, intent_visibility)
    if Level.TEAM in (visibility, intent_visibility) and actor.pk not in permissions.team_ids(contract):
        raise Refused("Only its manager, or the team of its procurement, can keep it to the team")
    if (contract.visibility, contract.intent_visibility) != (visibility, intent_visibility):
        contract.visibility, contract.intent_visibility = visibility, intent_visibility
        contract.save(update_fields=["visibility", "intent_visibility"])
        outcomes.CHANGED.happened(contract)
    return contract


@transaction.atomic
def keep_intent_to_team(*, contract: Contract) -> Contract:
    """Narrow the intent to the team, because of what was decided. Asks for no right: whoever calls has, and it hides."""
    contract = locked(contract)
    if contract.intent_visibility != Level.TEAM:
        contract.intent_visibility = Level.TEAM
        contract.save(update_fields=["intent_visibility"])
        outcomes.CHANGED.happened(contract)
    return contract


@transaction.atomic
def use_extension(*, contract: Contract, number: int, actor: Person) -> Contract:
    """Record that the option of this number was used: the end moves by its months. Using it twice is a no-op.

    Raises Refused when there is no such option, or one before it is unused.
    """
    contract = locked(contract)
    option = contract.extensions.filter(number=number).first()
    if option is None:
        raise Refused("The contract has no such option to extend")
    if option.used_on is not None:
        return contract
    if contract.extensions.filter(used_on=None, number__lt=number).exists():
        raise Refused("Another option comes first")
    if contract.status != ContractStatus.LIVE:
        raise Refused("The contract has ended")
    option.used_on = clock.today()
    option.save(update_fields=["used_on"])
    # An end on the last day of a month stays on the last day: 30 June and 12 months is 30 June, 28 February included.
    contract.ends_on = contract.ends_on + relativedelta(months=option.months)
    contract.save(update_fields=["ends_on"])
    note_on(contract, "extended", actor=actor)
    outcomes.CHANGED.happened(contract)
    return contract


@transaction.atomic
def end(*, contract: Contract, ended_on: dt.date, actor: Person) -> Contract:
    """Record that the contract has ended, by expiry or otherwise. Ending twice is a no-op."""
    contract = locked(contract)
    if contract.status == ContractStatus.ENDED:
        return contract
    if ended_on < contract.starts_on or ended_on > clock.today():
        raise Refused("The contract must have ended between its start and today")
    contract.status, contract.ended_on = ContractStatus.ENDED, ended_on
    contract.save(update_fields=["status", "ended_on"])
    note_on(contract, "recorded the end of", actor=actor)
    outcomes.CHANGED.happened(contract)
    return contract


def managed_by(people: Iterable[Person], organisation: Organisation) -> dict[int, int]:
    """How many live contracts of an organisation each of these people manages, by their key. One query."""
    managed = Contract.objects.filter(
        organisation=organisation, manager__in=people, status=ContractStatus.LIVE
    )
    return dict(managed.order_by().values_list("manager").annotate(Count("pk")))


@transaction.atomic
def hand_over_all(*, person: Person, to: Person, organisation: Organisation, actor: Person) -> int:
    """Make somebody the manager of every live contract of an organisation that another person manages; how many. Who may do
    it, and who may take over, is asked by the caller."""
    managed = Contract.objects.filter(organisation=organisation, manager=person, status=ContractStatus.LIVE)
    moved = 0
    for key in managed.order_by("pk").values_list("pk", flat=True):
        contract = locked(Contract(pk=key))
        if contract.manager_id != person.pk:  # somebody else was quicker
            continue
        contract.manager = to
        contract.save(update_fields=["manager"])
        note_on(contract, "handed over", actor=actor)
        outcomes.CHANGED.happened(contract)
        moved += 1
    return moved
