"""Questions about contracts, always as one reader may ask them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from toolkit.accounts.roles import Right
from toolkit.accounts.visibility import Level, Reader

if TYPE_CHECKING:
    from workflows.contracts.models import Contract  # noqa: F401  (named in the base class, for the type checker)


class ContractQuerySet(models.QuerySet["Contract"]):
    def visible_to(self, reader: Reader) -> ContractQuerySet:
        """The contracts whose record this reader may open: their own organisation's, and of those kept to a team only
        where they are on it (its manager, whoever recorded it, the team of its procurement) or an auditor. What other
        boroughs and the public may know of a contract is in its pipeline entry."""
        own = Q(organisation_id__in=reader.organisations_with(Right.READ_BOROUGH)) & ~Q(visibility=Level.TEAM)
        condition = own | Q(organisation_id__in=reader.organisations_with(Right.READ_EVERYTHING))
        if reader.person_id is not None:
            condition |= Q(organisation_id__in=list(reader.roles)) & (
                Q(manager_id=reader.person_id)
                | Q(created_by_id=reader.person_id)
                | Q(
                    pk__in=self.model._default_manager.filter(
                        procurement__team__person_id=reader.person_id
                    ).values("pk")
                )
            )
        return self.filter(condition)
