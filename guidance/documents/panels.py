"""What documents put into the slots of lower pages, and on pages of guidance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from guidance.documents import shelf
from guidance.documents.models import Document
from guidance.documents.shelf import TemplateLink
from toolkit.accounts.activity import Subject


def subjects(context: Mapping[str, Any]) -> list[Subject]:
    """The documents of these references that the reader may open. One query."""
    found = (
        Document.objects.visible_to(context["reader"])
        .filter(reference__in=context["references"])
        .select_related("template")
    )
    return [Subject(each.reference, each.name, reverse("document", args=[each.reference])) for each in found]


def documents_of_page(context: Mapping[str, Any]) -> Sequence[TemplateLink]:
    """The templates for a page of guidance (`guidance.pages.pages.DOCUMENTS_SLOT`). One query at most."""
    return shelf.of_page(context["page"], context["documents"])
