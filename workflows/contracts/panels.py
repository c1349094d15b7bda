"""What contracts put into the slots of lower pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from toolkit.accounts.activity import Subject
from workflows.contracts.dates import dates_of
from workflows.contracts.models import Contract, ContractWork
from workflows.contracts.permissions import may_change, sees_intent
from workflows.contracts.work import offer_of


def contracts_of(context: Mapping[str, Any]) -> SafeString | str:
    """The contracts that came of a procurement, with their last days to start for those who see the intent. Three
    queries."""
    procurement, reader = context["procurement"], context["reader"]
    contracts = (
        Contract.objects.visible_to(reader)
        .filter(procurement=procurement)
        .select_related("organisation")
        .prefetch_related("extensions", "suppliers")
    )
    rows = []
    for contract in contracts:
        contract.procurement = procurement  # with its team, which was read before
        rows.append((contract, dates_of(contract), sees_intent(reader, contract)))
    return mark_safe(render_to_string("contracts/_of_procurement.html", {"rows": rows})) if rows else ""


def about_of(context: Mapping[str, Any]) -> SafeString | str:
    """The contract that a record is about, and the way to write on it what came of the work. Two queries."""
    procurement, reader = context["procurement"], context["reader"]
    work = ContractWork.objects.filter(procurement=procurement).select_related("contract").first()
    if work is None:
        return ""
    sees = Contract.objects.visible_to(reader).filter(pk=work.contract_id).exists()
    offer = offer_of(work, context["progress"]) if sees and may_change(reader, work.contract) else None
    return mark_safe(
        render_to_string(
            "contracts/_about.html",
            {
                "work": work,
                "contract": work.contract if sees else None,
                "offer": offer,
                "record": procurement,
            },
        )
    )


def subjects(context: Mapping[str, Any]) -> list[Subject]:
    """The contracts of these references that the reader may see. One query."""
    found = Contract.objects.visible_to(context["reader"]).filter(reference__in=context["references"])
    return [Subject(each.reference, each.title, reverse("contract", args=[each.reference])) for each in found]
