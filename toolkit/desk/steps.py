"""The open steps that are for one person to do: all that must be done where they run the procurement, else those assigned to
them. From what is written down; folded only where a day has overtaken that."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from toolkit.accounts.roles import Right
from toolkit.accounts.visibility import Reader
from workflows.procurements.models import OpenStep, Procurement, Status, TaskAssignment, TeamRole
from workflows.procurements.querysets import ProcurementQuerySet
from workflows.procurements.standing import folded, overtaken


def team_of(reader: Reader) -> ProcurementQuerySet:
    """The procurements that the reader works on, drafts too. Nobody in particular works on none."""
    return Procurement.objects.visible_to(reader).filter(
        team__person_id=reader.person_id or 0, team__role__in=[TeamRole.LEAD, TeamRole.MEMBER]
    )


def steps_for(reader: Reader, today: dt.date) -> tuple[QuerySet[OpenStep], list[OpenStep]]:
    """The reader's open steps of live procurements: those that are written down, and those that had to be folded."""
    live = team_of(reader).filter(status=Status.LIVE)
    late = overtaken(live, today)
    runs = reader.organisations_with(Right.RUN)
    assigned = TaskAssignment.objects.filter(
        procurement=OuterRef("procurement"), task=OuterRef("task"), person_id=reader.person_id or 0
    )
    written = (
        OpenStep.objects.filter(procurement__in=live.values("pk"))
        .filter(Exists(assigned) | Q(procurement__organisation_id__in=runs, is_optional=False))
        .select_related("procurement")
    )
    if not late:
        return written, []
    to_me = TaskAssignment.objects.filter(procurement__in=late, person_id=reader.person_id or 0)
    mine = set(to_me.values_list("procurement", "task"))
    return written.exclude(procurement__in=late), [
        row
        for row in folded(late, today)
        if (row.procurement.organisation_id in runs and not row.is_optional)
        or (row.procurement_id, row.task) in mine
    ]
