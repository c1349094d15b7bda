"""Examples: shared by officers, read by members of any borough."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guidance.documents import permissions
from guidance.documents.forms.examples import ExampleForm
from guidance.documents.models import Document, Example
from guidance.documents.pages import examples as example_pages
from guidance.documents.services import examples
from guidance.documents.views.common import found, person_of
from toolkit.accounts.permissions import members_only
from toolkit.accounts.readers import reader_for
from toolkit.core.errors import Refused
from toolkit.core.stages import Stage


@require_safe
@members_only
def every(request: HttpRequest) -> HttpResponse:
    """Every example, by template; `stage` keeps those of one stage."""
    stage = request.GET.get("stage", "")
    stage = stage if stage in Stage else ""
    shown = example_pages.groups(reader_for(request), stage)
    return render(request, "documents/examples/list.html", {"groups": shown, "stage": stage})


@require_safe
@members_only
def example(request: HttpRequest, reference: str) -> HttpResponse:
    """One example, as a page."""
    shown = _example(request, reference)
    context = {
        "example": shown,
        "paper": example_pages.paper_of(shown),
        "may_withdraw": examples.may_withdraw(reader_for(request), shown),
    }
    return render(request, "documents/examples/example.html", context)


def _example(request: HttpRequest, reference: str) -> Example:
    """Raises Http404 alike for one that was withdrawn and one that never was."""
    shown = (
        example_pages.shared_examples(reader_for(request))
        .defer(None)
        .filter(document__reference=reference)
        .first()
    )
    if shown is None:
        raise Http404
    return shown


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose what others see; sent, exactly that is shown; sent again with `share`, it is shared."""
    document = found(request, reference)
    if not permissions.may_share(reader_for(request), document):
        raise PermissionDenied
    why_not = examples.why_not(document)
    made = examples.clean_copy(document)
    if why_not or made is None:
        if request.method == "POST":
            messages.error(request, why_not)
        return render(request, "documents/examples/not_yet.html", {"document": document, "why_not": why_not})
    there = examples.example_of(document)
    if there is not None:
        return redirect("example", reference)
    return _choose(request, document, examples.material_of(document, made))


def _choose(request: HttpRequest, document: Document, material: examples.Material) -> HttpResponse:
    rows = example_pages.choosing(material)
    form = ExampleForm(request.POST or None, rows=rows.open)
    context = {"document": document, "form": form, "rows": rows, "made": material.made}
    if request.method != "POST" or not form.is_valid() or "change" in request.POST:
        return render(request, "documents/examples/choose.html", context)
    given = form.cleaned_data
    if "share" in request.POST:
        try:
            examples.share(
                document=document,
                made=material.made.number,
                title=given["title"],
                about=given["about"],
                leave_out=form.chosen,
                digest=request.POST.get("digest", ""),
                actor=person_of(request),
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, "Shared: members of all boroughs can read it now")
            return redirect("example", document.reference)
    context["shown"] = example_pages.preview(
        document, material, form.chosen, [given["title"], given["about"]]
    )
    context["chosen"] = form.chosen
    return render(request, "documents/examples/preview.html", context)


@require_POST
@members_only
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take an example back."""
    try:
        examples.withdraw(example=_example(request, reference), actor=person_of(request))
    except Refused as refused:
        raise PermissionDenied from refused
    messages.success(request, "Withdrawn: nobody can read it any more")
    return redirect("examples")
