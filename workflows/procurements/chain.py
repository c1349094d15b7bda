"""How records follow one another, as one reader may see it: what a record continues, and what continues it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from toolkit.accounts.visibility import Reader
from toolkit.core import clock
from workflows.procurements import confidence
from workflows.procurements.facts import facts_of
from workflows.procurements.models import Continues, Procurement
from workflows.procurements.services.turns import notice_identifier


@dataclass(frozen=True, slots=True)
class Link:
    """Another record of the chain. `url` empty: the reader may not open it, and is told no more than that it is there."""

    how: str
    reference: str = ""
    title: str = ""
    url: str = ""
    notice: str = ""
    """The number of the notice that announced it."""
    quote_it: bool = False


def continued(reader: Reader, procurement: Procurement) -> Link | None:
    """What the record continues. Three queries where it continues one."""
    if procurement.continues_id is None:
        return None
    how = str(procurement.get_continues_how_display())
    old = (
        Procurement.objects.visible_to(reader)
        .select_related("organisation", "run")
        .prefetch_related("team")
        .filter(pk=procurement.continues_id)
        .first()
    )
    if old is None:
        return Link(how)
    notice = ""
    if old.run is not None:
        shown = confidence.progress_shown(reader, old, facts_of(old, ()), today=clock.today())
        notice = notice_identifier(shown)
    switched = procurement.continues_how == Continues.SWITCH
    return Link(how, old.reference, old.name, reverse("procurement", args=[old.reference]), notice, switched)


def continuing(reader: Reader, procurement: Procurement) -> list[Link]:
    """The records that continue it and that the reader may open: of a challenge nobody else learns. One query."""
    return [
        Link(
            str(each.get_continues_how_display()),
            each.reference,
            each.name,
            reverse("procurement", args=[each.reference]),
        )
        for each in Procurement.objects.visible_to(reader).filter(continues=procurement)
    ]
