"""What procurements put into the slots of lower pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from toolkit.accounts.activity import Subject
from workflows.procurements.models import Procurement


def subjects(context: Mapping[str, Any]) -> list[Subject]:
    """The procurements of these references that the reader may open. One query."""
    found = Procurement.objects.visible_to(context["reader"]).filter(reference__in=context["references"])
    return [
        Subject(each.reference, each.title or "Not yet named", reverse("procurement", args=[each.reference]))
        for each in found
    ]
