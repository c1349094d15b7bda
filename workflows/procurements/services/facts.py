"""Facts changed after the start: the change stands in the history, and neither law nor route changes silently."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from toolkit.accounts.models import Person
from toolkit.accounts.readers import reader_of
from toolkit.core import clock
from toolkit.core.errors import Refused
from workflows.journeys.selectors import progress_of
from workflows.procurements import permissions
from workflows.procurements.facts import facts_of
from workflows.procurements.models import LineKind, Procurement, Status
from workflows.procurements.selectors import FLAGS, answers_of
from workflows.procurements.services.baselines import keep_first
from workflows.procurements.services.drafts import FACTS, put
from workflows.procurements.services.history import Change, write
from workflows.procurements.services.lapses import reconsider
from workflows.procurements.services.standing import changed
from workflows.procurements.services.tasks import locked, settle


@transaction.atomic
def change_facts(
    *, procurement: Procurement, answers: Mapping[str, Any], reason: str = "", actor: Person
) -> list[Change]:
    """Change facts (field → value) of a live or paused procurement; what changed, in words. Nothing new: a no-op.

    Steps that apply follow from the facts, and what was endorsed lapses where they change it (`lapses.reconsider`). Regime and route stay: where the
    facts do not fit them any more, `selectors.contradictions` says so.
    """
    procurement = locked(procurement)
    if not permissions.may_run(reader_of(actor), procurement):
        raise Refused("Only an officer on the team can change the facts")
    if procurement.status not in (Status.LIVE, Status.PAUSED):
        raise Refused(f"The procurement is {procurement.get_status_display().lower()}")
    # What was confirmed is confirmed anew after another category is chosen, and until then it stays.
    given = {name: value for name, value in answers.items() if not (name in FLAGS and value is None)}
    before, facts_before = answers_of(procurement), facts_of(procurement)
    fields = put(procurement, given, FACTS)
    if not fields:
        return []
    procurement.save(update_fields=fields)
    changes = [
        (old.label, old.words, new.words)
        for old, new in zip(before, answers_of(procurement), strict=True)
        if old.words != new.words
    ]
    write(procurement, LineKind.FACTS, actor, changes=changes, detail=reason.strip())
    assert procurement.run is not None  # a live procurement has one
    reconsider(procurement, actor, before=facts_before)
    progress = progress_of(procurement.run, facts_of(procurement), today=clock.today())
    keep_first(procurement, progress, actor)
    settle(procurement, progress, actor)
    changed(procurement)
    return changes
