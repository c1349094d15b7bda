"""The pieces that pages are put together from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from types import SimpleNamespace

import html5lib
import pytest
from django.core.paginator import Paginator
from django.template import engines
from jinja2 import UndefinedError

from toolkit.core import clock
from toolkit.govuk.components import govuk


def render(source: str, **context: object) -> str:
    template = engines["jinja2"].from_string('{% import "components/macros.html" as app %}' + source)
    html = str(template.render(context))
    html5lib.HTMLParser(strict=True).parseFragment(html)
    return html


@dataclass(frozen=True)
class Due:
    """As LegalDate has it."""

    rule: str = "8 working days, beginning with the day of the notice"
    source: str = "Procurement Act 2023 section 51"
    confirmed: bool = True
    caution: str = ""


def test_a_misspelt_name_raises_in_our_templates() -> None:
    with pytest.raises(UndefinedError):
        render("{{ mispelt.name }}")


def test_a_date_says_why_and_whether_it_is_confirmed() -> None:
    html = render("{{ app.why(due) }}", due=Due())
    assert "8 working days" in html
    assert "section 51" in html
    assert "Not confirmed" not in html
    assert "Not confirmed" in render("{{ app.why(due) }}", due=Due(confirmed=False))
    assert "Scotland" in render("{{ app.why(due) }}", due=Due(caution="A bank holiday in Scotland"))


def test_the_stage_indicator_names_the_present_stage_in_words() -> None:
    steps = [
        SimpleNamespace(label=label, state=state)
        for label, state in (("Plan", "done"), ("Award", "now"), ("Manage", "ahead"))
    ]
    html = render("{{ app.stage_indicator(steps) }}", steps=steps)
    assert html.count('aria-current="step"') == 1
    assert "(done)" in html
    assert "(now)" in html


def test_the_sub_navigation_marks_where_one_is() -> None:
    html = render('{{ app.sub_navigation([("Tasks", "/t/"), ("Team", "/p/")], "/p/", "Procurement") }}')
    assert html.count("aria-current") == 1
    assert 'href="/p/" aria-current="page"' in html


def test_facts_that_are_not_given_say_so() -> None:
    assert "Not given" in render('{{ app.facts([("Signed on", "")]) }}')


def test_pages_are_linked_only_when_there_are_several() -> None:
    paginator = Paginator(range(25), 10)
    html = render('{{ app.pages(page_of, "q=meals&") }}', page_of=paginator.page(2))
    assert 'rel="prev"' in html
    assert 'href="?q=meals&amp;page=3"' in html
    assert render("{{ app.pages(page_of) }}", page_of=Paginator(range(3), 10).page(1)).strip() == ""


def test_timeline_empty_state_and_filters_hold_what_they_are_given() -> None:
    at = dt.datetime(2026, 12, 3, 14, 5, tzinfo=clock.LONDON)
    assert "3 December 2026 at 2:05pm" in render(
        "{{ app.timeline([(words, at)]) }}", words="Ada signed it", at=at
    )
    assert "Start one" in render('{% call app.empty("No contracts yet") %}<p>Start one</p>{% endcall %}')
    html = render('{% call app.filter_panel("/pipeline/", 2) %}<p>fields</p>{% endcall %}')
    assert "<details" in html
    assert "2 chosen" in html


def test_what_people_typed_is_escaped() -> None:
    assert "<b>" not in render(
        '{{ app.tag("overdue", words) }}{{ app.facts([(words, words)]) }}', words="<b>x</b>"
    )


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("button", {"text": "Save"}),
        ("summary_list", {"rows": [{"key": {"text": "Title"}, "value": {"text": "<b>"}}]}),
        ("task_list", {"items": [{"title": {"text": "Plan"}, "status": {"text": "Completed"}}]}),
        ("pagination", {"next": {"href": "?page=2"}}),
        ("notification_banner", {"text": "Done"}),
        ("breadcrumbs", {"items": [{"text": "Home", "href": "/"}]}),
        ("inset_text", {"text": "Mind"}),
        ("warning_text", {"text": "Mind"}),
    ],
)
def test_the_macros_of_govuk_are_called_by_name(name: str, params: dict[str, object]) -> None:
    html = str(getattr(govuk, name)(params))
    html5lib.HTMLParser(strict=True).parseFragment(html)
    assert f"govuk-{name.replace('_', '-')}" in html
    assert "<b>" not in html
