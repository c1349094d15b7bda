"""May they? Questions with a yes or a no, and the decorator views ask them by."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from toolkit.accounts.models import Organisation, Person
from toolkit.accounts.readers import reader_for, reader_of
from toolkit.accounts.roles import Right

View = Callable[..., HttpResponse]


def may_manage(person: Person, organisation: Organisation) -> bool:
    """May they let people in to the organisation? Its administrators may, and staff."""
    if person.is_staff:
        return person.is_active
    return reader_of(person).may(Right.MANAGE_PEOPLE, organisation.pk)


def needs_second_factor(request: HttpRequest) -> bool:
    """Staff, and whoever may manage people somewhere, need one; True while they have none."""
    person = request.user
    if not isinstance(person, Person):
        return False
    if not (person.is_staff or reader_for(request).organisations_with(Right.MANAGE_PEOPLE)):
        return False
    return not is_mfa_enabled(person)


def needs(right: Right) -> Callable[[View], View]:
    """Only for people who hold `right` in the organisation they act for; everyone else is refused (403).

    For records of a named organisation ask the record's own permissions instead: this looks at the current one.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not reader_for(request).may(right):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return checked

    return decorate


def members_only(view: View) -> View:
    """Only for people admitted to some organisation (403 for pending people and staff without a membership)."""

    @functools.wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not reader_for(request).is_member:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked
