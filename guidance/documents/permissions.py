"""May they? About one document."""

from __future__ import annotations

from django.db.models import Q

from guidance.documents import subjects
from guidance.documents.assembly.definitions import Confidence
from guidance.documents.models import Document, DocumentStatus, Review, ReviewState
from toolkit.accounts.roles import Right
from toolkit.accounts.visibility import Reader


def _is_on(reader: Reader, document: Document, *, to_write: bool = False) -> bool:
    return any(
        each.person_id == reader.person_id and (each.may_write or not to_write)
        for each in document.people.all()
    )


def _is_sealed(document: Document) -> bool:
    """Does its subject keep it to its team for now?"""
    provider = subjects.provider_of(document.subject_kind)
    return provider is not None and provider.is_sealed(document.subject_key, Confidence(document.confidence))


def may_read(reader: Reader, document: Document) -> bool:
    """Open it; the same answer as `DocumentQuerySet.visible_to`."""
    if Right.READ_EVERYTHING in reader.rights_in(document.organisation_id) and not _is_sealed(document):
        return True
    if document.organisation_id in reader.roles:
        is_free = not document.subject_kind
        if document.created_by_id == reader.person_id and (
            is_free or document.confidence == Confidence.PERSONAL
        ):
            return True
        if _is_on(reader, document) and (is_free or document.confidence != Confidence.TEAM):
            return True
    provider = subjects.provider_of(document.subject_kind)
    return provider is not None and provider.may_read(
        document.subject_key, reader, Confidence(document.confidence)
    )


def may_write(reader: Reader, document: Document) -> bool:
    """Answer its questions, have it made: whoever began it or is put on it, and whoever the subject lets; but nobody else
    writes in a personal one."""
    if not reader.may(Right.DRAFT, document.organisation_id) or not may_read(reader, document):
        return False
    if document.created_by_id == reader.person_id or _is_on(reader, document, to_write=True):
        return True
    if document.confidence == Confidence.PERSONAL:
        return False
    provider = subjects.provider_of(document.subject_kind)
    return provider is not None and provider.may_write(
        document.subject_key, reader, Confidence(document.confidence), document.step
    )


def may_comment(reader: Reader, document: Document) -> bool:
    """Whoever may write in it, and whoever may review it."""
    return may_write(reader, document) or may_review(reader, document)


def may_review(reader: Reader, document: Document) -> bool:
    """Could they review it, by right? That they wrote none of it is asked when they do."""
    rights = reader.rights_in(document.organisation_id)
    return bool(rights & {Right.DRAFT, Right.ENDORSE}) and may_read(reader, document)


def may_answer(reader: Reader, document: Document) -> bool:
    """Change an answer now: a document under review waits, one that is reviewed is opened again first."""
    return document.status == DocumentStatus.DRAFT and may_write(reader, document)


def may_share(reader: Reader, document: Document) -> bool:
    """Share it with all boroughs as an example."""
    return reader.may(Right.SHARE, document.organisation_id) and may_write(reader, document)


def sees_remarks(reader: Reader, document: Document) -> bool:
    """Read what people working on it say to one another: they, and auditors."""
    return _audits(reader, document) or may_comment(reader, document)


def sees_sheet(reader: Reader, document: Document) -> bool:
    """Read where every answer came from: whoever may write in it, whoever is asked to review it or did, and auditors. One
    query at most."""
    if _audits(reader, document) or may_write(reader, document):
        return True
    mine = (
        Q(by_id=reader.person_id)
        | Q(asked_of_id=reader.person_id)
        | Q(asked_of=None, state=ReviewState.ASKED)
    )
    return may_review(reader, document) and Review.objects.filter(mine, document=document).exists()


def _audits(reader: Reader, document: Document) -> bool:
    return Right.READ_EVERYTHING in reader.rights_in(document.organisation_id)
