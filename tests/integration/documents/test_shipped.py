"""What ships: read and written back without loss, exported and loaded again as it was, and every name leads somewhere."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from guidance.documents.admin import rows
from guidance.documents.admin.forms import TemplateForm
from guidance.documents.assembly import reading
from guidance.documents.kinds import CONTENT, EVERY, TemplateKind
from guidance.documents.models import Clause, DocumentTemplate
from guidance.editorial import content
from guidance.editorial.kinds import Kind, shipped_folders
from guidance.editorial.models import Revision
from guidance.editorial.services.shipped import export, load
from guidance.pages.fields import Front
from guidance.pages.kinds import CONTENT as GUIDANCE

TASKS = Path(__file__).parents[3] / "workflows" / "journeys" / "definitions" / "tasks"
SHIPPED = [(kind, slug, text) for kind in EVERY for slug, text in kind.read_folder(CONTENT).items()]
NAMES = [f"{kind.slug}/{slug}" for kind, slug, _ in SHIPPED]


@pytest.mark.parametrize(("kind", "slug", "text"), SHIPPED, ids=NAMES)
def test_a_shipped_text_is_read_and_written_back_without_loss(kind: Kind, slug: str, text: str) -> None:
    item = kind.model(slug=slug)
    kind.apply(item, text)
    written = kind.text_of(item)
    again = kind.model(slug=slug)
    kind.apply(again, written)
    assert kind.text_of(again) == written


@pytest.mark.parametrize("slug", sorted(TemplateKind().read_folder(CONTENT)))
def test_the_admins_rows_say_all_that_a_template_says(slug: str) -> None:
    kind = TemplateKind()
    text = kind.read_folder(CONTENT)[slug]
    item, edited = DocumentTemplate(slug=slug), DocumentTemplate(slug=slug)
    kind.apply(item, text)
    kind.apply(edited, text)
    sections = {section["slug"] for section in item.sections}
    columns = TemplateForm.base_fields["questions"].columns  # type: ignore[attr-defined]  # a RowsField
    typed = [
        {column.name: column.field.clean(row.get(column.name, "")) for column in columns}
        for row in rows.questions_as_rows(item.questions)
    ]
    edited.questions, asked = rows.rows_as_questions(typed, sections)
    edited.example = rows.rows_as_example(rows.example_as_rows(asked, item.example), asked)
    assert kind.text_of(edited) == kind.text_of(item)
    assert [reading.question_from(Front(row, "x"), sections) for row in item.questions] == asked


@pytest.mark.django_db
def test_loading_an_export_changes_nothing(tmp_path: Path) -> None:
    load(*shipped_folders())
    assert DocumentTemplate.objects.published().count() == len([each for each in NAMES if each.startswith("template")])  # fmt: skip
    assert Clause.objects.published().count() == len([each for each in NAMES if each.startswith("clause")])
    export(tmp_path)
    before = Revision.objects.count()
    loaded = load(tmp_path)
    assert not (loaded.added or loaded.updated or loaded.kept)
    assert Revision.objects.count() == before
    again = tmp_path / "again"
    export(again)
    for name in ("templates", "clauses"):
        first = {path.name: path.read_text() for path in (tmp_path / name).glob("*.md")}
        assert first == {path.name: path.read_text() for path in (again / name).glob("*.md")}


def _named() -> Iterator[tuple[str, str]]:
    """(where, slug) of every document that a page of guidance or a step of a route names."""
    for path in GUIDANCE.glob("*.md"):
        front, _ = content.read(path.read_text(encoding="utf-8"), where=path.stem)
        yield from ((path.stem, slug) for slug in front.get("documents", []))
    for path in TASKS.rglob("*.toml"):
        for task in tomllib.loads(path.read_text(encoding="utf-8")).values():
            if isinstance(task, dict):
                yield from ((f"{path.stem}: {task.get('title')}", slug) for slug in task.get("documents", []))


def test_every_document_that_is_named_anywhere_ships() -> None:
    named = list(_named())
    assert len(named) > 40
    shipped = set(TemplateKind().read_folder(CONTENT))
    assert [each for each in named if each[1] not in shipped] == []


def test_every_page_that_a_template_or_clause_names_ships() -> None:
    pages = {path.stem for path in GUIDANCE.glob("*.md")}
    wrong = [
        (f"{kind.slug}/{slug}", page)
        for kind, slug, text in SHIPPED
        for page in content.read(text, where=slug)[0].get("guidance", [])
        if page not in pages
    ]
    assert wrong == []
