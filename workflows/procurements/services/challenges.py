"""A challenge to a procurement holds its signature, as long as nobody has said that it does not (section 101)."""

from __future__ import annotations

from toolkit.core import clock
from workflows.journeys.selectors import progress_of
from workflows.procurements.facts import facts_of
from workflows.procurements.models import Continues, Procurement, Status


def signature_is_held(procurement: Procurement) -> bool:
    """Is a challenge to it open that stops the signature, or of which nobody has said yet? Two queries for each."""
    challenges = procurement.continued_by.filter(
        continues_how=Continues.CHALLENGE, status__in=(Status.LIVE, Status.PAUSED)
    ).select_related("organisation", "run")
    return any(_holds(challenge) for challenge in challenges)


def _holds(challenge: Procurement) -> bool:
    assert challenge.run is not None  # a live record has one
    facts = progress_of(challenge.run, facts_of(challenge), today=clock.today()).facts
    if facts.day_of("suspension-ended") is not None:
        return False
    said = (facts.answer("challenge_before_signature"), facts.answer("challenge_suspends"))
    return False not in said
