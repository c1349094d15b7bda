"""May they? About one contract."""

from __future__ import annotations

from toolkit.accounts.roles import Right
from toolkit.accounts.visibility import Reader
from workflows.contracts.models import Contract
from workflows.procurements import permissions as procurements


def team_ids(contract: Contract) -> set[int]:
    """Its manager, whoever recorded it, and the team of the procurement it came from: for lists, prefetch
    `procurement__team`."""
    team = {contract.created_by_id}
    if contract.manager_id is not None:
        team.add(contract.manager_id)
    if contract.procurement is not None:
        team |= procurements.team_ids(contract.procurement)
    return team


def sees_intent(reader: Reader, contract: Contract) -> bool:
    """See what its owner means to do and by which days they must act."""
    return reader.sees(contract.intent_visibility, contract.organisation_id, team=team_ids(contract))


def may_change(reader: Reader, contract: Contract) -> bool:
    """Correct it, use an option, end it: an officer of its organisation who may open it."""
    return reader.may(Right.RUN, contract.organisation_id)


def may_share(reader: Reader, contract: Contract) -> bool:
    """Set who sees it: an officer of its organisation who sees all of it, the intent too."""
    return reader.may(Right.SHARE, contract.organisation_id) and sees_intent(reader, contract)
