"""May they? About the logs of one procurement that they may open."""

from __future__ import annotations

from toolkit.accounts.roles import Right
from toolkit.accounts.visibility import Reader
from workflows.procurements import confidence
from workflows.procurements.logs.kinds import Log
from workflows.procurements.models import Procurement
from workflows.procurements.permissions import is_working_on, team_ids


def writes(reader: Reader, procurement: Procurement) -> bool:
    """Write in its logs: whoever works on it, whatever has become of it since it was started."""
    return (
        procurement.run_id is not None
        and reader.may(Right.DRAFT, procurement.organisation_id)
        and is_working_on(reader, procurement)
    )


def sees_all(reader: Reader, procurement: Procurement, log: Log) -> bool:
    """Read every entry of a log, all but who asked a question. Declarations, bidders and tenders: the team, and auditors
    outside the window. Questions that are not published: the team alone, always."""
    if is_working_on(reader, procurement):
        return True
    match log:
        case Log.CONFLICTS | Log.OPENING | Log.DECISIONS:
            return confidence.sees_bidders(reader, procurement)
        case Log.CLARIFICATION:
            return False
        case Log.RISKS:
            return not confidence.is_open(procurement) and _sees_intent(reader, procurement)
        case Log.ENGAGEMENT:
            return not confidence.is_closed_to(reader, procurement)


def sees_some(reader: Reader, procurement: Procurement, log: Log) -> bool:
    """Read what a log tells beyond that: the questions that were published, the decisions that are not in confidence."""
    return log in (Log.CLARIFICATION, Log.DECISIONS) and not confidence.unseen(reader, procurement)


def declares(reader: Reader, procurement: Procurement) -> bool:
    """Declare for themselves: everybody on its team, those who are asked to endorse too."""
    return (
        procurement.run_id is not None
        and procurement.organisation_id in reader.roles
        and reader.person_id in team_ids(procurement)
    )


def opens(reader: Reader, procurement: Procurement, log: Log) -> bool:
    """Open the page of a log at all."""
    return (
        sees_all(reader, procurement, log)
        or sees_some(reader, procurement, log)
        or (log == Log.CONFLICTS and declares(reader, procurement))
    )


def sees_earlier(reader: Reader, procurement: Procurement, log: Log) -> bool:
    """Read what an entry said before it was changed: earlier words may hold what was taken out for a reason."""
    return (sees_all(reader, procurement, log) and log != Log.CLARIFICATION) or is_working_on(
        reader, procurement
    )


def _sees_intent(reader: Reader, procurement: Procurement) -> bool:
    return procurement.organisation_id in reader.roles and reader.sees(
        procurement.intent_visibility, procurement.organisation_id, team=team_ids(procurement)
    )
