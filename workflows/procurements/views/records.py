"""Lists, the overview, the task list, team, history, sharing, stopping."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toolkit.accounts.models import Membership, Person
from toolkit.accounts.permissions import members_only
from toolkit.accounts.readers import current_organisation, reader_for
from toolkit.accounts.visibility import Level
from toolkit.core import clock, slots
from toolkit.core.errors import Refused
from workflows.journeys.selectors import history_of
from workflows.procurements import chain, confidence, pages, permissions
from workflows.procurements.changed_guidance import changes_for
from workflows.procurements.facts import is_purchase
from workflows.procurements.models import Follow, Procurement, Status, TeamMember, TeamRole
from workflows.procurements.selectors import answers_of, contradictions
from workflows.procurements.services import sharing, turns
from workflows.procurements.slips import number_without_reason
from workflows.procurements.standing import in_group
from workflows.procurements.triage import triage_of
from workflows.procurements.views.common import person_of, record, record_context, started
from workflows.procurements.workload import stage_time

WHOSE = {"mine": "Mine", "followed": "Followed", "organisation": "My organisation’s"}


@require_safe
@members_only
def listing(request: HttpRequest) -> HttpResponse:
    """Mine, or my organisation's; with what is overdue, due today, due this week, or waiting for others."""
    reader = reader_for(request)
    whose = request.GET.get("whose", "mine")
    whose = whose if whose in WHOSE else "mine"
    urgency = request.GET.get("due", "")
    procurements = (
        Procurement.objects.visible_to(reader).select_related("organisation", "run").prefetch_related("team")
    )
    if whose == "mine":
        procurements = procurements.mine(person_of(request).pk)
    elif whose == "followed":
        procurements = procurements.filter(followers__person=person_of(request))
    else:
        procurements = procurements.filter(organisation=current_organisation(request))
    everything = request.GET.get("all") == "1"
    if not everything:
        procurements = procurements.open()
    today = clock.today()
    counts = {slug: in_group(reader, procurements, slug, today).count() for slug in pages.URGENCY_WORDS}
    if urgency in pages.URGENCY_WORDS:
        procurements = in_group(reader, procurements, urgency, today)
    page = Paginator(procurements, 25).get_page(request.GET.get("page"))
    context = {
        "organisation": current_organisation(request),
        "whose": whose,
        "whose_words": WHOSE,
        "urgency": urgency if urgency in pages.URGENCY_WORDS else "",
        "urgency_words": pages.URGENCY_WORDS,
        "counts": counts,
        "everything": everything,
        "page_of": page,
        "rows": pages.rows_of(reader, page.object_list),
        "may_start": permissions.may_start(reader),
    }
    return render(request, "procurements/list.html", context)


@require_safe
@members_only
def changed_guidance(request: HttpRequest) -> HttpResponse:
    """Guidance and templates that changed lately, and the live procurements that they touch."""
    organisation = current_organisation(request)
    assert organisation is not None  # members act for one
    changes = changes_for(reader_for(request), organisation.pk, today=clock.today())
    return render(request, "procurements/changed_guidance.html", {"changes": changes})


