"""Loading what ships: by slug, as often as one likes, and never over an editor’s change."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from guidance.pages import services
from guidance.pages.models import Page, PageRole, PageSource, StageIntroduction
from guidance.pages.starters import (
    CONTENT,
    Starter,
    digest_of,
    shipped_introductions,
    shipped_pages,
    starter_of,
    tidy,
)
from toolkit.core import clock

_COLUMNS = ("stage", "position", "title", "summary", "owner", "review_by", "body", "status")


@dataclass(slots=True)
class Loaded:
    """What a load did, by slug."""

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    """An editor has changed these since they were loaded, so they stay as the editor left them."""


def is_changed_by_editor(page: Page) -> bool:
    """Does the page say something else than the shipped text it was loaded from? A page written here was never
    shipped, and counts as changed."""
    return starter_of(page).digest != page.starter_digest


@transaction.atomic
def load_guidance(folder: Path = CONTENT) -> Loaded:
    """Load every shipped page and stage introduction. Raises ContentError, and then nothing is loaded."""
    loaded = Loaded()
    for starter in shipped_pages(folder):
        _load_page(starter, loaded)
    for stage, body in shipped_introductions(folder).items():
        _load_introduction(stage, body, loaded)
    return loaded


def _load_page(starter: Starter, loaded: Loaded) -> None:
    page = Page.objects.select_for_update().filter(slug=starter.slug).first()
    if page is None:
        page = Page(slug=starter.slug)
        loaded.added.append(starter.slug)
        _write(page, starter)
    elif is_changed_by_editor(page):
        loaded.kept.append(starter.slug)
    elif page.starter_digest == starter.digest:
        loaded.unchanged.append(starter.slug)
    else:
        loaded.updated.append(starter.slug)
        _write(page, starter)
    services.index(page=page)


def _write(page: Page, starter: Starter) -> None:
    for column in _COLUMNS:
        setattr(page, column, getattr(starter, column))
    page.topics, page.tasks = list(starter.topics), list(starter.tasks)
    page.starter_digest = starter.digest
    services.save(page=page)
    page.roles.all().delete()
    page.sources.all().delete()
    PageRole.objects.bulk_create(PageRole(page=page, role=role, part=part) for role, part in starter.roles)
    PageSource.objects.bulk_create(
        PageSource(
            page=page,
            label=source.label,
            section=source.section,
            url=source.url,
            checked_on=source.checked_on,
            confidence=source.confidence,
        )
        for source in starter.sources
    )


def _load_introduction(stage: str, body: str, loaded: Loaded) -> None:
    name, digest = f"stages/{stage}", digest_of(body)
    introduction = StageIntroduction.objects.select_for_update().filter(stage=stage).first()
    if introduction is None:
        StageIntroduction.objects.create(stage=stage, body=body, starter_digest=digest)
        loaded.added.append(name)
    elif digest_of(tidy(introduction.body)) != introduction.starter_digest:
        loaded.kept.append(name)
    elif introduction.starter_digest == digest:
        loaded.unchanged.append(name)
    else:
        introduction.body, introduction.starter_digest, introduction.updated_at = body, digest, clock.now()
        introduction.save()
        loaded.updated.append(name)
