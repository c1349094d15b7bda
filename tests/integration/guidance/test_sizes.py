"""What ships is quick to load on a bad line: no page of guidance has more than 30 KB of HTML."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from guidance.editorial.kinds import shipped_folders
from guidance.editorial.services.shipped import load
from guidance.pages.models import LETTERS, Guide, Page
from tests.personas import People
from toolkit.core import page_cache
from toolkit.core.stages import Stage
from toolkit.core.who import WHO

pytestmark = pytest.mark.django_db

LARGEST = 30 * 1024


def _addresses() -> list[str]:
    pages = {page.slug: page.get_absolute_url() for page in Page.objects.published()}
    guides = Guide.objects.published()
    return [
        reverse("guidance"),
        reverse("glossary"),
        *(reverse("glossary_letter", args=[letter]) for letter in LETTERS),
        *(reverse("guidance_stage", args=[stage]) for stage in Stage),
        *(reverse("guidance_for", args=[who]) for who in WHO),
        *pages.values(),
        *(guide.get_absolute_url() for guide in guides),
        *(f"{pages[slug]}?guide={guide.slug}" for guide in guides for slug in guide.page_slugs),
    ]


def test_no_page_of_the_shipped_library_is_larger_than_30_kb(people: People) -> None:
    load(*shipped_folders())
    page_cache.clear()
    stranger, member = Client(), Client()
    member.force_login(people.administrator, backend="allauth.account.auth_backends.AuthenticationBackend")
    sizes = {
        (name, address): len(client.get(address).content)
        for name, client in (("stranger", stranger), ("administrator", member))
        for address in _addresses()
    }
    assert len(sizes) > 300
    assert {which: size for which, size in sizes.items() if size > LARGEST} == {}
