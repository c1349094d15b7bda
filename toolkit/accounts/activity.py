"""The administrators' record of who did what: written by the services of every app in the transaction of what was done,
read on one page.

A sentence names a record by its kind and reference, never by its title: what is private to a team stays there. Whoever
may see the record is shown its title beside the sentence, as it stands when they read it. The app that owns the record
gives it, by filling the slot SUBJECTS.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db.models import Model

from toolkit.accounts.models import Activity, Organisation, Person
from toolkit.accounts.visibility import Reader
from toolkit.core import slots

SUBJECTS = "activity.subjects"
"""Filled with functions of `reader` and `references` that give the `Subject`s among them which the reader may see."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A record as its reader may see it."""

    reference: str
    title: str
    url: str


def note(*, organisation: Organisation, actor: Person | None, sentence: str, reference: str = "") -> None:
    """Add one sentence to the organisation's record. `reference`: the record it is about, if any. No title, no reasons,
    nothing else that only a team may read belongs in the sentence."""
    Activity.objects.create(organisation=organisation, actor=actor, sentence=sentence, reference=reference)


class Recorded(Protocol):
    """A record of an organisation with a public reference."""

    @property
    def reference(self) -> str: ...

    @property
    def organisation(self) -> Organisation: ...


def note_on(record: Recorded, did: str, *, actor: Person | None, more: str = "") -> None:
    """Add “Ada Okoro {did} procurement PR-7K2D{more}” to the record of the organisation that it belongs to."""
    assert isinstance(record, Model)
    kind = record._meta.verbose_name
    note(
        organisation=record.organisation,
        actor=actor,
        sentence=f"{actor or 'The service'} {did} {kind} {record.reference}{more}",
        reference=record.reference,
    )


def subjects_of(lines: Collection[Activity], reader: Reader) -> dict[str, Subject]:
    """The records that these lines are about and this reader may see, by reference."""
    references: Sequence[str] = sorted({line.reference for line in lines if line.reference})
    if not references:
        return {}
    given = slots.fill(SUBJECTS, {"reader": reader, "references": references})
    return {subject.reference: subject for subjects in given for subject in subjects}
