"""How long something is in confidence, and for whom: the words that pages use, beside the window they are about."""

from __future__ import annotations

import datetime as dt

import pytest

from toolkit.core import clock
from workflows.procurements.confidence import is_open, until, whose
from workflows.procurements.models import CHALLENGE_ROUTE, Procurement

BEFORE = clock.now() - dt.timedelta(days=2)
AFTER = clock.now() - dt.timedelta(days=1)
CHALLENGE = "until it is closed or stopped, and for as long as bids in the procurement it is about are"


def a_record(
    *, is_open: bool, route: str = "open-competition", about: Procurement | None = None
) -> Procurement:
    ended = None if is_open else AFTER
    return Procurement(route=route, confidential_from=BEFORE, confidential_until=ended, continues=about)


def test_an_ordinary_record_is_in_confidence_until_it_is_awarded_closed_or_stopped() -> None:
    assert whose(a_record(is_open=True)) == (
        "for the team alone until it is awarded, closed or stopped, then for auditors too"
    )
    for ended in (a_record(is_open=False), Procurement(route="contract-change")):
        assert whose(ended) == "for the team and auditors alone"


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("old", [True, False])
def test_a_challenge_is_also_as_long_as_the_bids_it_is_about(own: bool, old: bool) -> None:
    challenge = a_record(is_open=own, route=CHALLENGE_ROUTE, about=a_record(is_open=old))
    assert until(challenge) == CHALLENGE
    assert is_open(challenge) is (own or old)
    expected = (
        f"for the team alone {CHALLENGE}, then for auditors too"
        if own or old
        else "for the team and auditors alone"
    )
    assert whose(challenge) == expected
