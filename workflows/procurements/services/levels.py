"""Who sees the facts and who sees the intent: the rule, and the change of it written down."""

from __future__ import annotations

from toolkit.accounts.models import Person
from toolkit.accounts.visibility import WIDTH, Level
from toolkit.core.errors import Refused
from workflows.procurements.models import LineKind, Procurement
from workflows.procurements.services.history import write


def check_levels(visibility: str, intent_visibility: str) -> None:
    """Raises Refused when more people would see the intent than the facts, and for public intent (design §6)."""
    if intent_visibility == Level.PUBLIC:
        raise Refused("The intent is never shown to the public")
    if WIDTH[Level(intent_visibility)] > WIDTH[Level(visibility)]:
        raise Refused("The intent cannot be seen by more people than the facts")


def set_levels(
    procurement: Procurement, visibility: Level, intent_visibility: Level, actor: Person, *, because: str = ""
) -> None:
    """Write the levels of a locked procurement, and into its history what changed."""
    changes = [
        (what, Level(before).label, after.label)
        for what, before, after in (
            ("Who sees the facts", procurement.visibility, visibility),
            ("Who sees the intent", procurement.intent_visibility, intent_visibility),
        )
        if before != after
    ]
    if changes:
        procurement.visibility, procurement.intent_visibility = visibility, intent_visibility
        procurement.save(update_fields=["visibility", "intent_visibility"])
        write(procurement, LineKind.SHARED, actor, changes=changes, detail=because)
