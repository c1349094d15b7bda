"""Live documents on an older version: what to do about each, and what administrators learn of the others."""

from __future__ import annotations

import pytest

from guidance.documents.models import Document
from guidance.documents.older import older_page
from guidance.documents.services import moving, variants
from guidance.editorial.services.publishing import withdraw
from tests.factories.documents import TEXT, a_clause, a_document, a_template
from tests.factories.variants import a_variant, a_version, registered
from tests.pages import Pages
from tests.personas import People
from tests.recorder import at_most
from toolkit.accounts.readers import reader_of

pytestmark = pytest.mark.django_db
NEWER = TEXT.replace("No staff transfer.", "No staff move.")


def test_the_same_as_moving_plans(people: People) -> None:
    version = a_variant(by=people.administrator, of=people.fleet)
    template = version.variant.template
    other = a_template("other-plan")
    documents = [
        a_document(by=people.officer, template=template),
        a_document(by=people.officer, template=other),
    ]
    reader = reader_of(people.officer)
    assert older_page(reader, people.fleet, "1").rows == []

    a_version(version.variant, by=people.administrator)
    a_template("other-plan", NEWER)
    a_document(by=people.officer, template=template)
    rows = {row.document.pk: row for row in older_page(reader, people.fleet, "1").rows}
    for document in documents:
        plan = moving.planned(Document.objects.get(pk=document.pk))
        assert plan is not None
        assert plan.to_number == rows[document.pk].newest
        assert rows[document.pk].may_move
    assert len(rows) == 2


def test_a_newer_clause_is_listed_the_same(pages: Pages, people: People) -> None:
    a_clause("exit", "The Supplier returns the data.")
    using = f"{TEXT}\n::: clause exit\n"
    central = a_document(by=people.officer, template=a_template("other-plan", using))
    version = a_variant(by=people.administrator, of=people.fleet, template=a_template(text=using))
    held = a_document(by=people.officer, template=version.variant.template)
    reader = reader_of(people.officer)
    assert older_page(reader, people.fleet, "1").rows == []

    a_clause("exit", "The Supplier returns all the data.")
    rows = older_page(reader, people.fleet, "1").rows
    assert [(row.document.pk, row.what) for row in rows] == [(central.pk, "newer wording of “Exit”")]
    assert moving.planned(Document.objects.get(pk=held.pk)) is None
    page = pages.sign_in(people.officer).get("document_move", reference=central.reference)
    assert "Clause: Exit" in page.text
    assert page.words("ins") == ["The Supplier returns all the data."]
    page = pages.submit(page.form("Move to the newest version"))
    assert older_page(reader, people.fleet, "1").rows == []

    stamp = f"{rows[0].document.clause_pins['exit'][0]}.2"
    variants.take(variant=version.variant, number=1, clauses=stamp, actor=people.administrator)
    assert [row.document.pk for row in older_page(reader, people.fleet, "1").rows] == [held.pk]


def test_nothing_moves_to_wording_that_was_not_shown(pages: Pages, people: People) -> None:
    a_clause("exit", "The Supplier returns the data.")
    document = a_document(by=people.officer, template=a_template(text=f"{TEXT}\n::: clause exit\n"))
    a_clause("exit", "The Supplier returns all the data.")
    page = pages.sign_in(people.officer).get("document_move", reference=document.reference)
    a_clause("exit", "The Supplier keeps the data.")
    assert "There is a newer version still" in pages.submit(page.form("Move to the newest version")).text


def test_a_template_with_a_withdrawn_clause_is_not_offered(people: People) -> None:
    clause = a_clause("exit", "The Supplier returns the data.")
    version = a_variant(
        by=people.administrator, of=people.fleet, template=a_template(text=f"{TEXT}\n::: clause exit\n")
    )
    document = a_document(by=people.officer, template=version.variant.template)
    a_version(version.variant, by=people.administrator)
    a_template()
    withdraw(item=clause, reason="It is old", actor=None)
    assert moving.planned(Document.objects.get(pk=document.pk)) is None
    assert older_page(reader_of(people.officer), people.fleet, "1").rows == []


def test_published_ones_stay_and_hidden_ones_are_counted(pages: Pages, people: People) -> None:
    text = TEXT.replace('readers = "internal"', 'readers = "suppliers"')
    template = a_template(text=text)
    with registered(people.fleet, claims_over=None, published={"T-1"}) as toy:
        out = a_document(by=people.officer, template=template, subject=toy)
        a_document(by=people.officer, template=template)
        a_template(text=text.replace("No staff transfer.", "No staff move."))
        page = pages.sign_in(people.officer).get("documents_older")
        assert moving.IS_PUBLISHED in page.text
        assert out.reference in page.text
        assert "private to a team" not in page.text

        page = pages.sign_in(people.administrator).get("documents_older")
        assert "1 more document of your organisation is on an older version" in page.text
        assert "ask the leads" in page.text
        assert "private to a team" not in pages.sign_in(people.neighbour).get("documents_older").text


def test_as_many_queries_for_many_as_for_one(people: People) -> None:
    for slug in ("exit", "data"):
        a_clause(slug, "The Supplier returns the data.")
    template = a_template(text=f"{TEXT}\n::: clause exit\n")
    with registered(people.fleet, claims_over=None) as toy:
        a_document(by=people.officer, template=template, subject=toy)
        a_template(text=f"{NEWER}\n::: clause exit\n\n::: clause data\n")
        reader = reader_of(people.officer)
        older_page(reader, people.fleet, "1")
        with at_most(100) as one:
            older_page(reader, people.fleet, "1")
        template.refresh_from_db()
        for _ in range(5):
            document = a_document(by=people.officer, template=template, subject=toy)
            Document.objects.filter(pk=document.pk).update(template_number=1)
        with at_most(len(one.queries)):
            assert len(older_page(reader, people.fleet, "1").rows) == 6
