"""Editors write templates and clauses in the admin: no TOML, errors where they belong, and the whole story of a version."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from guidance.documents import renewing, versions
from guidance.documents.models import BlankFile, Clause, DocumentTemplate
from guidance.documents.writers.formats import FORMATS
from tests.factories.documents import TEXT, a_clause, a_document, a_template
from tests.jobs import Jobs
from tests.pages import Page, Pages
from tests.personas import People
from toolkit.core import clock

pytestmark = pytest.mark.django_db

QUESTIONS: list[dict[str, Any]] = [
    {"ask": "What is the contract called?", "name": "title", "section": "contract", "kind": "text", "gap": "name of the contract", "fact": "title", "place": "10"},
    {"ask": "Will staff transfer?", "name": "staff", "section": "contract", "kind": "yes-no", "gap": "yes or no", "place": "30"},
    {"ask": "When does it end?", "name": "ends-on", "section": "contract", "kind": "date", "gap": "end date", "place": "20"},
    {"ask": "Who?", "name": "who", "section": "contract", "kind": "table", "gap": "who transfers", "when": "staff is yes", "columns": "who: Who\nfrom (date): From", "required": "no"},
]  # fmt: skip
WRITTEN: dict[str, Any] = {
    "title": "Exit plan",
    "slug": "exit-plan",
    "stage": "manage",
    "position": "40",
    "summary": "What happens when the contract ends.",
    "form": "document",
    "readers": "internal",
    "confidence": "intent",
    "sections-0-slug": "contract",
    "sections-0-title": "The contract",
    **{f"questions-{at}-{name}": value for at, row in enumerate(QUESTIONS) for name, value in row.items()},
    "body": "## The end\n\n[[title]] ends on [[ends-on]].\n\n::: if staff is yes\n::: answer who\n::: otherwise\nNobody moves.\n::: end",
    "example-0-name": "title",
    "example-0-answer": "Library system",
    "example-1-name": "ends-on",
    "example-1-answer": "2027-03-31",
    "example-2-name": "staff",
    "example-2-answer": "yes",
    "sources-0-label": "Procurement Act 2023",
    "sources-0-section": "section 78",
    "sources-0-checked_on": "2026-11-23",
    "sources-0-confidence": "statute",
    "owner": "Commercial team",
    "review_by": "2027-11-30",
    "note": "A new template",
}
ADDRESS = "/templates/exit-plan/"


def add(pages: Pages, button: str = "Save draft", **changes: Any) -> Page:
    form = pages.get("/admin/documents/documenttemplate/add/").form("#documenttemplate_form")
    return pages.submit(form, button=button, **{**WRITTEN, **changes})


def change(pages: Pages, item: DocumentTemplate, button: str = "Save draft", **changes: Any) -> Page:
    form = pages.get(f"/admin/documents/documenttemplate/{item.pk}/change/").form("#documenttemplate_form")
    return pages.submit(form, button=button, **changes)


def test_an_editors_whole_story(pages: Pages, people: People, jobs: Jobs) -> None:
    # She drafts, and looks at it.
    pages.sign_in(people.editor)
    done = add(pages, "Save and send for review")
    assert not done.words(".errorlist li, .errornote")
    template = DocumentTemplate.objects.get(slug="exit-plan")
    assert [row["name"] for row in template.questions] == ["title", "ends-on", "staff", "who"], (
        "by their places"
    )
    preview = pages.get(f"/admin/documents/documenttemplate/{template.pk}/change/").link("Preview link")
    shown = pages.sign_in(None).get(preview)
    assert "A preview, not the page itself" in shown.main
    assert "Library system ends on 31 March 2027." in shown.main, "the example is tried"
    pages.get(ADDRESS, status=404)

    # Another reviews and publishes it; the blanks are made.
    review = f"/admin/documents/documenttemplate/{template.pk}/review/"
    pages.sign_in(people.staff)
    pages.submit(pages.get(review).form("Decide"), decision="publish")
    assert "being made" in pages.sign_in(None).get(ADDRESS).main
    jobs.run()
    assert set(BlankFile.objects.values_list("format", flat=True)) == set(FORMATS)
    assert pages.get(f"{ADDRESS}blank/docx/").content.startswith(b"PK")
    assert "Exit plan" in pages.get("search", query={"q": "exit plan template"}).links

    # A document is begun on it.
    template.refresh_from_db()
    document = a_document(by=people.officer, template=template)

    # She makes a new version; another publishes it, and new blanks take the place of the old.
    pages.sign_in(people.editor)
    assert not change(pages, template, "Save and send for review", body=WRITTEN["body"].replace("## The end", "## The last day"), note="A clearer heading").words(".errorlist li")  # fmt: skip
    pages.sign_in(people.staff)
    assert "The last day" in " ".join(pages.get(review).words(".editorial-diff .added"))
    pages.submit(pages.get(review).form("Decide"), decision="publish")
    assert not BlankFile.objects.exists(), "an old blank is not taken for today’s"
    jobs.run()
    assert set(BlankFile.objects.values_list("number", flat=True)) == {2}
    assert "A clearer heading" in pages.sign_in(None).get(ADDRESS).main

    # The document stays on the version it was begun with.
    document.refresh_from_db()
    assert document.template_number == 1
    assert "The end" in str(versions.definition_of(document).body)
    assert "The last day" in str(versions.template_of(template.pk, 2).body)


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"questions-0-section": "nowhere"}, "questions", "Row 1: section must be one of contract"),
        ({"questions-0-fact": "ends-on"}, "questions", "Row 1: fact “ends-on” is not for a question of kind text"),
        ({"questions-0-options": "a: A\nb: B"}, "questions", "Row 1: options are for an answer that is a choice"),
        ({"questions-3-columns": "who"}, "questions", "Row 4: columns “who” must be like"),
        ({"questions-3-when": "staff is perhaps"}, "questions", "Row 4: “staff is perhaps” can never hold"),
        ({"questions-3-when": "staff maybe"}, "questions", "Row 4: when “staff maybe” is no condition"),
        ({"questions-3-name": "title"}, "questions", "another question is called “title” too"),
        ({"questions-3-place": "1"}, "questions", "“who” depends on “staff”, which is not asked before it"),
        ({"example-1-answer": "31 Marchember"}, "example", "Row 2 (“ends-on”): Enter a real date"),
        ({"example-1-name": "end"}, "example", "Row 2: no question is called “end”"),
        ({"body": "[[title]], [[end]]."}, "body", "The text names “end”, which no question asks"),
        ({"body": "::: if staff is yes"}, "body", "has no “::: end”"),
        ({"body": WRITTEN["body"] + "\n\n{period:never}"}, "body", "There is no figure {period:never}"),
        ({"sources-0-label": "", "sources-0-section": "", "sources-0-checked_on": ""}, "sources", "Sources are missing"),
        ({"sources-0-checked_on": "2036-11-23"}, "sources", "must be today or in the past"),
        ({"sections-0-title": ""}, "sections", "Row 1: enter something under “Title”"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_where_it_is(
    pages: Pages, people: People, changes: dict[str, str], field: str, said: str
) -> None:
    pages.sign_in(people.editor)
    page = add(pages, **changes)
    assert any(said in words for words in page.words(f".field-{field} .errorlist li")), page.words(".errorlist li")  # fmt: skip
    assert not DocumentTemplate.objects.exists()


def test_tables_of_the_example_are_lines(pages: Pages, people: People) -> None:
    pages.sign_in(people.editor)
    add(pages, **{"example-2-name": "staff", "example-2-answer": "yes"})
    template = DocumentTemplate.objects.get()
    rows = change(pages, template, **{"example-3-answer": "Ada | 31/03/2027\nBen\\nand Cy"})
    assert not rows.words(".errorlist li")
    template.refresh_from_db()
    assert template.example["who"] == [
        {"who": "Ada", "from": "2027-03-31"},
        {"who": "Ben\nand Cy", "from": ""},
    ]
    form = pages.get(f"/admin/documents/documenttemplate/{template.pk}/change/").form(
        "#documenttemplate_form"
    )
    assert form.fields["example-3-answer"][0].splitlines() == ["Ada | 2027-03-31", "Ben\\nand Cy"]
    wrong = change(pages, template, **{"example-3-answer": "Ada | 31/03/2027 | x"})
    assert "3 cells, for 2 columns" in " ".join(wrong.words(".field-example .errorlist li"))


def test_a_clause_is_written_in_rows(pages: Pages, people: People) -> None:
    pages.sign_in(people.editor)
    form = pages.get("/admin/documents/clause/add/").form("#clause_form")
    written: dict[str, Any] = {
        "title": "Exit", "slug": "exit", "position": "10", "summary": "Give the data back.", "when_to_use": "Always.", "watch": "Dates.",
        "body": "The Supplier must return [[what]].", "gaps-0-name": "what", "gaps-0-words": "what is returned",
        "variants-0-title": "Softer", "variants-0-text": "Within [[days]].", "variants-0-note": "When the price falls.",
        "sources-0-label": "Practice", "sources-0-checked_on": "2026-11-23", "sources-0-confidence": "check",
        "owner": "Legal", "review_by": "2027-05-31",
    }  # fmt: skip
    wrong = pages.submit(form, button="Save draft", **written)
    assert "days, which is not among the gaps" in " ".join(wrong.words(".field-variants .errorlist li"))
    mended: dict[str, Any] = {"variants-0-text": "Within [[what]]."}
    done = pages.submit(wrong.form("#clause_form"), button="Save draft", **mended)
    assert not done.words(".errorlist li")
    clause = Clause.objects.get()
    assert clause.gaps == {"what": "what is returned"}
    preview = pages.get(f"/admin/documents/clause/{clause.pk}/change/").link("Preview link")
    assert "1.1 The Supplier must return [what is returned]." in pages.get(preview).main


def test_a_preview_says_which_clause_is_not_there(pages: Pages, people: People) -> None:
    pages.sign_in(people.editor)
    add(pages, body=WRITTEN["body"] + "\n\n::: clause exit")
    template = DocumentTemplate.objects.get()
    preview = pages.get(f"/admin/documents/documenttemplate/{template.pk}/change/").link("Preview link")
    assert "The clause “exit” is not published" in pages.get(preview).main


def test_missing_blanks_are_made_at_night(jobs: Jobs) -> None:
    template = a_template()
    jobs.run()
    assert renewing.renew() == 0
    BlankFile.objects.filter(format="odt").delete()
    assert renewing.renew() == 1
    jobs.run()
    assert set(BlankFile.objects.values_list("template", "format")) == {(template.pk, form) for form in FORMATS}  # fmt: skip


def test_blanks_are_made_anew_on_the_day_the_law_changes_a_figure(jobs: Jobs) -> None:
    old = TEXT.replace("2026-11-24", "2025-12-01")
    with clock.held_at(dt.datetime(2025, 12, 31, 12, tzinfo=clock.LONDON)):
        clause = a_clause("notice", "Wait.")
        by_itself = a_template(
            "by-itself", old.replace("[[title]] ends", "Over {threshold:works}, [[title]] ends")
        )
        by_clause = a_template("by-clause", old.replace("## Risks", "::: clause notice\n\n## Risks"))
        a_template("neither", old)
        Clause.objects.filter(pk=clause.pk).update(watch="From {threshold:works}.")
        jobs.run()
        assert renewing.renew() == 0
    with clock.held_at(dt.datetime(2026, 1, 1, 0, 20, tzinfo=clock.LONDON)):
        assert renewing.renew() == 3
    assert {job["args"]["template_id"] for job in jobs.named("make_blanks")} == {by_itself.pk, by_clause.pk}
