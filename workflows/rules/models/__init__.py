"""Nouns of an organisation's own rules: rule sets, and what is kept row by row beside them."""

from workflows.rules.models.calendar import ClosedDay, Meeting, MeetingSource
from workflows.rules.models.listed import Contact, Power, StandIn, VatBasis
from workflows.rules.models.rule_sets import (
    KeptChange,
    KeptSubject,
    RuleSet,
    RuleSetStatus,
    Weighing,
    WeighingState,
)

__all__ = [
    "ClosedDay",
    "Contact",
    "KeptChange",
    "KeptSubject",
    "Meeting",
    "MeetingSource",
    "Power",
    "RuleSet",
    "RuleSetStatus",
    "StandIn",
    "VatBasis",
    "Weighing",
    "WeighingState",
]
