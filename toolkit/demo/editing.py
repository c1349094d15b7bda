"""Editors at work, for the demonstration: a change that waits for review, a borough's own note, an answer from a reader."""

from __future__ import annotations

from guidance.editorial import kinds
from guidance.editorial.services import drafts, reviews
from guidance.pages.models import BoroughNote, Feedback, Page
from guidance.pages.notes import services as notes
from toolkit.accounts.models import Organisation, Person

SLUG = "wait-before-you-sign"


def seed_editing(fleet: Organisation, people: dict[str, Person]) -> None:
    """Add what is missing; nothing when the shipped page is not there. Again: nothing."""
    page = Page.objects.published().filter(slug=SLUG).first()
    if page is None or BoroughNote.objects.filter(organisation=fleet).exists():
        return
    notes.write(
        organisation=fleet,
        page=page,
        body="In Fleet the procurement desk publishes the notices. Send it the decision record, and two days before the "
        "day you want: [desk.example](https://fleet.demo.example/desk).",
        actor=people["admin.fleet"],
    )
    Feedback.objects.create(
        path=page.get_absolute_url(),
        title=page.title,
        is_useful=False,
        words="Does it count from the day we send it or the day it appears?",
    )
    kind = kinds.of(page)
    text = kind.text_of(page).replace(
        "The day belongs to the standstill until midnight.",
        "The last day belongs to the standstill until midnight, whatever the hour of the notice.",
    )
    revision = drafts.save_draft(
        item=page,
        text=text,
        slug=page.slug,
        title=page.title,
        base=page.live_number or 0,
        actor=people["editor"],
        note="Says that the hour of the notice does not matter",
    )
    reviews.submit(revision=revision, actor=people["editor"])
