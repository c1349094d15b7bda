"""What documents put on pages of others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from guidance.documents import shelf
from guidance.documents.shelf import TemplateLink


def documents_of_page(context: Mapping[str, Any]) -> Sequence[TemplateLink]:
    """The templates for a page of guidance (`guidance.pages.pages.DOCUMENTS_SLOT`). One query at most."""
    return shelf.of_page(context["page"], context["documents"])
