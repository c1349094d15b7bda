"""What organisations’ own versions and shared examples put into the pages of templates and documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from guidance.documents import permissions
from guidance.documents.models import DocumentTemplate, Variant, VariantVersion
from guidance.documents.pages.examples import shared_examples
from guidance.documents.pages.variants import adds_words
from guidance.documents.services.examples import example_of, may_withdraw
from toolkit.accounts.roles import Right
from toolkit.accounts.visibility import Reader

OF_VARIANT, OF_EXAMPLES, ON_DOCUMENT = "template.variant", "template.examples", "document.examples"


def variant_of(context: Mapping[str, Any]) -> SafeString | str:
    """On a template’s page, for members: what their organisation adds to it. One query."""
    template, reader = _of(context)
    if reader is None or reader.current_id is None or not reader.may(Right.READ_BOROUGH):
        return ""
    version = (
        VariantVersion.objects.filter(variant__template=template, variant__organisation_id=reader.current_id)
        .select_related("variant__organisation")
        .order_by("-number")
        .first()
    )
    variant: Variant | None = version.variant if version is not None else None
    may_change = reader.may(Right.SET_RULES)
    if variant is None and not may_change:
        return ""
    words = adds_words(version) if version is not None else ""
    shown = {"template": template, "variant": variant, "words": words, "may_change": may_change}
    return mark_safe(render_to_string("documents/variants/_panel.html", shown))


def examples_of(context: Mapping[str, Any]) -> SafeString | str:
    """On a template’s page, for members of any borough: the examples that are shared. One query."""
    template, reader = _of(context)
    if reader is None or not template.may_be_example or not reader.is_member:
        return ""
    examples = list(shared_examples(reader).filter(template=template))
    if not examples:
        return ""
    return mark_safe(render_to_string("documents/examples/_panel.html", {"examples": examples}))


def _of(context: Mapping[str, Any]) -> tuple[DocumentTemplate, Reader | None]:
    return context["template"], context["reader"]


def sharing_of(context: Mapping[str, Any]) -> SafeString | str:
    """On a document’s page, for whoever may share it: the way to sharing it, or the example it is. One query."""
    document, reader = context["document"], context["reader"]
    if not document.template.may_be_example or not permissions.may_share(reader, document):
        return ""
    example = example_of(document)
    shown = {
        "document": document,
        "example": example,
        "may_withdraw": example is not None and may_withdraw(reader, example),
    }
    return mark_safe(render_to_string("documents/examples/_of_document.html", shown))
