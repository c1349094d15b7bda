"""Sharing a document with all boroughs as an example, and taking it back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from guidance.documents import indexing, permissions, selectors, subjects, versions
from guidance.documents.assembly import papers, sharing
from guidance.documents.assembly.blocks import Paper
from guidance.documents.assembly.definitions import Confidence, Put, Question
from guidance.documents.models import AnswerChange, Document, Example, Made
from guidance.documents.services.common import locked
from toolkit.accounts import activity
from toolkit.accounts.models import Person
from toolkit.accounts.readers import reader_of
from toolkit.accounts.roles import Right
from toolkit.accounts.visibility import Reader
from toolkit.core import clock
from toolkit.core.errors import Refused
from toolkit.core.text import day

NOBODY_KNOWS = "It belongs to no procurement or contract, so nobody can say that the time for claims is over"


def why_not(document: Document) -> str:
    """Why a document cannot be shared as an example now, in a sentence; empty when it can. Three queries and those of its
    subject."""
    if not document.template.may_be_example or not versions.definition_of(document).may_be_example:
        return "Only specifications, award criteria and engagement plans are shared as examples; never evaluations, prices or what suppliers wrote"
    if document.confidence == Confidence.PERSONAL:
        return "It is about people"
    if clean_copy(document) is None:
        return "There is no clean copy of it that somebody else has reviewed: nothing else is an example"
    provider = subjects.provider_of(document.subject_kind)
    if provider is None:
        return NOBODY_KNOWS
    claims = provider.claims(document.subject_key)
    if claims.ended_on is None:
        return claims.because or "Nobody knows yet when the time for claims is over"
    if claims.ended_on >= clock.today():
        return f"The time for claims runs until {day(claims.ended_on)}: it can be shared from the day after"
    return ""


def clean_copy(document: Document) -> Made | None:
    """The newest clean copy that somebody else has reviewed. Three queries at most."""
    reviewed = selectors.reviews_of(document)
    if not reviewed:
        return None
    return document.made.select_related("variant_version").get(number=max(reviewed))


@dataclass(frozen=True, slots=True)
class Material:
    """What an example is assembled from: the answers and versions of one finished copy."""

    made: Made
    put: Put
    answers: dict[str, Any]

    @property
    def questions(self) -> Sequence[Question]:
        return sharing.answered(self.put.template, self.answers)

    def left_out(self, chosen: Collection[str]) -> list[str]:
        return sharing.left_out(self.put.template, self.answers, chosen)

    def paper(self, out: Collection[str], *, by: str) -> Paper:
        return sharing.paper_for_others(self.put, self.answers, out=out, by=by)


def material_of(document: Document, made: Made) -> Material:
    """The answers as they stood when the copy was made, not as they stand today. One query, and those of versions that
    this process has not read before."""
    numbers = {each["name"]: each["number"] for each in made.answers}
    changes = AnswerChange.objects.filter(document=document, name__in=numbers).values_list(
        "name", "number", "value"
    )
    as_it_was = Document(
        template=document.template,
        template_number=made.template_number,
        variant_version=made.variant_version,
        clause_pins=made.clause_pins,
        figures_on=made.figures_on,
    )
    return Material(
        made,
        versions.put_of(as_it_was),
        {name: value for name, number, value in changes if numbers[name] == number},
    )


def example_of(document: Document) -> Example | None:
    """The example it is shared as. One query."""
    return document.examples.filter(withdrawn_at=None).select_related("shared_by").first()


@transaction.atomic
def share(
    *,
    document: Document,
    made: int,
    title: str,
    about: str,
    leave_out: Collection[str],
    digest: str,
    actor: Person,
) -> Example:
    """Share copy number `made` with all boroughs, without the answers named in `leave_out` and those that can never be
    shown. `digest` is that of the paper the officer has seen. The form sent twice shares it once. Raises Refused."""
    document = locked(document)
    if not permissions.may_share(reader_of(actor), document):
        raise Refused("You may not share this document")
    why = why_not(document)
    if why:
        raise Refused(why)
    copy = clean_copy(document)
    assert copy is not None, "`why_not` has asked"
    if copy.number != made:
        raise Refused("A newer copy has been reviewed: look at what boroughs would see of it")
    material = material_of(document, copy)
    out = material.left_out(leave_out)
    paper = material.paper(out, by=document.organisation.short_name)
    if papers.digest_of(paper) != digest:
        raise Refused("What boroughs would see has changed: look at it again")
    there = example_of(document)
    if there is not None:
        if papers.digest_of(papers.read(there.paper)) == digest and there.title == title.strip():
            return there
        raise Refused("It is shared already: withdraw that example first")
    example = Example.objects.create(
        document=document,
        made=copy,
        organisation=document.organisation,
        template=document.template,
        title=title.strip(),
        about=about.strip(),
        left_out=out,
        paper=papers.write(paper),
        shared_by=actor,
    )
    indexing.index_example(example)
    activity.note_on(document, "shared", actor=actor, more=" with all boroughs as an example")
    return example


def may_withdraw(reader: Reader, example: Example) -> bool:
    """Whoever may share for the organisation, so that it comes back even when its author has left."""
    return reader.may(Right.SHARE, example.organisation_id)


@transaction.atomic
def withdraw(*, example: Example, actor: Person) -> None:
    """Take an example back: kept as a row, shown to nobody. Twice is once. Raises Refused."""
    example = Example.objects.select_for_update(of=("self",)).select_related("document__organisation").get(pk=example.pk)  # fmt: skip
    if not may_withdraw(reader_of(actor), example):
        raise Refused("You may not withdraw this example")
    if example.withdrawn_at is not None:
        return
    example.withdrawn_at, example.withdrawn_by = clock.now(), actor
    example.save(update_fields=["withdrawn_at", "withdrawn_by"])
    indexing.unindex_example(example)
    activity.note_on(example.document, "withdrew", actor=actor, more=" as an example")
