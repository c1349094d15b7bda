"""Questions about pages: which there are, in what order, and where they are."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Field, Model, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse

from guidance.pages.models import Page, PageRole, PageSource
from toolkit.core.stages import Stage

OF_A_PAGE = {"kept_roles": PageRole, "kept_sources": PageSource}
"""What is read together with a page, in one query: attribute → model."""

_STAGE_ORDER = {stage.value: number for number, stage in enumerate(Stage)}


def _columns(model: type[Model]) -> list[Field]:
    return [field for field in model._meta.concrete_fields if not (field.is_relation or field.primary_key)]


def _rows_of_page(model: type[Model]) -> ArraySubquery:
    rows = model._default_manager.filter(page=OuterRef("pk")).order_by("pk")
    return ArraySubquery(rows.values(row=JSONObject(**{field.name: field.name for field in _columns(model)})))


_SLUG = "the slug that is asked for"


@cache
def _sql_of_a_page() -> tuple[str, tuple[Any, ...]]:
    """What asks for one page with all that stands below it. Django takes ten times as long to put it together as
    PostgreSQL to answer it, and every reader of guidance asks it: so it is put together once.
    """
    below = {name: _rows_of_page(model) for name, model in OF_A_PAGE.items()}
    return Page.objects.annotate(**below).filter(slug=_SLUG).order_by().query.sql_with_params()


def page_to_read(slug: str) -> Page | None:
    """The page with this slug, whatever its status, with its roles and sources. One query."""
    sql, parameters = _sql_of_a_page()
    page = next(iter(Page.objects.raw(sql, [slug if each == _SLUG else each for each in parameters])), None)
    if page is not None:
        for name, model in OF_A_PAGE.items():
            setattr(page, name, _read(model, getattr(page, name)))
    return page


def _read(model: type[Model], rows: Sequence[str]) -> list[Model]:
    columns = _columns(model)
    return [
        model(**{field.name: field.to_python(given[field.name]) for field in columns})
        for given in map(json.loads, rows)
    ]


def roles_of(page: Page) -> list[PageRole]:
    """Who does what the page says. No query for a page that `page_to_read` gave, else one."""
    return page.kept_roles if hasattr(page, "kept_roles") else list(page.roles.all())


def sources_of(page: Page) -> list[PageSource]:
    """Where the page stands. No query for a page that `page_to_read` gave, else one."""
    return page.kept_sources if hasattr(page, "kept_sources") else list(page.sources.all())


@dataclass(frozen=True, slots=True)
class PageLink:
    """Enough of a page to link to it."""

    title: str
    url: str
    summary: str
    slug: str
    stage: Stage
    updated_at: dt.datetime


_Row = tuple[str, str, str, str, dt.datetime]


def _published(**conditions: object) -> QuerySet[Any, _Row]:
    return (
        Page.objects.published()
        .filter(**conditions)
        .order_by("position", "title")
        .values_list("title", "summary", "slug", "stage", "updated_at")
    )


def _in_order(rows: Iterable[_Row]) -> list[_Row]:
    """In reading order: by stage, then by their place in it."""
    return sorted(rows, key=lambda row: _STAGE_ORDER[row[3]])


@cache
def _sql_of_all_pages() -> tuple[str, tuple[Any, ...]]:
    """What asks for every published page: put together once, as `_sql_of_a_page`."""
    return _published().query.sql_with_params()


def _link(row: _Row) -> PageLink:
    title, summary, slug, stage, updated_at = row
    url = reverse("guidance_page", args=[stage, slug])
    return PageLink(title, url, summary, slug, Stage(stage), updated_at)


def _links(**conditions: object) -> list[PageLink]:
    """Published pages in reading order. One query."""
    return [_link(row) for row in _in_order(_published(**conditions))]


def pages_by_slug(slugs: Iterable[str]) -> dict[str, PageLink]:
    """The published pages among `slugs`; one that is not there, or not published, is left out. One query."""
    return {link.slug: link for link in _links(slug__in=list(slugs))}


def reading_order() -> list[PageLink]:
    """Every published page, in the order in which one reads them through. One query."""
    return _links()


def neighbours_of(slug: str) -> tuple[PageLink | None, PageLink | None]:
    """The published pages before and after this one in reading order, if there are any. One query."""
    with connection.cursor() as cursor:
        cursor.execute(*_sql_of_all_pages())
        order = _in_order(cursor.fetchall())
    place = next((number for number, row in enumerate(order) if row[2] == slug), None)
    if place is None:
        return None, None
    before, after = order[max(place - 1, 0) : place], order[place + 1 : place + 2]
    return (_link(before[0]) if before else None), (_link(after[0]) if after else None)


def pages_of(stage: Stage) -> list[PageLink]:
    """The published pages of a stage, in order. One query."""
    return _links(stage=stage)
