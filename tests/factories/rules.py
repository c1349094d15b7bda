"""Organisations' own rules.

published_rules(by=people.administrator, approvals=[an_approval("award", makers=["cabinet"])])
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.factories.workflows import home_of
from toolkit.accounts.models import Person
from toolkit.core import clock
from workflows.procurements.services.weighing import work_out
from workflows.rules import content, selectors
from workflows.rules.models import RuleSet
from workflows.rules.services import drafts, publishing


def an_amount(pounds: int, basis: str = "ex") -> dict[str, str]:
    return {"pounds": f"{pounds}.00", "basis": basis}


def an_approval(gate: str = "strategy", key: str = "", **more: Any) -> dict[str, Any]:
    """Of anything, endorsed by procurement, decided by an officer, unless `more` says otherwise."""
    return {
        "key": key or gate, "gate": gate, "start": None, "below": None, "categories": [], "kinds": [],
        "endorsements": ["procurement"], "in_order": True, "makers": ["officer"], "source": "Standing order 12", **more,
    }  # fmt: skip


def a_step(title: str = "Ask the scrutiny chair", stage: str = "plan", **more: Any) -> dict[str, Any]:
    return {
        "key": title.lower().replace(" ", "-"), "stage": stage, "title": title, "hint": "", "what": "By e-mail.", "who": ["democratic"],
        "source": "Constitution, part 4", "when": [], "routes": [], "optional": False, **more,
    }  # fmt: skip


def a_content(**parts: Any) -> dict[str, Any]:
    """Content that says only this."""
    return {**content.empty(), **parts}


def drafted_rules(*, by: Person, **parts: Any) -> RuleSet:
    """A draft of the person's organisation that says only this."""
    draft = drafts.begin(organisation=home_of(by), actor=by)
    draft.content = a_content(**parts)
    draft.lock_version += 1
    draft.save()
    return draft


def published_rules(
    *, by: Person, applies_from: dt.date | None = None, note: str = "", **parts: Any
) -> RuleSet:
    """Published, from today unless said, with what they touch worked out."""
    draft = drafted_rules(by=by, **parts)
    work_out(publishing.weigh(organisation=draft.organisation, actor=by).pk)
    made = publishing.publish(
        organisation=draft.organisation, applies_from=applies_from or clock.today(), note=note or "As the council decided",
        version=draft.lock_version, actor=by, accepts=True,
    )  # fmt: skip
    selectors.forget()
    return made
