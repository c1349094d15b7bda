"""Roles and the rights they carry: the table of design §1, and nothing else decides.

`docs/roles-and-rights.md` shows the same table in words; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from django.db.models import TextChoices


class Role(TextChoices):
    """What a person is in one organisation; several at once are allowed. `pending` is the absence of all of them."""

    VIEWER = "viewer", "Viewer"
    CONTRIBUTOR = "contributor", "Contributor"
    OFFICER = "officer", "Officer"
    APPROVER = "approver", "Approver"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Administrator"
    COORDINATOR = "coordinator", "Coordinator"


ROLE_HINTS: dict[str, str] = {
    Role.VIEWER: "Reads what the organisation shares within itself, and what boroughs share with one another",
    Role.CONTRIBUTOR: "Does the tasks assigned to them, and drafts procurements for an officer to start",
    Role.OFFICER: "Creates and runs procurements and contracts, shares, imports and exports",
    Role.APPROVER: "Endorses what the organisation has listed them for, never their own request",
    Role.AUDITOR: "Reads everything of the organisation, changes nothing",
    Role.ADMINISTRATOR: "Lets people in, gives roles, sets the organisation’s own rules",
    Role.COORDINATOR: "Sees what all boroughs share; given by the service’s staff only",
}


class Right(StrEnum):
    """One thing a person may do in an organisation."""

    READ_BOROUGH = "read what the organisation shares within itself"
    READ_BOROUGHS = "read what boroughs share with one another"
    READ_EVERYTHING = "read everything of the organisation, team-private records too"
    DRAFT = "draft a procurement"
    DO_ASSIGNED_TASKS = "do tasks assigned to them"
    RUN = "create and run procurements and contracts"
    SHARE = "share entries, set who sees them, answer for them"
    IMPORT = "import registers"
    EXPORT = "export the pipeline"
    ENDORSE = "endorse what the organisation has listed them for"
    MANAGE_PEOPLE = "admit, invite, change and remove people"
    SET_RULES = "write the organisation’s own notes and rules"
    COORDINATE = "see overlaps and broker joint buying"


_VIEWER = frozenset({Right.READ_BOROUGH, Right.READ_BOROUGHS})
_CONTRIBUTOR = _VIEWER | {Right.DRAFT, Right.DO_ASSIGNED_TASKS}

RIGHTS: dict[str, frozenset[Right]] = {
    Role.VIEWER: _VIEWER,
    Role.CONTRIBUTOR: _CONTRIBUTOR,
    Role.OFFICER: _CONTRIBUTOR | {Right.RUN, Right.SHARE, Right.IMPORT, Right.EXPORT},
    Role.APPROVER: _VIEWER | {Right.ENDORSE},
    Role.AUDITOR: _VIEWER | {Right.READ_EVERYTHING, Right.EXPORT},
    Role.ADMINISTRATOR: _VIEWER | {Right.MANAGE_PEOPLE, Right.SET_RULES},
    Role.COORDINATOR: frozenset({Right.READ_BOROUGHS, Right.EXPORT, Right.COORDINATE}),
}

GIVEN_BY_ADMINISTRATORS: tuple[str, ...] = tuple(role for role in Role.values if role != Role.COORDINATOR)
"""The roles an organisation's administrator may give. The pan-London coordinator is appointed by staff."""


def rights_of(roles: Iterable[str]) -> frozenset[Right]:
    """Every right that any of `roles` carries."""
    return frozenset().union(*(RIGHTS[role] for role in roles)) if roles else frozenset()


def within(roles: Iterable[str]) -> list[str]:
    """The roles that carry no right beyond what `roles` carry together."""
    held = rights_of(roles)
    return [role for role in Role.values if RIGHTS[role] <= held]
