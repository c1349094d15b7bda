"""What was made of texts when they were published, made anew when the law changes the figures in them."""

from __future__ import annotations

import datetime as dt

from guidance.pages import figures, indexing, renditions
from guidance.pages.models import Guide, Page, Rendition, Term
from toolkit.core import clock


def renew() -> int:
    """Index and print anew what reads differently today than yesterday, and print what has no PDF; how many items."""
    today = clock.today()
    yesterday = today - dt.timedelta(1)

    def changes(*texts: str) -> bool:
        return any(figures.filled(text, on=today) != figures.filled(text, on=yesterday) for text in texts)

    done = _print_what_is_missing()
    for page in Page.objects.published():
        if changes(page.summary, page.body):
            indexing.index_page(page)
            renditions.ask_for("page", page.pk)
            renditions.ask_for_guides_of(page)
            done += 1
    for guide in Guide.objects.published():
        if changes(guide.summary, guide.body, *(step["text"] for step in guide.steps)):
            indexing.index_guide(guide)
            renditions.ask_for("guide", guide.pk)
            done += 1
    for term in Term.objects.published():
        if changes(term.meaning):
            indexing.index_term(term)
            done += 1
    return done


def _print_what_is_missing() -> int:
    made = set(Rendition.objects.values_list("kind", "item_id"))
    items = [("page", page.pk) for page in Page.objects.published().only("pk")]
    items += [("guide", guide.pk) for guide in Guide.objects.published().only("pk")]
    missing = [item for item in items if item not in made]
    for kind, item_id in missing:
        renditions.ask_for(kind, item_id)
    return len(missing)
