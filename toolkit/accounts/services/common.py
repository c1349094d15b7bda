"""What the verbs of memberships and of invitations ask alike."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.accounts.models import Organisation, Person
from toolkit.accounts.permissions import may_manage
from toolkit.accounts.roles import GIVEN_BY_ADMINISTRATORS, Role
from toolkit.accounts.selectors import has_proved_address
from toolkit.core.errors import Refused
from toolkit.core.text import listed


def lock(organisation_id: int) -> None:
    """One at a time changes who manages an organisation: whoever comes second counts its administrators, and the
    invitations they sent, after the first is done. Held until the transaction ends; other records of the organisation
    can be written meanwhile."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation_id)


def must_manage(actor: Person, organisation: Organisation) -> None:
    if not may_manage(actor, organisation):
        raise Refused(f"Only an administrator of {organisation} can do this")


def must_have_proved_address(person: Person) -> None:
    if not has_proved_address(person):
        raise Refused(f"Confirm first that {person.email} is your address")


def roles_given(roles: Sequence[str], actor: Person) -> list[str]:
    """The roles in order, each once. Raises Refused for none, and for those that are not the actor's to give."""
    given = sorted(set(roles))
    if not given:
        raise Refused("Select at least one role")
    allowed = set(Role.values) if actor.is_staff else set(GIVEN_BY_ADMINISTRATORS)
    if not set(given) <= allowed:
        raise Refused("Only the service’s staff can appoint a coordinator")
    return given


def in_words(roles: Sequence[str]) -> str:
    """`approver and viewer`; `no role` for none."""
    return listed([str(Role(role).label).lower() for role in roles]) or "no role"
