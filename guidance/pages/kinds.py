"""The four kinds of guidance content, as editorial work needs them (guidance.editorial.kinds)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import tomli_w
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guidance.editorial import content
from guidance.editorial.content import ContentError
from guidance.editorial.kinds import Kind
from guidance.editorial.models import Revision
from guidance.pages import announcing, fields, indexing, pages, problems, renditions
from guidance.pages.fields import Front
from guidance.pages.limits import LONGEST_BODY
from guidance.pages.markdown import links_in
from guidance.pages.models import Guide, Page, StageIntroduction, Term
from guidance.pages.notes import services as notes
from toolkit.core import clock
from toolkit.core.stages import Stage

CONTENT = Path(__file__).parent / "content"
"""What ships with the toolkit."""


def _body(text: str, where: str, *, required: bool = True) -> str:
    if required and not text:
        raise ContentError(f"{where}: there is nothing below the front matter", field="body")
    if len(text) > LONGEST_BODY:
        raise ContentError(f"{where}: the text must be {LONGEST_BODY:,} characters or fewer", field="body")
    return text


def _preview(request: HttpRequest, template: str, shown: object, words: str) -> HttpResponse:
    return render(request, template, {"shown": shown, "preview": {"words": words}})


class PageKind(Kind):
    slug = "page"
    label = "page"
    model = Page
    ships_in = CONTENT

    def text_of(self, item: Page) -> str:
        return content.write(
            {
                "title": item.title,
                "summary": item.summary,
                "stage": item.stage,
                "position": item.position,
                "topics": list(item.topics),
                "tasks": list(item.tasks),
                "documents": list(item.documents),
                "owner": item.owner,
                "review_by": item.review_by,
                "roles": fields.as_tables(item.roles, fields.ROLE),
                "sources": fields.as_tables(item.sources, fields.SOURCE),
            },
            item.body,
        )

    def apply(self, item: Page, text: str) -> None:
        where = item.slug or "page"
        given, body = content.read(text, where=where)
        front = Front(given, where)
        item.title = front.text("title", longest=120)
        item.summary = front.text("summary", longest=400)
        item.stage = front.one_of("stage", list(Stage))
        item.position = front.number("position", 100)
        item.topics = front.slugs("topics", longest=40)
        item.tasks = front.slugs("tasks")
        item.documents = front.slugs("documents")
        item.owner = front.text("owner", longest=120)
        item.review_by = front.day("review_by")
        item.roles = fields.roles(front)
        item.sources = fields.sources(front, today=clock.today())
        front.done()
        if not item.sources:
            raise front.fail("sources", "are missing: a page says where it stands")
        item.body = _body(body, where)
        problems.refuse_unknown_figures(where, item.summary, item.body)

    def show(self, request: HttpRequest, item: Page, *, preview: str) -> HttpResponse:
        return _preview(request, "guidance/page.html", pages.guidance_page(item), preview)

    def url_of(self, item: Page) -> str:
        return item.get_absolute_url()

    def published(self, item: Page, revision: Revision, *, is_new: bool, old_slug: str) -> None:
        indexing.index_page(item, old_slug=old_slug)
        renditions.ask_for(self.slug, item.pk)
        renditions.ask_for_guides_of(item)
        announcing.page_published(item, revision, is_new=is_new)
        notes.page_changed(item, revision)

    def withdrawn(self, item: Page) -> None:
        indexing.unindex_page(item)
        renditions.forget(self.slug, item.pk)
        renditions.ask_for_guides_of(item)

    def problems(self, text: str) -> Sequence[str]:
        return problems.of_text(text)

    def links(self, item: Page) -> Sequence[str]:
        return [*links_in(item.body), *(source["url"] for source in item.sources if source.get("url"))]


class GuideKind(Kind):
    slug = "guide"
    label = "guide"
    model = Guide
    folder = "guides"
    ships_in = CONTENT

    def text_of(self, item: Guide) -> str:
        return content.write(
            {
                "title": item.title,
                "summary": item.summary,
                "position": item.position,
                "topics": list(item.topics),
                "owner": item.owner,
                "review_by": item.review_by,
                "steps": fields.as_tables(item.steps, fields.STEP),
            },
            item.body,
        )

    def apply(self, item: Guide, text: str) -> None:
        where = item.slug or "guide"
        given, body = content.read(text, where=where)
        front = Front(given, where)
        item.title = front.text("title", longest=120)
        item.summary = front.text("summary", longest=400)
        item.position = front.number("position", 100)
        item.topics = front.slugs("topics", longest=40)
        item.owner = front.text("owner", longest=120)
        item.review_by = front.day("review_by")
        item.steps = _steps(front)
        front.done()
        item.body = _body(body, where, required=False)
        problems.refuse_unknown_figures(
            where, item.summary, item.body, *(step["text"] for step in item.steps)
        )

    def show(self, request: HttpRequest, item: Guide, *, preview: str) -> HttpResponse:
        return _preview(request, "guidance/guide.html", pages.guide_page(item), preview)

    def url_of(self, item: Guide) -> str:
        return item.get_absolute_url()

    def published(self, item: Guide, revision: Revision, *, is_new: bool, old_slug: str) -> None:
        indexing.index_guide(item, old_slug=old_slug)
        renditions.ask_for(self.slug, item.pk)
        announcing.guide_published(item, revision, is_new=is_new)

    def withdrawn(self, item: Guide) -> None:
        indexing.unindex_guide(item)
        renditions.forget(self.slug, item.pk)

    def problems(self, text: str) -> Sequence[str]:
        return problems.of_text(text)

    def links(self, item: Guide) -> Sequence[str]:
        return [*links_in(item.body), *(address for step in item.steps for address in links_in(step["text"]))]


def _steps(front: Front) -> list[dict[str, Any]]:
    steps = []
    for table in front.tables("steps"):
        row = Front(table, f"{front.where}: steps")
        steps.append(
            {
                "title": row.text("title", longest=120),
                "text": row.text("text", longest=1_000, required=False),
                "pages": row.slugs("pages", longest=80),
            }
        )
        row.done()
    if not steps:
        raise front.fail("steps", "are missing")
    return steps


class TermKind(Kind):
    """Terms are many and short: they ship in one file, a table each."""

    slug = "term"
    label = "term"
    model = Term
    ships_in = CONTENT

    def text_of(self, item: Term) -> str:
        return content.write(
            {
                "name": item.name,
                "also": list(item.also),
                "see": item.see,
                "page": item.page,
                "is_marked": None if item.is_marked else False,
                "owner": item.owner,
                "review_by": item.review_by,
            },
            item.meaning,
        )

    def apply(self, item: Term, text: str) -> None:
        where = item.slug or "term"
        given, body = content.read(text, where=where)
        front = Front(given, where)
        item.name = front.text("name", longest=120)
        item.also = front.texts("also", longest=80)
        item.see = front.text("see", longest=80, required=False)
        item.page = front.text("page", longest=80, required=False)
        item.is_marked = front.flag("is_marked", True)
        item.owner = front.text("owner", longest=120, required=False)
        item.review_by = front.day("review_by", required=False)
        front.done()
        item.meaning = _body(body, where)
        problems.refuse_unknown_figures(where, item.meaning)

    def show(self, request: HttpRequest, item: Term, *, preview: str) -> HttpResponse:
        return _preview(request, "guidance/glossary.html", pages.glossary_page(only=item), preview)

    def url_of(self, item: Term) -> str:
        return item.get_absolute_url()

    def published(self, item: Term, revision: Revision, *, is_new: bool, old_slug: str) -> None:
        indexing.index_term(item, old_slug=old_slug)

    def withdrawn(self, item: Term) -> None:
        indexing.unindex_term(item)

    def links(self, item: Term) -> Sequence[str]:
        return links_in(item.meaning)

    def read_folder(self, folder: Path) -> Mapping[str, str]:
        path = folder / "glossary.toml"
        if not path.exists():
            return {}
        try:
            tables = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise ContentError(f"{path.name}: {error}") from error
        return {slug: _term_text(slug, table) for slug, table in tables.items()}

    def write_folder(self, folder: Path, texts: Mapping[str, str]) -> None:
        tables = {}
        for slug, text in texts.items():
            front, meaning = content.read(text, where=slug)
            tables[slug] = {**front, "meaning": meaning}
        (folder / "glossary.toml").write_text(tomli_w.dumps(tables), encoding="utf-8")


def _term_text(slug: str, table: Any) -> str:
    if not slug:
        raise ContentError("glossary.toml: a table without a name is no term")
    if not isinstance(table, dict) or not isinstance(table.get("meaning"), str):
        raise ContentError(f"glossary.toml: {slug} has no meaning")
    return content.write(
        {name: value for name, value in table.items() if name != "meaning"}, table["meaning"]
    )


class IntroductionKind(Kind):
    slug = "stage"
    label = "stage introduction"
    model = StageIntroduction
    folder = "stages"
    ships_in = CONTENT

    def text_of(self, item: StageIntroduction) -> str:
        return content.write({"owner": item.owner, "review_by": item.review_by}, item.body)

    def apply(self, item: StageIntroduction, text: str) -> None:
        where = f"stages/{item.slug}"
        if item.slug and item.slug not in list(Stage):
            raise ContentError(f"{where}: there is no stage “{item.slug}”")
        given, body = content.read(text, where=where)
        front = Front(given, where)
        item.owner = front.text("owner", longest=120)
        item.review_by = front.day("review_by")
        front.done()
        item.body = _body(body, where)
        problems.refuse_unknown_figures(where, item.body)

    def show(self, request: HttpRequest, item: StageIntroduction, *, preview: str) -> HttpResponse:
        return _preview(
            request, "guidance/stage.html", pages.stage_page(item.stage, introduction=item), preview
        )

    def url_of(self, item: StageIntroduction) -> str:
        return item.get_absolute_url()

    def links(self, item: StageIntroduction) -> Sequence[str]:
        return links_in(item.body)

    def problems(self, text: str) -> Sequence[str]:
        return problems.of_text(text)


EVERY = (PageKind(), GuideKind(), TermKind(), IntroductionKind())
