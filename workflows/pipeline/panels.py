"""What the pipeline puts into the slots of lower pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from toolkit.accounts.activity import Subject
from workflows.pipeline.models import Entry
from workflows.pipeline.pages import row_of
from workflows.pipeline.selectors import others_buying


def together(context: Mapping[str, Any]) -> SafeString | str:
    """Who else buys in this category around the same time, as this reader may know it. One query."""
    procurement, reader = context["procurement"], context["reader"]
    others = others_buying(
        reader,
        category=procurement.category,
        organisation_id=procurement.organisation_id,
        around=procurement.needed_on,
    )
    if not others:
        return ""
    rows = [row_of(reader, entry) for entry in others]
    return mark_safe(
        render_to_string("pipeline/_together.html", {"rows": rows, "category": procurement.category})
    )


def subjects(context: Mapping[str, Any]) -> list[Subject]:
    """The entries of these references that the reader may see. One query."""
    found = Entry.objects.visible_to(context["reader"]).filter(reference__in=context["references"])
    return [Subject(each.reference, each.title, reverse("entry", args=[each.reference])) for each in found]
