"""What every view of rules begins with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from toolkit.accounts.models import Organisation, Person
from toolkit.accounts.readers import current_organisation
from toolkit.core.errors import Refused
from toolkit.core.text import count


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


def bound(request: HttpRequest, do: str) -> Any:
    """What was sent, for the one form of the page that it was sent by."""
    return request.POST if request.method == "POST" and request.POST.get("do") == do else None


def tried(form: forms.Form, act: Callable[[], str], request: HttpRequest) -> bool:
    """Do it and say so; or show in the form why not."""
    try:
        said = act()
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return False
    messages.success(request, said)
    return True


def removed(request: HttpRequest, act: Callable[[Organisation], int], page: str, one: str) -> HttpResponse:
    """Take something away and say how much went; or say why not."""
    try:
        gone = act(same_organisation(request, request.POST.get("organisation")))
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, f"{count(gone, one).capitalize() if gone else 'Nothing'} removed")
    return redirect(page)
