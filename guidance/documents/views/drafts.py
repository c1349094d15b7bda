"""Working on an organisation’s own version of a template: one thing on each page, saved as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from markupsafe import Markup

from guidance.documents import versions
from guidance.documents.assembly import additions as own
from guidance.documents.assembly.variants import DoesNotFit
from guidance.documents.forms.variants import (
    EndorsementForm,
    OwnPassageForm,
    OwnQuestionForm,
    SaveVersionForm,
)
from guidance.documents.models import VariantDraft
from guidance.documents.pages import variants as variant_pages
from guidance.documents.services import variants
from guidance.documents.views.common import person_of
from guidance.documents.views.variants import organisation_of, template_called, variant_at
from toolkit.accounts.permissions import needs
from toolkit.accounts.roles import Right
from toolkit.core.errors import Refused
from toolkit.core.text import whole_number

NEW = "new"
"""What stands in an address for a question or passage that is about to be added."""


def _draft(request: HttpRequest, slug: str) -> VariantDraft:
    """One’s own changes. Raises Http404."""
    variant = variant_at(request, slug)
    draft = VariantDraft.objects.filter(variant=variant, person=person_of(request)).first()
    if draft is None:
        raise Http404
    draft.variant = variant
    return draft


def _one(rows: Any, key: str, name: str) -> Mapping[str, Any] | None:
    """The row of this name, None for a new one. Raises Http404."""
    if name == NEW:
        return None
    found: Mapping[str, Any] | None = next((each for each in rows if each[key] == name), None)
    if found is None:
        raise Http404
    return found


@require_POST
@needs(Right.SET_RULES)
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin changes: a first version, the next one, or one like an older version (`like`), or against what the centre has
    published since (`newest`)."""
    organisation, template, person = organisation_of(request), template_called(slug), person_of(request)
    variant = variant_pages.variant_of(organisation, template)
    like = whole_number(request.POST.get("like"))
    try:
        if variant is None:
            variants.start(template=template, organisation=organisation, actor=person)
        else:
            variants.begin_changes(
                variant=variant,
                actor=person,
                like=like or None,
                to_newest=request.POST.get("newest") == "yes",
            )
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("own_template", slug)
    return redirect("variant_draft", slug)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SET_RULES)
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    """One’s changes so far; sent, they are saved as the next version."""
    found = _draft(request, slug)
    form = SaveVersionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = variants.save(draft=found, note=form.cleaned_data["note"], actor=person_of(request))
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, f"Version {made.number} is saved: new documents begin on it")
            return redirect("own_template", slug)
    return render(request, "documents/variants/draft.html", {"shown": variant_pages.draft_page(found), "form": form})  # fmt: skip


@require_POST
@needs(Right.SET_RULES)
def throw_away(request: HttpRequest, slug: str) -> HttpResponse:
    """Forget one’s changes."""
    variants.throw_away(draft=_draft(request, slug), actor=person_of(request))
    messages.success(request, "Your changes are gone")
    return redirect("own_template", slug)


@require_POST
@needs(Right.SET_RULES)
def keep_mine(request: HttpRequest, slug: str) -> HttpResponse:
    """Go on with one’s changes after somebody else saved a version."""
    number = whole_number(request.POST.get("number"))
    try:
        variants.keep_mine(draft=_draft(request, slug), number=number, actor=person_of(request))
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("variant_draft", slug)


