"""Templates with the documents of a subject that were begun from each, as one reader may see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from guidance.documents.models import Document, DocumentStatus, DocumentTemplate
from guidance.pages.querysets import ItemQuerySet
from toolkit.accounts.visibility import Reader
from toolkit.core.stages import Stage


def documents_of(kind: str, key: str, reader: Reader) -> list[Document]:
    """The documents of a subject that this reader may open, newest first. One query and the providers’ own."""
    return list(
        Document.objects.visible_to(reader)
        .of_subject(kind, key)
        .select_related("template")
        .order_by("-updated_at")
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A template and the documents of a subject that were begun from it."""

    template: DocumentTemplate
    documents: Sequence[Document]

    @property
    def is_reviewed(self) -> bool:
        """Is there one that somebody else has reviewed?"""
        return any(document.status == DocumentStatus.REVIEWED for document in self.documents)


def rows_for(step: str, slugs: Sequence[str], documents: Iterable[Document]) -> list[Row]:
    """A row for each published template that a step names, in its order, and then for each that names the step. One
    query."""
    found = {each.slug: each for each in _listed().filter(Q(slug__in=slugs) | Q(steps__contains=[step]))}
    in_order = [*(slug for slug in slugs if slug in found), *(slug for slug in found if slug not in slugs)]
    return [_row(found[slug], documents) for slug in in_order]


def rows_by_stage(documents: Sequence[Document], stages: Sequence[Stage]) -> Mapping[Stage, list[Row]]:
    """A row for each published template of these stages, and for each that a document was begun from. One query."""
    begun = {document.template_id for document in documents}
    rows: dict[Stage, list[Row]] = {stage: [] for stage in Stage}
    for template in _listed():
        if template.stage in stages or template.pk in begun:
            rows[Stage(template.stage)].append(_row(template, documents))
    return {stage: found for stage, found in rows.items() if found}


def _listed() -> ItemQuerySet[DocumentTemplate]:
    return DocumentTemplate.objects.published().only(
        "slug", "title", "summary", "stage", "position", "form", "confidence"
    )


def _row(template: DocumentTemplate, documents: Iterable[Document]) -> Row:
    return Row(template, [each for each in documents if each.template_id == template.pk])
