"""Work about a contract: which routes are open for it, beginning one, and writing what came of it on the contract."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from toolkit.accounts.activity import note_on
from toolkit.accounts.models import Person
from toolkit.accounts.readers import reader_of
from toolkit.accounts.visibility import Level
from toolkit.core import clock
from toolkit.core.errors import Refused
from toolkit.core.money import without_vat
from toolkit.core.text import listed
from workflows.contracts import outcomes, permissions, services
from workflows.contracts.models import Contract, ContractStatus, ContractWork
from workflows.journeys import loading
from workflows.journeys.definitions import Journey
from workflows.journeys.progress import Happening, Progress
from workflows.journeys.selectors import progress_of
from workflows.procurements.facts import facts_of
from workflows.procurements.models import Kind, Procurement, Regime, VatBasis
from workflows.procurements.services import drafts, tasks

ORDER = (
    "contract-extension", "contract-change", "contract-change-old-law", "price-uplift", "contract-assignment",
    "supplier-insolvency", "exit-and-reprocure", "challenge",
)  # fmt: skip
AFTER_THE_END = frozenset({"supplier-insolvency", "exit-and-reprocure", "challenge"})
"""The routes that are still open when a contract has ended."""
BY_THE_END = frozenset({"contract-extension", "exit-and-reprocure"})
"""The routes whose planning counts back from the end of the contract."""


@dataclass(frozen=True, slots=True)
class WorkRoute:
    """A route about a contract. `why_not`: why it is not open for this one; empty where it is."""

    journey: Journey
    why_not: str = ""


def routes_for(contract: Contract) -> Sequence[WorkRoute]:
    """Every route about a contract, with why it is not open for this one."""
    about = [journey for journey in loading.latest() if journey.about == "contract"]
    places = {slug: place for place, slug in enumerate(ORDER)}
    about.sort(key=lambda journey: (places.get(journey.slug, len(places)), journey.slug))
    return [WorkRoute(journey, _why_not(contract, journey)) for journey in about]


def _why_not(contract: Contract, journey: Journey) -> str:
    if contract.status == ContractStatus.ENDED and journey.slug not in AFTER_THE_END:
        return "The contract has ended"
    if contract.regime in journey.regimes:
        return ""
    if contract.regime == Regime.UNKNOWN:
        return "Say first which law the contract is under: it decides how a change is tested"
    laws = listed([str(Regime(regime).label) for regime in journey.regimes], last="or")
    return f"The contract is under {contract.get_regime_display()}, and this route is for {laws}"


@transaction.atomic
def start_work(
    *, contract: Contract, route: str, actor: Person, title: str = "", form_key: UUID | None = None
) -> Procurement:
    """Begin work about a contract on a route: a live record, for its team alone, under the law of the contract. The same
    form sent again gives the record that it began.

    Raises Refused where the route is not open for this contract, and for anyone but an officer who may open it.
    """
    contract = services.locked(contract)
    reader = reader_of(actor)
    sees = Contract.objects.visible_to(reader).filter(pk=contract.pk).exists()
    if not sees or not permissions.may_change(reader, contract):
        raise Refused("Only an officer of its organisation who may open the contract can do this")
    if form_key is not None:
        begun = ContractWork.objects.filter(
            contract=contract, procurement__form_key=form_key, started_by=actor
        ).select_related("procurement")
        if (there := begun.first()) is not None:
            return there.procurement
    found = next((each for each in routes_for(contract) if each.journey.slug == route), None)
    if found is None:
        raise Refused("This is no route about a contract")
    if found.why_not:
        raise Refused(found.why_not)
    record = drafts.keep_new(_record(contract, found.journey, title, actor, form_key), actor)
    if record.run is not None:
        raise Refused("This form was sent before, for something else")
    ContractWork.objects.create(procurement=record, contract=contract, started_by=actor)
    drafts.go_live(
        record, route=route, name=f"{found.journey.title}, about {contract.reference}", actor=actor
    )
    if found.journey.has("contract-on-record"):
        tasks.append(record, Happening.COMPLETED, "contract-on-record", actor, _days(contract))
    return record


def _record(
    contract: Contract, journey: Journey, title: str, actor: Person, form_key: UUID | None
) -> Procurement:
    """What is known of the contract, as the facts of the record. Nothing widens it by itself: what is done about a
    contract is intent."""
    origin, value = contract.procurement, contract.value_inc_vat
    kind = origin.kind if origin is not None else ""
    return Procurement(
        organisation=contract.organisation,
        title=(title.strip() or f"{journey.title}: {contract.title}")[:200],
        category=contract.category,
        cpv_codes=list(contract.cpv_codes),
        # Light touch is for services alone (section 9).
        kind=kind or (Kind.SERVICES if contract.is_light_touch else ""),
        is_light_touch=contract.is_light_touch,
        is_concession=origin.is_concession if origin is not None else None,
        value_typed=value,
        value_basis=VatBasis.INC if value is not None else "",
        value_inc_vat=value,
        value_ex_vat=without_vat(value) if value is not None else None,
        needed_on=contract.ends_on if journey.slug in BY_THE_END else None,
        regime=contract.regime,
        commenced_on=(origin.commenced_on if origin is not None else None) or contract.signed_on,
        visibility=Level.TEAM,
        intent_visibility=Level.TEAM,
        is_kept_back=True,
        created_by=actor,
        form_key=form_key,
    )


def _days(contract: Contract) -> dict[str, str]:
    days = {"signed_on": contract.signed_on, "starts_on": contract.starts_on, "ends_on": contract.ends_on}
    return {name: day.isoformat() for name, day in days.items() if day is not None}


@dataclass(frozen=True, slots=True)
class Offer:
    """What came of the work, to be written on the contract. `kind`: `end`, `extension`, `supplier` or `change`."""

    kind: str
    ends_on: dt.date | None = None


def offer_of(work: ContractWork, progress: Progress) -> Offer | None:
    """What may be written on the contract now; None while there is nothing, or once it is written."""
    if work.written_at is not None or work.contract.status == ContractStatus.ENDED:
        return None
    facts = progress.facts
    ended = facts.day_of("contract-ended")
    if ended is not None:
        return Offer("end", ended)
    if facts.day_of("contract-changed") is None or not progress.journey.has("change-made"):
        return None
    kinds = {"contract-extension": "extension", "contract-assignment": "supplier"}
    return Offer(kinds.get(progress.journey.slug, "change"), facts.day_of("contract-new-end"))


def progress_of_work(work: ContractWork) -> Progress:
    """Where the work stands."""
    assert work.procurement.run is not None  # it is started as it is made
    return progress_of(work.procurement.run, facts_of(work.procurement), today=clock.today())


@transaction.atomic
def write_on_contract(
    *,
    work: ContractWork,
    ends_on: dt.date,
    actor: Person,
    value_inc_vat: Decimal | None = None,
    suppliers: Sequence[str] = (),
    option: int | None = None,
) -> Contract:
    """Write what came of the work on its contract, with the contract's own verbs. `option`: the number of the option to
    extend that was used. What is not given stays as it is. Writing twice is a no-op.

    Raises Refused while there is nothing to write, and for anyone but an officer who may open both.
    """
    contract = services.locked(work.contract)
    work = ContractWork.objects.select_related(
        "procurement__organisation", "procurement__run", "contract"
    ).get(pk=work.pk)
    reader = reader_of(actor)
    may = (
        permissions.may_change(reader, contract)
        and Contract.objects.visible_to(reader).filter(pk=contract.pk).exists()
        and Procurement.objects.visible_to(reader).filter(pk=work.procurement_id).exists()
    )
    if not may:
        raise Refused("Only an officer who may open both the contract and the work can do this")
    if work.written_at is not None:
        return contract
    offer = offer_of(work, progress_of_work(work))
    if offer is None:
        raise Refused("There is nothing to write on the contract yet")
    if offer.kind == "end":
        contract = services.end(contract=contract, ended_on=ends_on, actor=actor)
    else:
        if option is not None:
            contract = services.use_extension(contract=contract, number=option, actor=actor)
        contract = services.change(
            contract=contract,
            title=contract.title,
            suppliers=suppliers or [supplier.name for supplier in contract.suppliers.all()],
            value_inc_vat=contract.value_inc_vat if value_inc_vat is None else value_inc_vat,
            starts_on=contract.starts_on,
            ends_on=ends_on,
            notice_months=contract.notice_months,
            extension_months=[each.months for each in contract.extensions.filter(used_on=None)],
            actor=actor,
        )
    ContractWork.objects.filter(pk=work.pk).update(written_at=clock.now())
    return contract


@transaction.atomic
def say_law(*, contract: Contract, regime: str, is_light_touch: bool | None, actor: Person) -> Contract:
    """Say which law a contract is under, and whether it is light touch. Saying the same again is a no-op."""
    contract = services.locked(contract)
    reader = reader_of(actor)
    if not permissions.may_change(reader, contract):
        raise Refused("Only an officer of its organisation can say which law a contract is under")
    if (contract.regime, contract.is_light_touch) == (regime, is_light_touch):
        return contract
    contract.regime, contract.is_light_touch = Regime(regime), is_light_touch
    contract.save(update_fields=["regime", "is_light_touch"])
    note_on(contract, "said which law applies to", actor=actor)
    outcomes.CHANGED.happened(contract)
    return contract
