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
    DecisionPaper,
    Endorsement,
    EndorsementStatus,
    FormalDecision,
    NoCallIn,
)
from workflows.procurements.models.history import HistoryLine, LineKind
from workflows.procurements.models.planning import Cause, KeptPlan, MoveKind, PlanMove
from workflows.procurements.models.procurement import (
    CHALLENGE_ROUTE,
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
from workflows.procurements.models.standing import OpenStep, StageSpell, Standing
from workflows.procurements.models.together import Comment, Follow
from workflows.procurements.models.touched import TouchedProcurement
from workflows.rules.kinds import DecisionMaker, EndorsementKind

__all__ = [
    "CHALLENGE_ROUTE",
    "Cause",
    "Clarification",
    "Comment",
    "Conflict",
    "ConflictsConfirmation",
    "Continues",
    "DecisionMaker",
    "DecisionPaper",
    "Endorsement",
    "EndorsementKind",
    "EndorsementStatus",
    "Engagement",
    "Follow",
    "FormalDecision",
    "HistoryLine",
    "KeptPlan",
    "Kind",
    "LineKind",
    "LoggedDecision",
    "Money",
    "MoveKind",
    "NoCallIn",
    "OpenStep",
    "Opening",
    "PlanMove",
    "Procurement",
    "Regime",
    "Risk",
    "StageSpell",
    "Standing",
    "Status",
    "TaskAssignment",
    "TeamMember",
    "TeamRole",
    "TouchedProcurement",
    "VatBasis",
]
