"""The projection: an entry's projected columns, from its source and the corrections people made, and nothing else.

Pure in what it reads: projecting twice changes nothing, and `rebuild_pipeline` changes nothing (tested). Called in the
transaction that changed the source.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import asdict, dataclass, field, fields
from decimal import Decimal
from typing import Any

from django.db import transaction

from toolkit.accounts.visibility import Level
from toolkit.core import bulk, clock, references
from toolkit.core.categories import of_cpv
from toolkit.core.money import band_of, with_vat
from toolkit.core.stages import Stage
from workflows.contracts.dates import dates_of
from workflows.contracts.models import Contract, ContractStatus
from workflows.journeys import loading
from workflows.journeys.selectors import progress_of
from workflows.pipeline.models import Entry, Row, RowKind, Source
from workflows.procurements import confidence
from workflows.procurements.facts import facts_of, is_purchase, rules_day
from workflows.procurements.models import Procurement, Regime, Status
from workflows.rules.selectors import rules_in_force

CORRECTABLE = ("title", "description", "suppliers", "value_inc_vat", "starts_on", "ends_on", "category")
"""The facts that people may put right on an entry; their word wins over the source."""


SOURCES = ("organisation", "row", "process", "procurement", "contract")
"""Where an entry belongs and what it comes from: set by whoever projects it, written with the projected columns."""


@dataclass(slots=True)
class Projected:
    """What a source says. Value in pounds including VAT."""

    title: str
    stage: str
    description: str = ""
    suppliers: str = ""
    is_contract: bool = False
    category: str = ""
    cpv_codes: list[str] = field(default_factory=list)
    value_inc_vat: Decimal | None = None
    value_is_estimated_vat: bool = False
    route: str = ""
    regime: str = Regime.UNKNOWN
    published_on: dt.date | None = None
    closes_on: dt.date | None = None
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    latest_end_on: dt.date | None = None
    act_by_on: dt.date | None = None
    is_over: bool = False
    link: str = ""


def _day(value: Any) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None


def of_facts(facts: dict[str, Any], *, is_contract: bool) -> Projected:
    """From the facts of a register row, something typed in, or one contract of a notice (JSON, dates as ISO text)."""
    value = Decimal(facts["value"]) if facts.get("value") else None
    estimated = value is not None and facts.get("vat") != "inc"
    cpv_codes = list(facts.get("cpv_codes") or [])
    category = facts.get("category") or (found.slug if (found := of_cpv(cpv_codes)) else "")
    return Projected(
        title=facts.get("title") or "Without a title",
        description=facts.get("description") or "",
        suppliers=", ".join(facts.get("suppliers") or []),
        stage=facts.get("stage") or (Stage.MANAGE if is_contract else Stage.PLAN),
        is_contract=is_contract,
        category=category,
        cpv_codes=cpv_codes,
        value_inc_vat=with_vat(value) if estimated and value is not None else value,
        value_is_estimated_vat=estimated,
        route=(facts.get("route") or "")[:80],
        regime=facts.get("regime") or Regime.UNKNOWN,
        published_on=_day(facts.get("published_on")),
        closes_on=_day(facts.get("closes_on")),
        starts_on=_day(facts.get("starts_on")),
        ends_on=_day(facts.get("ends_on")),
        latest_end_on=_day(facts.get("latest_end_on")),
        is_over=bool(facts.get("is_over")),
        link=facts.get("link") or "",
    )


def of_contract(contract: Contract) -> Projected:
    """From a contract of the register."""
    dates = dates_of(contract)
    return Projected(
        title=contract.title,
        suppliers=", ".join(supplier.name for supplier in contract.suppliers.all()),
        stage=Stage.MANAGE,
        is_contract=True,
        category=contract.category,
        cpv_codes=list(contract.cpv_codes),
        value_inc_vat=contract.value_inc_vat,
        regime=contract.regime,
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        latest_end_on=dates.latest_end.day,
        act_by_on=dates.last_day_to_start.day if dates.last_day_to_start else None,
        is_over=contract.status == ContractStatus.ENDED,
    )


def of_procurement(procurement: Procurement) -> Projected:
    """From a procurement run here. Its estimate is told to others as a band only."""
    assert procurement.run is not None  # only a started procurement is in the pipeline
    # The stage and the days people set: no bank holiday moves either, so none is asked for. Own rules may move the stage.
    rules = rules_in_force(procurement.organisation_id, rules_day(procurement))
    facts = facts_of(procurement, bank_holidays=(), rules=rules)
    progress = progress_of(procurement.run, facts, today=clock.today())
    signed = progress.facts.day_of("contract-entered") is not None
    return Projected(
        title=procurement.title,
        stage=_stage_told(procurement, progress.stage),
        category=procurement.category,
        cpv_codes=list(procurement.cpv_codes),
        value_inc_vat=procurement.value_inc_vat,
        route=loading.of_run(procurement.run.journey, procurement.run.version).title,
        regime=procurement.regime,
        closes_on=progress.facts.day_of("tender-deadline"),
        starts_on=procurement.needed_on,
        # Once signed, the need is met by its contracts, which are in the pipeline themselves.
        is_over=signed or procurement.status in (Status.STOPPED, Status.CLOSED),
    )


def _stage_told(procurement: Procurement, stage: Stage) -> Stage:
    """Until the award nobody is told that it is being written: the first of the two stages stands for both. From when the
    window is set, not from its first minute, so that projecting again at another hour changes nothing."""
    is_set = procurement.confidential_from is not None and procurement.confidential_until is None
    if is_set and stage in confidence.IN_CONFIDENCE:
        return Stage.PROCURE
    return stage


def _source_of(entry: Entry) -> Projected:
    if entry.procurement is not None:
        return of_procurement(entry.procurement)
    if entry.contract is not None:
        return of_contract(entry.contract)
    if entry.row is not None:
        return of_facts(entry.row.facts, is_contract=entry.row.kind == RowKind.CONTRACT)
    return _of_notice(entry)


def _of_notice(entry: Entry) -> Projected:
    """What the notices say of it. Once they speak of it no more, or of another buyer, what it last showed, and over."""
    process = entry.process
    assert process is not None  # a constraint sees to it that an entry has its source
    facts = (
        process.facts["contracts"].get(entry.process_contract)
        if entry.process_contract
        else process.facts["need"]
    )
    if facts is not None and process.organisation_id == entry.organisation_id:
        return of_facts(facts, is_contract=bool(entry.process_contract))
    said = Projected(**{each.name: getattr(entry, each.name) for each in fields(Projected)})
    said.is_over = True
    return said


def corrected(said: Projected, corrections: dict[str, Any]) -> Projected:
    """What the source says, overlaid with what people put right."""
    for name, value in corrections.items():
        if name not in CORRECTABLE:
            continue
        if name.endswith("_on"):
            setattr(said, name, _day(value))
        elif name == "value_inc_vat":
            said.value_inc_vat = Decimal(value) if value else None
            said.value_is_estimated_vat = False
        else:
            setattr(said, name, value)
    return said


PROJECTED = (*(each.name for each in fields(Projected)), "value_band", "happens_on", "projected_at")
"""The columns that the projection of a row or notice writes."""


def prepare(entry: Entry) -> list[str]:
    """Set the projected columns of an entry without saving it; the names of those that changed. Levels follow the
    record behind, where there is one."""
    said = corrected(_source_of(entry), entry.corrections)
    columns = asdict(said)
    columns["title"], columns["suppliers"] = said.title[:300], said.suppliers[:500]
    columns["value_band"] = band_of(said.value_inc_vat)
    # An award is listed by the end of what was awarded: the notice of the contract itself may never come.
    lasts = said.is_contract or (said.stage == Stage.AWARD and said.ends_on is not None)
    columns["happens_on"] = said.ends_on if lasts else (said.starts_on or said.closes_on)
    record = entry.procurement or entry.contract
    if record is not None:
        columns["visibility"], columns["intent_visibility"] = record.visibility, record.intent_visibility
    changed = [name for name, value in columns.items() if getattr(entry, name) != value]
    for name in changed:
        setattr(entry, name, columns[name])
    if changed or entry.pk is None:
        entry.projected_at = clock.now()
    return changed


def project(entry: Entry) -> bool:
    """Write the projected columns of an entry; True when something changed."""
    changed = prepare(entry)
    if entry.pk is None:
        entry.save()
    elif changed:
        # No other column is written: whoever read the entry earlier undoes nothing that people wrote since.
        entry.save(update_fields=[*changed, "projected_at", *SOURCES])
    return bool(changed)


def store(entries: Collection[Entry]) -> None:
    """Project and save many entries of rows and notices, new and known, in a few statements. New ones get their
    references here."""
    for entry in entries:
        prepare(entry)
    new = [entry for entry in entries if entry.pk is None]
    known = [entry for entry in entries if entry.pk is not None]
    for entry, reference in zip(new, new_references(len(new)), strict=True):
        entry.reference = reference
    bulk.insert(new)
    bulk.update(known, ["organisation", *PROJECTED])


def new_reference() -> str:
    return new_references(1)[0]


def new_references(number: int) -> list[str]:
    """References that no entry has yet."""
    return references.several(
        "PL",
        number,
        taken=lambda tried: set(
            Entry.objects.filter(reference__in=tried).values_list("reference", flat=True)
        ),
    )


@transaction.atomic
def procurement_changed(procurement: Procurement) -> None:
    """Handler of `procurements.CHANGED`. Work about a contract, a challenge and an abandoning are no purchases: they have no
    entry."""
    if not is_purchase(procurement):
        return
    entry = Entry.objects.select_for_update(of=("self",)).filter(procurement=procurement).first()
    if entry is None:
        entry = Entry(
            reference=new_reference(),
            organisation=procurement.organisation,
            source=Source.PROCUREMENT,
            procurement=procurement,
        )
    else:
        entry.procurement = procurement
    project(entry)


@transaction.atomic
def contract_changed(contract: Contract) -> None:
    """Handler of `contracts.CHANGED`."""
    entry = Entry.objects.select_for_update(of=("self",)).filter(contract=contract).first()
    if entry is None:
        entry = Entry(
            reference=new_reference(),
            organisation=contract.organisation,
            source=Source.CONTRACT,
            contract=contract,
        )
    else:
        entry.contract = contract
    project(entry)


@transaction.atomic
def entry_for_row(row: Row, *, visibility: str = Level.BOROUGHS) -> Entry:
    """The entry of a register row, made or brought up to date. A row without an organisation has none."""
    entry = Entry.objects.select_for_update(of=("self",)).filter(row=row).first()
    if entry is None:
        assert row.organisation is not None
        entry = Entry(
            reference=new_reference(),
            organisation=row.organisation,
            source=row.source,
            row=row,
            visibility=visibility,
        )
    else:
        entry.row = row
    project(entry)
    return entry


@transaction.atomic
def rebuild() -> int:
    """Project every entry anew; how many changed (none, unless a source was changed behind the projection's back)."""
    entries = Entry.objects.select_for_update(of=("self",)).select_related(
        "procurement__organisation", "procurement__run", "contract__organisation", "row", "process"
    )
    return sum(project(entry) for entry in entries.iterator(chunk_size=500))
