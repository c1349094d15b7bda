"""One step's page: what to do, why, the law, the form, what comes next."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from guidance.pages.selectors import pages_by_slug
from toolkit.accounts.readers import reader_for
from toolkit.core import clock
from toolkit.core.errors import Refused
from toolkit.core.text import whole_number
from toolkit.law.values import CHECKED_ON
from workflows.journeys.definitions import Task, TaskKind
from workflows.journeys.models import Run
from workflows.journeys.progress import Progress, Status, TaskState
from workflows.journeys.selectors import progress_of
from workflows.procurements import comments, confidence, permissions
from workflows.procurements.facts import facts_of, journey_of
from workflows.procurements.forms.tasks import AssignForm, ContractForm, TaskForm
from workflows.procurements.logs.pages import step_log
from workflows.procurements.models import Procurement
from workflows.procurements.outcomes import AwardedContract
from workflows.procurements.services import tasks
from workflows.procurements.stand_ins import requests_in_place
from workflows.procurements.views import approvals
from workflows.procurements.views.common import person_of, started
from workflows.procurements.views.documents import document_rows, may_begin


def _state(progress: Progress, slug: str) -> TaskState:
    try:
        return progress.state(slug)
    except KeyError:
        raise Http404 from None


def _found(procurement: Procurement, slug: str) -> Task:
    try:
        return journey_of(procurement, facts_of(procurement)).task(slug)
    except KeyError:
        raise Http404 from None


def _run_of(procurement: Procurement) -> Run:
    assert procurement.run is not None  # `started` has found it
    return procurement.run


def _is_asked(request: HttpRequest, procurement: Procurement, slug: str) -> bool:
    """Were they asked to endorse this very step, or may they answer, or did they, in place of whoever was?"""
    person = person_of(request)
    asked = procurement.endorsements.filter(task=slug)
    return (
        asked.filter(Q(asked_of=person) | Q(stand_in=person)).exists()
        or requests_in_place(reader_for(request)).filter(procurement=procurement, task=slug).exists()
    )


def _closed(request: HttpRequest, procurement: Procurement, found: Task) -> HttpResponse:
    """What the step is, as the route’s own page says it to everybody, and nothing of where it stands."""
    if request.method == "POST":
        raise PermissionDenied
    context = {
        "procurement": procurement,
        "task": found,
        "checked_on": CHECKED_ON,
        "how_long": confidence.until(procurement),
    }
    return render(request, "procurements/task_closed.html", context)


def _after(progress: Progress, slug: str) -> list[TaskState]:
    """The steps that wait for this one."""
    return [
        state for state in progress.states if slug in state.task.needs and state.status != Status.NOT_NEEDED
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def task(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    """Any kind of step; what is asked depends on its kind."""
    procurement, progress = started(request, reference)
    if confidence.unseen(reader_for(request), procurement):
        found = _found(procurement, slug)
        if not confidence.sees_step(reader_for(request), procurement, found):
            if not _is_asked(request, procurement, slug):
                return _closed(request, procurement, found)
            # Of this one step whoever is asked to endorse it has to know where it stands.
            progress = progress_of(_run_of(procurement), facts_of(procurement), today=clock.today())
    state = _state(progress, slug)
    sees_answers = confidence.sees_answers(reader_for(request), procurement, state.task.stage)
    if not sees_answers:  # where the step stands is told, what was typed into it is not
        state = replace(state, data={})
    may_do = permissions.may_do_task(reader_for(request), procurement, slug) and state.can_do
    context: dict[str, Any] = {
        "procurement": procurement,
        "state": state,
        "task": state.task,
        "progress": progress,
        "checked_on": CHECKED_ON,
        "after": _after(progress, slug),
        "own_note": progress.facts.own.notes.get(slug, ""),
        "own_contacts": [each for each in progress.facts.own.contacts if each.about in state.task.who],
        "guidance": list(pages_by_slug(state.task.guidance).values()),
        "may_begin_documents": may_begin(reader_for(request), procurement, slug),
        "documents": document_rows(state.task, procurement, reader_for(request)),
        "sees_answers": sees_answers,
        "whose": confidence.whose(procurement) if not sees_answers else "",
        "step_log": step_log(reader_for(request), procurement, state.task, progress),
        "comments": comments.count_on(reader_for(request), procurement, slug) if sees_answers else None,
        "may_do": may_do,
        "may_run": permissions.may_run(reader_for(request), procurement),
        "form": None,
        "assignee": next(
            (row.person for row in procurement.assignments.select_related("person") if row.task == slug), None
        ),
    }
    match state.task.kind:
        case TaskKind.ENDORSEMENT:
            return approvals.endorsement(request, procurement, state, context)
        case TaskKind.DECISION:
            return approvals.decision(request, procurement, state, context)
        case TaskKind.AWARD:
            return _award(request, procurement, state, context)
    return _plain(request, procurement, state, context)


def _plain(
    request: HttpRequest, procurement: Procurement, state: TaskState, context: dict[str, Any]
) -> HttpResponse:
    slug = state.task.slug
    posted = request.POST if request.method == "POST" else None
    form = TaskForm(
        posted,
        task=state.task,
        facts=context["progress"].facts,
        today=clock.today(),
        initial=TaskForm.initial_from(state.task, state.data),
    )
    if posted is not None:
        try:
            if posted.get("do") == "start":
                tasks.start_task(procurement=procurement, task=slug, actor=person_of(request))
                return redirect("procurement_task", procurement.reference, slug)
            if form.is_valid():
                tasks.complete_task(
                    procurement=procurement, task=slug, data=form.answers(), actor=person_of(request)
                )
                messages.success(request, f"“{state.task.title}” is completed")
                return redirect("procurement_tasks", procurement.reference)
        except Refused as refused:
            form.add_error(None, refused.sentence)
    return render(
        request,
        "procurements/task.html",
        {**context, "form": form if context["may_do"] or posted is not None else None},
    )


MOST_CONTRACTS = 20


def _award(
    request: HttpRequest, procurement: Procurement, state: TaskState, context: dict[str, Any]
) -> HttpResponse:
    """One form for each contract; “add another” grows the page by one and keeps what was typed."""
    if not context["may_do"] or not context["may_run"]:
        return render(request, "procurements/task_award.html", {**context, "forms": []})
    posted = request.POST if request.method == "POST" else None
    typed = whole_number(posted.get("contracts")) if posted is not None else 1
    number = min(max(typed, 1), MOST_CONTRACTS)
    initial = {
        "title": procurement.title,
        "value_inc_vat": procurement.value_inc_vat,
        "starts_on": procurement.needed_on,
    }
    if posted is not None and posted.get("do") == "add":
        number = min(number + 1, MOST_CONTRACTS)
        shown = [
            ContractForm(initial=_typed_again(posted, index, initial), prefix=f"contract-{index}")
            for index in range(1, number + 1)
        ]
        return render(request, "procurements/task_award.html", {**context, "forms": shown, "number": number})
    shown = [
        ContractForm(posted, initial=initial if index == 1 else {}, prefix=f"contract-{index}")
        for index in range(1, number + 1)
    ]
    if posted is not None and not [form for form in shown if not form.is_valid()]:
        try:
            tasks.record_award(
                procurement=procurement,
                task=state.task.slug,
                contracts=[_awarded(form) for form in shown],
                actor=person_of(request),
            )
        except Refused as refused:
            shown[0].add_error(None, refused.sentence)
        else:
            messages.success(request, "The contracts are recorded and in the register")
            return redirect("procurement", procurement.reference)
    return render(request, "procurements/task_award.html", {**context, "forms": shown, "number": number})


def _typed_again(posted: Any, index: int, initial: dict[str, Any]) -> dict[str, Any]:
    """What was typed into one contract, unvalidated, to show it again; the first facts for a new one."""
    form = ContractForm(posted, prefix=f"contract-{index}")
    typed = {name: form[name].data for name in form.fields}
    return (
        typed
        if any(value for value in typed.values() if value not in ("", ("", "", "")))
        else {"starts_on": initial["starts_on"]}
    )


def _awarded(form: ContractForm) -> AwardedContract:
    data = form.cleaned_data
    return AwardedContract(
        title=data["title"],
        suppliers=data["suppliers"],
        value_inc_vat=data["value_inc_vat"],
        signed_on=data["signed_on"],
        starts_on=data["starts_on"],
        ends_on=data["ends_on"],
        extension_months=data["extensions"],
        notice_months=data["notice_months"],
    )


@require_POST
def reopen(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    """Reopen a completed step."""
    procurement, _ = started(request, reference)
    _found(procurement, slug)
    try:
        tasks.reopen_task(procurement=procurement, task=slug, actor=person_of(request))
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("procurement_task", reference, slug)


@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    """Say who is to do a step."""
    procurement, progress = started(request, reference)
    if not permissions.may_run(reader_for(request), procurement):
        raise PermissionDenied
    state = _state(progress, slug)
    present = next(
        (row.person.email for row in procurement.assignments.select_related("person") if row.task == slug), ""
    )
    form = AssignForm(
        request.POST or None, people=tasks.assignable_people(procurement), initial={"person": present}
    )
    if request.method == "POST" and form.is_valid():
        try:
            tasks.assign_task(
                procurement=procurement,
                task=slug,
                person=form.cleaned_data["person"],
                actor=person_of(request),
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, "Who does the step is saved")
            return redirect("procurement_task", reference, slug)
    return render(
        request,
        "procurements/assign.html",
        {"procurement": procurement, "task": state.task, "form": form, "submit": "Save"},
    )