@require_safe
def overview(request: HttpRequest, reference: str) -> HttpResponse:
    """Next, risk, together: three answers."""
    procurement = record(request, reference)
    if procurement.status == Status.DRAFT:
        return redirect("procurement_check", reference)
    if procurement.run is None:
        context = {
            **record_context(request, procurement),
            "answers": answers_of(procurement),
            "moments": [pages.moment_of(line) for line in procurement.lines.select_related("by")],
        }
        return render(request, "procurements/outside.html", context)
    procurement, progress = started(request, reference)
    reader = reader_for(request)
    triage = triage_of(procurement)
    may_run = permissions.may_run(reader, procurement)
    context = {
        **record_context(request, procurement),
        "answers": answers_of(procurement),
        "contradictions": contradictions(procurement, triage),
        "is_purchase": is_purchase(procurement),
        "may_turn": may_run and (is_purchase(procurement) or procurement.route in turns.FOLLOWED),
        "owed": pages.owed_after_stopping(procurement, progress),
        "continues": chain.continued(reader, procurement),
        "continued_by": chain.continuing(reader, procurement),
        "about": slots.fill(
            "procurement.about", {"procurement": procurement, "progress": progress, "reader": reader}
        ),
        "progress": progress,
        "steps": pages.stage_steps(progress),
        "sentence": pages.sentence_of(progress),
        "stage_time": stage_time(procurement, progress, today=clock.today())
        if not confidence.unseen(reader, procurement)
        else "",
        "follows": Follow.objects.filter(procurement=procurement, person=person_of(request)).exists(),
        "risks": pages.risk_sentences(progress),
        "slips": number_without_reason(procurement, clock.today())
        if may_run and procurement.status in (Status.LIVE, Status.PAUSED)
        else 0,
        "triage": triage,
        "together": slots.fill("procurement.together", {"procurement": procurement, "reader": reader}),
        "contracts": slots.fill("procurement.contracts", {"procurement": procurement, "reader": reader}),
        "may_run": may_run,
        "may_join": permissions.may_join(reader, procurement),
    }
    return render(request, "procurements/overview.html", context)


@require_safe
def task_list(request: HttpRequest, reference: str) -> HttpResponse:
    """Every step of the route, where it stands and by when."""
    procurement, progress = started(request, reference)
    context = {
        **record_context(request, procurement),
        "progress": progress,
        "sentence": pages.sentence_of(progress),
        "how_long": confidence.until(procurement),
        "assignees": {assignment.task: assignment.person_id for assignment in procurement.assignments.all()},
        "people": {member.person_id: member.person for member in procurement.team.all()},
        "today": clock.today(),
    }
    return render(request, "procurements/tasks.html", context)


@require_safe
def history(request: HttpRequest, reference: str) -> HttpResponse:
    """What happened, in words, newest first."""
    procurement, progress = started(request, reference)
    assert procurement.run is not None
    moments = pages.history(
        reader_for(request),
        procurement,
        progress,
        history_of(procurement.run),
        procurement.lines.select_related("by"),
    )
    page = Paginator(moments, 50).get_page(request.GET.get("page"))
    return render(
        request,
        "procurements/history.html",
        {**record_context(request, procurement), "page_of_moments": page},
    )


class AddToTeamForm(forms.Form):
    person = forms.ChoiceField(
        label="Add somebody to the team", error_messages={"required": "Select a person"}
    )

    def __init__(self, *args: object, people: list[Person], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed through
        self.people = {person.email: person for person in people}
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", "Select a person"),
            *((email, f"{person} ({email})") for email, person in self.people.items()),
        ]

    def clean_person(self) -> Person:
        return self.people[self.cleaned_data["person"]]


@require_http_methods(["GET", "HEAD", "POST"])
def team(request: HttpRequest, reference: str) -> HttpResponse:
    """Who works on it; an officer of the team adds people."""
    procurement = record(request, reference)
    reader = reader_for(request)
    on_it = permissions.team_ids(procurement)
    memberships = (
        Membership.objects.filter(organisation=procurement.organisation)
        .current_on(clock.today())
        .select_related("person")
    )
    form = AddToTeamForm(
        request.POST or None,
        people=[member.person for member in memberships if member.person_id not in on_it],
    )
    may_change = permissions.may_run(reader, procurement) or permissions.may_edit_draft(reader, procurement)
    if request.method == "POST" and form.is_valid():
        try:
            sharing.add_to_team(
                procurement=procurement,
                person=form.cleaned_data["person"],
                role=TeamRole.MEMBER,
                actor=person_of(request),
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, f"{form.cleaned_data['person']} is on the team")
            return redirect("procurement_team", reference)
    context = {
        **record_context(request, procurement),
        "form": form,
        "members": _members(request, procurement),
        "may_change": may_change,
        "me": person_of(request),
    }
    return render(request, "procurements/team.html", context)


