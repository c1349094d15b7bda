"""Every shipped page, guide and stage as a reader gets it: the inspecting client looks at each."""

from __future__ import annotations

import pytest
from django.urls import reverse

from guidance.editorial.services.shipped import load
from guidance.pages.figures import LIKE_A_TAG
from guidance.pages.kinds import CONTENT
from guidance.pages.models import Guide, Page, StageIntroduction
from tests.pages import Pages

pytestmark = pytest.mark.django_db


def test_every_page_guide_and_stage_renders_and_no_tag_is_left(pages: Pages) -> None:
    load(CONTENT)
    addresses = [
        *(page.get_absolute_url() for page in Page.objects.all()),
        *(guide.get_absolute_url() for guide in Guide.objects.all()),
        *(introduction.get_absolute_url() for introduction in StageIntroduction.objects.all()),
        reverse("glossary"),
    ]
    assert len(addresses) > 100
    for address in addresses:
        assert not LIKE_A_TAG.search(pages.get(address).main), address
