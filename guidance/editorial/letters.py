"""The e-mails of editorial work; queued in the transaction that causes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.urls import reverse

from guidance.editorial.models import Item, Revision
from guidance.editorial.permissions import reviewers
from guidance.editorial.selectors import authors_since_live
from toolkit.accounts.models import Person
from toolkit.core.text import count, day
from toolkit.jobs.letters import address, send


def _desk() -> str:
    return address(reverse("admin:editorial_desk"))


def ask_for_review(revision: Revision, *, asker: Person) -> None:
    """Tell whoever may review it: not its authors, not the one who asks."""
    for reviewer in reviewers().exclude(pk__in={*authors_since_live(revision), asker.pk}):
        send(
            reviewer.email,
            f"To review: {revision.title}",
            f"{asker} asks for a review of “{revision.title}”.",
            f"What changed: {revision.note or 'not said'}",
            f"Everything that waits for review:\n{_desk()}",
        )


def tell_sent_back(revision: Revision) -> None:
    """Tell the author what has to change first."""
    if revision.by is not None:
        send(
            revision.by.email,
            f"Sent back: {revision.title}",
            f"{revision.reviewed_by} has read “{revision.title}” and asks for changes first:",
            revision.review_comment,
            f"Go on with it:\n{_desk()}",
        )


def remind(person: Person, *, overdue: Sequence[Item], soon: Sequence[Item]) -> None:
    """Tell an editor what is past its review day and what will be within a month."""
    parts = []
    for words, items in (("Past its review day", overdue), ("To be reviewed within 30 days", soon)):
        if items:
            parts.append(f"{words}:\n" + "\n".join(_line(item) for item in items))
    send(person.email, f"Guidance: {count(len(overdue), 'review')} overdue", *parts, f"The list:\n{_desk()}")


def _line(item: Item) -> str:
    by: dt.date | None = item.review_by
    return f"- {item} ({item.owner or 'no owner'}), by {day(by) if by else 'no day set'}"
