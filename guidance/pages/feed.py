"""The Atom feed of what was published and changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from guidance.editorial.models import Revision, State, Status
from guidance.pages import figures
from guidance.pages.models import Guide, Page
from toolkit.core import clock
from toolkit.core.page_cache import same_for_everyone
from toolkit.core.stages import Stage

MOST = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One publication that readers are told of."""

    title: str
    url: str
    words: str
    at: dt.datetime
    number: int
    stage: str


def entries(stage: str = "") -> Sequence[Entry]:
    """The newest publications of pages and guides that are still there. Small corrections are left out, unless with one
    of them the page came to be read: those who follow it are told then, too. Three queries."""
    pages = {page.pk: page for page in Page.objects.filter(status=Status.PUBLISHED).defer("body")}
    guides = {guide.pk: guide for guide in Guide.objects.filter(status=Status.PUBLISHED).defer("body")}
    appeared = {
        at for item in (*pages.values(), *guides.values()) for at in (item.published_at, item.updated_at)
    }
    published = (
        Revision.objects.filter(
            Q(is_minor=False) | Q(published_at__in=appeared),
            state=State.PUBLISHED,
            kind__in=["page", "guide"],
        )
        .defer("text")
        .order_by("-published_at")
    )
    found: list[Entry] = []
    for revision in published[: MOST * 4]:
        item = (pages if revision.kind == "page" else guides).get(revision.item_id)
        if item is None or revision.published_at is None or (stage and getattr(item, "stage", "") != stage):
            continue
        if revision.is_minor and revision.published_at not in (item.published_at, item.updated_at):
            continue
        words = f"{revision.note}. {item.summary}" if revision.note else item.summary
        found.append(
            Entry(
                item.title,
                item.get_absolute_url(),
                figures.filled(words, on=clock.today()),
                revision.published_at,
                revision.pk,
                getattr(item, "stage", ""),
            )
        )
    return found[:MOST]


@login_not_required
@same_for_everyone
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """Changes to guidance, newest first; `?stage=award` for one stage."""
    stage = request.GET.get("stage", "")
    stage = stage if stage in list(Stage) else ""
    own = f"{settings.BASE_URL}{reverse('guidance_feed')}{f'?stage={stage}' if stage else ''}"
    feed = Atom1Feed(
        title=f"Changes to guidance{f': {Stage(stage).label}' if stage else ''} – {settings.SERVICE_NAME}",
        link=f"{settings.BASE_URL}{reverse('guidance')}",
        description="What was published and what changed.",
        language="en-GB",
        feed_url=own,
        feed_guid=own,
    )
    for entry in entries(stage):
        feed.add_item(
            title=entry.title,
            link=f"{settings.BASE_URL}{entry.url}",
            description=entry.words,
            pubdate=entry.at,
            updateddate=entry.at,
            unique_id=f"{settings.BASE_URL}{entry.url}#{entry.number}",
            categories=[Stage(entry.stage).label] if entry.stage else [],
        )
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(response, "utf-8")
    return response
