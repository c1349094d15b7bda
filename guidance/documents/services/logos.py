"""The logo at the head of an organisation’s documents."""

from __future__ import annotations

from django.db import transaction

from guidance.documents.models import OrganisationLogo
from guidance.documents.writers import logos
from toolkit.accounts import activity
from toolkit.accounts.models import Organisation, Person
from toolkit.accounts.readers import reader_of
from toolkit.accounts.roles import Right
from toolkit.core import clock
from toolkit.core.errors import Refused


def _allowed(actor: Person, organisation: Organisation) -> None:
    if not reader_of(actor).may(Right.SET_RULES, organisation.pk):
        raise Refused(f"Only an administrator of {organisation} can do that")


@transaction.atomic
def replace(
    *, organisation: Organisation, content: bytes, alternative_text: str, actor: Person
) -> OrganisationLogo:
    """Put a picture at the head of the organisation’s documents that are made from now on. Raises Refused."""
    _allowed(actor, organisation)
    try:
        checked = logos.checked(content, alternative_text)
    except logos.BadLogo as error:
        raise Refused(str(error)) from error
    made, _ = OrganisationLogo.objects.update_or_create(
        organisation=organisation,
        defaults={
            "content": checked.content,
            "content_type": checked.content_type,
            "alternative_text": checked.alternative_text,
            "width": checked.width,
            "height": checked.height,
            "by": actor,
            "at": clock.now(),
        },
    )
    activity.note(
        organisation=organisation,
        actor=actor,
        sentence=f"{actor} put the organisation’s logo on its documents",
    )
    return made


@transaction.atomic
def remove(*, organisation: Organisation, actor: Person) -> None:
    """Documents made from now on have none. Twice is once. Raises Refused."""
    _allowed(actor, organisation)
    if OrganisationLogo.objects.filter(organisation=organisation).delete()[0]:
        activity.note(
            organisation=organisation,
            actor=actor,
            sentence=f"{actor} took the organisation’s logo off its documents",
        )
