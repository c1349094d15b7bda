"""What happens to rules that a higher app must answer, in the same transaction (toolkit.core.outcomes)."""

from __future__ import annotations

from toolkit.accounts.models import Organisation
from toolkit.core.outcomes import Outcome
from workflows.rules.models import Weighing

WEIGH = Outcome[Weighing]("rules.weigh")
"""Somebody asks what a rule set changes, before it is published or because it was: it is worked out in the background."""

KEPT_CHANGED = Outcome[Organisation]("rules.kept-changed")
"""What is kept beside the rule sets and moves days has changed: a meeting, a closed day."""
