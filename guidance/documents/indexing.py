"""Rows of the search index for templates, clauses and examples. Documents themselves are never in it."""

from __future__ import annotations

from django.urls import reverse

from guidance.documents.assembly import papers
from guidance.documents.assembly.blocks import all_texts
from guidance.documents.assembly.definitions import Form
from guidance.documents.models import Clause, DocumentTemplate, Example
from guidance.pages.figures import filled
from toolkit.accounts.visibility import Level
from toolkit.core import clock
from toolkit.search import services as search

TEMPLATES, CLAUSES, EXAMPLES = "templates", "clauses", "examples"
WEIGHT_OF_TEMPLATES, WEIGHT_OF_CLAUSES, WEIGHT_OF_EXAMPLES = 0.2, 0.2, 0.1
"""A page that explains something comes before its form and its wording, unless none is about it; what one council once
wrote comes last."""
CALLED = {
    Form.DOCUMENT: ("template", "form", "proforma", "Word document", "blank"),
    Form.LETTER: ("letter", "letters", "template", "Word document", "blank"),
}
"""What people call a template who look for one, whatever it is about."""
CALLED_TEMPLATES = ("template", "templates", "form", "proforma", "blank", "letter", "letters")
CALLED_CLAUSES = ("clause", "clauses", "wording")
"""The words by which a query asks for the one or the other before any page."""


def _words(topics: list[str]) -> list[str]:
    return [topic.replace("-", " ").capitalize() for topic in topics]


def _follow(kind: str, slug: str, old_slug: str) -> None:
    if old_slug and old_slug != slug:
        search.rename(kind=kind, key=old_slug, to=slug)


def index_template(template: DocumentTemplate, *, old_slug: str = "") -> None:
    _follow(TEMPLATES, template.slug, old_slug)
    search.push(
        kind=TEMPLATES,
        key=template.slug,
        title=template.title,
        summary=template.summary,
        body=" ".join(question["ask"] for question in template.questions),
        url=template.get_absolute_url(),
        stage=template.stage,
        topics=_words(template.topics),
        names=[*template.also, *CALLED[Form(template.form)]],
        updated_at=template.updated_at,
    )


def unindex_template(template: DocumentTemplate) -> None:
    search.remove(kind=TEMPLATES, key=template.slug)


def index_clause(clause: Clause, *, old_slug: str = "") -> None:
    _follow(CLAUSES, clause.slug, old_slug)
    search.push(
        kind=CLAUSES,
        key=clause.slug,
        title=f"{clause.title} (clause)",
        summary=clause.summary,
        body=filled(f"{clause.when_to_use} {clause.watch}", on=clock.today()),
        url=clause.get_absolute_url(),
        topics=_words(clause.topics),
        updated_at=clause.updated_at,
    )


def unindex_clause(clause: Clause) -> None:
    search.remove(kind=CLAUSES, key=clause.slug)


def index_example(example: Example) -> None:
    """What members of boroughs find: the words of its paper, from which everything that was left out is gone."""
    search.push(
        kind=EXAMPLES,
        key=example.document.reference,
        title=example.title,
        summary=example.about or f"An example that {example.organisation} shares: {example.template.title}",
        body=" ".join(all_texts(papers.read(example.paper))),
        url=reverse("example", args=[example.document.reference]),
        stage=example.template.stage,
        topics=_words(example.template.topics),
        visibility=Level.BOROUGHS,
        organisation=example.organisation,
        updated_at=example.shared_at,
    )


def unindex_example(example: Example) -> None:
    search.remove(kind=EXAMPLES, key=example.document.reference)
