"""What the library has, as links: looked up at most once every few seconds in each process."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.urls import reverse

from guidance.documents import versions
from guidance.documents.assembly.definitions import Form, Readers
from guidance.documents.models import Clause, DocumentTemplate
from guidance.editorial.models import Revision, State
from toolkit.core.page_cache import PARTS_SECONDS
from toolkit.core.stages import Stage

_STAGE_ORDER = {stage.value: number for number, stage in enumerate(Stage)}


@dataclass(frozen=True, slots=True)
class TemplateLink:
    """Enough of a template to link to it, and to know where it belongs."""

    title: str
    url: str
    summary: str
    slug: str
    slugs: frozenset[str]
    """Its slug and those it had before: pages and steps may still name an old one."""
    stage: Stage
    form: Form
    readers: Readers
    clauses: Collection[str]
    guidance: Collection[str]


@dataclass(frozen=True, slots=True)
class ClauseLink:
    """Enough of a clause to link to it."""

    title: str
    url: str
    summary: str
    slug: str


_kept: dict[str, tuple[Sequence[Any], float]] = {}


def templates() -> Sequence[TemplateLink]:
    """Every published template, by stage and by its place in it. One query, at most every PARTS_SECONDS."""
    return _looked_up("templates", _templates)


def clauses() -> Sequence[ClauseLink]:
    """Every published clause, in order. One query, at most every PARTS_SECONDS."""
    return _looked_up("clauses", _clauses)


def forget() -> None:
    """Look it up anew next time; called with `page_cache.clear`, when something is published or withdrawn in this process."""
    _kept.clear()


def _looked_up(name: str, look_up: Any) -> Sequence[Any]:
    kept = _kept.get(name)
    if kept is not None and time.monotonic() < kept[1]:
        return kept[0]
    found: Sequence[Any] = look_up()
    _kept[name] = (found, time.monotonic() + PARTS_SECONDS)
    return found


def _templates() -> list[TemplateLink]:
    had = Revision.objects.filter(
        kind=versions.TEMPLATE, item_id=OuterRef("pk"), state=State.PUBLISHED
    ).values("slug")
    rows = (
        DocumentTemplate.objects.published()
        .annotate(had=ArraySubquery(had.order_by("slug").distinct()))
        .order_by("position", "title")
        .values_list("title", "summary", "slug", "had", "stage", "form", "readers", "clauses", "guidance")
    )
    taken = {row[2] for row in rows}
    return [
        TemplateLink(
            title,
            reverse("template", args=[slug]),
            summary,
            slug,
            frozenset((slug, *(former for former in had if former not in taken))),
            Stage(stage),
            Form(form),
            Readers(readers),
            clauses,
            guidance,
        )
        for title, summary, slug, had, stage, form, readers, clauses, guidance in sorted(
            rows, key=lambda row: _STAGE_ORDER[row[4]]
        )
    ]


def _clauses() -> list[ClauseLink]:
    rows = Clause.objects.published().order_by("position", "title").values_list("title", "summary", "slug")
    return [ClauseLink(title, reverse("clause", args=[slug]), summary, slug) for title, summary, slug in rows]


def of_page(page: str, named: Collection[str]) -> Sequence[TemplateLink]:
    """The templates that a page of guidance names, or that name the page."""
    return [link for link in templates() if page in link.guidance or not link.slugs.isdisjoint(named)]


def using(clause: str) -> Sequence[TemplateLink]:
    """The templates that use a clause."""
    return [link for link in templates() if clause in link.clauses]
