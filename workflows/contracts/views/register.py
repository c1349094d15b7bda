"""HTTP of contracts: the register, one contract, its options, its end, and who sees it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guidance.documents.assembly.definitions import Confidence
from guidance.documents.rows import documents_of, shelf_of
from toolkit.accounts.permissions import members_only
from toolkit.accounts.readers import current_organisation, reader_for, signed_in
from toolkit.accounts.roles import Right
from toolkit.accounts.visibility import Level, Reader
from toolkit.core import clock
from toolkit.core.errors import Refused
from toolkit.core.stages import Stage
from toolkit.core.text import whole_number
from toolkit.govuk.fields import DateField
from workflows.contracts import permissions, services
from workflows.contracts.dates import dates_of, notices_due
from workflows.contracts.documents import KIND, working_on
from workflows.contracts.models import Contract, ContractStatus
from workflows.contracts.selectors import work_about
from workflows.procurements.forms.tasks import ContractForm
from workflows.procurements.models import Procurement


def _contract(request: HttpRequest, reference: str) -> Contract:
    found = (
        Contract.objects.visible_to(reader_for(request))
        .select_related("organisation", "procurement", "manager")
        .prefetch_related("extensions", "suppliers", "procurement__team")
        .filter(reference=reference)
        .first()
    )
    if found is None:
        raise Http404
    return found


def _may_change(request: HttpRequest, contract: Contract) -> bool:
    return permissions.may_change(reader_for(request), contract)


@require_safe
@members_only
def register(request: HttpRequest) -> HttpResponse:
    """The organisation's contracts, the first to act on at the top."""
    reader = reader_for(request)
    contracts = (
        Contract.objects.visible_to(reader)
        .filter(organisation=current_organisation(request))
        .select_related("organisation", "procurement")
        .prefetch_related("extensions", "suppliers", "procurement__team")
    )
    ended = request.GET.get("ended") == "1"
    contracts = contracts.filter(status=ContractStatus.ENDED if ended else ContractStatus.LIVE)
    page = Paginator(contracts, 50).get_page(request.GET.get("page"))
    rows = [
        (contract, dates_of(contract), permissions.sees_intent(reader, contract))
        for contract in page.object_list
    ]
    context = {
        "organisation": current_organisation(request),
        "page_of_contracts": page,
        "rows": rows,
        "ended": ended,
        "today": clock.today(),
    }
    return render(request, "contracts/register.html", context)


@require_safe
def contract(request: HttpRequest, reference: str) -> HttpResponse:
    """One contract: its three dates and why, its facts, what is due."""
    found = _contract(request, reference)
    reader = reader_for(request)
    context = {
        "contract": found,
        "dates": dates_of(found),
        "notices": notices_due(found),
        "unused": [option for option in found.extensions.all() if option.used_on is None],
        "used": [option for option in found.extensions.all() if option.used_on is not None],
        "sees_intent": permissions.sees_intent(reader, found),
        "sees_procurement": found.procurement is not None
        and Procurement.objects.visible_to(reader).filter(pk=found.procurement.pk).exists(),
        "may_change": _may_change(request, found),
        "may_share": permissions.may_share(reader, found),
        "work": work_about(reader, found),
        "today": clock.today(),
    }
    return render(request, "contracts/contract.html", context)


@require_safe
def documents(request: HttpRequest, reference: str) -> HttpResponse:
    """The documents of one contract, and the templates for managing it."""
    found = _contract(request, reference)
    reader = reader_for(request)
    begun = documents_of(KIND, reference, reader)
    context = {
        "contract": found,
        "begun": begun,
        "shelf": shelf_of(begun, [Stage.MANAGE], Stage.MANAGE),
        "subject": f"{KIND}:{reference}",
        "may_begin": _may_begin(reader, found),
    }
    return render(request, "contracts/documents.html", context)


