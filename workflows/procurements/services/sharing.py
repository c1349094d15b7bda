"""Who works on a procurement, who sees it, and whether it goes on."""

from __future__ import annotations

from django.db import transaction

from toolkit.accounts.activity import note_on
from toolkit.accounts.models import Person
from toolkit.accounts.readers import reader_of
from toolkit.accounts.roles import Right
from toolkit.accounts.visibility import Level
from toolkit.core.errors import Refused
from workflows.procurements import confidence, letters, permissions
from workflows.procurements.models import (
    LineKind,
    Procurement,
    Status,
    TaskAssignment,
    TeamMember,
    TeamRole,
)
from workflows.procurements.services import window
from workflows.procurements.services.endorsements import withdraw_open
from workflows.procurements.services.following import tell_followers
from workflows.procurements.services.history import write
from workflows.procurements.services.levels import check_levels, set_levels
from workflows.procurements.services.standing import changed
from workflows.procurements.services.tasks import locked


@transaction.atomic
def add_to_team(*, procurement: Procurement, person: Person, role: str, actor: Person) -> None:
    """Put somebody of the organisation on the team. An officer may put themselves on one they can open."""
    procurement = locked(procurement)
    reader = reader_of(actor)
    itself = (
        person == actor and permissions.may_join(reader, procurement) and procurement.visibility != Level.TEAM
    )
    drafting = permissions.may_edit_draft(reader, procurement)
    if not (permissions.may_run(reader, procurement) or itself or drafting):
        raise Refused("Only an officer on the team can change the team")
    if itself and confidence.is_open(procurement):
        raise Refused(f"It is in confidence {confidence.until(procurement)}: the team has to put you on it")
    if Right.READ_BOROUGH not in reader_of(person).rights_in(procurement.organisation_id):
        raise Refused(f"{person} is not in {procurement.organisation}")
    member, is_new = TeamMember.objects.get_or_create(
        procurement=procurement, person=person, defaults={"role": role, "added_by": actor}
    )
    if not is_new and member.role == role:
        return
    if not is_new:
        member.role = role
        member.save(update_fields=["role"])
    write(procurement, LineKind.JOINED, actor, detail=str(person))
    note_on(procurement, "changed the team of", actor=actor)
    if person != actor:
        letters.tell_on_team(procurement, person)


def may_be_helped(procurement: Procurement) -> bool:
    """May somebody who is not on its team change the team? Not while bids are in confidence, unless no officer is left on
    it who could."""
    return not confidence.is_open(procurement) or not any(
        permissions.may_run(reader_of(member.person), procurement)
        for member in procurement.team.select_related("person")
    )


@transaction.atomic
def remove_from_team(*, procurement: Procurement, person: Person, actor: Person) -> None:
    """Take somebody off the team, free their tasks and withdraw what they were asked to endorse. A procurement keeps at
    least one officer."""
    procurement = locked(procurement)
    if not permissions.may_run(reader_of(actor), procurement):
        raise Refused("Only an officer on the team can change the team")
    left = [
        member.person
        for member in procurement.team.exclude(role=TeamRole.ENDORSER).select_related("person")
        if member.person != person
    ]
    if not any(reader_of(other).may(Right.RUN, procurement.organisation_id) for other in left):
        raise Refused("The team would have no officer left: add another one first")
    gone, _ = TeamMember.objects.filter(procurement=procurement, person=person).delete()
    if not gone:
        return
    TaskAssignment.objects.filter(procurement=procurement, person=person).delete()
    withdraw_open(procurement, actor, asked_of=person)
    write(procurement, LineKind.LEFT, actor, detail=str(person))
    note_on(procurement, "changed the team of", actor=actor)


@transaction.atomic
def share(*, procurement: Procurement, visibility: str, intent_visibility: str, actor: Person) -> Procurement:
    """Set who sees the facts and who sees the intent.

    Raises Refused when more people would see the intent than the facts, and for public intent.
    """
    procurement = locked(procurement)
    if not permissions.may_share(reader_of(actor), procurement):
        raise Refused("Only an officer on the team can set who sees it")
    check_levels(visibility, intent_visibility)
    set_levels(procurement, Level(visibility), Level(intent_visibility), actor)
    procurement.is_kept_back = visibility == Level.TEAM
    procurement.save(update_fields=["is_kept_back"])
    levels = [str(Level(level).label).lower() for level in (visibility, intent_visibility)]
    more = f": its facts {levels[0]}, its intent {levels[1]}"
    note_on(procurement, "set who sees", actor=actor, more=more)
    changed(procurement)
    return procurement


@transaction.atomic
def keep_intent_to_team(*, procurement: Procurement, actor: Person) -> Procurement:
    """Narrow the intent to the team, because of what was decided. Asks for no right: whoever calls has, and it hides."""
    procurement = locked(procurement)
    if procurement.intent_visibility != Level.TEAM:
        set_levels(procurement, Level(procurement.visibility), Level.TEAM, actor)
        changed(procurement)
    return procurement


CHANGES = {
    "pause": (Status.LIVE, Status.PAUSED, LineKind.PAUSED),
    "resume": (Status.PAUSED, Status.LIVE, LineKind.RESUMED),
}


@transaction.atomic
def set_paused(*, procurement: Procurement, verb: str, actor: Person) -> Procurement:
    """Pause a live procurement or resume a paused one; anything else is a no-op."""
    procurement = locked(procurement)
    if not permissions.may_run(reader_of(actor), procurement):
        raise Refused("Only an officer on the team can do this")
    before, after, kind = CHANGES[verb]
    if procurement.status == before:
        procurement.status = after
        procurement.save(update_fields=["status"])
        write(procurement, kind, actor)
        note_on(procurement, f"{verb}d", actor=actor)
        changed(procurement)
    return procurement


@transaction.atomic
def stop(*, procurement: Procurement, reason: str, actor: Person) -> Procurement:
    """Stop for good, with a reason. Endorsements still asked for are withdrawn. After a tender or transparency notice a
    UK12 is due (section 55)."""
    procurement = locked(procurement)
    if not permissions.may_run(reader_of(actor), procurement):
        raise Refused("Only an officer on the team can stop it")
    if not reason.strip():
        raise Refused("Enter why it is stopped")
    if procurement.status in (Status.LIVE, Status.PAUSED):
        withdraw_open(procurement, actor)
        procurement.status, procurement.stopped_reason = Status.STOPPED, reason.strip()
        procurement.save(update_fields=["status", "stopped_reason"])
        window.end(procurement)
        write(procurement, LineKind.STOPPED, actor, detail=procurement.stopped_reason)
        note_on(procurement, "stopped", actor=actor)
        changed(procurement)
        tell_followers(procurement, "somebody stopped it", actor)
    return procurement
