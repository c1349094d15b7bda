"""HTTP of the pipeline: the shared list, one entry, and what officers do with theirs."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toolkit.accounts.models import Person
from toolkit.accounts.permissions import needs
from toolkit.accounts.readers import current_organisation, reader_for
from toolkit.accounts.roles import Right
from toolkit.core import clock
from toolkit.core.errors import Refused
from toolkit.core.money import BAND_WORDS
from workflows.pipeline import selectors, services
from workflows.pipeline.forms import FactsForm, ImportForm, NewEntryForm, OwnerForm, read_filters
from workflows.pipeline.importing.registers import import_register
from workflows.pipeline.models import Entry, RowKind
from workflows.pipeline.pages import active_filters, row_of
from workflows.pipeline.registers.table import NotARegister


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user


@login_not_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What boroughs plan to buy and which contracts end, as the reader may see them."""
    reader = reader_for(request)
    filters = read_filters(request.GET)
    asked = request.GET.get("page", "1")
    found = selectors.page_of(
        reader, filters, number=int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    )
    rest = request.GET.copy()
    rest.pop("page", None)
    context = {
        "filters": filters,
        "found": found,
        "rows": [row_of(reader, entry) for entry in found.entries],
        "active": active_filters(request.GET, found.facets),
        "query": f"{rest.urlencode()}&" if rest else "",
        "is_member": reader.is_member,
        "may_share": reader.may(Right.SHARE),
        "may_import": reader.may(Right.IMPORT),
        "sorts": {
            "soonest": "Soonest first",
            "latest": "Latest first",
            "title": "Title",
            "newest": "Newest entry first",
        },
    }
    return render(request, "pipeline/list.html", context)


class _Echo:
    def write(self, value: str) -> str:
        return value


COLUMNS = (
    "Reference", "Organisation", "Title", "Stage", "Category", "Suppliers", "Value band (including VAT)", "Route",
    "Contract starts", "Contract ends", "Ends at the latest", "Open to working together", "Notice",
)  # fmt: skip


