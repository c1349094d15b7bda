"""Procurements, contracts and pipeline entries, made the way the service makes them: by its own verbs.

a_draft(by=people.officer)
a_procurement(by=people.officer, title="School meals", route="direct-award")
a_contract(by=people.officer, ends_on=dt.date(2027, 3, 31), notice_months=6)
an_entry(by=people.officer, visibility="public")
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from toolkit.accounts.models import Organisation, Person
from toolkit.accounts.readers import reader_of
from toolkit.core import clock, references
from workflows.contracts import outcomes as contract_outcomes
from workflows.contracts.models import Contract, ExtensionOption, Supplier
from workflows.pipeline import services as pipeline
from workflows.pipeline.models import Entry
from workflows.procurements.models import Procurement
from workflows.procurements.services import drafts, sharing

OPEN_COMPETITION = "open-competition"


def home_of(person: Person) -> Organisation:
    """The organisation the person acts for unless they choose."""
    current = reader_of(person).current_id
    assert current is not None, f"{person} is in no organisation"
    return Organisation.objects.get(pk=current)


def a_draft(
    *,
    by: Person,
    title: str = "Leisure centre management",
    value_inc_vat: Decimal = Decimal("900000"),
    **more: Any,
) -> Procurement:
    """A complete draft of the person's organisation, ready to start; `more` overrides single answers."""
    draft = drafts.begin(
        organisation=home_of(by), actor=by, title=title, need="Two centres, for residents", category="", kind="services",
        value_inc_vat=value_inc_vat, needed_on=clock.today() + dt.timedelta(days=400),
    )  # fmt: skip
    answers = {
        "consequence": "The centres close", "money": "yes", "category": "other", "is_light_touch": False, "is_health": False,
        "is_utility": False, "is_concession": False,
    }  # fmt: skip
    return drafts.save_answers(procurement=draft, answers=answers | more, actor=by)


def a_procurement(
    *, by: Person, route: str = OPEN_COMPETITION, visibility: str = "", **answers: Any
) -> Procurement:
    """A live procurement on a route; seen by its team alone unless `visibility` says otherwise."""
    live = drafts.start(procurement=a_draft(by=by, **answers), route=route, actor=by)
    if visibility:
        sharing.share(procurement=live, visibility=visibility, intent_visibility="team", actor=by)
        live.refresh_from_db()
    return live


def a_contract(
    *,
    by: Person,
    title: str = "Grounds maintenance",
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
    notice_months: int | None = 6,
    extension_months: tuple[int, ...] = (12, 12),
    supplier: str = "Greenbank Grounds Ltd",
    visibility: str = "boroughs",
    **more: Any,
) -> Contract:
    """A running contract of the person's organisation, from 1 April 2024 to 31 March 2028 unless said, and its entry."""
    contract = Contract.objects.create(
        reference=references.new("CT", taken=lambda reference: Contract.objects.filter(reference=reference).exists()),
        organisation=home_of(by), title=title, created_by=by, manager=by, notice_months=notice_months, visibility=visibility,
        starts_on=starts_on or dt.date(2024, 4, 1), ends_on=ends_on or dt.date(2028, 3, 31),
        **{"value_inc_vat": Decimal("480000"), "regime": "pa23", **more},
    )  # fmt: skip
    contract.suppliers.add(Supplier.named(supplier))
    ExtensionOption.objects.bulk_create(
        ExtensionOption(contract=contract, number=number, months=months)
        for number, months in enumerate(extension_months, 1)
    )
    contract_outcomes.CHANGED.happened(contract)
    return contract


def an_entry(
    *,
    by: Person,
    title: str = "Catering for schools",
    visibility: str = "boroughs",
    is_contract: bool = False,
    **facts: Any,
) -> Entry:
    """An entry typed in by an officer; `facts` as in a register row (dates as ISO text)."""
    given = {
        "title": title,
        "starts_on": (clock.today() + dt.timedelta(days=300)).isoformat(),
        "value": "250000",
        "vat": "inc",
        **facts,
    }
    return pipeline.type_in(
        organisation=home_of(by), facts=given, is_contract=is_contract, visibility=visibility, actor=by
    )
