"""Joining, switching, and the administrators' pages about people."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toolkit.accounts import letters, services
from toolkit.accounts.activity import subjects_of
from toolkit.accounts.forms import InviteForm, JoinForm, MemberForm, SwitchForm
from toolkit.accounts.models import Activity, Invitation, Membership, MembershipStatus, Organisation
from toolkit.accounts.permissions import needs
from toolkit.accounts.readers import SESSION_KEY, current_organisation, reader_for, signed_in
from toolkit.accounts.roles import Right, Role, within
from toolkit.accounts.selectors import (
    administrators,
    has_proved_address,
    invitations_for,
    open_invitations,
    organisations_for,
)
from toolkit.core import clock, slots
from toolkit.core.errors import Refused

LEAVERS = "people.leavers"
"""The slot for who has left and still has work to hand over; filled with a function of `organisation`."""


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Ask to be let in, or take up an invitation, or see that one is waiting."""
    person = signed_in(request)
    organisations = organisations_for(person.email)
    form = JoinForm(request.POST or None, person=person, organisations=organisations)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.ask_to_join(
                person=person,
                organisation=data["organisation"],
                employer=data["employer"],
                reason=data["reason"],
                ends_on=data["ends_on"],
                supplier_interest=data["supplier_interest"],
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            return redirect("join")
    return render(
        request,
        "accounts/join.html",
        {
            "form": form,
            "person": person,
            "has_proved_address": has_proved_address(person),
            "organisations": organisations,
            "waiting": Membership.objects.filter(person=person).waiting().select_related("organisation"),
            "with_administrator": set(
                administrators()
                .filter(organisation__memberships__person=person)
                .values_list("organisation_id", flat=True)
            ),
            "declined": Membership.objects.filter(
                person=person, status=MembershipStatus.DECLINED
            ).select_related("organisation"),
            "invitations": invitations_for(person),
        },
    )


@require_POST
def accept_invitations(request: HttpRequest) -> HttpResponse:
    """Take up the open invitations of one's address."""
    try:
        taken = services.accept_invitations(person=signed_in(request))
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("join")
    for membership in taken:
        messages.success(request, f"You are now in {membership.organisation}")
    return redirect("home")


@require_http_methods(["GET", "HEAD", "POST"])
def switch(request: HttpRequest) -> HttpResponse:
    """Choose for which of one's organisations one acts."""
    reader = reader_for(request)
    organisations = Organisation.objects.filter(pk__in=list(reader.roles))
    current = current_organisation(request)
    form = SwitchForm(
        request.POST or None,
        organisations=organisations,
        initial={"organisation": current.slug if current else None},
    )
    if request.method == "POST" and form.is_valid():
        request.session[SESSION_KEY] = form.cleaned_data["organisation"].pk
        messages.success(request, f"You are now working for {form.cleaned_data['organisation']}")
        return redirect("home")
    return render(request, "accounts/switch.html", {"form": form, "organisations": organisations})


def _organisation(request: HttpRequest) -> Organisation:
    organisation = current_organisation(request)
    if organisation is None:
        raise Http404
    return organisation


@require_safe
@needs(Right.MANAGE_PEOPLE)
def people(request: HttpRequest) -> HttpResponse:
    """Who is in, who waits, who is invited."""
    organisation = _organisation(request)
    members = Membership.objects.filter(organisation=organisation).select_related("person")
    return render(
        request,
        "accounts/people.html",
        {
            "organisation": organisation,
            "waiting": members.waiting(),
            "members": members.current_on(clock.today()),
            "lapsed": members.filter(status=MembershipStatus.ADMITTED, ends_on__lt=clock.today()),
            "invitations": open_invitations().filter(organisation=organisation),
            "leavers": slots.fill(LEAVERS, {"organisation": organisation}),
        },
    )


def _member(request: HttpRequest, reference: str) -> Membership:
    return get_object_or_404(
        Membership.objects.select_related("person", "organisation"),
        organisation=_organisation(request),
        reference=reference,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.MANAGE_PEOPLE)
def member(request: HttpRequest, reference: str) -> HttpResponse:
    """Let one person in, or change what they may do."""
    membership = _member(request, reference)
    pending = membership.status == MembershipStatus.PENDING
    own = membership.person_id == signed_in(request).pk
    form = MemberForm(
        request.POST or None,
        among=within(membership.roles) if own else None,
        initial={
            "is_answer": pending,
            "roles": membership.roles or [Role.VIEWER],
            "employer": membership.employer,
            "reason": membership.reason,
            "ends_on": membership.ends_on,
        },
    )
    if request.method == "POST" and form.is_valid():
        is_answer = form.cleaned_data.pop("is_answer")
        verb = services.admit if is_answer else services.change
        try:
            verb(membership=membership, actor=signed_in(request), **form.cleaned_data)
        except services.AnsweredAlready as answered:
            messages.error(request, answered.sentence)
            return redirect("people")
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            done = "is let in" if is_answer else "is changed"
            messages.success(request, f"{membership.person} {done}")
            return redirect("people")
    context = {"form": form, "membership": membership, "pending": pending, "own": own}
    return render(request, "accounts/member.html", context)


@require_POST
@needs(Right.MANAGE_PEOPLE)
def decline(request: HttpRequest, reference: str) -> HttpResponse:
    """Say no to a request."""
    return _done(
        request,
        lambda: services.decline(membership=_member(request, reference), actor=signed_in(request)),
        "The request is declined",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.MANAGE_PEOPLE)
def remove(request: HttpRequest, reference: str) -> HttpResponse:
    """Take somebody's access away, after a confirmation."""
    membership = _member(request, reference)
    if request.method == "POST":
        return _done(
            request,
            lambda: services.end(membership=membership, actor=signed_in(request)),
            f"{membership.person} is removed",
        )
    return render(request, "accounts/remove.html", {"membership": membership})


def _done(request: HttpRequest, act: Any, sentence: str) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, sentence)
    return redirect("people")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.MANAGE_PEOPLE)
