"""May they? About one procurement."""

from __future__ import annotations

from toolkit.accounts.roles import Right
from toolkit.accounts.visibility import Reader
from workflows.procurements.models import Procurement, Status, TeamRole

AFTER_STOPPING = frozenset({"not-awarding", "exclusion-notification", "psr-abandon", "psr-abandon-notice"})
"""The steps that a procurement still owes once it is stopped (sections 55 and 59; the notice of a health care process that
is abandoned): they stay open on it."""


def may_start(reader: Reader) -> bool:
    """Begin a draft for the organisation they act for."""
    return reader.may(Right.DRAFT)


def is_working_on(reader: Reader, procurement: Procurement) -> bool:
    """On its team to work, not only to endorse, and still let in."""
    return procurement.organisation_id in reader.roles and any(
        member.person_id == reader.person_id and member.role != TeamRole.ENDORSER
        for member in procurement.team.all()
    )


def may_edit_draft(reader: Reader, procurement: Procurement) -> bool:
    """Answer the opening questions: the draft's own team."""
    return (
        procurement.status == Status.DRAFT
        and reader.may(Right.DRAFT, procurement.organisation_id)
        and is_working_on(reader, procurement)
    )


def may_run(reader: Reader, procurement: Procurement) -> bool:
    """Start it, do any of its tasks, change its team, record decisions: an officer on its team."""
    return reader.may(Right.RUN, procurement.organisation_id) and is_working_on(reader, procurement)


def may_join(reader: Reader, procurement: Procurement) -> bool:
    """An officer of the organisation may put themselves on the team of a procurement they can open."""
    return reader.may(Right.RUN, procurement.organisation_id) and not is_working_on(reader, procurement)


def may_do_task(reader: Reader, procurement: Procurement, task: str) -> bool:
    """Officers of the team do any task; a contributor the ones assigned to them."""
    if procurement.status == Status.STOPPED:
        return task in AFTER_STOPPING and may_run(reader, procurement)
    if procurement.status != Status.LIVE:
        return False
    if may_run(reader, procurement):
        return True
    return reader.may(Right.DO_ASSIGNED_TASKS, procurement.organisation_id) and any(
        assignment.task == task and assignment.person_id == reader.person_id
        for assignment in procurement.assignments.all()
    )


def may_share(reader: Reader, procurement: Procurement) -> bool:
    """Set who sees it."""
    return reader.may(Right.SHARE, procurement.organisation_id) and is_working_on(reader, procurement)


def sees_budget(reader: Reader, procurement: Procurement) -> bool:
    """What is meant to be spent is for the team, whoever is asked to endorse it, and auditors (practice.md §5)."""
    is_on_team = procurement.organisation_id in reader.roles and reader.person_id in team_ids(procurement)
    return is_on_team or Right.READ_EVERYTHING in reader.rights_in(procurement.organisation_id)


def team_ids(procurement: Procurement) -> set[int]:
    """The ids of the people on its team."""
    return {member.person_id for member in procurement.team.all()}


def may_comment(reader: Reader, procurement: Procurement) -> bool:
    """Say something about one that they may open: its team, and whoever drafts or endorses in its organisation. An auditor
    changes nothing."""
    rights = reader.rights_in(procurement.organisation_id)
    is_on_team = bool(rights) and reader.person_id in team_ids(procurement)
    return is_on_team or bool(rights & {Right.DRAFT, Right.ENDORSE})
