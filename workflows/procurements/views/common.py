"""What every view of a procurement starts with: the record as this reader may see it, or 404."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import Http404, HttpRequest

from toolkit.accounts.readers import already_loaded, reader_for, signed_in
from toolkit.core import clock
from toolkit.holidays.selectors import remembered_bank_holidays
from workflows.journeys.progress import Progress
from workflows.procurements import confidence, permissions
from workflows.procurements.facts import facts_of
from workflows.procurements.models import Procurement, Status, TeamMember

person_of = signed_in
"""The signed-in person; default deny has asked for one."""


def record(request: HttpRequest, reference: str) -> Procurement:
    """The procurement, if this reader may open it. Raises Http404 alike for “hidden” and “not there”."""
    found = (
        Procurement.objects.visible_to(reader_for(request))
        .select_related("organisation", "run")
        .prefetch_related(Prefetch("team", TeamMember.objects.select_related("person")), "assignments")
        .filter(reference=reference)
        .first()
    )
    if found is None:
        raise Http404
    already_loaded(request, found.organisation)
    return found


def started(request: HttpRequest, reference: str) -> tuple[Procurement, Progress]:
    """A procurement that has a run, and where it stands as far as this reader may know. Raises Http404."""
    procurement = record(request, reference)
    if procurement.run is None or procurement.status == Status.DRAFT:
        raise Http404
    facts = facts_of(procurement, remembered_bank_holidays())
    shown = confidence.progress_shown(reader_for(request), procurement, facts, today=clock.today())
    return procurement, shown


def record_context(request: HttpRequest, procurement: Procurement) -> dict[str, Any]:
    """What the frame around every page of one procurement needs."""
    return {
        "procurement": procurement,
        "closed_stages": confidence.unseen(reader_for(request), procurement),
        "may_share": permissions.may_share(reader_for(request), procurement),
    }
