"""Questions about the logs, always as one reader may ask them."""

from __future__ import annotations

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from toolkit.accounts.visibility import Reader
from workflows.procurements.logs import permissions
from workflows.procurements.logs.kinds import KINDS, Log
from workflows.procurements.logs.models import Entry
from workflows.procurements.models import Procurement
from workflows.procurements.permissions import is_working_on

MOST_WORDS = 8


def entries(reader: Reader, procurement: Procurement, log: Log) -> QuerySet[Entry]:
    """The entries of a log that this reader may read."""
    found: QuerySet[Entry] = KINDS[log].model._default_manager.filter(procurement=procurement)
    if permissions.sees_all(reader, procurement, log):
        return found
    if permissions.sees_some(reader, procurement, log):
        return found.filter(**_TOLD[log])
    if log == Log.CONFLICTS:
        return found.filter(Q(person_id=reader.person_id or 0))
    return found.none()


_TOLD = {Log.CLARIFICATION: {"published_on__isnull": False}, Log.DECISIONS: {"in_confidence": False}}


def matching(
    found: QuerySet[Entry], reader: Reader, procurement: Procurement, log: Log, words: str
) -> QuerySet[Entry]:
    """Those that have every one of these words somewhere, looked for only where the reader may look."""
    kind = KINDS[log]
    columns = kind.searched if is_working_on(reader, procurement) else kind.told or kind.searched
    for word in words.split()[:MOST_WORDS]:
        condition = Q()
        for column in columns:
            condition |= Q(**{f"{column}__icontains": word})
        if word.isascii() and word.isdigit() and len(word) < 9:
            condition |= Q(number=int(word))
        found = found.filter(condition)
    return found


def counts(reader: Reader, procurement: Procurement) -> dict[Log, int | None]:
    """How many entries of each log the reader may read; None where they may not open it. A query for each."""
    return {
        log: entries(reader, procurement, log).count()
        if permissions.opens(reader, procurement, log)
        else None
        for log in Log
    }


def earlier(entry: Entry) -> list[Model]:
    """Every state of an entry, oldest first, as the database kept it."""
    kept = apps.get_model(entry._meta.app_label, f"{type(entry).__name__}Event")
    return list(
        kept._default_manager.filter(pgh_obj_id=entry.pk).order_by("pgh_id").select_related("changed_by")
    )
