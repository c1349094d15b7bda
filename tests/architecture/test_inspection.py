"""The inspection itself: each rule finds the fault it is there for, and a sound page has none."""

from __future__ import annotations

import pytest
from django.http import HttpResponse

from tests import inspection
from tests.pages import Page
from tests.recorder import Recording, at_most

SOUND = """<!DOCTYPE html><html lang="en"><head><title>Sound – Toolkit</title></head><body><main id="main"><h1>Sound</h1>
<p>It’s all right. None of it is wrong.</p><form method="post" action="/x/"><input type="hidden" name="csrfmiddlewaretoken" value="t">
<label for="a">A</label><input id="a" name="a"></form></main></body></html>"""


def page(html: str, **headers: str) -> Page:
    return Page(
        HttpResponse(html, headers={"Content-Security-Policy": "default-src 'none'", **headers}), "/x/"
    )


def test_a_sound_page_passes() -> None:
    assert inspection.faults(page(SOUND)) == []


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("<h1>Sound</h1>", "<h1>Sound</h1><h1>Again</h1>", "2 h1"),
        ("<title>Sound", "<title>Other", "does not start with its heading"),
        ("<p>It’s", "<p><div>x</div></p><p>It’s", "not valid HTML"),
        ('lang="en"', "", "no language"),
        ('<p>It’s', '<p id="main">It’s', "“main” 2 times"),
        ("<p>It’s", '<a href="#gone">x</a><p>It’s', "#gone, which is not there"),
        ('for="a"', 'for="b"', "labels b"),
        ("It’s", "It's", "straight quote"),
        ("It’s", "{{ it }}", "says “"),
        ("It’s all right", "Value: None", "says “"),
        ("It’s all right", "This field is required", "This field is required"),
        ('method="post" ', "", "without a method"),
        ('<input type="hidden" name="csrfmiddlewaretoken" value="t">', "", "0 csrf tokens"),
        ("<p>It’s", '<p style="color: red">It’s', "style="),
        ("<p>It’s", '<p onclick="x()">It’s', "onclick"),
        ("<p>It’s", "<script>x()</script><p>It’s", "does not allow"),
        ("<p>It’s", '<img src="/x.png"><p>It’s', "without alt"),
        ("<p>It’s", '<link rel="stylesheet" href="/static/nothing.css"><p>It’s', "no file of ours"),
    ],
)  # fmt: skip
def test_a_fault_is_found(before: str, after: str, said: str) -> None:
    assert before in SOUND
    found = inspection.faults(page(SOUND.replace(before, after)))
    assert any(said in fault for fault in found), found


def test_a_page_without_a_policy_is_found() -> None:
    assert any(
        "policy" in fault for fault in inspection.faults(page(SOUND, **{"Content-Security-Policy": ""}))
    )


def test_errors_must_be_in_the_title() -> None:
    summary = '<div class="govuk-error-summary"><ul class="govuk-error-summary__list"><li><a href="#a">Enter A</a></li></ul></div>'
    wrong = page(SOUND.replace("<h1>", f"{summary}<h1>"))
    assert wrong.errors == ["Enter A"]
    assert any("Error: " in fault for fault in inspection.faults(wrong))
    right = page(SOUND.replace("<h1>", f"{summary}<h1>").replace("<title>", "<title>Error: "))
    assert inspection.faults(right) == []


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ('INSERT INTO "a" VALUES (1)', "a"),
        ('UPDATE "b" SET x = 1', "b"),
        ('DELETE FROM "c"', "c"),
        ('WITH d AS (SELECT 1) INSERT INTO "e" SELECT * FROM d', "e"),
        ("SELECT procrastinate_defer_jobs_v1(%s)", "procrastinate_defer_jobs_v1"),
    ],
)
def test_a_write_is_recognised(statement: str, table: str) -> None:
    assert Recording([statement]).written == {table}


def test_reading_and_locking_are_no_writes() -> None:
    assert (
        Recording(['SELECT * FROM "a" FOR UPDATE', "SAVEPOINT x", 'SELECT "updated" FROM "b"']).written
        == set()
    )


@pytest.mark.django_db
def test_a_budget_that_is_overrun_shows_the_queries() -> None:
    from django.contrib.auth.models import Group

    with pytest.raises(AssertionError, match="2 queries, and the budget is 1"), at_most(1):
        list(Group.objects.all())
        list(Group.objects.all())
