"""Working together on a procurement: following it, comments, handing over."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from toolkit.accounts.models import Membership, Person
from toolkit.accounts.readers import reader_for
from toolkit.accounts.roles import Right, rights_of
from toolkit.core import clock, form_keys
from toolkit.core.errors import Refused
from toolkit.core.text import whole_number
from workflows.procurements import comments as said
from workflows.procurements import confidence, permissions
from workflows.procurements.forms.together import CommentForm, HandOverForm
from workflows.procurements.models import Procurement, TeamRole
from workflows.procurements.services import comments, following, handing_over
from workflows.procurements.views.common import person_of, record, record_context, started

PER_PAGE = 25


@require_POST
def follow(request: HttpRequest, reference: str) -> HttpResponse:
    """Hear when it changes, or hear no more."""
    procurement = record(request, reference)
    if request.POST.get("stop"):
        following.unfollow(procurement=procurement, actor=person_of(request))
        messages.success(request, "You do not follow it any more")
    else:
        following.follow(procurement=procurement, actor=person_of(request))
        messages.success(request, "You follow this procurement: you will hear when it changes")
    return redirect("procurement", reference)


@require_http_methods(["GET", "HEAD", "POST"])
def comment_list(request: HttpRequest, reference: str) -> HttpResponse:
    """What people said, newest first, on everything or on one step; and a box to say something."""
    procurement, progress = started(request, reference)
    reader = reader_for(request)
    steps = {task.slug: task for task in progress.journey.tasks}
    step = steps.get(request.GET.get("step", ""))
    if step is not None and not confidence.sees_answers(reader, procurement, step.stage):
        raise Http404  # its comments are in confidence
    slug = step.slug if step is not None else ""
    may_comment = permissions.may_comment(reader, procurement)
    if request.method == "POST" and not may_comment:
        raise PermissionDenied
    form = CommentForm(request.POST or None, people=said.team_to_mention(procurement, person_of(request)))
    if request.method == "POST" and form.is_valid():
        try:
            comments.comment(
                procurement=procurement,
                text=form.cleaned_data["text"],
                actor=person_of(request),
                task=slug,
                mentioned=form.cleaned_data.get("mentioned", []),
                form_key=form_keys.read(request.POST.get("form_key")),
            )
        except Refused as refused:
            form.add_error("text", refused.sentence)
        else:
            messages.success(request, "Your comment is there")
            return redirect(request.get_full_path())
    found = said.shown(reader, procurement).select_related("by")
    if slug:
        found = found.filter(task=slug)
    context: dict[str, Any] = {
        **record_context(request, procurement),
        "page_of_comments": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "steps": steps,
        "step": step,
        "form": form,
        "form_key": form_keys.again(request.POST.get("form_key")),
        "may_comment": may_comment,
        "is_in_confidence": (step is not None and step.stage in confidence.IN_CONFIDENCE)
        or (
            step is None
            and confidence.is_open(procurement)
            and permissions.is_working_on(reader, procurement)
        ),
        "whose": confidence.whose(procurement),
        "me": person_of(request),
    }
    return render(request, "procurements/comments.html", context)


@require_POST
def take_back(request: HttpRequest, reference: str) -> HttpResponse:
    """The author takes a comment back."""
    procurement, _ = started(request, reference)
    shown = said.shown(reader_for(request), procurement)
    found = shown.filter(pk=whole_number(request.POST.get("comment"))).first()
    if found is None:
        messages.error(request, "There is no such comment")
    else:
        try:
            comments.take_back(comment=found, actor=person_of(request))
        except Refused as refused:
            messages.error(request, refused.sentence)
        else:
            messages.success(request, "Your comment is taken back")
    return redirect("procurement_comments", reference)


def _officers(procurement: Procurement) -> list[Person]:
    """Those of its organisation who may take work over."""
    members = (
        Membership.objects.filter(organisation=procurement.organisation, person__is_active=True)
        .current_on(clock.today())
        .select_related("person")
    )
    return [member.person for member in members if Right.RUN in rights_of(member.roles)]


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, reference: str) -> HttpResponse:
    """Give what somebody of the team does to another officer."""
    procurement = record(request, reference)
    reader, me = reader_for(request), person_of(request)
    if not (permissions.may_run(reader, procurement) or permissions.may_edit_draft(reader, procurement)):
        raise PermissionDenied
    team = [member.person for member in procurement.team.all() if member.role != TeamRole.ENDORSER]
    form = HandOverForm(
        request.POST or None, team=team, officers=_officers(procurement), initial={"person": me.email}
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            handing_over.hand_over(procurement=procurement, actor=me, **given)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, f"{given['to']} does now what {given['person']} did")
            is_still_open = Procurement.objects.visible_to(reader).filter(pk=procurement.pk).exists()
            return redirect("procurement_team", reference) if is_still_open else redirect("procurements")
    context = {"procurement": procurement, "form": form, "submit": "Hand over"}
    return render(request, "procurements/hand_over_work.html", context)
