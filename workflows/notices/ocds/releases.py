"""One raw release → its facts as plain JSON values (days ISO, amounts as text). Contact persons are never read."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from workflows.notices.ocds.people import People, people_of
from workflows.notices.ocds.shapes import oddities, tags_of
from workflows.notices.ocds.values import (
    Problem,
    as_code,
    as_day,
    as_dict,
    as_list,
    as_moment,
    as_text,
    as_words,
    cpv_of,
    money,
)

CONTRACTS_FINDER = "ocds-b5fd17"


@dataclass(slots=True)
class ContractFacts:
    """One contract or award of a release."""

    key: str
    title: str = ""
    suppliers: list[str] = field(default_factory=list)
    value: str | None = None
    vat: str = "ex"
    signed_on: str | None = None
    starts_on: str | None = None
    ends_on: str | None = None
    latest_end_on: str | None = None
    status: str = ""
    cpv_codes: list[str] = field(default_factory=list)
    is_entered: bool = False
    """Signed, as far as the release says; an award that is only intended is not."""


@dataclass(slots=True)
class ReleaseFacts:
    """What a release says. Empty or None: it does not say."""

    ocid: str
    release_id: str
    released_at: str
    """The moment in UTC, so that moments sort as text."""
    tags: list[str]
    notice_type: str
    buyer_name: str
    buyer_identifiers: list[str]
    title: str = ""
    description: str = ""
    legal_basis: str = ""
    status: str = ""
    kind: str = ""
    cpv_codes: list[str] = field(default_factory=list)
    value: str | None = None
    vat: str = "ex"
    route: str = ""
    special: list[str] = field(default_factory=list)
    published_on: str | None = None
    closes_on: str | None = None
    expected_on: str | None = None
    starts_on: str | None = None
    ends_on: str | None = None
    latest_end_on: str | None = None
    awarded_on: str | None = None
    standstill_ends_on: str | None = None
    frameworks: list[str] = field(default_factory=list)
    is_call_off: bool = False
    link: str = ""
    contracts: list[ContractFacts] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, facts: dict[str, Any]) -> ReleaseFacts:
        """The reverse of `as_json`."""
        given = dict(facts)
        given["contracts"] = [ContractFacts(**contract) for contract in given.get("contracts", [])]
        return cls(**given)


def parse_release(raw: dict[str, Any]) -> tuple[ReleaseFacts, list[Problem]]:
    """The facts of a release that has an ocid and an id, and what is odd in it."""
    problems = oddities(raw)
    people = people_of(raw)
    tender, planning = as_dict(raw.get("tender")), as_dict(raw.get("planning"))
    awards, contracts = as_list(raw.get("awards")), as_list(raw.get("contracts"))
    lots = as_list(tender.get("lots"))
    documents = [
        document
        for holder in (tender, planning, *awards, *contracts)
        for document in as_list(holder.get("documents"))
    ]
    tags = tags_of(raw, problems)
    name, identifiers = _buyer(raw, problems)
    amount = money(tender.get("value"), "tender/value", problems) or _lots_value(lots, problems)
    published = as_day(raw.get("date"), "date", problems)
    if published is None and raw.get("date") is None:
        problems.append(Problem("date", "", "is missing"))
    title = as_text(tender.get("title") or raw.get("title"), 500, people)
    if not title:
        problems.append(Problem("tender/title", "", "is missing"))
    facts = ReleaseFacts(
        ocid=raw["ocid"].strip(),
        release_id=str(raw["id"]).strip(),
        released_at=as_moment(raw.get("date")),
        tags=tags,
        notice_type=_notice_type(documents, tags),
        buyer_name=name,
        buyer_identifiers=identifiers,
        title=title,
        description=as_text(tender.get("description") or raw.get("description"), 4_000, people),
        legal_basis=as_code(as_dict(tender.get("legalBasis")).get("id")),
        status=as_code(tender.get("status")),
        kind=as_code(tender.get("mainProcurementCategory") or next((award.get("mainProcurementCategory") for award in awards), "")),
        cpv_codes=cpv_of([tender, *lots, *awards, *contracts])[:20],
        value=amount[0] if amount else None,
        vat=amount[1] if amount else "ex",
        route=as_text(tender.get("procurementMethodDetails"), 120, people),
        special=as_words(tender.get("specialRegime"))[:20],
        published_on=published,
        closes_on=as_day(as_dict(tender.get("tenderPeriod")).get("endDate"), "tender/tenderPeriod/endDate", problems)
        or as_day(tender.get("expressionOfInterestDeadline"), "tender/expressionOfInterestDeadline", problems),
        expected_on=as_day(as_dict(tender.get("communication")).get("futureNoticeDate"), "tender/communication/futureNoticeDate", problems),
        awarded_on=next((day for award in awards if (day := as_day(award.get("date"), "awards/date", problems))), None),
        standstill_ends_on=next(
            (day for award in awards if (day := as_day(as_dict(award.get("standstillPeriod")).get("endDate"), "awards/standstillPeriod/endDate", problems))), None
        ),
        link=next((url for document in documents if (url := _link(document))), ""),
    )  # fmt: skip
    _periods(facts, tender, lots, problems)
    _framework(facts, raw)
    facts.contracts = _contracts(raw, facts, people, problems)
    return facts, problems


def _buyer(raw: dict[str, Any], problems: list[Problem]) -> tuple[str, list[str]]:
    """The buyer's name and identifiers; the party with the role where `buyer` itself is missing."""
    given = as_dict(raw.get("buyer"))
    parties = as_list(raw.get("parties"))
    party = next((row for row in parties if given.get("id") and row.get("id") == given["id"]), None)
    if party is None:
        party = next(
            (row for row in parties if isinstance(row.get("roles"), list) and "buyer" in row["roles"]), {}
        )
    name = as_text(given.get("name") or party.get("name"), 300)
    if not name:
        problems.append(Problem("buyer", "", "is missing"))
    identifiers = [str(value) for value in (given.get("id"), party.get("id")) if isinstance(value, str)]
    given_identifiers = [as_dict(party.get("identifier")), *as_list(party.get("additionalIdentifiers"))]
    identifiers += [
        f"{row['scheme']}-{row['id']}" for row in given_identifiers if row.get("scheme") and row.get("id")
    ]
    return name, list(dict.fromkeys(identifiers))


