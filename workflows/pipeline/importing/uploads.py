"""An officer's own register, in two steps: what would happen, then, once they say so, that it does.

Between the two the rows as read are kept, not the file: contact details never get in. A day later all of it is forgotten.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db import transaction

from toolkit.accounts.models import Organisation, Person
from toolkit.accounts.readers import reader_of
from toolkit.accounts.roles import Right
from toolkit.core import clock
from toolkit.core.errors import Refused
from workflows.pipeline.importing.outcome import Line, Outcome
from workflows.pipeline.importing.reading import ReadRegister
from workflows.pipeline.importing.registers import import_rows
from workflows.pipeline.models import Upload
from workflows.pipeline.registers.rows import read_register

KEPT_FOR = dt.timedelta(days=1)
MOST_CHANGES = 500
"""Changes that are listed before somebody confirms them; the counts tell of all."""


def _check_right(organisation: Organisation, actor: Person) -> None:
    if not reader_of(actor).may(Right.IMPORT, organisation.pk):
        raise Refused(f"Only an officer of {organisation} can bring its register in")


def _told(outcome: Outcome) -> dict[str, Any]:
    return {
        "counts": outcome.as_json(),
        "lines": [asdict(line) for line in outcome.lines],
        "changes": [asdict(change) for change in outcome.changes[:MOST_CHANGES]],
    }


def check(*, data: bytes, name: str, organisation: Organisation, actor: Person) -> Upload:
    """Read a register and work out what bringing it in would do, without doing it.

    Raises NotARegister when the file is no such thing.
    """
    _check_right(organisation, actor)
    read = ReadRegister.of(read_register(data, name), name)
    outcome = import_rows(
        read, organisation=organisation, may_file_for={organisation.pk}, name=name, dry_run=True
    )
    forget()
    return Upload.objects.create(
        organisation=organisation,
        person=actor,
        name=name[:200],
        register=read.as_json(),
        outcome=_told(outcome),
    )


@transaction.atomic
def bring_in(*, upload: Upload, actor: Person) -> Upload:
    """Do what was shown, as things stand now. A second time nothing happens: it has happened already."""
    upload = Upload.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=upload.pk)
    _check_right(upload.organisation, actor)
    if upload.imported_at is not None:
        return upload
    outcome = import_rows(
        ReadRegister.from_json(upload.register),
        organisation=upload.organisation,
        may_file_for={upload.organisation_id},
        name=upload.name,
        actor=actor,
    )
    upload.register, upload.outcome, upload.imported_at = {}, _told(outcome), clock.now()
    upload.save()
    return upload


def find(slug: UUID, *, organisation: Organisation) -> Upload | None:
    """An upload of this organisation that is not forgotten yet."""
    recent = Upload.objects.filter(uploaded_at__gte=clock.now() - KEPT_FOR)
    return recent.filter(slug=slug, organisation=organisation).first()


def lines_of(upload: Upload) -> list[Line]:
    """What the report says of it."""
    return [Line(**line) for line in upload.outcome["lines"]]


def forget() -> int:
    """Throw away what is older than a day; how many that were."""
    return Upload.objects.filter(uploaded_at__lt=clock.now() - KEPT_FOR).delete()[0]