def _harmless(cell: object) -> str:
    """A cell no spreadsheet takes for a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


@login_not_required
@require_safe
def as_csv(request: HttpRequest) -> HttpResponseBase:
    """The same list as a spreadsheet: what the reader may see, with the same filters."""
    reader, filters = reader_for(request), read_filters(request.GET)
    entries = selectors.in_order(selectors.filtered(reader, filters), filters).select_related("organisation")
    writer = csv.writer(_Echo())

    def lines() -> Iterator[str]:
        yield "\ufeff" + writer.writerow(COLUMNS)
        for entry in entries.iterator(chunk_size=500):
            yield writer.writerow([_harmless(cell) for cell in _cells(entry)])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="pipeline-{clock.today().isoformat()}.csv"'
    return response


def _cells(entry: Entry) -> list[Any]:
    return [
        entry.reference, entry.organisation.name, entry.title, entry.stage_label, entry.category_label, entry.suppliers,
        BAND_WORDS.get(entry.value_band, ""), entry.route, entry.starts_on, entry.ends_on, entry.latest_end_on,
        entry.get_openness_display(), entry.link,
    ]  # fmt: skip


def _entry(request: HttpRequest, reference: str) -> Entry:
    found = selectors.find(reader_for(request), reference)
    if found is None:
        raise Http404
    return found


@login_not_required
@require_safe
def entry(request: HttpRequest, reference: str) -> HttpResponse:
    """One entry, as the reader may see it."""
    found = _entry(request, reference)
    reader = reader_for(request)
    others = selectors.others_buying(
        reader, category=found.category, organisation_id=found.organisation_id, around=found.happens_on
    )
    context = {
        "entry": found,
        "row": row_of(reader, found),
        "sees_intent": selectors.sees_intent(reader, found),
        "may_change": reader.may(Right.SHARE, found.organisation_id),
        "may_start": reader.may(Right.DRAFT),
        "others": [row_of(reader, other) for other in others],
        "is_own": found.organisation_id in reader.roles,
    }
    return render(request, "pipeline/entry.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SHARE)
def add(request: HttpRequest) -> HttpResponse:
    """Add an entry by hand."""
    organisation = current_organisation(request)
    assert organisation is not None  # `needs` has asked for a right in one
    form = NewEntryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = services.type_in(
            organisation=organisation,
            facts=form.facts(),
            is_contract=form.cleaned_data["kind"] == RowKind.CONTRACT,
            visibility=form.cleaned_data["visibility"],
            actor=_person(request),
        )
        messages.success(request, "The entry is in the pipeline")
        return redirect("entry", made.reference)
    return render(
        request,
        "pipeline/add.html",
        {"form": form, "organisation": organisation, "submit": "Add to the pipeline"},
    )


def _own(request: HttpRequest, reference: str) -> Entry:
    found = _entry(request, reference)
    if not reader_for(request).may(Right.SHARE, found.organisation_id):
        raise PermissionDenied
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, reference: str) -> HttpResponse:
    """Put facts right; what people put right wins over later imports."""
    found = _own(request, reference)
    initial = {name: getattr(found, name) for name in FactsForm.base_fields}
    form = FactsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.correct(entry=found, facts=form.cleaned_data, actor=_person(request))
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, "The entry is put right")
            return redirect("entry", reference)
    return render(request, "pipeline/correct.html", {"form": form, "entry": found, "submit": "Save"})


@require_http_methods(["GET", "HEAD", "POST"])
def answer_for(request: HttpRequest, reference: str) -> HttpResponse:
    """Intent, openness, confidence and who sees what."""
    found = _own(request, reference)
    initial = {name: getattr(found, name) for name in OwnerForm.base_fields}
    form = OwnerForm(request.POST or None, initial=initial)
    if found.procurement is not None or found.contract is not None:
        # Levels follow the record behind the entry: they are set there.
        for name in ("visibility", "intent_visibility"):
            del form.fields[name]
    if request.method == "POST" and form.is_valid():
        levels = {"visibility": found.visibility, "intent_visibility": found.intent_visibility}
        try:
            services.answer_for(entry=found, actor=_person(request), **{**levels, **form.cleaned_data})
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, "Your answers are saved")
            return redirect("entry", reference)
    return render(request, "pipeline/answer_for.html", {"form": form, "entry": found, "submit": "Save"})


@require_POST
def confirm(request: HttpRequest, reference: str) -> HttpResponse:
    """Still right."""
    services.confirm(entry=_own(request, reference), actor=_person(request))
    messages.success(request, "Confirmed")
    return redirect("entry", reference)


SHOWN_LINES = 200


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.IMPORT)
def bring_in(request: HttpRequest) -> HttpResponse:
    """Check a register, or bring it in. Rows that name another organisation are kept back: an officer speaks for their
    own alone."""
    organisation = current_organisation(request)
    assert organisation is not None  # `needs` has asked for a right in one
    form = ImportForm(request.POST or None, request.FILES or None)
    outcome = None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        checking = form.cleaned_data["mode"] == "check"
        try:
            outcome = import_register(
                file.read(),
                file.name,
                organisation=organisation,
                may_file_for={organisation.pk},
                dry_run=checking,
                actor=_person(request),
            )
        except NotARegister as error:
            form.add_error("file", str(error))
    context = {
        "form": form,
        "organisation": organisation,
        "outcome": outcome,
        "counts": outcome.as_json() if outcome else {},
        "lines": outcome.lines[:SHOWN_LINES] if outcome else [],
        "checking": outcome is not None and form.cleaned_data["mode"] == "check",
        "submit": "Go on",
    }
    return render(request, "pipeline/import.html", context)


@require_POST
@needs(Right.DRAFT)
def start(request: HttpRequest, reference: str) -> HttpResponse:
    """Start a procurement from an entry."""
    found = _entry(request, reference)
    organisation = current_organisation(request)
    assert organisation is not None  # `needs` has asked for a right in one
    procurement = services.start_procurement(entry=found, organisation=organisation, actor=_person(request))
    return redirect("procurement_question", procurement.reference, "money")
