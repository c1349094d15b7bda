"""Nouns of documents."""

from guidance.documents.models.documents import (
    Answer,
    AnswerChange,
    Comment,
    Document,
    DocumentPerson,
    DocumentStatus,
    FileState,
    Made,
    MadeFile,
    Review,
    ReviewState,
    as_value,
)
from guidance.documents.models.examples import Example
from guidance.documents.models.templates import BlankFile, Clause, DocumentTemplate
from guidance.documents.models.variants import OrganisationLogo, Variant, VariantDraft, VariantVersion

__all__ = [
    "Answer",
    "AnswerChange",
    "BlankFile",
    "Clause",
    "Comment",
    "Document",
    "DocumentPerson",
    "DocumentStatus",
    "DocumentTemplate",
    "Example",
    "FileState",
    "Made",
    "MadeFile",
    "OrganisationLogo",
    "Review",
    "ReviewState",
    "Variant",
    "VariantDraft",
    "VariantVersion",
    "as_value",
]
