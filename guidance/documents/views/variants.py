"""An organisation’s own templates: read by its members, changed by its administrators."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guidance.documents import older
from guidance.documents.forms.variants import DeclineForm
from guidance.documents.models import DocumentTemplate, Variant
from guidance.documents.pages import variants as variant_pages
from guidance.documents.services import variants
from guidance.documents.views.common import person_of
from toolkit.accounts.models import Organisation
from toolkit.accounts.permissions import needs
from toolkit.accounts.readers import current_organisation, reader_for
from toolkit.accounts.roles import Right
from toolkit.core.errors import Refused
from toolkit.core.text import whole_number


def organisation_of(request: HttpRequest) -> Organisation:
    """The one they act for; `needs` has asked for a right in one."""
    organisation = current_organisation(request)
    assert organisation is not None
    return organisation


def template_called(slug: str) -> DocumentTemplate:
    return get_object_or_404(DocumentTemplate.objects.all(), slug=slug)


def variant_at(request: HttpRequest, slug: str) -> Variant:
    """The variant of the organisation they act for. Raises Http404."""
    found = variant_pages.variant_of(organisation_of(request), template_called(slug))
    if found is None:
        raise Http404
    return found


@require_safe
@needs(Right.READ_BOROUGH)
def own_templates(request: HttpRequest) -> HttpResponse:
    """Our versions of central templates, what waits for an answer, and the logo."""
    organisation = organisation_of(request)
    shown = variant_pages.own_templates(
        organisation, older=older.count_visible(reader_for(request), organisation)
    )
    return render(request, "documents/variants/list.html", {"shown": shown})


@require_safe
@needs(Right.READ_BOROUGH)
def own_template(request: HttpRequest, slug: str) -> HttpResponse:
    """What we add to one template."""
    shown = variant_pages.own_template(organisation_of(request), template_called(slug), person_of(request))
    if shown.variant is None and not shown.template.is_published:
        raise Http404  # nobody is told of a template that is not out yet
    return render(request, "documents/variants/variant.html", {"shown": shown})


@require_safe
@needs(Right.READ_BOROUGH)
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every version of ours, and what one of them changed."""
    variant = variant_at(request, slug)
    shown = variant_pages.versions_page(variant, request.GET.get("version", ""))
    return render(request, "documents/variants/versions.html", {"shown": shown, "variant": variant})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SET_RULES)
def newer(request: HttpRequest, slug: str) -> HttpResponse:
    """What the centre has changed, and the answers to it; sent, it is declined."""
    variant = variant_at(request, slug)
    shown = variant_pages.newer_page(variant)
    begun = {
        "number": variant.template.live_number,
        "clauses": shown.stands.stamp if shown is not None else "",
    }
    form = DeclineForm(request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            variants.decline(
                variant=variant,
                number=form.cleaned_data["number"],
                clauses=form.cleaned_data["clauses"],
                reason=form.cleaned_data["reason"],
                actor=person_of(request),
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, "Declined. New documents go on beginning on the older wording")
            return redirect("own_template", slug)
    if shown is None:
        messages.info(request, "Your version follows the newest central version")
        return redirect("own_template", slug)
    return render(request, "documents/variants/newer.html", {"shown": shown, "form": form})


@require_POST
@needs(Right.SET_RULES)
def take(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the newer central version and clauses, or the clauses alone, with the same additions."""
    variant = variant_at(request, slug)
    try:
        variants.take(
            variant=variant,
            number=whole_number(request.POST.get("number")),
            clauses=request.POST.get("clauses", ""),
            only_clauses=request.POST.get("only") == "clauses",
            actor=person_of(request),
        )
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("variant_newer", slug)
    messages.success(request, "Taken: new documents begin on it, with your additions")
    return redirect("own_template", slug)


@require_POST
@needs(Right.SET_RULES)
def use(request: HttpRequest, slug: str) -> HttpResponse:
    """Take our version out of use, or into use again."""
    is_in_use = request.POST.get("use") == "yes"
    variants.put_in_use(variant=variant_at(request, slug), is_in_use=is_in_use, actor=person_of(request))
    words = (
        "In use: new documents begin on your version"
        if is_in_use
        else "Out of use: new documents begin on the central version"
    )
    messages.success(request, words)
    return redirect("own_template", slug)
