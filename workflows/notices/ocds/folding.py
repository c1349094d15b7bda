"""The releases of one process folded into what the pipeline needs: the need, and the contracts that met it.

The same set of releases gives the same record, whatever the order they arrive in: they are folded by date, ties by id.
A later release wins where it says something; where it is silent, the earlier word stays. Once the need is awarded, its
dates and value are those of its awards, where they say some: a tender only estimates them.

Which law it is under may depend on the framework it was called off from, which is another process: see `regimes`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any

from toolkit.core.money import without_vat
from workflows.notices.ocds.regimes import own_regime
from workflows.notices.ocds.releases import ContractFacts, ReleaseFacts
from workflows.notices.ocds.values import MOST

_FELL_THROUGH = ("cancelled", "unsuccessful", "withdrawn")
_KEPT = (
    "title", "description", "legal_basis", "kind", "value", "vat", "route", "published_on", "closes_on", "expected_on", "starts_on",
    "ends_on", "latest_end_on", "awarded_on", "link", "buyer_name",
)  # fmt: skip
_STAGE_BY_NOTICE = {
    "UK1": "plan",
    "UK2": "engage",
    "UK3": "engage",
    "UK4": "procure",
    "UK13": "procure",
    "UK5": "award",
    "UK6": "award",
}


def in_order(releases: Iterable[ReleaseFacts]) -> list[ReleaseFacts]:
    return sorted(
        releases, key=lambda release: (release.published_on or "", release.released_at, release.release_id)
    )


def _overlay(before: dict[str, Any], release: ReleaseFacts) -> dict[str, Any]:
    after = dict(before)
    for name in _KEPT:
        value = getattr(release, name)
        if name == "vat":
            if release.value is not None:
                after["vat"] = value
        elif value not in (None, ""):
            after[name] = value
    after["cpv_codes"] = release.cpv_codes or before.get("cpv_codes", [])
    after["special"] = release.special or before.get("special", [])
    after["frameworks"] = sorted({*before.get("frameworks", []), *release.frameworks})
    after["is_call_off"] = before.get("is_call_off", False) or release.is_call_off
    after["buyer_identifiers"] = release.buyer_identifiers or before.get("buyer_identifiers", [])
    return after


def _stage(release: ReleaseFacts, before: str) -> str:
    if release.notice_type in _STAGE_BY_NOTICE:
        return _STAGE_BY_NOTICE[release.notice_type]
    tags = set(release.tags)
    if tags & {"contract", "contractUpdate", "implementation", "contractAmendment", "contractTermination"}:
        return "manage"
    if tags & {"award", "awardUpdate"}:
        return "award"
    if tags & {"tender", "tenderUpdate", "tenderAmendment", "tenderCancellation"}:
        return "procure"
    return "plan" if tags & {"planning", "planningUpdate"} else before


def _awarded(contracts: Collection[ContractFacts]) -> dict[str, Any]:
    """What the awards of a process say together: from the first start to the last end, all suppliers, the summed value."""
    made = [contract for contract in contracts if contract.status not in _FELL_THROUGH]
    said: dict[str, Any] = {
        "starts_on": min((one.starts_on for one in made if one.starts_on), default=None),
        "ends_on": max((one.ends_on for one in made if one.ends_on), default=None),
        "latest_end_on": max((one.latest_end_on for one in made if one.latest_end_on), default=None),
    }
    bases = {one.vat for one in made if one.value is not None}
    # Where some say it with VAT and some without, all are taken without: it is added again, and said so, once.
    amounts = [
        without_vat(Decimal(one.value)) if len(bases) > 1 and one.vat == "inc" else Decimal(one.value)
        for one in made
        if one.value is not None
    ]
    if amounts and sum(amounts) <= MOST:
        said["value"], said["vat"] = str(sum(amounts)), bases.pop() if len(bases) == 1 else "ex"
    return {name: value for name, value in said.items() if value is not None}


def fold(releases: Iterable[ReleaseFacts]) -> dict[str, Any]:
    """`{"need": facts, "contracts": {key: facts}, …}`, as plain JSON, for a process with at least one release.

    Its regime is what it says of itself: see `with_regime`.
    """
    ordered = in_order(releases)
    record: dict[str, Any] = {}
    contracts: dict[str, ContractFacts] = {}
    stage, is_over, latest_notice = "plan", False, ""
    ended: set[str] = set()
    for release in ordered:
        record = _overlay(record, release)
        stage = _stage(release, stage)
        latest_notice = release.notice_type or latest_notice
        if "tenderCancellation" in release.tags or release.status in (
            "cancelled",
            "withdrawn",
            "unsuccessful",
        ):
            is_over = True
        elif set(release.tags) & {"tender", "award", "planning"}:
            is_over = False
        terminated = "contractTermination" in release.tags
        for contract in release.contracts:
            contracts[contract.key] = _merged(contracts.get(contract.key), contract)
            if terminated or contract.status in ("terminated", "cancelled"):
                ended.add(contract.key)
        if terminated and not release.contracts:
            ended |= set(contracts)
            is_over = True
    entered = {
        key: contract
        for key, contract in contracts.items()
        if contract.is_entered and latest_notice not in ("UK13", "UK14", "UK15")
    }
    regime = own_regime(record)
    shared = {
        "regime": regime,
        "route": record.get("route", ""),
        "link": record.get("link", ""),
        "published_on": record.get("published_on"),
    }
    dated = {**record, **_awarded(contracts.values())} if stage == "award" else record
    need = {
        **shared,
        "title": record.get("title", ""),
        "description": record.get("description", ""),
        "stage": "award" if stage == "manage" else stage,
        "suppliers": _suppliers(contracts.values()) if stage == "award" else [],
        "value": dated.get("value"),
        "vat": dated.get("vat", "ex"),
        "cpv_codes": record.get("cpv_codes", []),
        "closes_on": record.get("closes_on"),
        "starts_on": dated.get("starts_on") or record.get("expected_on"),
        "ends_on": dated.get("ends_on"),
        "latest_end_on": dated.get("latest_end_on"),
        # Met by its contracts, which are listed themselves; or given up.
        "is_over": is_over or bool(entered) or stage == "manage",
    }
    return {
        "need": need,
        "contracts": {
            key: _contract_facts(contract, record, shared, key in ended) for key, contract in entered.items()
        },
        "regime": regime,
        "own_regime": regime,
        "is_call_off": record.get("is_call_off", False),
        "buyer_name": record.get("buyer_name", ""),
        "buyer_identifiers": record.get("buyer_identifiers", []),
        "frameworks": record.get("frameworks", []),
        "latest_notice": latest_notice,
        "published_on": record.get("published_on"),
    }


def with_regime(record: dict[str, Any], regime: str) -> dict[str, Any]:
    """A folded record under the law that it was found to be under."""
    return {
        **record,
        "regime": regime,
        "need": {**record["need"], "regime": regime},
        "contracts": {key: {**facts, "regime": regime} for key, facts in record["contracts"].items()},
    }


def _suppliers(contracts: Collection[ContractFacts]) -> list[str]:
    made = (contract for contract in contracts if contract.status not in _FELL_THROUGH)
    return sorted({name for contract in made for name in contract.suppliers})[:20]


def _merged(before: ContractFacts | None, later: ContractFacts) -> ContractFacts:
    if before is None:
        return later
    values = {}
    for name in ContractFacts.__slots__:
        new = getattr(later, name)
        values[name] = getattr(before, name) if new in (None, "", []) else new
    values["vat"] = later.vat if later.value is not None else before.vat
    values["is_entered"] = before.is_entered or later.is_entered
    return ContractFacts(**values)


def _contract_facts(
    contract: ContractFacts, record: dict[str, Any], shared: dict[str, Any], is_over: bool
) -> dict[str, Any]:
    title = record.get("title", "")
    named = contract.title and contract.title != title and len(contract.title) > 3
    return {
        **shared,
        "title": f"{title}: {contract.title}" if named and title else title or contract.title,
        "description": record.get("description", ""),
        "suppliers": contract.suppliers,
        "value": contract.value if contract.value is not None else record.get("value"),
        "vat": contract.vat if contract.value is not None else record.get("vat", "ex"),
        "cpv_codes": contract.cpv_codes or record.get("cpv_codes", []),
        "signed_on": contract.signed_on,
        "starts_on": contract.starts_on or record.get("starts_on"),
        "ends_on": contract.ends_on or record.get("ends_on"),
        "latest_end_on": contract.latest_end_on or record.get("latest_end_on"),
        "is_over": is_over,
    }
