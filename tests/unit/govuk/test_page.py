"""The page every other page extends, and the pages for when something is wrong."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import html5lib
import pytest
from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory

from tests.unit.govuk.forms import EveryWidgetForm
from toolkit import errors
from toolkit.govuk import tags

REQUEST = RequestFactory().get("/nothing/")


def parse(html: str) -> None:
    html5lib.HTMLParser(strict=True).parse(html)


def test_the_base_renders_with_nothing_but_itself_and_sends_no_query() -> None:
    html = render_to_string("base.html")
    parse(html)
    assert settings.SERVICE_NAME in html
    assert "Skip to main content" in html
    assert 'id="main-content"' in html
    assert html.count("<main") == html.count("<footer") == html.count("<header") == 1


def test_a_stranger_gets_the_same_bytes_each_time_and_no_token() -> None:
    first, second = (render_to_string("base.html", request=RequestFactory().get("/")) for _ in range(2))
    assert first == second
    assert "csrfmiddlewaretoken" not in first


def test_the_one_inline_script_is_the_one_the_policy_allows() -> None:
    scripts = re.findall(r"<script>(.*?)</script>", render_to_string("base.html"), re.DOTALL)
    assert len(scripts) == 1
    digest = base64.b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
    assert f"'sha256-{digest}'" == settings.PAGE_SCRIPT_HASH


def test_the_demonstration_says_so_and_others_do_not(settings: pytest.FixtureRequest) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    assert "This is a demonstration" not in render_to_string("base.html")
    settings.DEMO = True  # type: ignore[attr-defined]
    assert "This is a demonstration" in render_to_string("base.html")


def test_errors_are_summed_up_once_and_the_title_says_so() -> None:
    html = render_to_string(
        "layouts/form.html", {"form": EveryWidgetForm({})}, request=RequestFactory().post("/")
    )
    parse(html)
    assert html.count("govuk-error-summary__title") == 1
    assert "<title>Error: " in html
    for anchor in re.findall(
        r'<a href="#([^"]+)">', html.split("govuk-error-summary__list")[1].split("</ul>")[0]
    ):
        assert f'id="{anchor}"' in html, anchor


@pytest.mark.parametrize(
    ("respond", "status"),
    [
        (errors.bad_request, 400),
        (errors.forbidden, 403),
        (errors.csrf_failure, 403),
        (errors.not_found, 404),
        (errors.gone, 410),
        (errors.too_many, 429),
        (errors.server_error, 500),
        (errors.unavailable, 503),
    ],
)
def test_each_error_page_has_our_look_and_one_heading(respond: object, status: int) -> None:
    response = respond(REQUEST)  # type: ignore[operator]
    assert isinstance(response, HttpResponse)
    assert response.status_code == status
    html = response.content.decode()
    parse(html)
    assert html.count("<h1") == 1
    assert settings.SERVICE_NAME in html
    assert "/nothing/" not in html.split("<main")[1].split("</main>")[0]


def test_what_is_secret_and_what_is_not_there_look_the_same() -> None:
    other = RequestFactory().get("/procurements/PR-7K2D/")
    assert errors.not_found(REQUEST).content == errors.not_found(other).content


def test_the_429_page_has_the_name_that_sign_in_looks_for() -> None:
    assert render_to_string("429.html", request=REQUEST) == errors.too_many(REQUEST).content.decode()


def test_the_style_sheet_asks_for_no_picture_or_font_that_is_not_ours() -> None:
    source = Path(settings.ROOT, "static", "src", "toolkit.scss").read_text()
    for name in ("components/footer", "components/header", 'dist/govuk"'):
        assert name not in source, "brings the crest or the crown with it"
    built = Path(settings.ROOT, "static", "build", "toolkit.css")
    if built.exists():
        assert "url(" not in built.read_text()


def test_every_class_of_our_own_that_a_template_uses_is_in_the_style_sheet() -> None:
    source = Path(settings.ROOT, "static", "src", "toolkit.scss").read_text()
    used: set[str] = set()
    for template in Path(settings.ROOT, "templates").rglob("*.html"):
        for classes in re.findall(r'class="([^"]*)"', template.read_text()):
            used |= {name for name in classes.split() if re.fullmatch(r"app-[a-z_-]*[a-z]", name)}
    assert not [name for name in sorted(used) if f".{name}" not in source]


def test_every_status_has_a_colour_and_an_unknown_one_is_grey() -> None:
    assert tags.tag_class("overdue") == "govuk-tag govuk-tag--red"
    assert tags.tag_class("never heard of") == "govuk-tag govuk-tag--grey"