def _members(request: HttpRequest, procurement: Procurement) -> list[TeamMember]:
    """Its team. While bids are in confidence, whoever is not on it is not told who is asked to endorse: that would say
    how far it has come."""
    closed = confidence.unseen(reader_for(request), procurement)
    return [
        member
        for member in procurement.team.all()
        if not closed or member.role != TeamRole.ENDORSER or member.person_id == person_of(request).pk
    ]


@require_POST
def join_team(request: HttpRequest, reference: str) -> HttpResponse:
    """An officer puts themselves on the team."""
    procurement = record(request, reference)
    return _tried(
        request,
        reference,
        lambda: sharing.add_to_team(
            procurement=procurement, person=person_of(request), role=TeamRole.MEMBER, actor=person_of(request)
        ),
        "You are on the team",
    )


@require_POST
def leave_team(request: HttpRequest, reference: str, email: str) -> HttpResponse:
    """Take somebody off the team."""
    procurement = record(request, reference)
    member = next((member for member in procurement.team.all() if member.person.email == email), None)
    if member is None:
        return redirect("procurement_team", reference)
    return _tried(
        request,
        reference,
        lambda: sharing.remove_from_team(
            procurement=procurement, person=member.person, actor=person_of(request)
        ),
        f"{member.person} is off the team",
        to="procurement_team",
    )


def _tried(
    request: HttpRequest, reference: str, act: object, sentence: str, to: str = "procurement"
) -> HttpResponse:
    try:
        act()  # type: ignore[operator]  # a lambda of ours
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, sentence)
    return redirect(to, reference)


class ShareForm(forms.Form):
    visibility = forms.ChoiceField(
        label="Who sees the facts?",
        help_text="Title, category, value band, dates and route in the pipeline. The record itself never leaves your organisation",
        choices=Level,
        widget=forms.RadioSelect,
        error_messages={"required": "Select who sees the facts"},
    )
    intent_visibility = forms.ChoiceField(
        label="Who sees your intent and act-by date?",
        help_text="Never seen more widely than the facts",
        choices=[choice for choice in Level.choices if choice[0] != Level.PUBLIC],
        widget=forms.RadioSelect,
        error_messages={"required": "Select who sees your intent"},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, reference: str) -> HttpResponse:
    """Set who sees it."""
    procurement, _ = started(request, reference)
    if not permissions.may_share(reader_for(request), procurement):
        raise PermissionDenied
    initial = {"visibility": procurement.visibility, "intent_visibility": procurement.intent_visibility}
    form = ShareForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            sharing.share(procurement=procurement, actor=person_of(request), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, "Who sees it is saved")
            return redirect("procurement_share", reference)
    return render(request, "procurements/share.html", {**record_context(request, procurement), "form": form})


class StopForm(forms.Form):
    reason = forms.CharField(
        label="Why is it stopped?",
        help_text="What you write may be disclosed (freedom of information, court). Facts and reasons, not opinions of people.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter why it is stopped"},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, reference: str) -> HttpResponse:
    """Stop for good, with a reason."""
    procurement, progress = started(request, reference)
    if not permissions.may_run(reader_for(request), procurement):
        raise PermissionDenied
    form = StopForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sharing.stop(
                procurement=procurement, reason=form.cleaned_data["reason"], actor=person_of(request)
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, "The procurement is stopped")
            return redirect("procurement", reference)
    published = any(progress.facts.day_of(event) for event in ("tender-notice", "transparency-notice"))
    owed = (
        published and progress.journey.has("not-awarding") and progress.facts.day_of("not-awarding") is None
    )
    return render(
        request,
        "procurements/stop.html",
        {**record_context(request, procurement), "form": form, "notice_due": owed},
    )


@require_POST
def pause(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    """Pause or resume."""
    procurement = record(request, reference)
    return _tried(
        request,
        reference,
        lambda: sharing.set_paused(procurement=procurement, verb=verb, actor=person_of(request)),
        "The procurement is paused" if verb == "pause" else "The procurement goes on",
    )
