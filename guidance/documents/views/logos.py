"""The organisation’s logo: put there by its administrators, seen by its members."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guidance.documents.forms.variants import LogoForm
from guidance.documents.models import OrganisationLogo
from guidance.documents.pages.variants import logo_of
from guidance.documents.services import logos
from guidance.documents.views.common import person_of
from guidance.documents.views.variants import organisation_of
from toolkit.accounts.permissions import needs
from toolkit.accounts.roles import Right
from toolkit.core.errors import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SET_RULES)
def logo(request: HttpRequest) -> HttpResponse:
    """Put a logo on the organisation’s documents, or another in its place."""
    organisation = organisation_of(request)
    form = LogoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            logos.replace(
                organisation=organisation,
                content=form.cleaned_data["file"].read(),
                alternative_text=form.cleaned_data["alternative_text"],
                actor=person_of(request),
            )
        except Refused as refused:
            form.add_error("file", refused.sentence)
        else:
            messages.success(request, "The logo stands on documents made from now on")
            return redirect("own_templates")
    context = {"form": form, "organisation": organisation, "logo": logo_of(organisation)}
    return render(request, "documents/variants/logo.html", context)


@require_POST
@needs(Right.SET_RULES)
def remove(request: HttpRequest) -> HttpResponse:
    """Take the logo off documents made from now on."""
    logos.remove(organisation=organisation_of(request), actor=person_of(request))
    messages.success(request, "Documents made from now on have no logo")
    return redirect("own_templates")


@require_safe
@needs(Right.READ_BOROUGH)
def picture(request: HttpRequest) -> HttpResponse:
    """The picture, for members. What it holds was checked and made anew when it came."""
    found = OrganisationLogo.objects.filter(organisation=organisation_of(request)).first()
    if found is None:
        raise Http404
    response = HttpResponse(bytes(found.content), content_type=found.content_type)
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    return response
