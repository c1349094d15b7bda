"""The library: what strangers and members find in it, and what is there no more."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from markupsafe import Markup

from guidance.documents.models import BlankFile, Clause, DocumentTemplate
from guidance.documents.pages import library
from guidance.documents.pages.library import EXAMPLES_SLOT, VARIANT_SLOT
from guidance.editorial.models import Revision, State
from guidance.editorial.services import publishing
from guidance.pages.pages import DOCUMENTS_SLOT
from tests.factories.content import a_page
from tests.factories.documents import TEXT, a_clause, a_template
from tests.pages import Pages
from tests.personas import People
from tests.recorder import at_most
from toolkit.core import page_cache, slots
from toolkit.core.errors import Refused

pytestmark = pytest.mark.django_db

LETTER = (
    TEXT.replace('title = "Exit plan"', 'title = "Letter: extension"')
    .replace('form = "document"', 'form = "letter"')
    .replace('readers = "internal"', 'readers = "suppliers"')
    .replace('stage = "manage"', 'stage = "award"')
)
NAMING_A_CLAUSE = TEXT.replace("## Risks", "::: clause exit\n\n## Risks")


def a_blank(template: DocumentTemplate, form: str = "docx", **fields: Any) -> BlankFile:
    return BlankFile.objects.create(
        **{"template": template, "number": template.live_number, "format": form, "content": b"PK-word", "size": 48_000, **fields}
    )  # fmt: skip


def renamed(template: DocumentTemplate, slug: str) -> None:
    revision = Revision.objects.create(
        kind="template", item_id=template.pk, number=2, slug=slug, title=slug, state=State.APPROVED,
        text=Revision.objects.get(kind="template", item_id=template.pk).text,
    )  # fmt: skip
    publishing.publish(revision=revision, actor=None)


def test_templates_stand_by_stage_and_are_narrowed(pages: Pages) -> None:
    a_template()
    a_template("letter-extension", LETTER)
    every = pages.get("templates")
    assert every.words("main h2.govuk-heading-m") == ["Award (1)", "Contract management (1)"]
    assert every.words("main nav li") == ["Award (1)", "Contract management (1)"]
    assert "Letter: extension – read by suppliers" in every.main
    assert "read by people inside the council" not in every.main, "as nearly all are"
    assert "What happens when the contract ends." in every.main
    narrowed = pages.get(every.link("Suppliers (1)"))
    assert "Letter: extension" in narrowed.links
    assert "Exit plan" not in narrowed.links
    assert pages.get(narrowed.link("Suppliers (1) – show all")).links == every.links
    assert "No template is for this" in pages.get("templates", query={"stage": "award", "readers": "public"}).main  # fmt: skip
    assert pages.get("templates", query={"stage": "nowhere", "readers": "'"}).links == every.links


def test_the_search_box_finds_templates_alone(pages: Pages) -> None:
    a_template()
    a_page(title="Plan the exit")
    form = pages.get("templates").form("main form")
    found = pages.submit(form, q="exit")
    assert found.words("main h3 a") == ["Exit plan"]


def test_a_template_says_what_it_is_for_and_what_it_asks(pages: Pages) -> None:
    a_clause("exit", "The Supplier must return [[what]].", what="what is returned")
    a_page(slug="exit", title="Leave well", documents=["exit-plan"])
    template = a_template(text=NAMING_A_CLAUSE.replace('owner = "Com', 'guidance = ["exit"]\nowner = "Com'))
    shown = pages.get(template.get_absolute_url())
    assert shown.facts == {
        "Who reads it": "People inside the council",
        "Who may open it here": "Whoever may see what the council means to do",
    }
    assert "6 questions in 2 sections" in shown.main
    assert "What is the contract called? a line" in shown.main
    assert "Who, and to whom? a paragraph or more, in some cases" in shown.main
    for words in ("Commercial team", "last checked 24 November 2026", "Procurement Act 2023, section 78", "Version 1", "Published"):  # fmt: skip
        assert words in shown.main, words
    assert shown.links["Exit"] == "/clauses/exit/"
    assert shown.links["Leave well"] == "/guidance/engage/exit/"
    assert pages.get(shown.links["Leave well"]).links["Exit plan"] == "/templates/exit-plan/"


def test_steps_that_name_a_template_stand_beside_it(pages: Pages) -> None:
    shown = pages.get(a_template().get_absolute_url())
    steps = [address for address in shown.links.values() if "#step-" in address]
    assert steps
    assert all(address.startswith("/routes/") for address in steps)


def test_blanks_are_offered_when_they_are_made(pages: Pages) -> None:
    template = a_template()
    shown = pages.get(template.get_absolute_url())
    assert "The files are being made" in shown.main
    missing = pages.get("template_blank", slug=template.slug, form="docx", status=404)
    assert missing.h1 == "This file is being made"
    pages.get("template_blank", slug=template.slug, form="exe", status=404)
    a_blank(template)
    a_blank(template, "odt", number=7)
    page_cache.clear()
    shown = pages.get(template.get_absolute_url())
    assert "Word (48 KB)" in shown.main
    assert "The other files are being made" in shown.main
    assert "OpenDocument" not in shown.main, "an old one is no blank of what is live"


def test_a_blank_asked_for_again_costs_a_304() -> None:
    made = a_blank(a_template())
    client, address = Client(), f"/templates/{made.template.slug}/blank/docx/"
    first = client.get(address)
    assert (first.status_code, first.content) == (200, b"PK-word")
    assert first["Content-Disposition"] == 'attachment; filename="exit-plan.docx"'
    assert first["Cache-Control"] == "public, max-age=300"
    with at_most(2):
        again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_example_is_the_document_filled_in(pages: Pages) -> None:
    template = a_template()
    shown = pages.get(pages.get(template.get_absolute_url()).link("Exit plan: an example"))
    assert "Library system ends on 31 March 2027." in shown.main
    assert "No staff transfer." in shown.main
    assert "Talk to the supplier early" not in shown.main, "an instruction stays behind"


def test_a_clause_shows_its_words_and_its_notes(pages: Pages) -> None:
    clause = a_clause("exit", "The Supplier must return [[what]].\n\nIt does so at once.", what="what is returned")  # fmt: skip
    Clause.objects.filter(pk=clause.pk).update(
        variants=[{"title": "Softer", "text": "It does so within [[what]].", "note": "When the price falls."}]
    )
    a_template(text=NAMING_A_CLAUSE)
    shown = pages.get(clause.get_absolute_url())
    for words in ("1.1 The Supplier must return [what is returned].", "1.2 It does so at once.", "Nearly always.", "The dates.", "Softer", "When: When the price falls."):  # fmt: skip
        assert words in shown.main, words
    assert shown.links["Exit plan"] == "/templates/exit-plan/"
    assert pages.get("clauses").links["Exit"] == "/clauses/exit/"


def test_what_was_withdrawn_says_why_and_what_moved_leads_on(pages: Pages) -> None:
    template = a_template()
    renamed(template, "plan-the-exit")
    for ending in ("", "example/", "blank/docx/"):
        moved = pages.get(f"/templates/exit-plan/{ending}", follow=False, status=301)
        assert moved.headers["Location"] == f"/templates/plan-the-exit/{ending}"
    assert pages.get(a_page(documents=["exit-plan"]).get_absolute_url()).links["Exit plan"] == "/templates/plan-the-exit/"  # fmt: skip
    template.refresh_from_db()
    a_blank(template)
    publishing.withdraw(item=template, reason="One plan is enough", read_instead="/templates/", actor=None)
    for ending in ("", "example/", "blank/docx/"):
        gone = pages.get(f"/templates/plan-the-exit/{ending}", status=410)
        assert "One plan is enough." in gone.main
        assert gone.links["Use this instead"] == "/templates/"
    pages.get("/templates/never-was/", status=404)


def test_a_clause_in_use_can_be_neither_withdrawn_nor_moved() -> None:
    clause = a_clause("exit", "The Supplier must return [[what]].", what="what is returned")
    a_template(text=NAMING_A_CLAUSE)
    with pytest.raises(Refused, match="cannot be withdrawn while templates use it: Exit plan"):
        publishing.withdraw(item=clause, reason="Old", actor=None)
    text = Revision.objects.get(kind="clause", item_id=clause.pk).text
    moved = Revision.objects.create(kind="clause", item_id=clause.pk, number=2, slug="leaving", title="x", text=text, state=State.APPROVED)  # fmt: skip
    with pytest.raises(Refused, match="cannot have another address"):
        publishing.publish(revision=moved, actor=None)


def test_members_see_what_boroughs_made_of_it(
    pages: Pages, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    template = a_template()
    seen: list[Any] = []

    def variant(context: Any) -> Markup:
        seen.append((context["template"], context["reader"].person_id))
        return Markup('<p class="govuk-body">Fleet’s own</p>')

    monkeypatch.setitem(slots._fillings, VARIANT_SLOT, [slots.Filling(variant, 0)])
    monkeypatch.setitem(slots._fillings, EXAMPLES_SLOT, [])
    shown = pages.sign_in(people.officer).get(template.get_absolute_url())
    assert "Fleet’s own" in shown.main
    assert seen == [(template, people.officer.pk)]
    assert "Fleet’s own" not in pages.sign_in(None).get(template.get_absolute_url()).main


def test_the_number_of_queries_does_not_grow(people: People) -> None:
    for number in range(12):
        a_clause(f"clause-{number}", "Words.")
        a_template(f"exit-{number}", TEXT.replace("## Risks", f"::: clause clause-{number}\n\n## Risks"))
    page_cache.clear()
    for address, most in {
        "/templates/": 2,
        "/clauses/": 1,
        "/templates/exit-3/": 8,
        "/templates/exit-3/example/": 3,
        "/clauses/clause-3/": 6,
    }.items():
        # With nothing kept: what there is of templates, clauses, pages and guides is looked up for all pages together.
        page_cache.clear()
        with at_most(most):
            assert Client().get(address).status_code == 200
        with at_most(0):
            assert Client().get(address).status_code == 200


def test_the_panel_beside_guidance_keeps_to_its_budget(queries: Any) -> None:
    a_template()
    for filling in slots.fillings()[DOCUMENTS_SLOT]:
        with queries(filling.queries):
            links = filling.filler({"page": "exit", "documents": ("exit-plan",)})
    assert [link.title for link in links] == ["Exit plan"]
    for filling in slots.fillings()[library.STEPS_SLOT]:
        with queries(filling.queries):
            assert filling.filler({"slugs": {"exit-plan"}, "steps": []})