def invite(request: HttpRequest) -> HttpResponse:
    """Invite an address, whatever its domain."""
    form = InviteForm(request.POST or None, initial={"roles": [Role.VIEWER]})
    if request.method == "POST" and form.is_valid():
        try:
            invitation = services.invite(
                organisation=_organisation(request), actor=signed_in(request), **form.cleaned_data
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, f"An invitation is on its way to {invitation.email}")
            return redirect("people")
    return render(request, "accounts/invite.html", {"form": form, "organisation": _organisation(request)})


@require_POST
@needs(Right.MANAGE_PEOPLE)
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take back an open invitation."""
    invitation = get_object_or_404(
        Invitation,
        organisation=_organisation(request),
        reference=reference,
        accepted_at=None,
        withdrawn_at=None,
    )
    return _done(
        request,
        lambda: services.withdraw_invitation(invitation=invitation, actor=signed_in(request)),
        f"The invitation of {invitation.email} is withdrawn",
    )


@require_safe
@needs(Right.MANAGE_PEOPLE)
def activity(request: HttpRequest) -> HttpResponse:
    """Who did what, newest first."""
    organisation = _organisation(request)
    page = Paginator(Activity.objects.filter(organisation=organisation), 50).get_page(request.GET.get("page"))
    context = {
        "organisation": organisation,
        "page_of_activity": page,
        "subjects": subjects_of(list(page.object_list), reader_for(request)),
    }
    return render(request, "accounts/activity.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def admit_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The link an administrator gets by e-mail: shows who asks, and lets them in as a viewer on POST.

    Good for 7 days, for one request, while that administrator is one; other roles are given on the people page.
    """
    request_and_administrator = letters.request_behind(token)
    if request_and_administrator is None:
        return _link_is_dead(request, "Somebody has answered already, or the link is older than 7 days.")
    membership, administrator = request_and_administrator
    if request.method == "POST":
        try:
            services.admit(
                membership=membership, roles=[Role.VIEWER], employer=membership.employer, reason=membership.reason,
                ends_on=membership.ends_on, actor=administrator,
            )  # fmt: skip
        except Refused as refused:
            return _link_is_dead(request, f"{refused.sentence}.")
        return render(request, "accounts/admitted_by_link.html", {"membership": membership})
    return render(request, "accounts/admit_by_link.html", {"membership": membership})


def _link_is_dead(request: HttpRequest, why: str) -> HttpResponse:
    return render(request, "accounts/admit_by_link.html", {"membership": None, "why": why}, status=410)
