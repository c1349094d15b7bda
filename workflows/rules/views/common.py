"""What every view of rules begins with."""

from __future__ import annotations

from django.http import HttpRequest

from toolkit.accounts.models import Organisation, Person
from toolkit.accounts.readers import current_organisation
from toolkit.core.errors import Refused


def organisation_of(request: HttpRequest) -> Organisation:
    """The one they act for; `needs` has asked for a right in one."""
    organisation = current_organisation(request)
    assert organisation is not None
    return organisation


def person_of(request: HttpRequest) -> Person:
    """The signed-in person; default deny has asked for one."""
    assert isinstance(request.user, Person)
    return request.user


def same_organisation(request: HttpRequest, slug: str | None) -> Organisation:
    """The one they act for. Raises Refused when the form was begun for another."""
    organisation = organisation_of(request)
    if slug != organisation.slug:
        raise Refused(
            f"You began this for another organisation and act for {organisation} now. Copy what you typed, and open the page again"
        )
    return organisation