def _notice_type(documents: list[dict[str, Any]], tags: list[str]) -> str:
    """`UK4`, as a document says it; never inferred from the tag."""
    found = [str(document["noticeType"]) for document in documents if document.get("noticeType")]
    return found[-1][:6] if found else ""


def _link(document: dict[str, Any]) -> str:
    url = document.get("url")
    if not isinstance(url, str):
        return ""
    is_notice = isinstance(url, str) and url.startswith(("https://www.find-tender.service.gov.uk/Notice/", "https://www.contractsfinder.service.gov.uk/Notice/"))  # fmt: skip
    return url if is_notice and "/Attachment/" not in url and len(url) <= 500 else ""


def _lots_value(lots: list[dict[str, Any]], problems: list[Problem]) -> tuple[str, str] | None:
    found = [amount for lot in lots if (amount := money(lot.get("value"), "tender/lots/value", problems))]
    return found[0] if len(found) == 1 else None


def _periods(
    facts: ReleaseFacts, tender: dict[str, Any], lots: list[dict[str, Any]], problems: list[Problem]
) -> None:
    """The contract's dates as planned: the earliest start, the latest end over the lots."""
    periods = [as_dict(holder.get("contractPeriod")) for holder in (tender, *lots)]
    starts = [
        day
        for period in periods
        if (day := as_day(period.get("startDate"), "contractPeriod/startDate", problems))
    ]
    ends = [
        day
        for period in periods
        if (day := as_day(period.get("endDate"), "contractPeriod/endDate", problems))
    ]
    latest = [
        day
        for period in periods
        if (day := as_day(period.get("maxExtentDate"), "contractPeriod/maxExtentDate", problems))
    ]
    facts.starts_on, facts.ends_on = min(starts, default=None), max(ends, default=None)
    facts.latest_end_on = max(latest, default=None)
    if facts.starts_on and facts.ends_on and facts.ends_on < facts.starts_on:
        problems.append(
            Problem("contractPeriod", f"{facts.starts_on} to {facts.ends_on}", "ends before it starts")
        )


def _framework(facts: ReleaseFacts, raw: dict[str, Any]) -> None:
    related = [*as_list(raw.get("relatedProcesses")), *(row for contract in as_list(raw.get("contracts")) for row in as_list(contract.get("relatedProcesses")))]  # fmt: skip
    for row in related:
        kinds = row.get("relationship")
        if isinstance(kinds, list) and "framework" in kinds and row.get("identifier"):
            facts.frameworks.append(str(row["identifier"])[:120])
    route = facts.route.lower()
    facts.is_call_off = (
        bool(facts.frameworks)
        or "call-off" in route
        or "under framework" in route
        or "from a framework" in route
    )


def _contracts(
    raw: dict[str, Any], facts: ReleaseFacts, people: People, problems: list[Problem]
) -> list[ContractFacts]:
    awards = {str(award.get("id")): award for award in as_list(raw.get("awards"))}
    found = [
        _contract(given, awards.get(str(given.get("awardID"))), facts, people, problems)
        for given in as_list(raw.get("contracts"))
    ]
    if not found:
        found = [_contract({}, award, facts, people, problems) for award in awards.values()]
    return found


def _contract(
    given: dict[str, Any],
    award: dict[str, Any] | None,
    facts: ReleaseFacts,
    people: People,
    problems: list[Problem],
) -> ContractFacts:
    award = award or {}
    if not (given.get("id") or award.get("id")):
        problems.append(
            Problem("contracts/id", "", "is missing: contracts of one process cannot be told apart")
        )
    period = as_dict(given.get("period")) or as_dict(award.get("contractPeriod"))
    amount = money(given.get("value"), "contracts/value", problems) or money(
        award.get("value"), "awards/value", problems
    )
    suppliers = [as_text(row.get("name"), 200) for row in as_list(award.get("suppliers"))]
    status = as_code(given.get("status") or award.get("status"))
    signed = as_day(given.get("dateSigned"), "contracts/dateSigned", problems)
    from_contracts_finder = facts.ocid.startswith(CONTRACTS_FINDER)
    contract = ContractFacts(
        key=str(given.get("id") or award.get("id") or "1")[:120],
        title=as_text(given.get("title") or award.get("title"), 300, people),
        suppliers=[name for name in dict.fromkeys(suppliers) if name][:50],
        value=amount[0] if amount else None,
        vat=amount[1] if amount else "ex",
        signed_on=signed,
        starts_on=as_day(period.get("startDate"), "contracts/period/startDate", problems),
        ends_on=as_day(period.get("endDate"), "contracts/period/endDate", problems),
        latest_end_on=as_day(period.get("maxExtentDate"), "contracts/period/maxExtentDate", problems),
        status=status,
        cpv_codes=cpv_of([award, given])[:20],
        is_entered=signed is not None
        or facts.notice_type in ("UK7", "UK9", "UK10", "UK11")
        or (from_contracts_finder and status in ("active", "") and bool(suppliers)),
    )
    if contract.starts_on and contract.ends_on and contract.ends_on < contract.starts_on:
        problems.append(
            Problem(
                "contracts/period", f"{contract.starts_on} to {contract.ends_on}", "ends before it starts"
            )
        )
    return contract
