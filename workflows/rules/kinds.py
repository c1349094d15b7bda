"""Who approves: the kinds of endorsement given here, and who takes formal decisions elsewhere (practice.md §3)."""

from __future__ import annotations

from django.db import models


class EndorsementKind(models.TextChoices):
    PROCUREMENT = "procurement", "Procurement"
    FINANCE = "finance", "Finance"
    LEGAL = "legal", "Legal"
    SERVICE = "service", "Service director"


class DecisionMaker(models.TextChoices):
    CABINET = "cabinet", "Cabinet"
    MAYOR = "mayor", "Mayor or leader"
    MEMBER = "member", "Cabinet member"
    COMMITTEE = "committee", "Committee"
    COUNCIL = "council", "Full council"
    OFFICER = "officer", "Officer under delegated power"


MEETS = frozenset({DecisionMaker.CABINET, DecisionMaker.COMMITTEE, DecisionMaker.COUNCIL})
"""Those who decide at a meeting."""
