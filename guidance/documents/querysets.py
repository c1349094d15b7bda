"""Which documents: the only door to a list of them."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from guidance.documents import subjects
from guidance.documents.assembly.definitions import Confidence
from toolkit.accounts.roles import Right
from toolkit.accounts.visibility import Reader


def sealed() -> Q:
    """What a subject keeps to its team for now."""
    found = Q(pk__in=[])
    for provider in subjects.every():
        for confidence in Confidence:
            keys = provider.sealed(confidence)
            if keys is not None:
                found |= Q(subject_kind=provider.kind, confidence=confidence, subject_key__in=keys)
    return found


class DocumentQuerySet[M: models.Model](models.QuerySet[M]):
    def visible_to(self, reader: Reader) -> Self:
        """Those this reader may open; the same answer as `permissions.may_read`.

        By the subject’s own rule; by being put on one that is not for the team alone; one’s own that belong to nothing or
        are personal; and auditors everything of their organisation. Only while let in to the organisation.
        """
        mine = Q(created_by_id=reader.person_id) & (Q(subject_kind="") | Q(confidence=Confidence.PERSONAL))
        put_on = Q(people__person_id=reader.person_id) & ~Q(confidence=Confidence.TEAM, subject_kind__gt="")
        condition = Q(organisation_id__in=list(reader.roles)) & (mine | put_on)
        audited = reader.organisations_with(Right.READ_EVERYTHING)
        if audited:
            condition |= Q(organisation_id__in=audited) & ~sealed()
        for provider in subjects.every():
            for confidence in Confidence:
                condition |= Q(
                    subject_kind=provider.kind,
                    confidence=confidence,
                    subject_key__in=provider.readable(reader, confidence),
                )
        return self.filter(pk__in=self.model._default_manager.filter(condition).values("pk"))

    def of_subject(self, kind: str, key: str) -> Self:
        return self.filter(subject_kind=kind, subject_key=key)
