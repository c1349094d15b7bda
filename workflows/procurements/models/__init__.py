"""Nouns of the procurements app: the record, its team and its history, endorsements and formal decisions."""

from workflows.procurements.logs.models import (
    Clarification,
    Conflict,
    ConflictsConfirmation,
    Engagement,
    LoggedDecision,
    Opening,
    Risk,
)
from workflows.procurements.models.decisions import (
    DecisionMaker,
    Endorsement,
    EndorsementKind,
    EndorsementPower,
    EndorsementStatus,
    FormalDecision,
)
from workflows.procurements.models.history import HistoryLine, LineKind
from workflows.procurements.models.procurement import (
    Continues,
    Kind,
    Money,
    Procurement,
    Regime,
    Status,
    TaskAssignment,
    TeamMember,
    TeamRole,
    VatBasis,
)

__all__ = [
    "Clarification",
    "Conflict",
    "ConflictsConfirmation",
    "Continues",
    "DecisionMaker",
    "Endorsement",
    "EndorsementKind",
    "EndorsementPower",
    "EndorsementStatus",
    "Engagement",
    "FormalDecision",
    "HistoryLine",
    "Kind",
    "LineKind",
    "LoggedDecision",
    "Money",
    "Opening",
    "Procurement",
    "Regime",
    "Risk",
    "Status",
    "TaskAssignment",
    "TeamMember",
    "TeamRole",
    "VatBasis",
]
