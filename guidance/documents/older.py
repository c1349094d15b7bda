"""Live documents on an older version than one begun today would read, and what to do about each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import F, Q

from guidance.documents import permissions, subjects, versions
from guidance.documents.assembly.definitions import Readers
from guidance.documents.models import Document, DocumentStatus, DocumentTemplate
from guidance.documents.models.variants import VariantVersion
from guidance.documents.querysets import DocumentQuerySet
from guidance.documents.services.moving import IS_PUBLISHED
from guidance.documents.versions import LiveClause
from guidance.editorial.models import Status
from toolkit.accounts.models import Organisation
from toolkit.accounts.roles import Right
from toolkit.accounts.visibility import Reader
from toolkit.core.text import listed

ON_A_PAGE = 25


@dataclass(frozen=True, slots=True)
class _Newest:
    """What documents of an organisation would read if they were begun today, by template."""

    variants: Mapping[int, VariantVersion]
    pins: Mapping[int, versions.Pins]
    """Of templates that use clauses."""
    unusable: Collection[int]
    """Templates of which nothing can be begun: a clause of theirs is withdrawn."""
    clauses: Mapping[str, LiveClause]


def _newest(organisation: Organisation) -> _Newest:
    """Three queries."""
    variants, clauses = _variants(organisation), versions.live_clauses()
    in_use = (
        DocumentTemplate.objects.published()
        .filter(documents__organisation=organisation)
        .distinct()
        .order_by("pk")
    )
    pins: dict[int, versions.Pins] = {}
    unusable: set[int] = set()
    for template_id, central in in_use.values_list("pk", "clauses"):
        variant = variants.get(template_id)
        held = versions.held_by(variant)
        used: Collection[str] = central
        if held is not None:
            used = held.keys()
        elif variant is not None:
            used = versions.template_of(template_id, variant.base_number).clauses
        if not set(used) <= set(clauses):
            unusable.add(template_id)
        elif used:
            pins[template_id] = {slug: (held or {}).get(slug, clauses[slug].pin) for slug in used}
    return _Newest(variants, pins, unusable, clauses)


def _variants(organisation: Organisation) -> Mapping[int, VariantVersion]:
    """Template → the version of the organisation’s variant that is in use. One query."""
    found = (
        VariantVersion.objects.filter(variant__organisation=organisation, variant__is_in_use=True)
        .order_by("variant_id", "-number")
        .distinct("variant_id")
        .select_related("variant")
    )
    return {version.variant.template_id: version for version in found}


def _older(organisation: Organisation, newest: _Newest) -> DocumentQuerySet[Document]:
    """Live documents of an organisation for which `moving.planned` has something to do; reviewed ones are finished."""
    with_variant = Q(template_id__in=list(newest.variants))
    on_variant = Q(variant_version_id__in=[version.pk for version in newest.variants.values()])
    central = Q(variant_version__isnull=True, template_number=F("template__live_number"))
    same_clauses = ~Q(template_id__in=list(newest.pins))
    for template_id, pins in newest.pins.items():
        same_clauses |= Q(template_id=template_id, clause_pins=pins)
    return (
        Document.objects.filter(organisation=organisation, template__status=Status.PUBLISHED)
        .exclude(status=DocumentStatus.REVIEWED)
        .exclude(template_id__in=list(newest.unusable))
        .exclude(with_variant & on_variant & same_clauses)
        .exclude(~with_variant & central & same_clauses)
    )


def count_visible(reader: Reader, organisation: Organisation) -> int:
    """How many of them this reader may open. Four queries."""
    return _older(organisation, _newest(organisation)).visible_to(reader).count()


@dataclass(frozen=True, slots=True)
class Row:
    """One document: what it is on, what it could be on, and what to do."""

    document: Document
    number: int
    newest: int
    what: str
    """What is newer, in words."""
    stays: str
    may_move: bool


@dataclass(frozen=True, slots=True)
class OlderPage:
    rows: Sequence[Row]
    page: Page[Document]
    hidden: int
    """Of the organisation’s, for its administrators: those they may not open."""


def older_page(reader: Reader, organisation: Organisation, number: str) -> OlderPage:
    """Eight queries and those of the providers, however many documents."""
    newest = _newest(organisation)
    everything = _older(organisation, newest)
    visible = everything.visible_to(reader)
    page = Paginator(
        visible.select_related("template", "variant_version", "organisation")
        .prefetch_related("people")
        .order_by("template__title", "reference"),
        ON_A_PAGE,
    ).get_page(number)
    documents = list(page.object_list)
    published = _published(documents)
    rows = [_row(document, newest, published, reader) for document in documents]
    hidden = everything.count() - page.paginator.count if reader.may(Right.SET_RULES, organisation.pk) else 0
    return OlderPage(rows, page, hidden)


def _published(documents: Sequence[Document]) -> Collection[tuple[str, str]]:
    """The subjects among theirs whose papers have gone out to suppliers, as far as suppliers read what is written."""
    keys: dict[str, set[str]] = {}
    for document in documents:
        if versions.definition_of(document).readers in (Readers.SUPPLIERS, Readers.PUBLIC):
            keys.setdefault(document.subject_kind, set()).add(document.subject_key)
    return {
        (kind, key)
        for kind, of_kind in keys.items()
        if (provider := subjects.provider_of(kind)) is not None
        for key in provider.published_among(of_kind)
    }


def _row(
    document: Document,
    newest: _Newest,
    published: Collection[tuple[str, str]],
    reader: Reader,
) -> Row:
    stays = _stays(document, published)
    live = document.template.live_number
    assert live is not None, "those that are withdrawn are left out"
    variant = newest.variants.get(document.template_id)
    number = variant.base_number if variant is not None else live
    return Row(
        document,
        document.template_number,
        number,
        _what(document, number, variant, newest),
        stays,
        not stays and document.status == DocumentStatus.DRAFT and permissions.may_write(reader, document),
    )


def _what(document: Document, number: int, variant: VariantVersion | None, newest: _Newest) -> str:
    parts = []
    if number != document.template_number:
        parts.append(f"on central version {document.template_number}; the newest is {number}")
    elif document.variant_version_id != (variant.pk if variant is not None else None):
        parts.append("your organisation’s own version has changed")
    titles = [
        f"“{newest.clauses[slug].title}”"
        for slug, pin in newest.pins.get(document.template_id, {}).items()
        if list(document.clause_pins.get(slug, ())) != list(pin)
    ]
    if titles:
        parts.append(f"newer wording of {listed(titles)}")
    return "; ".join(parts)


def _stays(document: Document, published: Collection[tuple[str, str]]) -> str:
    """As `moving.stays`, with what was asked for all of them at once."""
    is_out = (document.subject_kind, document.subject_key) in published
    if is_out and versions.definition_of(document).readers in (Readers.SUPPLIERS, Readers.PUBLIC):
        return IS_PUBLISHED
    if document.status == DocumentStatus.REVIEW:
        return "It is being reviewed: move it when the review is answered."
    return ""
