"""What the admin's editorial pages show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import transaction
from django.db.models import F, Max, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from guidance.editorial import kinds, previews
from guidance.editorial.diffs import Line, compare
from guidance.editorial.models import BrokenLink, Item, Release, ReleaseStep, Revision, State, Status
from guidance.editorial.permissions import may_review
from guidance.editorial.reminders import SOON_DAYS, due_by
from guidance.editorial.selectors import authors_since_live, live, newest, revisions_of, waiting_for_review
from toolkit.accounts.readers import reader_for
from toolkit.core import clock, slots
from toolkit.core.text import moment, whole_number

if TYPE_CHECKING:
    from guidance.editorial.admin.items import ItemAdmin

DESK_SLOT = "editorial.desk"
"""Filled by apps with work for editors: each filling answers with (words, address) pairs."""

RESTING_SLOT = "editorial.resting"
"""Filled by apps that know what rests on a live `item`, as its `reader` may know: (words, address or "") pairs."""

MARKDOWN_HELP = (
    ("## Heading", "begins a section, and stands in the contents"),
    ("1. First", "a numbered step"),
    ("- A point", "a bullet"),
    ("**bold**", "for the word that carries the sentence"),
    ("[words](/guidance/award/)", "a link within the service; other addresses begin with https://"),
    ("![](image:map-of-lots)", "a picture from Images, with its alternative text"),
    (
        "{threshold:works}",
        "a figure of the law: also {money:kpis}, {period:standstill}, {date:standstill:2026-11-23}",
    ),
    ("::: steps", "numbered steps with room between them; close with :::"),
    ("::: example Fleet buys a system", "a worked example; close with :::"),
    ("::: check", "what is not settled and goes to the legal team; close with :::"),
    ("::: inset", "an aside; close with :::"),
    ("| a | b |", "a table: a second line of |---|---| below the first"),
)
"""(what to type, what it makes), shown beside the text."""


def when(at: dt.datetime) -> str:
    return moment(at)


def all_or_nothing() -> AbstractContextManager[None]:
    return transaction.atomic()


def next_month(today: dt.date) -> tuple[dt.date, dt.date]:
    """From today to the day until which reviews are “soon”."""
    return today, today + dt.timedelta(SOON_DAYS)


def with_open_draft(model: type[Item]) -> Any:
    """The ids of items whose newest revision is not live."""
    kind = next(kind.slug for kind in kinds.every() if kind.model is model)
    latest = (
        Revision.objects.filter(kind=kind, item_id=OuterRef("pk"))
        .order_by()
        .values("item_id")
        .annotate(number=Max("number"))
        .values("number")
    )
    items = model._default_manager.annotate(newest_number=Subquery(latest))
    return items.exclude(newest_number=F("live_number")).filter(newest_number__isnull=False).values("pk")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an item stands, for the panel at the head of its form."""

    status: str
    live: Revision | None
    draft: Revision | None
    """The newest revision, when it is not live."""
    draft_state: str
    preview_url: str
    actions: Sequence[tuple[str, str]]
    scheduled: Sequence[str]
    resting: Sequence[tuple[str, str]]
    reader_url: str
    has_offer: bool


def resting(item: Item, request: HttpRequest) -> list[tuple[str, str]]:
    """What rests on the live item, in lines for whoever changes it."""
    context = {"item": item, "reader": reader_for(request)}
    return [line for filling in slots.fill(RESTING_SLOT, context) for line in filling]


def standing(of: ItemAdmin, object_id: str, request: HttpRequest) -> Standing | None:
    person: Any = request.user
    item = of.model._default_manager.filter(pk=object_id).first() if object_id.isdigit() else None
    if item is None:
        return None
    every = revisions_of(of.kind, item.pk)
    live = next((each for each in every if each.number == item.live_number), None)
    draft = every[0] if every and every[0].number != item.live_number else None
    actions = [("Revisions and what changed", of._address("revisions", item))]
    if draft is not None and draft.state in (State.SUBMITTED, State.APPROVED) and may_review(person):
        actions.insert(0, ("Review", of._address("review", item)))
    if item.offered_text:
        actions.append(("A newer shipped text", of._address("shipped", item)))
    if item.is_published and may_review(person):
        actions.append(("Withdraw", of._address("withdraw", item)))
    waiting = ReleaseStep.objects.filter(
        kind=of.kind, item_id=item.pk, release__done_at=None, release__cancelled_at=None
    ).select_related("release")
    return Standing(
        status=str(Status(item.status).label),
        live=live,
        draft=draft,
        draft_state=str(State(draft.state).label) if draft is not None else "",
        preview_url=previews.link_to(draft) if draft is not None else "",
        actions=actions,
        scheduled=[
            f"{step.get_action_display()} on {moment(step.release.goes_out_at)} (“{step.release}”)"
            for step in waiting
        ],
        resting=resting(item, request),
        reader_url=kinds.named(of.kind).url_of(item) if item.is_published else "",
        has_offer=bool(item.offered_text),
    )


