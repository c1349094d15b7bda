"""What procurements put into the slots of lower pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from toolkit.accounts.activity import Subject
from workflows.procurements import confidence
from workflows.procurements.models import Procurement, TouchedProcurement


def subjects(context: Mapping[str, Any]) -> list[Subject]:
    """The procurements of these references that the reader may open. One query."""
    found = Procurement.objects.visible_to(context["reader"]).filter(reference__in=context["references"])
    return [
        Subject(each.reference, each.title or "Not yet named", reverse("procurement", args=[each.reference]))
        for each in found
    ]


FEWEST_COUNTED = 5
"""Of what a reader may not open a number is told from five: fewer might tell which."""
MOST_SHOWN = 200


def touched_panel(context: Mapping[str, Any]) -> SafeString | str:
    """Which live procurements a change of rules touches, as far as this reader may open them and know their steps, and how many
    more. Two queries."""
    weighing, reader = context["weighing"], context["reader"]
    mine = Procurement.objects.visible_to(reader).filter(
        confidence.is_told(reader), organisation_id=weighing.change.organisation_id
    )
    rows = TouchedProcurement.objects.filter(weighing=weighing, procurement__in=mine.values("pk"))
    number = rows.count()
    closed = weighing.touched - number
    shown = {
        "rows": list(rows.select_related("procurement")[:MOST_SHOWN]),
        "more": max(0, number - MOST_SHOWN),
        "closed": closed if closed >= FEWEST_COUNTED else 0,
        "some_closed": 0 < closed < FEWEST_COUNTED,
        "weighing": weighing,
    }
    return mark_safe(render_to_string("procurements/_touched.html", shown))
