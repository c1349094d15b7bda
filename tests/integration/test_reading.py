"""A page of guidance and what stands below it, read in as few queries as there can be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from guidance.pages import pages as shown
from guidance.pages.loading import load_guidance
from guidance.pages.models import Page, PageSource
from guidance.pages.selectors import neighbours_of, page_to_read, reading_order, roles_of, sources_of


def test_a_page_to_read_is_the_page_with_its_roles_and_sources(
    db: None, queries: Callable[[int], Any]
) -> None:
    load_guidance()
    for plain in Page.objects.all():
        with queries(1):
            page = page_to_read(plain.slug)
            assert page is not None
            made = [(role.part, role.role) for role in roles_of(page)]
        assert page == plain
        assert all(
            getattr(page, field.attname) == getattr(plain, field.attname)
            for field in Page._meta.concrete_fields
        )
        assert made == [(role.part, role.role) for role in plain.roles.all()]
        assert shown.guidance_page(page) == shown.guidance_page(plain)
        first = sources_of(page)[0]
        assert isinstance(first, PageSource)
        assert isinstance(first.checked_on, dt.date)
    assert page_to_read("nowhere") is None


def test_neighbours_are_those_of_the_reading_order(db: None, queries: Callable[[int], Any]) -> None:
    load_guidance()
    order = reading_order()
    for place, link in enumerate(order):
        with queries(1):
            found = neighbours_of(link.slug)
        assert found == (
            order[place - 1] if place else None,
            order[place + 1] if place + 1 < len(order) else None,
        )
    assert neighbours_of("nowhere") == (None, None)
