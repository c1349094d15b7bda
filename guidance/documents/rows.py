"""Templates with the documents of a subject that were begun from each, as one reader may see them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Prefetch, Q

from guidance.documents.models import Document, DocumentStatus, DocumentTemplate, Review, ReviewState
from guidance.pages.querysets import ItemQuerySet
from toolkit.accounts.visibility import Reader
from toolkit.core.stages import Stage


def documents_of(kind: str, key: str, reader: Reader) -> list[Document]:
    """The documents of a subject that this reader may open, newest first, with the reviews they passed. Two queries and the
    providers’ own."""
    passed = Review.objects.filter(state=ReviewState.PASSED).select_related("by").order_by("-at", "-pk")
    return list(
        Document.objects.visible_to(reader)
        .of_subject(kind, key)
        .select_related("template")
        .prefetch_related(Prefetch("reviews", passed))
        .order_by("-updated_at")
    )


_PAUSE = re.compile(r"(?<=[a-z)][.!?:]) ")


@dataclass(frozen=True, slots=True)
class Begun:
    """A document, and the review that it has passed as it stands."""

    document: Document
    review: Review | None


@dataclass(frozen=True, slots=True)
class Row:
    """A template and the documents of a subject that were begun from it."""

    template: DocumentTemplate
    documents: Sequence[Begun]
    is_published: bool = True

    @property
    def gist(self) -> str:
        """What the template is for, up to the first full stop or colon: a list of fifty is looked through, not read."""
        first = _PAUSE.split(self.template.summary, maxsplit=1)[0]
        return f"{first.rstrip(':.')}." if first[-1:] in (":", ".") else first

    @property
    def is_reviewed(self) -> bool:
        """Is there one that somebody else has reviewed?"""
        return any(begun.review is not None for begun in self.documents)


def rows_for(step: str, slugs: Sequence[str], documents: Iterable[Document]) -> list[Row]:
    """A row for each published template that a step names, in its order, and then for each that names the step. One
    query."""
    found = {each.slug: each for each in _listed().filter(Q(slug__in=slugs) | Q(steps__contains=[step]))}
    in_order = [*(slug for slug in slugs if slug in found), *(slug for slug in found if slug not in slugs)]
    return [_row(found[slug], documents) for slug in in_order]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The templates for a subject: those it has documents of, those of its present stage, and the others by stage."""

    begun: Sequence[Row]
    now: Sequence[Row]
    others: Mapping[Stage, Sequence[Row]]


def shelf_of(documents: Sequence[Document], stages: Sequence[Stage], present: Stage | None) -> Shelf:
    """Each published template of these stages once, in order; and each that a document was begun from, also when it is
    withdrawn or of another stage, the one that changed last at the top. One query."""
    begun: dict[int, DocumentTemplate] = {each.template_id: each.template for each in documents}
    rows: dict[Stage, list[Row]] = {stage: [] for stage in Stage if stage in stages}
    for template in _listed():
        if template.stage in stages and template.pk not in begun:
            rows[Stage(template.stage)].append(_row(template, ()))
    now = rows.pop(present, []) if present is not None else []
    return Shelf(
        [
            replace(_row(template, documents), is_published=template.is_published)
            for template in begun.values()
        ],
        now,
        {stage: found for stage, found in rows.items() if found},
    )


def _listed() -> ItemQuerySet[DocumentTemplate]:
    return DocumentTemplate.objects.published().only(
        "slug", "title", "summary", "stage", "position", "confidence"
    )


def _row(template: DocumentTemplate, documents: Iterable[Document]) -> Row:
    return Row(template, [_begun(each) for each in documents if each.template_id == template.pk])


def _begun(document: Document) -> Begun:
    """Its newest passed review counts as long as nobody has opened it again."""
    is_reviewed = document.status == DocumentStatus.REVIEWED
    return Begun(document, next(iter(document.reviews.all()), None) if is_reviewed else None)
