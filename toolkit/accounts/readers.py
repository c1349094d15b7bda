"""Readers out of the database: who is asking, and for which organisation they act."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from toolkit.accounts.models import Membership, Organisation, Person
from toolkit.accounts.visibility import PUBLIC, Reader
from toolkit.core import clock

SESSION_KEY = "organisation"


def reader_of(person: Person | None, *, acting_for: int | None = None) -> Reader:
    """The reader that `person` is today. One query. Without a choice they act for the first organisation by name."""
    return _reader_and_organisation(person, acting_for)[0]


def _reader_and_organisation(
    person: Person | None, acting_for: int | None
) -> tuple[Reader, Organisation | None]:
    """The reader, and the organisation they act for. One query."""
    if person is None or not person.is_authenticated or not person.is_active:
        return PUBLIC, None
    memberships = (
        Membership.objects.filter(person=person, organisation__is_active=True)
        .current_on(clock.today())
        .select_related("organisation")
        .order_by("organisation__short_name")
    )
    by_id = {membership.organisation_id: membership for membership in memberships}
    roles = {organisation_id: frozenset(membership.roles) for organisation_id, membership in by_id.items()}
    current = acting_for if acting_for in roles else next(iter(roles), None)
    organisation = by_id[current].organisation if current is not None else None
    return Reader(person_id=person.pk, roles=roles, current_id=current), organisation


def person_of(request: HttpRequest) -> Person | None:
    """Who is signed in, or None.

    Without a session cookie nobody is: then not even `request.user` is touched, so that a page for the anonymous does not
    vary with cookies and is the same bytes for everyone. (Somebody who signs in with this very request is there already.)
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES and not hasattr(request, "_cached_user"):
        return None
    user = getattr(request, "user", None)
    return user if isinstance(user, Person) else None


def signed_in(request: HttpRequest) -> Person:
    """Who is signed in, on a page that default deny has asked them to sign in for."""
    assert isinstance(request.user, Person)
    return request.user


def reader_for(request: HttpRequest) -> Reader:
    """The reader behind a request; asked once and kept on the request."""
    reader: Reader | None = getattr(request, "_reader", None)
    if reader is None:
        person = person_of(request)
        acting_for = request.session.get(SESSION_KEY) if person is not None else None
        reader, organisation = _reader_and_organisation(person, acting_for)
        request._reader = reader  # type: ignore[attr-defined]  # the one place that keeps them
        request._organisation = organisation  # type: ignore[attr-defined]
    return reader


def current_organisation(request: HttpRequest) -> Organisation | None:
    """The organisation the person acts for, or None; asked for together with the reader."""
    reader_for(request)
    kept: Organisation | None = request._organisation  # type: ignore[attr-defined]
    return kept


def already_loaded(request: HttpRequest, organisation: Organisation) -> None:
    """Spare `current_organisation` its query where a page has loaded the organisation the person acts for anyway."""
    if organisation.pk == reader_for(request).current_id:
        request._organisation = organisation  # type: ignore[attr-defined]  # kept as above
