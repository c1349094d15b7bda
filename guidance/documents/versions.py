"""Versions: the template and clauses that a document reads, out of the revisions that never change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import OuterRef, Subquery

from guidance.documents.assembly import reading, variants
from guidance.documents.assembly.definitions import ClauseText, Put, Template
from guidance.documents.models import Clause, Document, DocumentTemplate, VariantVersion
from guidance.editorial import content
from guidance.editorial.models import Revision
from guidance.pages.fields import Front

TEMPLATE, CLAUSE = "template", "clause"
"""The editorial kinds."""

Pins = Mapping[str, Sequence[int]]
"""Slug of a clause, as the template names it → the clause’s key and the revision."""


def _text(kind: str, item_id: int, number: int) -> tuple[Front, str]:
    revision = Revision.objects.get(kind=kind, item_id=item_id, number=number)
    given, body = content.read(revision.text, where=revision.slug)
    return Front(given, revision.slug), body


@lru_cache(maxsize=256)
def template_of(item_id: int, number: int) -> Template:
    """A template of one revision. Read once in each process: revisions never change."""
    return reading.template_from(*_text(TEMPLATE, item_id, number))


@lru_cache(maxsize=256)
def clause_of(item_id: int, number: int) -> ClauseText:
    """A clause of one revision."""
    return reading.clause_from(*_text(CLAUSE, item_id, number))


@lru_cache(maxsize=256)
def _with_variant(item_id: int, number: int, variant_version_id: int) -> Template:
    version = VariantVersion.objects.get(pk=variant_version_id)
    return variants.merged(template_of(item_id, number), version.additions)


def definition_of(document: Document) -> Template:
    """What a document asks and says, with what its organisation adds. No query once it was read in this process."""
    if document.variant_version_id is None:
        return template_of(document.template_id, document.template_number)
    return _with_variant(document.template_id, document.template_number, document.variant_version_id)


def put_of(document: Document) -> Put:
    """Everything a document is assembled from, but its answers."""
    return Put(definition_of(document), clauses_of(document.clause_pins), document.figures_on)


def clauses_of(pins: Pins) -> dict[str, ClauseText]:
    return {slug: clause_of(*pin) for slug, pin in pins.items()}


def live(template: DocumentTemplate, *, on: dt.date) -> Put:
    """A published template as it stands, with the clauses as they stand. Raises KeyError when a clause is not live."""
    assert template.live_number is not None
    definition = template_of(template.pk, template.live_number)
    return Put(definition, clauses_of(pins_for(definition)), on)


@dataclass(frozen=True, slots=True)
class LiveClause:
    """A published clause as it stands, and since when."""

    title: str
    pin: list[int]
    since: dt.datetime


def live_clauses() -> dict[str, LiveClause]:
    """Every published clause by its slug. One query."""
    since = Revision.objects.filter(kind=CLAUSE, item_id=OuterRef("pk"), number=OuterRef("live_number"))
    found = (
        Clause.objects.published()
        .annotate(since=Subquery(since.values("published_at")[:1]))
        .values_list("slug", "title", "pk", "live_number", "since", "updated_at")
    )
    return {
        slug: LiveClause(title, [pk, int(number or 0)], since or updated)
        for slug, title, pk, number, since, updated in found
    }


def held_by(version: VariantVersion | None) -> Pins | None:
    """The clauses as an organisation’s version of a template holds them; None: it holds none, and follows the newest."""
    return version.additions.get("clauses") if version is not None else None


def pins_for(template: Template, held: Pins | None = None) -> dict[str, list[int]]:
    """The live revision of each clause that a template uses, or the one that is held. One query, and none for a template
    without clauses. Raises KeyError when one is not there: what is withdrawn goes into nothing new, held or not."""
    if not template.clauses:
        return {}
    found = {
        slug: [pk, int(number or 0)]
        for slug, pk, number in Clause.objects.published()
        .filter(slug__in=template.clauses, live_number__isnull=False)
        .values_list("slug", "pk", "live_number")
    }
    pins = {slug: found[slug] for slug in template.clauses}
    return {slug: [int(part) for part in (held or {}).get(slug, pin)] for slug, pin in pins.items()}


def forget() -> None:
    """For tests, whose databases come and go under the same keys."""
    template_of.cache_clear()
    clause_of.cache_clear()
    _with_variant.cache_clear()
