"""HTTP of bringing one's own register in: bring a file, see what would happen, say that it should."""

from __future__ import annotations

import csv
from io import StringIO
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from toolkit.accounts.models import Organisation, Person
from toolkit.accounts.permissions import needs
from toolkit.accounts.readers import current_organisation
from toolkit.accounts.roles import Right
from workflows.pipeline.forms import ImportForm
from workflows.pipeline.importing import uploads
from workflows.pipeline.importing.outcome import report_rows
from workflows.pipeline.importing.pages import upload_page
from workflows.pipeline.models import Upload
from workflows.pipeline.registers.table import NotARegister


def _who(request: HttpRequest) -> tuple[Organisation, Person]:
    organisation = current_organisation(request)
    assert organisation is not None  # `needs` has asked for a right in one
    assert isinstance(request.user, Person)
    return organisation, request.user


def _upload(request: HttpRequest, upload: UUID) -> Upload:
    found = uploads.find(upload, organisation=_who(request)[0])
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.IMPORT)
def bring_in(request: HttpRequest) -> HttpResponse:
    """Bring a register: it is read, and what it would change is worked out and shown on a page of its own."""
    organisation, person = _who(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            upload = uploads.check(data=file.read(), name=file.name, organisation=organisation, actor=person)
        except NotARegister as error:
            form.add_error("file", error.sentence)
        else:
            return redirect("pipeline_upload", upload.slug)
    context = {"form": form, "organisation": organisation, "submit": "Check the file"}
    return render(request, "pipeline/import.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.IMPORT)
def confirm_upload(request: HttpRequest, upload: UUID) -> HttpResponse:
    """What a register would change; sent, it does. Rows that name another organisation are held back: an officer speaks
    for their own alone."""
    found = _upload(request, upload)
    if request.method == "POST":
        uploads.bring_in(upload=found, actor=_who(request)[1])
        messages.success(request, "Your register is in the pipeline")
        return redirect("pipeline_upload", upload)
    context = {"shown": upload_page(found), "organisation": found.organisation, "submit": "Bring it in"}
    return render(request, "pipeline/upload.html", context)


@require_safe
@needs(Right.IMPORT)
def upload_report(request: HttpRequest, upload: UUID) -> HttpResponse:
    """Everything worth a look, row by row, as a spreadsheet."""
    lines = uploads.lines_of(_upload(request, upload))
    file = StringIO()
    csv.writer(file).writerows(report_rows(lines))
    response = HttpResponse("\ufeff" + file.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="import-report.csv"'
    return response
