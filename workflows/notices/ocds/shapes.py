"""Whether the parts of a release have the shapes that OCDS gives them: what has another is not read, and said so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from workflows.notices.ocds.values import Problem, as_dict, as_list, excerpt

type Shape = Literal["an object", "a list of objects", "a list", "text"]

_RELEASE: Mapping[str, Shape] = {
    "tender": "an object",
    "planning": "an object",
    "buyer": "an object",
    "parties": "a list of objects",
    "awards": "a list of objects",
    "contracts": "a list of objects",
    "relatedProcesses": "a list of objects",
}
_TENDER: Mapping[str, Shape] = {
    "title": "text",
    "description": "text",
    "status": "text",
    "procurementMethodDetails": "text",
    "mainProcurementCategory": "text",
    "legalBasis": "an object",
    "tenderPeriod": "an object",
    "communication": "an object",
    "specialRegime": "a list",
    "lots": "a list of objects",
    "items": "a list of objects",
    "documents": "a list of objects",
}
_LOT: Mapping[str, Shape] = {"contractPeriod": "an object"}
_AWARD: Mapping[str, Shape] = {
    "title": "text",
    "status": "text",
    "suppliers": "a list of objects",
    "items": "a list of objects",
    "documents": "a list of objects",
    "contractPeriod": "an object",
    "standstillPeriod": "an object",
}
_CONTRACT: Mapping[str, Shape] = {
    "title": "text",
    "status": "text",
    "period": "an object",
    "documents": "a list of objects",
    "relatedProcesses": "a list of objects",
}
TAGS = frozenset({
    "planning", "planningUpdate", "tender", "tenderAmendment", "tenderUpdate", "tenderCancellation", "award", "awardUpdate",
    "awardCancellation", "contract", "contractUpdate", "contractAmendment", "implementation", "implementationUpdate",
    "contractTermination", "compiled",
})  # fmt: skip


def _is(value: Any, shape: Shape) -> bool:
    if shape == "an object":
        return isinstance(value, dict)
    if shape == "text":
        return isinstance(value, str)
    return isinstance(value, list) and (shape == "a list" or all(isinstance(item, dict) for item in value))


def _odd(holder: dict[str, Any], shapes: Mapping[str, Shape], path: str) -> list[Problem]:
    return [
        Problem(f"{path}{name}", excerpt(holder[name]), f"is not {shape}: what is not was not read")
        for name, shape in shapes.items()
        if holder.get(name) is not None and not _is(holder[name], shape)
    ]


def oddities(raw: dict[str, Any]) -> list[Problem]:
    """Every part of a release that has another shape than OCDS gives it."""
    tender = as_dict(raw.get("tender"))
    found = [*_odd(raw, _RELEASE, ""), *_odd(tender, _TENDER, "tender/")]
    for lot in as_list(tender.get("lots")):
        found += _odd(lot, _LOT, "tender/lots/")
    for award in as_list(raw.get("awards")):
        found += _odd(award, _AWARD, "awards/")
    for contract in as_list(raw.get("contracts")):
        found += _odd(contract, _CONTRACT, "contracts/")
    return found


def tags_of(raw: dict[str, Any], problems: list[Problem]) -> list[str]:
    """The tags; a single one that stands where the list should is read as it is meant."""
    given = raw.get("tag")
    if given in (None, [], ""):
        problems.append(Problem("tag", "", "is missing"))
        return []
    if not isinstance(given, list):
        problems.append(Problem("tag", excerpt(given), "is not a list"))
        given = [given]
    tags = [tag for tag in given if isinstance(tag, str) and tag in TAGS]
    problems += [
        Problem("tag", excerpt(tag), "is not a tag of OCDS: it was not read")
        for tag in given
        if tag not in tags
    ]
    return tags
