"""HTTP of work about a contract: what may be done, which law it is under, writing on it what came of the work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from toolkit.accounts.readers import reader_for, signed_in
from toolkit.core import form_keys
from toolkit.core.errors import Refused
from toolkit.govuk.fields import DateField, PoundsField
from workflows.contracts import permissions
from workflows.contracts import work as verbs
from workflows.contracts.models import Contract, ContractWork
from workflows.contracts.selectors import work_about
from workflows.contracts.work import Offer, WorkRoute
from workflows.procurements.models import Procurement, Regime


def _contract(request: HttpRequest, reference: str) -> Contract:
    """The contract, for an officer who may open and change it. Raises Http404 alike for “hidden” and “not there”."""
    reader = reader_for(request)
    found = (
        Contract.objects.visible_to(reader)
        .select_related("organisation", "procurement")
        .prefetch_related("extensions", "suppliers")
        .filter(reference=reference)
        .first()
    )
    if found is None or not permissions.may_change(reader, found):
        raise Http404
    return found


class WorkForm(forms.Form):
    route = forms.ChoiceField(
        label="What do you want to do?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select what you want to do"},
    )
    title = forms.CharField(
        label="Title",
        help_text="Neutral words: it stands in lists and mail. Leave it empty to have one made",
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, routes: Sequence[WorkRoute], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["route"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each.journey.slug, each.journey.title) for each in routes]
        field.widget.hints = {each.journey.slug: each.journey.use_when for each in routes}


@require_http_methods(["GET", "HEAD", "POST"])
def work(request: HttpRequest, reference: str) -> HttpResponse:
    """What may be done about it, what may not and why, and what is being done."""
    found = _contract(request, reference)
    routes = verbs.routes_for(found)
    form = WorkForm(request.POST or None, routes=[each for each in routes if not each.why_not])
    if request.method == "POST" and form.is_valid():
        try:
            record = verbs.start_work(
                contract=found,
                actor=signed_in(request),
                form_key=form_keys.read(request.POST.get("form_key")),
                **form.cleaned_data,
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            return redirect("procurement", record.reference)
    context = {
        "contract": found,
        "form": form,
        "submit": "Start",
        "closed": [each for each in routes if each.why_not],
        "work": work_about(reader_for(request), found),
        "form_key": form_keys.again(request.POST.get("form_key")),
    }
    return render(request, "contracts/work.html", context)


class LawForm(forms.Form):
    regime = forms.ChoiceField(
        label="Which law is the contract under?",
        help_text="What began before 24 February 2025, and every call-off from a framework set up before then, stays under the earlier law for life",
        choices=[choice for choice in Regime.choices if choice[0] != Regime.UNKNOWN],
        widget=forms.RadioSelect,
        error_messages={"required": "Select which law the contract is under"},
    )
    light_touch = forms.ChoiceField(
        label="Is it light touch?",
        help_text="Services on the exact list in Schedule 1 to the Procurement Regulations 2024",
        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not sure")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether it is light touch"},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def law(request: HttpRequest, reference: str) -> HttpResponse:
    """Say which law the contract is under."""
    found = _contract(request, reference)
    touch = {True: "yes", False: "no", None: "unknown"}[found.is_light_touch]
    known = {} if found.regime == Regime.UNKNOWN else {"regime": found.regime}
    form = LawForm(request.POST or None, initial={**known, "light_touch": touch})
    if request.method == "POST" and form.is_valid():
        said = {"yes": True, "no": False, "unknown": None}[form.cleaned_data["light_touch"]]
        try:
            verbs.say_law(
                contract=found,
                regime=form.cleaned_data["regime"],
                is_light_touch=said,
                actor=signed_in(request),
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, "The law of the contract is saved")
            return redirect("contract_work", reference)
    return render(request, "contracts/law.html", {"contract": found, "form": form, "submit": "Save"})


class WriteForm(forms.Form):
    """What came of the work. Which fields are asked follows from what it was."""

    option = forms.ChoiceField(
        label="Which option was used?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select which option was used"},
    )
    ends_on = DateField(label="Date it ends", error_messages={"required": "Enter the date it ends"})
    value_inc_vat = PoundsField(
        label="Value including VAT",
        help_text="Over its whole life, with this change. Leave empty to keep what is there",
        required=False,
    )
    suppliers = forms.CharField(
        label="Suppliers",
        help_text="Their registered names, one on each line",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Enter the supplier’s name"},
    )

    def __init__(self, data: Any, *, offer: Offer, contract: Contract) -> None:
        initial = {
            "ends_on": offer.ends_on or contract.ends_on,
            "value_inc_vat": contract.value_inc_vat,
            "suppliers": "\n".join(supplier.name for supplier in contract.suppliers.all()),
        }
        super().__init__(data, initial=initial)
        unused = next((each for each in contract.extensions.all() if each.used_on is None), None)
        if offer.kind == "extension" and unused is not None:
            field = self.fields["option"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [
                (str(unused.number), f"The next option, of {unused.months} months"),
                ("none", "No option of the contract"),
            ]
        else:
            del self.fields["option"]
        if offer.kind != "supplier":
            del self.fields["suppliers"]
        if offer.kind == "end":
            del self.fields["value_inc_vat"]
            self.fields["ends_on"].label = "On which day did it end?"

    def clean_suppliers(self) -> tuple[str, ...]:
        names = tuple(line.strip() for line in self.cleaned_data["suppliers"].splitlines() if line.strip())
        if not names:
            raise forms.ValidationError("Enter the supplier’s name")
        return names

    def clean_option(self) -> int | None:
        chosen = self.cleaned_data["option"]
        return None if chosen == "none" else int(chosen)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, reference: str, work: str) -> HttpResponse:
    """Write what came of the work on the contract: one entry, for the register and everything after it."""
    found = _contract(request, reference)
    seen = Procurement.objects.visible_to(reader_for(request)).filter(reference=work)
    about = (
        ContractWork.objects.filter(contract=found, procurement__in=seen)
        .select_related("procurement__organisation", "procurement__run", "contract")
        .first()
    )
    if about is None:
        raise Http404
    offer = verbs.offer_of(about, verbs.progress_of_work(about))
    if offer is None:
        messages.info(
            request,
            "This is written on the contract already"
            if about.written_at is not None
            else "There is nothing to write on the contract yet",
        )
        return redirect("procurement", work)
    form = WriteForm(request.POST or None, offer=offer, contract=found)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.write_on_contract(work=about, actor=signed_in(request), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, "It is written on the contract")
            return redirect("contract", reference)
    context = {
        "contract": found,
        "record": about.procurement,
        "form": form,
        "submit": "Write it on the contract",
    }
    return render(request, "contracts/write.html", context)
