"""Entries of the logs of a procurement, written the way the service writes them.

a_risk(live, by=people.officer)
a_question(live, by=people.officer, asker="Quillmark Systems Ltd")
"""

from __future__ import annotations

from typing import Any

from toolkit.accounts.models import Person
from toolkit.core import clock
from workflows.procurements.logs import services
from workflows.procurements.logs.kinds import Log
from workflows.procurements.logs.models import Entry
from workflows.procurements.models import Procurement


def an_entry_of(log: Log, procurement: Procurement, *, by: Person, **given: Any) -> Entry:
    """An entry of any log; what is not said is as the examples below have it."""
    return services.add(procurement=procurement, log=log, given={**_GIVEN[log](), **given}, actor=by)


def _conflict() -> dict[str, Any]:
    return {
        "name": "Councillor Vine", "part": "member", "declared": "interest", "declared_on": clock.today(),
        "interest": "A brother works at a bidder", "nature": "potential", "assessment": "He could gain",
        "mitigation": "Takes no part", "review_on": None,
    }  # fmt: skip


def _engagement() -> dict[str, Any]:
    return {
        "held_on": clock.today(), "how": "meeting", "suppliers": "Greenbank Grounds Ltd", "ours": "Head of leisure",
        "about": "How the market prices energy", "told": "nothing", "what_told": "", "shared_on": None, "shared_where": "",
    }  # fmt: skip


def _clarification() -> dict[str, Any]:
    return {
        "asker": "Greenbank Grounds Ltd", "question": "May Greenbank bid for one lot?", "asked_on": clock.today(),
        "published_question": "May a supplier bid for one lot?", "published_answer": "Yes, for any of them.",
        "answered_on": clock.today(), "published_on": clock.today(), "effect": "none", "new_deadline_on": None,
    }  # fmt: skip


def _risk() -> dict[str, Any]:
    return {
        "cause": "The boiler is old", "event": "The pool closes in winter", "consequence": "Schools cannot swim",
        "likelihood": "likely", "impact": "serious", "owner": "Head of leisure", "action": "A survey in January",
        "review_on": None,
    }  # fmt: skip


def _decision() -> dict[str, Any]:
    return {
        "decided_on": clock.today(), "what": "Two lots", "reasons": "Small suppliers can bid", "rejected": "One lot",
        "decided_by": "Project board", "in_confidence": False,
    }  # fmt: skip


def _opening() -> dict[str, Any]:
    return {
        "released_at": clock.now(), "released_by": "Democratic services", "witnessed_by": "", "system_reference": "ET-44",
        "received": 2, "late": 0, "late_why": "", "lots": "", "bidders": "Quillmark Systems Ltd",
    }  # fmt: skip


_GIVEN = {
    Log.CONFLICTS: _conflict,
    Log.ENGAGEMENT: _engagement,
    Log.CLARIFICATION: _clarification,
    Log.RISKS: _risk,
    Log.DECISIONS: _decision,
    Log.OPENING: _opening,
}


def a_risk(procurement: Procurement, *, by: Person, **given: Any) -> Entry:
    return an_entry_of(Log.RISKS, procurement, by=by, **given)


def a_question(procurement: Procurement, *, by: Person, **given: Any) -> Entry:
    """One that is answered and published, unless `given` says otherwise."""
    return an_entry_of(Log.CLARIFICATION, procurement, by=by, **given)
