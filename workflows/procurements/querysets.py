"""Questions about procurements, always as one reader may ask them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from toolkit.accounts.roles import Right
from toolkit.accounts.visibility import Level, Reader

if TYPE_CHECKING:
    from workflows.procurements.models import Procurement  # noqa: F401  (named in the base class, for the type checker)


class ProcurementQuerySet(models.QuerySet["Procurement"]):
    def visible_to(self, reader: Reader) -> ProcurementQuerySet:
        """Exactly the procurements whose record this reader may open.

        A record (tasks, decisions, history) never leaves its organisation, however widely the procurement is shared:
        other boroughs and the public see its pipeline entry instead. Within the organisation a `team` record is for
        its team and the auditors alone, anything wider for everyone there; whoever may answer a request in it in place of
        a colleague can open it until it is answered.
        """
        condition = Q(organisation_id__in=reader.organisations_with(Right.READ_EVERYTHING))
        condition |= Q(organisation_id__in=reader.organisations_with(Right.READ_BOROUGH)) & ~Q(
            visibility=Level.TEAM
        )
        if reader.person_id is not None:
            # Being on the team counts only while one is still let in: leavers stay named and see nothing.
            on_team = self.model._default_manager.filter(team__person_id=reader.person_id)
            condition |= Q(pk__in=on_team.values("pk"), organisation_id__in=list(reader.roles))
        if reader.organisations_with(Right.ENDORSE):
            from workflows.procurements.stand_ins import requests_in_place  # models name this class

            condition |= Q(pk__in=requests_in_place(reader).values("procurement"))
        return self.filter(condition)

    def mine(self, person_id: int) -> ProcurementQuerySet:
        """Those whose team the person is on."""
        return self.filter(team__person_id=person_id)

    def open(self) -> ProcurementQuerySet:
        """Not stopped and not closed."""
        return self.filter(status__in=["draft", "live", "paused"])
