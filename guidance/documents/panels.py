"""What documents put into the slots of lower pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from guidance.documents.models import Document
from toolkit.accounts.activity import Subject


def subjects(context: Mapping[str, Any]) -> list[Subject]:
    """The documents of these references that the reader may open. One query."""
    found = (
        Document.objects.visible_to(context["reader"])
        .filter(reference__in=context["references"])
        .select_related("template")
    )
    return [Subject(each.reference, each.name, reverse("document", args=[each.reference])) for each in found]
