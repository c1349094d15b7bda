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

from toolkit.accounts.permissions import needs
from toolkit.accounts.readers import current_organisation, reader_for, signed_in
from toolkit.accounts.roles import Right
from toolkit.core import clock, form_keys
from toolkit.core.errors import Refused
from toolkit.core.money import BAND_WORDS
from toolkit.core.text import whole_number
from workflows.pipeline import selectors, services
from workflows.pipeline.forms import FactsForm, NewEntryForm, OwnerForm, read_filters
from workflows.pipeline.models import Entry, RowKind
from workflows.pipeline.pages import active_filters, row_of
from workflows.procurements.models import Procurement


@login_not_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What boroughs plan to buy and which contracts end, as the reader may see them."""
    reader = reader_for(request)
    filters = read_filters(request.GET)
    found = selectors.page_of(reader, filters, number=whole_number(request.GET.get("page"), 1))
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
        "followed_by": found.followed_by
        if found.followed_by is not None
        and Procurement.objects.visible_to(reader).filter(pk=found.followed_by.pk).exists()
        else None,
        "form_key": form_keys.new(),
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
            actor=signed_in(request),
            form_key=form_keys.read(request.POST.get("form_key")),
        )
        messages.success(request, "The entry is in the pipeline")
        return redirect("entry", made.reference)
    return render(
        request,
        "pipeline/add.html",
        {
            "form": form,
            "organisation": organisation,
            "submit": "Add to the pipeline",
            "form_key": form_keys.again(request.POST.get("form_key")),
        },
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
            services.correct(entry=found, facts=form.cleaned_data, actor=signed_in(request))
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
    reader = reader_for(request)
    asked = set(OwnerForm.base_fields)
    if not selectors.may_answer_intent(reader, found):
        asked -= {"intent", "confidence", "intent_visibility"}
    if found.procurement is not None or found.contract is not None:
        asked -= {
            "visibility",
            "intent_visibility",
        }  # they follow the record behind the entry, and are set there
    # Where nobody keeps the entry yet, anyone may answer, and still not read what was answered for the team alone.
    shown = asked if selectors.sees_intent(reader, found) else asked - {"intent", "confidence"}
    form = OwnerForm(request.POST or None, initial={name: getattr(found, name) for name in shown})
    for name in set(form.fields) - asked:
        del form.fields[name]
    if request.method == "POST" and form.is_valid():
        given = {"visibility": found.visibility, **form.cleaned_data}
        try:
            services.answer_for(entry=found, actor=signed_in(request), **given)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, "Your answers are saved")
            return redirect("entry", reference)
    return render(request, "pipeline/answer_for.html", {"form": form, "entry": found, "submit": "Save"})


@require_POST
def confirm(request: HttpRequest, reference: str) -> HttpResponse:
    """Still right."""
    services.confirm(entry=_own(request, reference), actor=signed_in(request))
    messages.success(request, "Confirmed")
    return redirect("entry", reference)


@require_POST
@needs(Right.DRAFT)
def start(request: HttpRequest, reference: str) -> HttpResponse:
    """Start a procurement from an entry."""
    found = _entry(request, reference)
    organisation = current_organisation(request)
    assert organisation is not None  # `needs` has asked for a right in one
    procurement = services.start_procurement(
        entry=found,
        organisation=organisation,
        actor=signed_in(request),
        form_key=form_keys.read(request.POST.get("form_key")),
    )
    return redirect("procurement_question", procurement.reference, "money")
