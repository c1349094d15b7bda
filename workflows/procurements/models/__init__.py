"""Nouns of the procurements app: the record, its team and its history, endorsements and formal decisions."""

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
from workflows.procurements.models.standing import OpenStep, Standing

__all__ = [
    "Continues",
    "DecisionMaker",
    "Endorsement",
    "EndorsementKind",
    "EndorsementPower",
    "EndorsementStatus",
    "FormalDecision",
    "HistoryLine",
    "Kind",
    "LineKind",
    "Money",
    "OpenStep",
    "Procurement",
    "Regime",
    "Standing",
    "Status",
    "TaskAssignment",
    "TeamMember",
    "TeamRole",
    "VatBasis",
]
