"""The draft that administrators work on: its parts, what it would change, publishing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toolkit.accounts.permissions import needs
from toolkit.accounts.readers import reader_for
from toolkit.accounts.roles import Right
from toolkit.core import slots
from toolkit.core.errors import Refused
from workflows.rules import pages
from workflows.rules.forms.common import OwnForm
from workflows.rules.forms.parts import (
    ApprovalForm,
    BandForm,
    DecisionsForm,
    NewNoteForm,
    NoteForm,
    StepForm,
    SwitchesForm,
)
from workflows.rules.forms.publishing import PublishForm
from workflows.rules.models import RuleSet, Weighing
from workflows.rules.names import step_titles
from workflows.rules.selectors import draft_of
from workflows.rules.services import drafts, publishing
from workflows.rules.services.common import stamp
from workflows.rules.views.common import organisation_of, person_of, same_organisation

PARTS: dict[str, type[DecisionsForm | SwitchesForm]] = {"decisions": DecisionsForm, "switches": SwitchesForm}
ITEMS: dict[str, type[ApprovalForm | BandForm | StepForm]] = {
    "approvals": ApprovalForm,
    "bands": BandForm,
    "steps": StepForm,
}
NEW = "new"


def _draft(request: HttpRequest) -> RuleSet:
    """Raises Http404 when nobody has begun one."""
    found = draft_of(organisation_of(request).pk)
    if found is None:
        raise Http404
    return found


@require_POST
@needs(Right.SET_RULES)
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a draft from the rules that apply last, or go on with the one that is there."""
    drafts.begin(organisation=organisation_of(request), actor=person_of(request))
    return redirect("rules_draft")


@require_POST
@needs(Right.SET_RULES)
def throw_away(request: HttpRequest) -> HttpResponse:
    """Forget the draft."""
    drafts.throw_away(organisation=organisation_of(request), actor=person_of(request))
    messages.success(request, "The draft is gone")
    return redirect("rules")


@require_safe
@needs(Right.SET_RULES)
def draft(request: HttpRequest) -> HttpResponse:
    """Every part of the draft, with what does not fit."""
    found = draft_of(organisation_of(request).pk)
    if found is None:
        return redirect("rules")
    return render(request, "rules/draft.html", {"shown": pages.draft_page(found)})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SET_RULES)
def part(request: HttpRequest, subject: str) -> HttpResponse:
    """How decisions are taken; policy."""
    kind = PARTS.get(subject)
    if kind is None:
        raise Http404
    found = _draft(request)
    begun = {
        **kind.initial_from(found.content),
        "organisation": found.organisation.slug,
        "seen": drafts.stamp_of_parts(found.content, kind.names),
    }
    form = kind(request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            drafts.put_parts(
                organisation=same_organisation(request, form.cleaned_data["organisation"]),
                parts=form.parts(),
                seen=form.cleaned_data["seen"],
                actor=person_of(request),
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, "Kept in the draft")
            return redirect("rules_draft")
    return _form(request, form, kind.heading)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SET_RULES)
def item(request: HttpRequest, subject: str, key: str) -> HttpResponse:
    """An approval, a band, an extra step or a note: a new one, or one that is there."""
    if subject == "notes":
        return _note(request, key)
    kind = ITEMS.get(subject)
    if kind is None:
        raise Http404
    found = _draft(request)
    there = None if key == NEW else drafts.item_of(found.content, subject, key)
    if there is None and key != NEW:
        raise Http404
    begun = {
        **kind.initial_from(there or {}),
        "organisation": found.organisation.slug,
        "seen": stamp(there),
    }
    form = kind(request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            drafts.put_item(
                organisation=same_organisation(request, form.cleaned_data["organisation"]),
                name=subject,
                key="" if key == NEW else key,
                item=form.item(),
                seen=form.cleaned_data["seen"],
                actor=person_of(request),
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, "Kept in the draft")
            return redirect("rules_draft")
    return _form(request, form, kind.heading)


def _note(request: HttpRequest, step: str) -> HttpResponse:
    found = _draft(request)
    title = step_titles().get(step)
    if step != NEW and title is None:
        raise Http404
    said = found.content.get("notes", {}).get(step)
    begun = {"text": said or "", "organisation": found.organisation.slug, "seen": stamp(said)}
    form: NoteForm = (NewNoteForm if step == NEW else NoteForm)(request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            drafts.put_note(
                organisation=same_organisation(request, data["organisation"]),
                step=data.get("step") or step,
                text=data["text"],
                seen=data["seen"],
                actor=person_of(request),
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, "Kept in the draft")
            return redirect("rules_draft")
    return _form(request, form, f"Your note on “{title}”" if title else "A note on a step")


def _form(request: HttpRequest, form: OwnForm, heading: str) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "heading": heading, "submit": "Keep in the draft"}
    return render(request, "rules/part.html", context)


@require_POST
@needs(Right.SET_RULES)
def remove(request: HttpRequest, subject: str, key: str) -> HttpResponse:
    """Take an item out of the draft."""
    if subject not in ITEMS:
        raise Http404
    try:
        drafts.remove_item(
            organisation=organisation_of(request),
            name=subject,
            key=key,
            seen=request.POST.get("seen", ""),
            actor=person_of(request),
        )
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("rules" if draft_of(organisation_of(request).pk) is None else "rules_draft")
    messages.success(request, "Taken out of the draft")
    return redirect("rules_draft")


@require_POST
@needs(Right.SET_RULES)
def weigh(request: HttpRequest) -> HttpResponse:
    """Have it worked out what the draft as it stands changes in live procurements."""
    try:
        publishing.weigh(organisation=organisation_of(request), actor=person_of(request))
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("rules_draft")
    return redirect("rules_publish")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SET_RULES)
def publish(request: HttpRequest) -> HttpResponse:
    """What does not fit, what it touches, and from when it applies."""
    found = draft_of(organisation_of(request).pk)
    if found is None:
        messages.info(request, "The draft has been published or thrown away")
        return redirect("rules")
    weighing = (
        Weighing.objects.filter(rule_set=found, lock_version=found.lock_version)
        .select_related("rule_set")
        .first()
    )
    is_done = weighing is not None and weighing.is_done
    shown = pages.PublishPage(
        draft=found,
        findings=publishing.findings_of(found),
        weighing=weighing,
        touched=slots.fill(pages.TOUCHED, {"weighing": weighing, "reader": reader_for(request)})
        if is_done
        else [],
    )
    form = PublishForm(
        request.POST or None,
        initial={"organisation": found.organisation.slug, "seen": found.lock_version},
        something_to_look_at=bool(shown.findings),
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        seen = data["seen"]
        try:
            made = publishing.publish(
                organisation=same_organisation(request, data["organisation"]),
                applies_from=data["applies_from"],
                note=data["note"],
                version=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else -1,
                accepts=data.get("accepts", False),
                actor=person_of(request),
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, f"Published: rules {made.number}")
            return redirect("rules_version", made.number)
    context = {"shown": shown, "form": form, "is_done": is_done, "submit": "Publish these rules"}
    return render(request, "rules/publish.html", context)
