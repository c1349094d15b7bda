"""The documents of a procurement: on a page of their own, with the templates by stage, and on the step that asks for them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guidance.documents.assembly.definitions import Confidence
from guidance.documents.rows import Row, documents_of, rows_for, shelf_of
from toolkit.accounts.readers import reader_for
from toolkit.accounts.roles import Right
from toolkit.accounts.visibility import Reader
from toolkit.core import clock
from toolkit.core.stages import Stage
from toolkit.holidays.selectors import remembered_bank_holidays
from workflows.journeys.definitions import Task
from workflows.procurements import confidence, permissions
from workflows.procurements.documents import KIND
from workflows.procurements.facts import facts_of
from workflows.procurements.models import Procurement
from workflows.procurements.views.common import record, record_context

STAGES = tuple(stage for stage in Stage if stage != Stage.PREPARE)


@require_safe
def listing(request: HttpRequest, reference: str) -> HttpResponse:
    """The documents that were begun, then the templates: those of the present stage open, the other stages folded."""
    procurement = record(request, reference)
    reader = reader_for(request)
    documents = documents_of(KIND, procurement.reference, reader)
    stage = _stage(procurement, reader)
    context = {
        **record_context(request, procurement),
        "shelf": shelf_of(documents, STAGES, stage),
        "stage": stage,
        "begun": documents,
        "subject": f"{KIND}:{procurement.reference}",
        "may_begin": may_begin(reader, procurement),
    }
    return render(request, "procurements/documents.html", context)


def _stage(procurement: Procurement, reader: Reader) -> Stage:
    """Where it stands, as far as the reader may know; a draft is to be planned."""
    if procurement.run is None:
        return Stage.PLAN
    facts = facts_of(procurement, remembered_bank_holidays())
    return confidence.progress_shown(reader, procurement, facts, today=clock.today()).stage


def document_rows(task: Task, procurement: Procurement, reader: Reader) -> list[Row]:
    """The documents that a step asks for. Three queries."""
    return rows_for(task.slug, task.documents, documents_of(KIND, procurement.reference, reader))


def may_begin(reader: Reader, procurement: Procurement, step: str = "") -> frozenset[Confidence]:
    """Documents of which confidences they may begin, as `ProcurementProvider.may_write` has it, without asking the
    database again."""
    if not reader.may(Right.DRAFT, procurement.organisation_id):
        return frozenset()
    if permissions.is_working_on(reader, procurement):
        return frozenset(Confidence)
    given = any(
        row.task == step and row.person_id == reader.person_id for row in procurement.assignments.all()
    )
    return frozenset(Confidence) - {Confidence.TEAM} if given else frozenset()
