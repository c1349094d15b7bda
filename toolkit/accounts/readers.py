"""Readers out of the database: who is asking, and for which organisation they act."""

from __future__ import annotations

from django.http import HttpRequest

from toolkit.accounts.models import Membership, Organisation, Person
from toolkit.accounts.visibility import PUBLIC, Reader
from toolkit.core import clock

SESSION_KEY = "organisation"


def reader_of(person: Person | None, *, acting_for: int | None = None) -> Reader:
    """The reader that `person` is today. One query. Without a choice they act for the first organisation by name."""
    if person is None or not person.is_authenticated or not person.is_active:
        return PUBLIC
    memberships = list(
        Membership.objects.filter(person=person, organisation__is_active=True)
        .current_on(clock.today())
        .order_by("organisation__short_name")
        .values_list("organisation_id", "roles")
    )
    roles = {organisation_id: frozenset(given) for organisation_id, given in memberships}
    current = acting_for if acting_for in roles else next(iter(roles), None)
    return Reader(person_id=person.pk, roles=roles, current_id=current)


def reader_for(request: HttpRequest) -> Reader:
    """The reader behind a request; asked once and kept on the request."""
    reader: Reader | None = getattr(request, "_reader", None)
    if reader is None:
        person = request.user
        if isinstance(person, Person):
            reader = reader_of(person, acting_for=request.session.get(SESSION_KEY))
        else:
            reader = PUBLIC
        request._reader = reader  # type: ignore[attr-defined]  # the one place that keeps it
    return reader


def current_organisation(request: HttpRequest) -> Organisation | None:
    """The organisation the person acts for, or None. One query, kept on the request."""
    if not hasattr(request, "_organisation"):
        current_id = reader_for(request).current_id
        organisation = Organisation.objects.get(pk=current_id) if current_id else None
        request._organisation = organisation  # type: ignore[attr-defined]  # the one place that keeps it
    kept: Organisation | None = getattr(request, "_organisation", None)
    return kept


def already_loaded(request: HttpRequest, organisation: Organisation) -> None:
    """Spare `current_organisation` its query where a page has loaded the organisation the person acts for anyway."""
    if organisation.pk == reader_for(request).current_id:
        request._organisation = organisation  # type: ignore[attr-defined]  # kept as above
