"""Lines of a record's history, written in the transaction of what they tell."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.accounts.models import Person
from workflows.procurements.models import HistoryLine, LineKind, Procurement, Status

Change = tuple[str, str, str]
"""What changed, before, after: in words, as they were on the day."""


def write(
    procurement: Procurement,
    kind: LineKind,
    actor: Person,
    *,
    changes: Sequence[Change] = (),
    detail: str = "",
) -> None:
    """One line. A draft has no history: it begins when the procurement is started."""
    if procurement.status != Status.DRAFT:
        HistoryLine.objects.create(
            procurement=procurement, kind=kind, changes=list(changes), detail=detail[:500], by=actor
        )
