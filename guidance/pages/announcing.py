"""Telling those who asked: what changed goes to who follows the page, its stage, or the guide."""

from __future__ import annotations

from guidance.editorial.models import Revision
from guidance.pages.figures import filled
from guidance.pages.models import Guide, Page
from toolkit.core import clock
from toolkit.notifications import services as notifications

STAGE, PAGE, GUIDE = "guidance-stage", "guidance-page", "guidance-guide"
"""Kinds of topic; a stage's key is its slug, the others' the item's own number, which never changes."""


def page_published(page: Page, revision: Revision, *, is_new: bool) -> None:
    _announce([(PAGE, str(page.pk)), (STAGE, page.stage)], page, revision, is_new)


def guide_published(guide: Guide, revision: Revision, *, is_new: bool) -> None:
    _announce([(GUIDE, str(guide.pk))], guide, revision, is_new)


def _announce(topics: list[tuple[str, str]], item: Page | Guide, revision: Revision, is_new: bool) -> None:
    if revision.is_minor and not is_new:
        return
    text = item.summary if is_new else revision.note or "Changed"
    text = filled(text, on=clock.today())
    notifications.announce(topics=topics, title=item.title, text=text, url=item.get_absolute_url())
