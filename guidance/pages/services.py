"""Saving, publishing and withdrawing pages; each keeps the search index in step, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from guidance.pages.apps import SEARCH_KIND
from guidance.pages.markdown import words_only
from guidance.pages.models import Page, Status
from toolkit.core import clock, page_cache
from toolkit.search import services as search


@transaction.atomic
def save(*, page: Page) -> None:
    """Save a page that somebody wrote or changed. `index` follows once its roles and sources are saved too."""
    page.updated_at = clock.now()
    if page.is_published and page.published_at is None:
        page.published_at = page.updated_at
    page.save()
    transaction.on_commit(page_cache.clear)


@transaction.atomic
def publish(*, pages: Iterable[Page]) -> None:
    """Let everybody read these pages."""
    _set_status(pages, Status.PUBLISHED)


@transaction.atomic
def withdraw(*, pages: Iterable[Page]) -> None:
    """Take these pages out of reading; their addresses answer that they are gone."""
    _set_status(pages, Status.WITHDRAWN)


def _set_status(pages: Iterable[Page], status: Status) -> None:
    for page in pages:
        page.status = status
        save(page=page)
        index(page=page)


def index(*, page: Page) -> None:
    """Bring the search index in step with one page."""
    if not page.is_published:
        search.remove(kind=SEARCH_KIND, key=page.slug)
        return
    sources = [str(source) for source in page.sources.all()]
    search.push(
        kind=SEARCH_KIND,
        key=page.slug,
        title=page.title,
        summary=page.summary,
        body=" ".join([words_only(page.body), *(topic.replace("-", " ") for topic in page.topics), *sources]),
        url=page.get_absolute_url(),
        stage=page.stage,
        updated_at=page.updated_at,
    )


def unindex(*, slug: str) -> None:
    """Take a page that is deleted, or that had another slug, out of the search index."""
    search.remove(kind=SEARCH_KIND, key=slug)
    transaction.on_commit(page_cache.clear)
