"""Who may see what: levels, readers, a filter for querysets and a mask for fields (design §6).

Everything that shows a record goes through here: pages, searches, counts, facets, exports, feeds, e-mails, matches and
error messages.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db.models import Q, TextChoices

from toolkit.accounts.roles import Right, rights_of


class Level(TextChoices):
    """How widely something is seen, from the narrowest."""

    TEAM = "team", "Only the team"
    BOROUGH = "borough", "Everyone in the organisation"
    BOROUGHS = "boroughs", "All boroughs"
    PUBLIC = "public", "Everyone"


WIDTH = {Level.TEAM: 0, Level.BOROUGH: 1, Level.BOROUGHS: 2, Level.PUBLIC: 3}


def narrower(first: str, second: str) -> str:
    """Whichever of two levels fewer people see."""
    return min(first, second, key=lambda level: WIDTH[Level(level)])


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody looking: who they are and what their admitted memberships allow. `PUBLIC` is nobody in particular."""

    person_id: int | None = None
    roles: Mapping[int, frozenset[str]] = field(default_factory=dict)
    """Organisation id → roles there; admitted and current memberships only."""
    current_id: int | None = None
    """The organisation they act for at the moment, if any."""

    def rights_in(self, organisation_id: int | None) -> frozenset[Right]:
        """What they may do in that organisation."""
        return (
            rights_of(self.roles.get(organisation_id, frozenset()))
            if organisation_id is not None
            else frozenset()
        )

    def may(self, right: Right, organisation_id: int | None = None) -> bool:
        """Do they hold `right` in the organisation (the current one unless named)?"""
        return right in self.rights_in(organisation_id if organisation_id is not None else self.current_id)

    def organisations_with(self, right: Right) -> list[int]:
        return [organisation_id for organisation_id in self.roles if self.may(right, organisation_id)]

    @property
    def is_member(self) -> bool:
        """Admitted somewhere with a right to what boroughs share."""
        return any(Right.READ_BOROUGHS in self.rights_in(organisation_id) for organisation_id in self.roles)

    def sees(self, level: str, organisation_id: int | None, *, team: Collection[int] = ()) -> bool:
        """May they see something of this level, owner and team?"""
        if level == Level.PUBLIC:
            return True
        if level == Level.BOROUGHS and self.is_member:
            return True
        if self.person_id in team and organisation_id in self.roles:
            return True
        rights = self.rights_in(organisation_id)
        if level in (Level.BOROUGH, Level.BOROUGHS) and Right.READ_BOROUGH in rights:
            return True
        return Right.READ_EVERYTHING in rights


PUBLIC = Reader()


def seen_by(reader: Reader, *, level: str = "visibility", organisation: str = "organisation_id") -> Q:
    """The condition that keeps exactly the rows `reader` may see by level; the same answer as `Reader.sees` with no
    team. Apps whose rows have a team add their own condition to it. `level` and `organisation` name the columns.
    """
    condition = Q(**{level: Level.PUBLIC})
    if reader.is_member:
        condition |= Q(**{level: Level.BOROUGHS})
    own = reader.organisations_with(Right.READ_BOROUGH)
    if own:
        condition |= Q(**{f"{level}__in": [Level.BOROUGH, Level.BOROUGHS], f"{organisation}__in": own})
    audited = reader.organisations_with(Right.READ_EVERYTHING)
    if audited:
        condition |= Q(**{f"{organisation}__in": audited})
    return condition
