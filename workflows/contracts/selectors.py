"""Questions about what is being done about a contract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.accounts.visibility import Reader
from workflows.contracts.models import Contract, ContractWork
from workflows.journeys import loading
from workflows.procurements.models import Procurement

MOST_LISTED = 50
FEWEST_COUNTED = 5
"""Records that a reader may not open are counted from here on: fewer would tell of one of them."""


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One record about a contract."""

    reference: str
    title: str
    route: str
    status: str
    status_words: str


@dataclass(frozen=True, slots=True)
class WorkAbout:
    """What is being done about a contract, as one reader may see it. `hidden`: how many more they may not open."""

    rows: Sequence[WorkRow]
    hidden: int


def work_about(reader: Reader, contract: Contract) -> WorkAbout:
    """The work about a contract, the latest first. Two queries."""
    seen = Procurement.objects.visible_to(reader).filter(contract_work__contract=contract)
    found = list(seen.select_related("run").order_by("-contract_work__started_at")[:MOST_LISTED])
    hidden = ContractWork.objects.filter(contract=contract).count() - len(found)
    shown = hidden if hidden >= FEWEST_COUNTED and len(found) < MOST_LISTED else 0
    return WorkAbout([_row(each) for each in found], shown)


def _row(record: Procurement) -> WorkRow:
    assert record.run is not None  # it is started as it is made
    route = loading.of_run(record.run.journey, record.run.version).title
    return WorkRow(record.reference, record.name, route, record.status, str(record.get_status_display()))