def _may_begin(reader: Reader, contract: Contract) -> frozenset[Confidence]:
    """Documents of which confidences they may begin, as `ContractProvider.may_write` has it, without asking the database
    again."""
    if not reader.may(Right.DRAFT, contract.organisation_id):
        return frozenset()
    if reader.person_id in working_on(contract):
        return frozenset(Confidence)
    if not permissions.may_change(reader, contract):
        return frozenset()
    intent = {Confidence.INTENT} if permissions.sees_intent(reader, contract) else set()
    return frozenset({Confidence.OPEN, *intent})


class CorrectForm(ContractForm):
    """The facts of a recorded contract. When it was signed stays as recorded."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["signed_on"]


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """Correct the facts."""
    found = _contract(request, reference)
    if not _may_change(request, found):
        raise Http404
    initial = {
        "title": found.title,
        "suppliers": "\n".join(supplier.name for supplier in found.suppliers.all()),
        "value_inc_vat": found.value_inc_vat,
        "starts_on": found.starts_on,
        "ends_on": found.ends_on,
        "extensions": ", ".join(
            str(option.months) for option in found.extensions.all() if option.used_on is None
        ),
        "notice_months": found.notice_months,
    }
    form = CorrectForm(request.POST or None, initial=initial)
    if not permissions.sees_intent(
        reader_for(request), found
    ):  # the notice it asks for says by when its owner must act
        del form.fields["notice_months"]
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        data["extension_months"] = data.pop("extensions")
        data.setdefault("notice_months", found.notice_months)
        try:
            services.change(contract=found, actor=signed_in(request), **data)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, "The contract is changed")
            return redirect("contract", reference)
    return render(request, "contracts/change.html", {"contract": found, "form": form, "submit": "Save"})


@require_POST
def extend(request: HttpRequest, reference: str) -> HttpResponse:
    """Record that an option was used: the one that the button named."""
    found = _contract(request, reference)
    if not _may_change(request, found):
        raise Http404
    number = whole_number(request.POST.get("number"))
    try:
        services.use_extension(contract=found, number=number, actor=signed_in(request))
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, "The option is recorded as used")
    return redirect("contract", reference)


class ShareForm(forms.Form):
    visibility = forms.ChoiceField(
        label="Who sees the facts?",
        help_text="Title, suppliers, value band and dates in the pipeline. The contract’s own page never leaves your organisation",
        choices=Level,
        widget=forms.RadioSelect,
        error_messages={"required": "Select who sees the facts"},
    )
    intent_visibility = forms.ChoiceField(
        label="Who sees your intent and the days to act by?",
        help_text="Never seen more widely than the facts. The team is the contract’s manager and the team of its procurement",
        choices=[choice for choice in Level.choices if choice[0] != Level.PUBLIC],
        widget=forms.RadioSelect,
        error_messages={"required": "Select who sees your intent"},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, reference: str) -> HttpResponse:
    """Set who sees it."""
    found = _contract(request, reference)
    if not permissions.may_share(reader_for(request), found):
        raise Http404
    initial = {"visibility": found.visibility, "intent_visibility": found.intent_visibility}
    form = ShareForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.share(contract=found, actor=signed_in(request), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, "Who sees it is saved")
            return redirect("contract", reference)
    return render(request, "contracts/share.html", {"contract": found, "form": form, "submit": "Save"})


class EndForm(forms.Form):
    ended_on = DateField(
        label="On which day did it end?", error_messages={"required": "Enter the day it ended"}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, reference: str) -> HttpResponse:
    """Record that it has ended."""
    found = _contract(request, reference)
    if not _may_change(request, found):
        raise Http404
    form = EndForm(
        request.POST or None, initial={"ended_on": found.ends_on if found.ends_on <= clock.today() else None}
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.end(contract=found, ended_on=form.cleaned_data["ended_on"], actor=signed_in(request))
        except Refused as refused:
            form.add_error("ended_on", refused.sentence)
        else:
            messages.success(request, "The end is recorded")
            return redirect("contract", reference)
    return render(
        request, "contracts/end.html", {"contract": found, "form": form, "submit": "Record the end"}
    )
