"""The pages of the two steps by which an organisation approves: endorsement and formal decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guidance.documents.models import Made
from guidance.documents.rows import documents_of, rows_for
from toolkit.accounts.models import Person
from toolkit.accounts.readers import reader_for
from toolkit.accounts.roles import Right
from toolkit.core.errors import Refused
from toolkit.core.text import sentence
from workflows.journeys.overlay import approval_of, gate_of
from workflows.journeys.progress import Progress, TaskState
from workflows.procurements import approval_pages, key_decisions
from workflows.procurements.approvals import (
    Endorsing,
    endorsing_of,
    kind_label,
    papers_named,
    steps_of_gate,
)
from workflows.procurements.deciding import delegation_of, delegation_sentence, makers_sentence, open_before
from workflows.procurements.endorsers import endorsers
from workflows.procurements.forms.decisions import DecisionForm
from workflows.procurements.forms.endorsements import (
    ELSEWHERE,
    EndorsementAnswerForm,
    EndorsementRequestForm,
)
from workflows.procurements.models import Endorsement, EndorsementStatus, Procurement
from workflows.procurements.models import Status as RecordStatus
from workflows.procurements.papers import KIND, reviewed_among
from workflows.procurements.recorded import decision_page, endorsement_page
from workflows.procurements.services import decisions, endorsements
from workflows.procurements.stand_ins import requests_in_place
from workflows.procurements.unanswerable import unanswerable
from workflows.procurements.views.common import person_of

Context = dict[str, Any]


def endorsement(
    request: HttpRequest, procurement: Procurement, state: TaskState, context: Context
) -> HttpResponse:
    """What is asked for and given, and the form: to answer for whoever is asked, to ask for an officer of the team."""
    progress: Progress = context["progress"]
    standing = endorsing_of(procurement, state.task, progress.facts)
    is_live = procurement.status == RecordStatus.LIVE
    mine = _to_answer(request, procurement, state, standing) if is_live else None
    signed = progress.facts.day_of("contract-entered") is not None
    stuck = unanswerable(procurement, standing.open) if is_live else {}
    context |= {
        "needs": standing.sentence,
        "endorsements": [
            endorsement_page(
                reader_for(request), procurement, row, state.task.stage, is_asked_here=mine is not None
            )
            for row in standing.rows
            if row != mine
        ],
        "open_requests": approval_pages.waiting_of(standing, progress, stuck, without=mine),
        "may_withdraw": context["may_run"],
        "may_complete": context["may_do"]
        and context["may_run"]
        and standing.is_complete
        and not standing.open,
        "may_ask_anew": context["may_run"] and is_live and bool(standing.given) and not signed,
        "answering": None,
        "in_place_of": None,
        "has_no_paper": False,
    }
    if mine is not None:
        return _answer(request, procurement, state, context, standing, mine)
    if not standing.to_ask or not context["may_do"] or not context["may_run"]:
        return render(request, "procurements/task_endorsement.html", context)
    return _ask(request, procurement, state, context, standing)


def _to_answer(
    request: HttpRequest, procurement: Procurement, state: TaskState, standing: Endorsing
) -> Endorsement | None:
    """The open request that waits for this reader: asked of them, or of somebody in whose place they may answer."""
    reader = reader_for(request)
    asked = next((row for row in standing.open if row.asked_of_id == reader.person_id), None)
    if asked is not None or not standing.open or not reader.may(Right.ENDORSE, procurement.organisation_id):
        return asked
    here = requests_in_place(reader).filter(procurement=procurement, task=state.task.slug)
    found = set(here.values_list("pk", flat=True))
    return next((row for row in standing.open if row.pk in found), None)


def _answer(
    request: HttpRequest,
    procurement: Procurement,
    state: TaskState,
    context: Context,
    standing: Endorsing,
    mine: Endorsement,
) -> HttpResponse:
    form = EndorsementAnswerForm(request.POST or None, kind=mine.kind)
    if request.method == "POST" and form.is_valid():
        try:
            endorsements.answer_endorsement(endorsement=mine, actor=person_of(request), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, "Your answer is recorded")
            return redirect("procurement_decisions", procurement.reference)
    progress: Progress = context["progress"]
    steps = steps_of_gate(progress.journey, state.task)
    rows = [*standing.rows]
    if steps != [state.task.slug]:
        rows = list(
            procurement.endorsements.filter(task__in=steps)
            .select_related("asked_of", "stand_in", "paper__document__template")
            .defer("paper__answers")
        )
    person = person_of(request)
    earlier = approval_pages.answered_before(rows, mine, person)
    return render(
        request,
        "procurements/task_endorsement.html",
        {
            **context,
            "answering": approval_pages.to_answer(mine, procurement, progress, earlier),
            "in_place_of": mine.asked_of if mine.asked_of != person else None,
            "form": form,
            "submit": "Record my answer",
        },
    )


def _ask(
    request: HttpRequest, procurement: Procurement, state: TaskState, context: Context, standing: Endorsing
) -> HttpResponse:
    person, progress = person_of(request), context["progress"]
    named = papers_named(progress, state.task)
    documents = documents_of(KIND, procurement.reference, reader_for(request))
    reviewed = reviewed_among(documents)
    form = EndorsementRequestForm(
        request.POST or None,
        kinds=standing.to_ask,
        people=_listed(procurement, standing, person),
        papers=reviewed,
        needs_paper=bool(named),
        initial={"budget_ex_vat": procurement.budget_ex_vat, **_asked_last(standing, reviewed)},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            endorsements.ask_endorsement(
                procurement=procurement,
                task=state.task.slug,
                kind=data["kind"],
                of=data["person"],
                note=data["note"],
                paper=data["paper"],
                budget_ex_vat=data["budget_ex_vat"],
                actor=person,
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, f"{data['person']} is asked")
            return redirect("procurement_task", procurement.reference, state.task.slug)
    return render(
        request,
        "procurements/task_endorsement.html",
        {
            **context,
            "form": form,
            "submit": "Ask for the endorsement",
            "to_review": rows_for("", named, documents) if named and not reviewed else [],
            "has_no_paper": bool(named) and not reviewed,
        },
    )


def _asked_last(standing: Endorsing, reviewed: Sequence[Made]) -> Context:
    """What was asked last and taken back, typed again for whoever is asked instead."""
    last = standing.rows[-1] if standing.rows else None
    if last is None or last.status != EndorsementStatus.WITHDRAWN or last.kind not in standing.to_ask:
        return {}
    paper = ELSEWHERE if last.paper_reference else ""
    if last.paper is not None and last.paper in reviewed:
        paper = f"{last.paper.document.reference}-{last.paper.number}"
    return {
        "kind": last.kind,
        "note": last.note,
        "paper": paper,
        "paper_reference": last.paper_reference,
        "paper_elsewhere": last.paper_elsewhere,
    }


def _listed(
    procurement: Procurement, standing: Endorsing, requester: Person
) -> list[tuple[Person, list[str]]]:
    """Everyone who could endorse what can be asked for now, with the kinds they are listed for."""
    rows = [*standing.open, *standing.given.values()]
    busy = {row.asked_of_id for row in rows} | {row.stand_in_id for row in rows}
    listed: dict[int, tuple[Person, list[str]]] = {}
    for each in endorsers(procurement, standing.to_ask, requester=requester):
        if each.person.pk not in busy:
            listed.setdefault(each.person.pk, (each.person, []))[1].append(kind_label(each.kind).lower())
    return list(listed.values())


def decision(
    request: HttpRequest, procurement: Procurement, state: TaskState, context: Context
) -> HttpResponse:
    """What was decided, and the form that records it."""
    slug, progress = state.task.slug, context["progress"]
    recorded = list(procurement.decisions.filter(task=slug).select_related("recorded_by"))
    standing = next((row for row in recorded if row.superseded_at is None), None)
    delegation = delegation_of(procurement, progress, state.task)
    approval = approval_of(state.task, progress.facts)
    context |= {
        "decisions": [
            decision_page(reader_for(request), procurement, row, state.task.stage) for row in recorded
        ],
        "makers": sentence(makers_sentence(approval)) if approval is not None and approval.makers else "",
        "delegation": delegation_sentence(delegation) if delegation is not None else "",
        "may_put_right": context["may_run"]
        and bool(recorded)
        and procurement.status in (RecordStatus.LIVE, RecordStatus.CLOSED),
        "has_record": standing is not None and context["sees_answers"],
    }
    is_to_record = context["may_do"] and context["may_run"]
    still_open = open_before(state.task, progress) if is_to_record else []
    context |= {
        "not_key": key_decisions.not_key(progress, gate_of(state.task))
        if standing is None and context["sees_answers"]
        else None,
        "still_open": still_open,
        "warning": approval_pages.still_open_words(len(still_open)) if still_open else "",
    }
    if not is_to_record:
        return render(request, "procurements/task_decision.html", context)
    form = DecisionForm(
        request.POST or None, own=progress.facts.own, delegates=gate_of(state.task) in ("", "strategy")
    )
    if request.method == "POST" and form.is_valid():
        try:
            decisions.record_decision(
                procurement=procurement, task=slug, actor=person_of(request), **form.cleaned_data
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, "The decision is recorded")
            return redirect("procurement_task", procurement.reference, slug)
    return render(request, "procurements/task_decision.html", {**context, "form": form})