def _page(
    of: ItemAdmin, request: HttpRequest, template: str, item: Any, title: str, **more: Any
) -> HttpResponse:
    context = {
        **of.admin_site.each_context(request),
        "opts": of.opts,
        "title": title,
        "item": item,
        "change_url": of._address("change", item) if item is not None else "",
        "media": of.media,
        **more,
    }
    return TemplateResponse(request, f"admin/editorial/{template}.html", context)


def review_page(
    of: ItemAdmin, request: HttpRequest, item: Item, revision: Revision, form: forms.Form
) -> HttpResponse:
    kind = kinds.named(of.kind)
    was = live(item)
    person: Any = request.user
    return _page(
        of,
        request,
        "review",
        item,
        f"Review: {revision.title}",
        revision=revision,
        state=State(revision.state).label,
        lines=compare(was.text if was is not None else "", revision.text),
        slug_before=was.slug if was is not None and was.slug != revision.slug else "",
        problems=kind.problems(revision.text),
        resting=resting(item, request),
        preview_url=previews.link_to(revision),
        form=form,
        is_own=person.pk in authors_since_live(revision),
        can_decide=revision.state in (State.SUBMITTED, State.APPROVED),
    )


def withdraw_page(of: ItemAdmin, request: HttpRequest, item: Item, form: forms.Form) -> HttpResponse:
    return _page(
        of, request, "withdraw", item, f"Withdraw: {item}", form=form, resting=resting(item, request)
    )


def revisions_page(of: ItemAdmin, request: HttpRequest, item: Item) -> HttpResponse:
    every = revisions_of(of.kind, item.pk)
    known = {each.number: each for each in every}
    new = known.get(whole_number(request.GET.get("new"))) or (every[0] if every else None)
    before = known.get(whole_number(request.GET.get("old")))
    if before is None and new is not None:
        before = known.get(new.number - 1)
    lines: Sequence[Line] = (
        compare(before.text if before is not None else "", new.text) if new is not None else ()
    )
    return _page(
        of,
        request,
        "revisions",
        item,
        f"Revisions: {item}",
        rows=[(each, State(each.state).label, of._address("restore", item, each.number)) for each in every],
        new=new,
        before=before,
        lines=lines,
        live_number=item.live_number,
    )


def shipped_page(of: ItemAdmin, request: HttpRequest, item: Item) -> HttpResponse:
    ours = kinds.named(of.kind).text_of(item)
    return _page(
        of, request, "shipped", item, f"Shipped text: {item}",
        lines=compare(ours, item.offered_text) if item.offered_text else (), has_offer=bool(item.offered_text),
    )  # fmt: skip


def cannot_preview(of: ItemAdmin, request: HttpRequest, form: forms.BaseForm) -> HttpResponse:
    errors = [
        f"{form[name].label}: {message}" if name in form.fields else message
        for name, found in form.errors.items()
        for message in found
    ]
    return _page(of, request, "cannot_preview", None, "It cannot be shown yet", errors=errors)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the desk."""

    words: str
    url: str
    more: str


def desk_page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Everything that waits for an editor."""
    today = clock.today()
    due = due_by(today + dt.timedelta(SOON_DAYS))
    person: Any = request.user
    reviews = [
        Waiting(
            revision.title,
            _item_address(revision.kind, revision.item_id, "review" if may_review(person) else "change"),
            f"sent by {revision.author} on {moment(revision.at)}",
        )
        for revision in waiting_for_review()
    ]
    sent_back = [
        Waiting(
            revision.title, _item_address(revision.kind, revision.item_id, "change"), revision.review_comment
        )
        for revision in Revision.objects.filter(by=person, state=State.SENT_BACK)
        if (latest := newest(revision.kind, revision.item_id)) is not None and latest.pk == revision.pk
    ]
    overdue = [
        Waiting(
            str(item),
            _item_address(kinds.of(item).slug, item.pk, "change"),
            f"{item.owner}, by {item.review_by:%-d %B %Y}",
        )
        for item in due
        if item.review_by is not None
    ]
    offers = [
        Waiting(str(item), _item_address(kind.slug, item.pk, "shipped"), "a newer shipped text")
        for kind in kinds.every()
        for item in kind.model._default_manager.exclude(offered_text="")
    ]
    shown = {
        "reviews": reviews,
        "sent_back": sent_back,
        "overdue": overdue,
        "offers": offers,
        "releases": Release.objects.filter(done_at=None, cancelled_at=None).order_by("goes_out_at"),
        "broken": BrokenLink.objects.count(),
        "others": [pair for filling in slots.fill(DESK_SLOT, {}) for pair in filling],
        "today": today,
    }
    return TemplateResponse(
        request, "admin/editorial/desk.html", {**context, "title": "Editors’ desk", "desk": shown}
    )


def _item_address(kind: str, item_id: int, page: str) -> str:
    meta = kinds.named(kind).model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=[item_id])
