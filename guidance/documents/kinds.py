"""Templates and clauses as editorial work needs them (guidance.editorial.kinds)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from markupsafe import Markup

from guidance.documents import announcing, blanks, indexing, versions
from guidance.documents.assembly import body, reading
from guidance.documents.assembly.blocks import texts
from guidance.documents.models import Clause, DocumentTemplate
from guidance.documents.pages import library as library_pages
from guidance.editorial import content
from guidance.editorial.content import ContentError
from guidance.editorial.kinds import Kind
from guidance.editorial.models import Revision
from guidance.pages import fields, problems
from guidance.pages.fields import Front
from toolkit.core import clock
from toolkit.core.errors import Refused
from toolkit.core.text import listed

CONTENT = Path(__file__).parent / "content"
"""What ships with the toolkit."""

_QUESTION = ("name", "section", "ask", "kind", "gap", "help", "required", "when", "options", "columns", "vat", "fact", "was", "differs", "rows")  # fmt: skip
_VARIANT = ("title", "text", "note")


def _tables(rows: Sequence[Mapping[str, Any]], order: Sequence[str]) -> list[dict[str, Any]]:
    """Rows as front matter, in this order, without what goes without saying."""
    return [
        {name: row[name] for name in order if row.get(name) not in (None, "", []) and not (name == "required" and row[name])}
        for row in rows
    ]  # fmt: skip


def _read_upkeep(front: Front, item: DocumentTemplate | Clause) -> None:
    """The fields that both kinds share."""
    item.position = front.number("position", 100)
    item.topics = front.slugs("topics", longest=40)
    item.guidance = front.slugs("guidance", longest=80)
    item.owner = front.text("owner", longest=120)
    item.review_by = front.day("review_by")
    item.sources = fields.sources(front, today=clock.today())
    front.done()
    if not item.sources:
        raise front.fail("sources", "are missing: it says where it stands")


class TemplateKind(Kind):
    slug = versions.TEMPLATE
    label = "template"
    model = DocumentTemplate
    folder = "templates"
    ships_in = CONTENT

    def text_of(self, item: DocumentTemplate) -> str:
        order = [question["name"] for question in item.questions]
        return content.write(
            {
                "title": item.title,
                "summary": item.summary,
                "stage": item.stage,
                "position": item.position,
                "form": item.form,
                "readers": item.readers,
                "confidence": item.confidence,
                "may_be_example": item.may_be_example or None,
                "is_numbered": None if item.is_numbered else False,
                "topics": list(item.topics),
                "also": list(item.also),
                "steps": list(item.steps),
                "guidance": list(item.guidance),
                "owner": item.owner,
                "review_by": item.review_by,
                "sections": _tables(item.sections, ("slug", "title")),
                "questions": _tables(item.questions, _QUESTION),
                "sources": fields.as_tables(item.sources, fields.SOURCE),
                "example": _example(item, order),
            },
            item.body,
        )

    def apply(self, item: DocumentTemplate, text: str) -> None:
        where = item.slug or "template"
        given, words = content.read(text, where=where)
        front = Front(given, where)
        template = reading.template_from(front, words)
        item.also = front.texts("also", longest=80)
        item.steps = front.slugs("steps")
        _read_upkeep(front, item)
        item.title, item.summary, item.stage = template.title, template.summary, template.stage
        item.form, item.readers, item.confidence = template.form, template.readers, template.confidence
        item.may_be_example, item.is_numbered = template.may_be_example, template.is_numbered
        item.sections, item.questions = given["sections"], given["questions"]
        item.example, item.body = dict(template.example), words
        item.clauses = list(template.clauses)
        problems.refuse_unknown_figures(where, words, field="body")

    def show(self, request: HttpRequest, item: DocumentTemplate, *, preview: str) -> HttpResponse:
        """The page of the template, and below it the example assembled, so that an editor sees what the body makes of it."""
        definition = library_pages.definition_from(item, self.text_of(item))
        example, problem = Markup(""), ""
        try:
            example = library_pages.example_of(definition, versions.clauses_of(versions.pins_for(definition)))
        except KeyError as missing:
            problem = _not_published(missing.args[0])
        shown = {
            "shown": library_pages.template_page(item, definition),
            "preview": {"words": preview, "example": example, "problem": problem},
        }
        return render(request, "documents/template.html", shown)

    def url_of(self, item: DocumentTemplate) -> str:
        return item.get_absolute_url()

    def published(self, item: DocumentTemplate, revision: Revision, *, is_new: bool, old_slug: str) -> None:
        try:
            versions.pins_for(versions.template_of(item.pk, revision.number))
        except KeyError as missing:
            raise Refused(_not_published(missing.args[0])) from missing
        indexing.index_template(item, old_slug=old_slug)
        blanks.ask_for(item.pk)
        announcing.template_changed(item, revision)

    def withdrawn(self, item: DocumentTemplate) -> None:
        indexing.unindex_template(item)
        blanks.forget(item.pk)

    def problems(self, text: str) -> Sequence[str]:
        return problems.of_text(text)


def _not_published(clause: str) -> str:
    return f"The clause “{clause}” is not published"


def _example(item: DocumentTemplate, order: Sequence[str]) -> dict[str, Any]:
    """In the order of the questions, and a table’s cells in that of its columns: the database keeps none."""
    columns = {
        question["name"]: [column.split(":")[0].split(" ")[0] for column in question.get("columns", ())]
        for question in item.questions
    }
    return {
        name: [
            {column: row[column] for column in columns[name] if row.get(column)} for row in item.example[name]
        ]
        if columns[name]
        else item.example[name]
        for name in order
        if item.example.get(name)
    }


class ClauseKind(Kind):
    slug = versions.CLAUSE
    label = "clause"
    model = Clause
    folder = "clauses"
    ships_in = CONTENT

    def text_of(self, item: Clause) -> str:
        return content.write(
            {
                "title": item.title,
                "summary": item.summary,
                "when_to_use": item.when_to_use,
                "watch": item.watch,
                "position": item.position,
                "topics": list(item.topics),
                "guidance": list(item.guidance),
                "owner": item.owner,
                "review_by": item.review_by,
                "variants": _tables(item.variants, _VARIANT),
                "sources": fields.as_tables(item.sources, fields.SOURCE),
                "gaps": dict(sorted(item.gaps.items())) or None,
            },
            item.body,
        )

    def apply(self, item: Clause, text: str) -> None:
        where = item.slug or "clause"
        given, words = content.read(text, where=where)
        front = Front(given, where)
        clause = reading.clause_from(front, words)
        item.summary = front.text("summary", longest=400)
        item.when_to_use = front.text("when_to_use", longest=1_500)
        item.watch = front.text("watch", longest=2_000)
        item.variants = _variants(front, clause.gaps)
        _read_upkeep(front, item)
        item.title, item.gaps, item.body = clause.title, dict(clause.gaps), words
        for field in ("body", "when_to_use", "watch"):
            problems.refuse_unknown_figures(where, getattr(item, field), field=field)

    def show(self, request: HttpRequest, item: Clause, *, preview: str) -> HttpResponse:
        return render(request, "documents/clause.html", {"shown": library_pages.clause_page(item), "preview": {"words": preview}})  # fmt: skip

    def url_of(self, item: Clause) -> str:
        return item.get_absolute_url()

    def published(self, item: Clause, revision: Revision, *, is_new: bool, old_slug: str) -> None:
        if old_slug and old_slug != item.slug:
            self._refuse_if_used(old_slug, "have another address")
        indexing.index_clause(item, old_slug=old_slug)
        for template in DocumentTemplate.objects.published().filter(clauses__contains=[item.slug]):
            blanks.ask_for(template.pk)
        announcing.clause_changed(item, revision)

    def withdrawn(self, item: Clause) -> None:
        self._refuse_if_used(item.slug, "be withdrawn")
        indexing.unindex_clause(item)

    def _refuse_if_used(self, slug: str, what: str) -> None:
        using = DocumentTemplate.objects.published().filter(clauses__contains=[slug])
        if using:
            raise Refused(f"It cannot {what} while templates use it: {listed([str(each) for each in using])}")


def _variants(front: Front, gaps: Mapping[str, str]) -> list[dict[str, str]]:
    found = []
    for table in front.tables("variants"):
        row = Front(table, f"{front.where}: variants")
        made = {
            "title": row.text("title", longest=120),
            "text": row.text("text", longest=4_000),
            "note": row.text("note", longest=600),
        }
        row.done()
        try:
            blocks = body.blocks_of(made["text"])
        except body.BadBody as error:
            raise ContentError(f"{front.where}: variants: {error}", field="variants") from error
        unknown = {name for text in texts(blocks) for name in body.GAP.findall(text)} - set(gaps)
        if unknown:
            raise front.fail("variants", f"name {listed(sorted(unknown))}, which is not among the gaps")
        found.append(made)
    return found


EVERY = (ClauseKind(), TemplateKind())
"""Clauses first: templates use them."""
