"""The logs on the screen: all of them, one, one entry; written, changed, closed, printed."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toolkit.accounts.readers import reader_for
from toolkit.core import clock, form_keys
from toolkit.core.errors import Refused
from toolkit.core.text import whole_number
from workflows.journeys.definitions import TaskKind
from workflows.journeys.progress import Status
from workflows.procurements import confidence
from workflows.procurements.logs import conflicts, pages, permissions, selectors, services
from workflows.procurements.logs.forms import (
    FORMS,
    CloseForm,
    ConfirmForm,
    DeclareForm,
    EntryForm,
    OwnConflictForm,
    reason_field,
)
from workflows.procurements.logs.kinds import KINDS, Log, LogKind
from workflows.procurements.logs.models import Conflict, Entry
from workflows.procurements.models import Procurement
from workflows.procurements.recorded import decision_page
from workflows.procurements.views.common import person_of, record_context, started

PER_PAGE = 25


def _kind(log: str) -> LogKind:
    if log not in Log:
        raise Http404
    return KINDS[Log(log)]


def _open(request: HttpRequest, reference: str, log: str) -> tuple[Procurement, LogKind]:
    """A log that this reader may open: one that is kept from them is told apart from none, since all have the same logs."""
    procurement, _ = started(request, reference)
    kind = _kind(log)
    if not permissions.opens(reader_for(request), procurement, kind.log):
        raise PermissionDenied
    return procurement, kind


def _writing(request: HttpRequest, reference: str, log: str) -> tuple[Procurement, LogKind]:
    procurement, kind = _open(request, reference, log)
    if not permissions.writes(reader_for(request), procurement):
        raise PermissionDenied
    return procurement, kind


def _entry(request: HttpRequest, procurement: Procurement, kind: LogKind, number: str) -> Entry:
    found = selectors.entries(reader_for(request), procurement, kind.log)
    entry = found.select_related(*_related(kind)).filter(number=whole_number(number)).first()
    if entry is None:
        raise Http404
    return entry


def _related(kind: LogKind) -> list[str]:
    return ["written_by", "changed_by", *(["person"] if kind.log == Log.CONFLICTS else [])]


@require_safe
def listing(request: HttpRequest, reference: str) -> HttpResponse:
    """Every log, with how much stands in it."""
    procurement, _ = started(request, reference)
    counts = selectors.counts(reader_for(request), procurement)
    context = {**record_context(request, procurement), "lines": pages.log_lines(procurement, counts)}
    return render(request, "procurements/logs/list.html", context)


@require_safe
def log(request: HttpRequest, reference: str, log: str) -> HttpResponse:
    """One log, newest first, searched and page by page."""
    procurement, kind = _open(request, reference, log)
    reader = reader_for(request)
    words = request.GET.get("q", "").strip()[:200]
    is_open_only = request.GET.get("show") == "open"
    found = selectors.matching(
        selectors.entries(reader, procurement, kind.log), reader, procurement, kind.log, words
    )
    if is_open_only:
        found = found.filter(closed_at=None)
    page = Paginator(found.select_related(*_related(kind)), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **record_context(request, procurement),
        "kind": kind,
        "words": words,
        "is_open_only": is_open_only,
        "page_of_entries": page,
        "entries": [pages.shown(reader, procurement, kind.log, entry) for entry in page.object_list],
        "may_write": permissions.writes(reader, procurement),
        "may_declare": kind.log == Log.CONFLICTS and permissions.declares(reader, procurement),
        **_more(request, procurement, kind),
    }
    return render(request, "procurements/logs/log.html", context)


def _more(request: HttpRequest, procurement: Procurement, kind: LogKind) -> dict[str, Any]:
    """What stands on the page of one log alone."""
    reader = reader_for(request)
    more: dict[str, Any] = {"awaited": [], "to_confirm": [], "confirmations": [], "formal": []}
    if kind.log == Log.CONFLICTS and permissions.sees_all(reader, procurement, kind.log):
        _, progress = started(request, procurement.reference)
        rows = procurement.conflicts_confirmations.select_related("by")
        more["awaited"] = conflicts.awaited(procurement)
        more["confirmations"] = [
            (progress.journey.task(row.task).title, pages.confirmation_words(row)) for row in rows
        ]
        more["to_confirm"] = [
            state.task
            for state in progress.states
            if state.status not in (Status.NOT_NEEDED, Status.COMPLETED)
            and conflicts.asks_confirmation(procurement, state.task, progress.facts)
        ]
    if kind.log == Log.DECISIONS:
        _, progress = started(request, procurement.reference)
        for row in procurement.decisions.select_related("recorded_by"):
            task = progress.journey.task(row.task)
            if confidence.sees_step(reader, procurement, task):
                page = decision_page(reader, procurement, row, task.stage)
                more["formal"].append((task, page))
    return more


@require_safe
def entry(request: HttpRequest, reference: str, log: str, number: str) -> HttpResponse:
    """One entry, and how it came to say what it says."""
    procurement, kind = _open(request, reference, log)
    reader = reader_for(request)
    found = _entry(request, procurement, kind, number)
    is_told = permissions.sees_earlier(reader, procurement, kind.log)
    context = {
        **record_context(request, procurement),
        "kind": kind,
        "one": pages.shown(reader, procurement, kind.log, found),
        "changes": pages.changes_of(found, kind.log) if is_told else [],
        "may_write": permissions.writes(reader, procurement),
        "is_closed": found.is_closed,
    }
    return render(request, "procurements/logs/entry.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, reference: str, log: str) -> HttpResponse:
    """Write an entry."""
    procurement, kind = _writing(request, reference, log)
    form = FORMS[kind.log](request.POST or None, initial={"late": 0} if kind.log == Log.OPENING else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add(
                procurement=procurement,
                log=kind.log,
                given=form.given(),
                actor=person_of(request),
                form_key=form_keys.read(request.POST.get("form_key")),
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, "It is written in the log")
            return redirect("procurement_log", reference, log)
    hidden = {"form_key": form_keys.again(request.POST.get("form_key"))}
    return _form(request, procurement, kind, form, kind.add, "Save", hidden)


def _form(
    request: HttpRequest,
    procurement: Procurement,
    kind: LogKind,
    form: forms.Form,
    title: str,
    submit: str,
    hidden: dict[str, Any] | None = None,
    **more: Any,
) -> HttpResponse:
    context = {
        "procurement": procurement,
        "kind": kind,
        "form": form,
        "title": title,
        "submit": submit,
        "hidden": hidden or {},
        "awaited": [],
        **more,
    }
    return render(request, "procurements/logs/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, reference: str, log: str, number: str) -> HttpResponse:
    """Change an entry, with the reason; what it said before stays."""
    procurement, kind = _writing(request, reference, log)
    found = _entry(request, procurement, kind, number)
    own = isinstance(found, Conflict) and found.person_id is not None
    form_class: type[EntryForm] = OwnConflictForm if own else FORMS[kind.log]
    form = form_class(request.POST or None, initial=form_class.initial_from(found))
    form.fields["reason"] = reason_field("Why does it change?", "Enter why it changes")
    seen = whole_number(request.POST.get("seen"), found.version)
    if request.method == "POST" and form.is_valid():
        try:
            services.change(
                entry=found,
                log=kind.log,
                given=form.given(),
                seen=seen,
                reason=form.cleaned_data["reason"],
                actor=person_of(request),
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, "The entry is changed; what it said before is kept")
            return redirect("procurement_log_entry", reference, log, number)
    return _form(request, procurement, kind, form, "Change an entry", "Save the change", {"seen": seen})


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, reference: str, log: str, number: str) -> HttpResponse:
    """Close an entry, with the reason."""
    procurement, kind = _writing(request, reference, log)
    found = _entry(request, procurement, kind, number)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.close(entry=found, because=form.cleaned_data["reason"], actor=person_of(request))
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, "The entry is closed")
            return redirect("procurement_log", reference, log)
    return _form(request, procurement, kind, form, "Close an entry", "Close it")


@require_safe
def as_printed(request: HttpRequest, reference: str, log: str) -> HttpResponse:
    """Every entry the reader may read, on one page for paper."""
    procurement, kind = _open(request, reference, log)
    reader = reader_for(request)
    found = (
        selectors.entries(reader, procurement, kind.log).select_related(*_related(kind)).order_by("number")
    )
    context = {
        "procurement": procurement,
        "kind": kind,
        "today": clock.today(),
        "entries": [pages.shown(reader, procurement, kind.log, entry) for entry in found],
        **_more(request, procurement, kind),
    }
    return render(request, "procurements/logs/print.html", context)


@require_safe
def clarifications_as_csv(request: HttpRequest, reference: str) -> HttpResponse:
    """The published questions and answers, for the e-tendering system or the page where suppliers read them."""
    procurement, kind = _open(request, reference, Log.CLARIFICATION)
    found = selectors.entries(reader_for(request), procurement, kind.log).filter(
        Q(published_on__isnull=False)
    )
    file = StringIO()
    csv.writer(file).writerows(pages.csv_rows(found.order_by("number")))
    response = HttpResponse("\ufeff" + file.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{procurement.reference}-clarification.csv"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest, reference: str) -> HttpResponse:
    """Declare for oneself."""
    procurement, kind = _open(request, reference, Log.CONFLICTS)
    if not permissions.declares(reader_for(request), procurement):
        raise PermissionDenied
    form = DeclareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            conflicts.declare(procurement=procurement, actor=person_of(request), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, "Your declaration is in the log")
            return redirect("procurement_log", reference, Log.CONFLICTS)
    return _form(request, procurement, kind, form, "Your declaration", "Declare")


@require_POST
def remind(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask by e-mail whoever has not declared."""
    procurement, _ = _writing(request, reference, Log.CONFLICTS)
    try:
        number = conflicts.remind(procurement=procurement, actor=person_of(request))
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, f"Asked by e-mail: {number}")
    return redirect("procurement_log", reference, Log.CONFLICTS)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, reference: str, task: str) -> HttpResponse:
    """Confirm the conflicts log for the notice of one step."""
    procurement, kind = _writing(request, reference, Log.CONFLICTS)
    _, progress = started(request, reference)
    if not progress.journey.has(task) or progress.journey.task(task).kind != TaskKind.NOTICE:
        raise Http404
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            conflicts.confirm(
                procurement=procurement,
                task=task,
                is_nothing=form.cleaned_data["is_nothing"] == "yes",
                words=form.cleaned_data["words"],
                actor=person_of(request),
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, "The conflicts log is confirmed for this notice")
            return redirect("procurement_task", reference, task)
    title = f"Confirm the conflicts log: {progress.journey.task(task).title}"
    awaited = conflicts.awaited(procurement)
    return _form(request, procurement, kind, form, title, "Confirm", awaited=awaited)