@require_safe
@needs(Right.SET_RULES)
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The template with one’s changes, nothing answered."""
    found = _draft(request, slug)
    paper: Markup | None = None
    why_not: Sequence[str] = ()
    try:
        paper = variant_pages.preview(found)
    except DoesNotFit:
        why_not = variant_pages.draft_page(found).problems
    except KeyError as missing:
        why_not = [f"The clause “{missing.args[0]}” is not published any more"]
    context = {"draft": found, "template": found.variant.template, "paper": paper, "why_not": why_not}
    return render(request, "documents/variants/preview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SET_RULES)
def question(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Add a question or change it."""
    found = _draft(request, slug)
    there = _one(own.questions_of(found.additions), "name", name)
    form = OwnQuestionForm(
        request.POST or None, initial=OwnQuestionForm.initial_from(there) if there is not None else None
    )
    if request.method == "POST" and form.is_valid():
        try:
            variants.put_question(
                draft=found,
                name=there["name"] if there is not None else "",
                given=form.answers(),
                actor=person_of(request),
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            return redirect("variant_draft", slug)
    remove = (
        Removal(reverse("variant_question_remove", args=[slug, name]), "Remove this question")
        if there
        else None
    )
    heading = "Change a question" if there else "Add a question"
    return _page(request, found, form, heading, "Keep the question", remove=remove)


@require_POST
@needs(Right.SET_RULES)
def remove_question(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    variants.remove_question(draft=_draft(request, slug), name=name, actor=person_of(request))
    return redirect("variant_draft", slug)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SET_RULES)
def passage(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Add a passage or change it."""
    found = _draft(request, slug)
    there = _one(own.passages_of(found.additions), "id", name)
    base = versions.template_of(found.variant.template_id, found.base_number)
    form = OwnPassageForm(
        request.POST or None,
        initial=OwnPassageForm.initial_from(there, base) if there is not None else None,
        base=base,
        questions=own.questions_of(found.additions),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            variants.put_passage(
                draft=found,
                key=there["id"] if there is not None else "",
                place=given["place"],
                heading=given["heading"],
                text=given["text"],
                answers=given["answers"],
                actor=person_of(request),
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            return redirect("variant_draft", slug)
    questions = [
        (each["ask"], own.answer_here(each["name"], each["kind"]))
        for each in own.questions_of(found.additions)
    ]
    central = [(each.gap, own.answer_here(each.name, each.kind)) for each in base.questions]
    remove = (
        Removal(reverse("variant_passage_remove", args=[slug, name]), "Remove this passage")
        if there
        else None
    )
    return _page(
        request,
        found,
        form,
        "Change a passage" if there else "Add a passage",
        "Keep the passage",
        remove=remove,
        answers=[*questions, *central],
    )


@require_POST
@needs(Right.SET_RULES)
def remove_passage(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    variants.remove_passage(draft=_draft(request, slug), key=name, actor=person_of(request))
    return redirect("variant_draft", slug)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SET_RULES)
def endorsement(request: HttpRequest, slug: str) -> HttpResponse:
    """Say who endorsed it; sent with `gone`, nobody did any more."""
    found = _draft(request, slug)
    if request.POST.get("gone"):
        variants.endorse(draft=found, given=None, actor=person_of(request))
        return redirect("variant_draft", slug)
    form = EndorsementForm(request.POST or None, initial=found.additions.get("endorsement"))
    if request.method == "POST" and form.is_valid():
        variants.endorse(draft=found, given=form.answers(), actor=person_of(request))
        return redirect("variant_draft", slug)
    remove = (
        Removal(request.path, "Remove the endorsement", {"gone": "yes"})
        if "endorsement" in found.additions
        else None
    )
    return _page(request, found, form, "Who endorsed your version?", "Keep the endorsement", remove=remove)


@dataclass(frozen=True, slots=True)
class Removal:
    """A button that removes what the page is about."""

    address: str
    words: str
    hidden: Mapping[str, str] = field(default_factory=dict)


def _page(
    request: HttpRequest,
    found: VariantDraft,
    form: forms.Form,
    heading: str,
    submit: str,
    *,
    remove: Removal | None,
    answers: Sequence[tuple[str, str]] = (),
) -> HttpResponse:
    """`answers`: what asks, and how a passage says that its answer stands there."""
    context = {
        "template": found.variant.template,
        "form": form,
        "heading": heading,
        "submit": submit,
        "remove": remove,
        "answers": answers,
    }
    page = "passage" if answers else "form"
    return render(request, f"documents/variants/{page}.html", context)
