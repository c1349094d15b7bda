"""Submit → review → approve or send back. Whoever wrote any of what would change can't approve it."""

from __future__ import annotations

from django.db import transaction

from guidance.editorial import letters
from guidance.editorial.models import Revision, State
from guidance.editorial.permissions import may_review
from guidance.editorial.selectors import authors_since_live, newest
from guidance.editorial.services.waiting import take_out
from toolkit.accounts.models import Person
from toolkit.core import clock
from toolkit.core.errors import Refused


def _locked(revision: Revision, *states: State) -> Revision:
    """The revision, locked, if it is the newest of its item and in one of these states. Raises Refused."""
    found = Revision.objects.select_for_update(of=("self",)).get(pk=revision.pk)
    latest = newest(found.kind, found.item_id)
    if latest is None or latest.pk != found.pk:
        raise Refused("There is a newer revision: look at that one")
    if found.state not in states:
        raise Refused(f"This revision is already “{State(found.state).label.lower()}”")
    return found


@transaction.atomic
def submit(*, revision: Revision, actor: Person) -> None:
    """Ask for a review; whoever may review and wrote none of it hears by e-mail. Raises Refused."""
    found = _locked(revision, State.DRAFT, State.SENT_BACK)
    found.state = State.SUBMITTED
    found.save(update_fields=["state"])
    letters.ask_for_review(found, asker=actor)


@transaction.atomic
def approve(*, revision: Revision, actor: Person) -> None:
    """Say that a submitted revision may go live. Never by anybody who wrote some of it. Raises Refused."""
    _decide(revision, actor, State.APPROVED, "", State.SUBMITTED)


@transaction.atomic
def send_back(*, revision: Revision, actor: Person, comment: str) -> None:
    """Say what has to change first, also of what was approved; its author hears by e-mail, and it goes out with no
    release. Raises Refused without a comment."""
    if not comment.strip():
        raise Refused("Say what has to change")
    found = _decide(revision, actor, State.SENT_BACK, comment.strip(), State.SUBMITTED, State.APPROVED)
    take_out(kind=found.kind, item_id=found.item_id)
    letters.tell_sent_back(found)


def _decide(revision: Revision, actor: Person, state: State, comment: str, *before: State) -> Revision:
    found = _locked(revision, *before)
    if not may_review(actor):
        raise Refused("Only somebody who may review content can do that")
    if actor.pk in authors_since_live(found):
        raise Refused("You wrote some of this: somebody else has to review it")
    found.state, found.reviewed_by, found.reviewed_at, found.review_comment = (
        state,
        actor,
        clock.now(),
        comment,
    )
    found.save(update_fields=["state", "reviewed_by", "reviewed_at", "review_comment"])
    return found
