"""The releases of one process folded into what the pipeline needs: the need, and the contracts that met it.

The same set of releases gives the same record, whatever the order they arrive in: they are folded by date, ties by id.
A later release wins where it says something; where it is silent, the earlier word stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from workflows.notices.ocds.releases import LEGAL_BASES, ContractFacts, ReleaseFacts

ACT_BEGAN = "2025-02-24"
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


def regime_of(record: Mapping[str, Any], parent: str = "") -> str:
    """`legalBasis` decides; else the award date and the parent framework; else nobody knows (practice.md §1).

    `parent`: the regime of the framework it was called off from, where that is known.
    """
    known = LEGAL_BASES.get(record.get("legal_basis", ""))
    if record.get("is_call_off"):
        # A call-off inherits the law its framework was made under, whatever the notice says of itself.
        return parent or known or "unknown"
    if known:
        return known
    awarded = record.get("awarded_on")
    return "pcr2015" if awarded is not None and awarded < ACT_BEGAN else "unknown"


def fold(releases: Iterable[ReleaseFacts], *, parent_regime: str = "") -> dict[str, Any]:
    """`{"need": facts, "contracts": {key: facts}, …}`, as plain JSON, for a process with at least one release."""
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
    regime = regime_of(record, parent_regime)
    shared = {
        "regime": regime,
        "route": record.get("route", ""),
        "link": record.get("link", ""),
        "published_on": record.get("published_on"),
    }
    need = {
        **shared,
        "title": record.get("title", ""),
        "description": record.get("description", ""),
        "stage": "award" if stage == "manage" else stage,
        "suppliers": sorted({name for contract in contracts.values() for name in contract.suppliers})[:20]
        if stage == "award"
        else [],
        "value": record.get("value"),
        "vat": record.get("vat", "ex"),
        "cpv_codes": record.get("cpv_codes", []),
        "closes_on": record.get("closes_on"),
        "starts_on": record.get("starts_on") or record.get("expected_on"),
        "ends_on": record.get("ends_on"),
        "latest_end_on": record.get("latest_end_on"),
        # Met by its contracts, which are listed themselves; or given up.
        "is_over": is_over or bool(entered) or stage == "manage",
    }
    return {
        "need": need,
        "contracts": {
            key: _contract_facts(contract, record, shared, key in ended) for key, contract in entered.items()
        },
        "regime": regime,
        "buyer_name": record.get("buyer_name", ""),
        "buyer_identifiers": record.get("buyer_identifiers", []),
        "frameworks": record.get("frameworks", []),
        "latest_notice": latest_notice,
        "published_on": record.get("published_on"),
    }


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
