"""Organisations’ own versions of templates, logos, shared examples, and a subject that knows when claims are over.

a_variant(by=administrator, of=fleet)         version 1: a question, and a passage that holds its answer
changes(variant, by=administrator)            a draft from the newest version
an_example(by=officer)                        shared with all boroughs
with registered(claims_over=dt.date(…)): …    documents of toy:T-1 may be shared from the day after
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from django.db.models import QuerySet
from PIL import Image

from guidance.documents import indexing, subjects
from guidance.documents.assembly import papers
from guidance.documents.assembly.definitions import Confidence
from guidance.documents.models import (
    Document,
    DocumentStatus,
    DocumentTemplate,
    Example,
    Made,
    OrganisationLogo,
    Variant,
    VariantDraft,
    VariantVersion,
)
from guidance.documents.services import examples, logos, reviewing, variants
from guidance.documents.subjects import Audience, Claims, Known, Subject
from tests.factories.accounts import MembershipFactory
from tests.factories.documents import TEXT, a_clause, a_document, a_template
from toolkit.accounts.models import Organisation, Person
from toolkit.accounts.visibility import Reader

WHO = {"ask": "Who checks the plan?", "kind": "text", "help": "", "required": True, "options": [], "columns": [], "vat": ""}  # fmt: skip
CHECKS = "The plan is checked by [[own-who-checks-the-plan]]."
SHAREABLE = TEXT.replace('confidence = "intent"', 'confidence = "intent"\nmay_be_example = true')
"""The small template, of the kind that is shared."""
ANSWERS = {"title": "Library system", "ends-on": "2027-03-31", "value": "1234567", "staff": "yes", "staff-how": "Four people to the new supplier"}  # fmt: skip


def changes(
    variant: Variant, *, by: Person, text: str = CHECKS, place: str = "end", heading: str = ""
) -> VariantDraft:
    """One more passage that is not saved."""
    draft = variants.begin_changes(variant=variant, actor=by)
    variants.put_passage(draft=draft, key="", place=place, heading=heading, text=text, actor=by)
    return VariantDraft.objects.get(pk=draft.pk)


def a_variant(
    *,
    by: Person,
    of: Organisation,
    template: DocumentTemplate | None = None,
    place: str = "end",
    heading: str = "",
) -> VariantVersion:
    draft = variants.start(template=template or a_template(), organisation=of, actor=by)
    variants.put_question(draft=draft, name="", given=WHO, actor=by)
    variants.put_passage(draft=draft, key="", place=place, heading=heading, text=CHECKS, actor=by)
    return variants.save(draft=draft, note="Our check", actor=by)


def a_version(variant: Variant, *, by: Person, text: str = "See the handbook.") -> VariantVersion:
    """The next version, with one more passage."""
    return variants.save(draft=changes(variant, by=by, text=text), note="One more passage", actor=by)


def a_picture(width: int = 40, height: int = 20, form: str = "PNG") -> bytes:
    file = BytesIO()
    Image.new("RGB", (width, height), "teal").save(file, form)
    return file.getvalue()


def a_logo(*, by: Person, of: Organisation) -> OrganisationLogo:
    return logos.replace(organisation=of, content=a_picture(), alternative_text="Borough of Fleet", actor=by)


def a_finished(document: Document, *, by: Person) -> Made:
    """A clean copy of it, reviewed by a colleague."""
    if Document.objects.get(pk=document.pk).status == DocumentStatus.REVIEWED:
        reviewing.open_again(document=document, actor=by)
    colleague = MembershipFactory.create(organisation=document.organisation, roles=["officer"]).person
    review = reviewing.ask(document=document, of=colleague, note="", actor=by)
    reviewing.answer(document=document, number=review.made.number, passes=True, reasons="", actor=colleague)
    found = document.made.filter(is_draft=False).order_by("number").last()
    assert found is not None
    return found


def an_example(
    *, by: Person, title: str = "Exit plan of a library", template: DocumentTemplate | None = None
) -> Example:
    """One that is shared: a row as the service writes it, without the wait for claims."""
    document = a_document(by=by, template=template or a_template(text=SHAREABLE), answers=ANSWERS)
    made = a_finished(document, by=by)
    material = examples.material_of(document, made)
    out = material.left_out(["staff-how"])
    example = Example.objects.create(
        document=document,
        made=made,
        organisation=document.organisation,
        template=document.template,
        title=title,
        left_out=out,
        paper=papers.write(material.paper(out, by=document.organisation.short_name)),
        shared_by=by,
    )
    indexing.index_example(example)
    return example


class Toys(subjects.Provider):
    """A subject of no app: everybody in its organisation may write in its documents."""

    kind = "toy"

    def __init__(self, organisation: Organisation, claims: Claims, published: Collection[str] = ()) -> None:
        self.organisation, self.said, self.published = organisation, claims, published

    def find(self, key: str, reader: Reader) -> Subject | None:
        return Subject("toy", key, "A toy", "/", self.organisation, "toy")

    def may_read(self, key: str, reader: Reader, confidence: Confidence) -> bool:
        return self.organisation.pk in reader.roles

    def may_write(self, key: str, reader: Reader, confidence: Confidence, step: str) -> bool:
        return self.organisation.pk in reader.roles

    def readable(self, reader: Reader, confidence: Confidence) -> QuerySet[Any]:
        found = Document.objects.filter(subject_kind="toy", organisation_id__in=list(reader.roles))
        return found.filter(organisation=self.organisation).values("subject_key")

    def audience(self, key: str, confidence: Confidence) -> Audience:
        return Audience(is_everybody=True)

    def facts(self, key: str) -> Mapping[str, Known]:
        return {}

    def is_published(self, key: str) -> bool:
        return key in self.published

    def published_among(self, keys: Collection[str]) -> set[str]:
        return set(keys) & set(self.published)

    def claims(self, key: str) -> Claims:
        return self.said


@contextmanager
def registered(
    organisation: Organisation,
    *,
    claims_over: dt.date | None,
    because: str = "",
    published: Collection[str] = (),
) -> Iterator[Subject]:
    """Inside the block the kind “toy” is known."""
    toys = Toys(organisation, Claims(claims_over, because), published)
    subjects.register(toys)
    try:
        yield Subject("toy", "T-1", "A toy", "/", organisation, "toy")
    finally:
        subjects._providers.pop("toy")


def for_pictures() -> str:
    """Fleet’s version of a template that the centre has changed since, and a clause of it, changes that are not saved, a logo and a shared
    example: made once for the pictures. The slug of the template."""
    slug = "plan-for-the-end"
    if Variant.objects.filter(template__slug=slug).exists():
        return slug
    fleet = Organisation.objects.get(slug="fleet")
    administrator = Person.objects.get(email="admin.fleet@demo.example")
    officer = Person.objects.get(email="officer.fleet@demo.example")
    text = f"{SHAREABLE}\n::: clause return-of-data\n"
    a_clause("return-of-data", "The Supplier must return the data within 30 days.")
    template = a_template(slug, text)
    a_document(by=officer, template=template, answers={"title": "Library system"})
    version = a_variant(by=administrator, of=fleet, template=template, place="after", heading="Staff")
    draft = variants.begin_changes(variant=version.variant, actor=administrator)
    given = {
        "by": "the Procurement Board",
        "on": "2026-03-03",
        "words": "Use it for every contract over £100,000.",
    }
    variants.endorse(draft=draft, given=given, actor=administrator)
    variants.save(draft=draft, note="Endorsed by the board", actor=administrator)
    a_clause(
        "return-of-data", "The Supplier must return all the data within 10 working days, in an open format."
    )
    newer = text.replace("No staff transfer.", "No staff transfer, and none are expected to.")
    a_template(slug, newer.replace('ask = "Will staff transfer?"', 'ask = "Will any staff transfer?"'))
    changes(version.variant, by=administrator, text="## Records\n\nKeep what the retention schedule names.")
    variants.put_question(
        draft=draft_of(version.variant),
        name="",
        given={**WHO, "ask": "Which records are kept?"},
        actor=administrator,
    )
    if not OrganisationLogo.objects.filter(organisation=fleet).exists():
        a_logo(by=administrator, of=fleet)
    an_example(by=officer, template=a_template("plan-of-exit", SHAREABLE))
    return slug


def draft_of(variant: Variant) -> VariantDraft:
    return VariantDraft.objects.get(variant=variant)
