"""Nouns of the procurements app: the record, its team and its history, endorsements and formal decisions."""

from workflows.procurements.models.decisions import (
    Endorsement,
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
from workflows.procurements.models.touched import TouchedProcurement
from workflows.rules.kinds import DecisionMaker, EndorsementKind

__all__ = [
    "Continues",
    "DecisionMaker",
    "Endorsement",
    "EndorsementKind",
    "EndorsementStatus",
    "FormalDecision",
    "HistoryLine",
    "Kind",
    "LineKind",
    "Money",
    "Procurement",
    "Regime",
    "Status",
    "TaskAssignment",
    "TeamMember",
    "TeamRole",
    "TouchedProcurement",
    "VatBasis",
]
