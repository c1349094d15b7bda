"""Who works on a procurement, who sees it, and whether it goes on."""

from __future__ import annotations

from django.db import transaction

from toolkit.accounts.activity import note_on
from toolkit.accounts.models import Person
from toolkit.accounts.readers import reader_of
from toolkit.accounts.roles import Right
from toolkit.accounts.visibility import Level
from toolkit.core.errors import Refused
from workflows.procurements import letters, outcomes, permissions
from workflows.procurements.models import Procurement, Status, TaskAssignment, TeamMember, TeamRole
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
    if Right.READ_BOROUGH not in reader_of(person).rights_in(procurement.organisation_id):
        raise Refused(f"{person} is not in {procurement.organisation}")
    TeamMember.objects.update_or_create(
        procurement=procurement, person=person, defaults={"role": role, "added_by": actor}
    )
    note_on(procurement, "changed the team of", actor=actor)
    if person != actor:
        letters.tell_on_team(procurement, person)


@transaction.atomic
def remove_from_team(*, procurement: Procurement, person: Person, actor: Person) -> None:
    """Take somebody off the team and free their tasks. A procurement keeps at least one officer."""
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
    TeamMember.objects.filter(procurement=procurement, person=person).delete()
    TaskAssignment.objects.filter(procurement=procurement, person=person).delete()
    note_on(procurement, "changed the team of", actor=actor)


@transaction.atomic
def share(*, procurement: Procurement, visibility: str, intent_visibility: str, actor: Person) -> Procurement:
    """Set who sees the facts and who sees the intent. Intent is never seen more widely than the facts."""
    procurement = locked(procurement)
    if not permissions.may_share(reader_of(actor), procurement):
        raise Refused("Only an officer on the team can set who sees it")
    procurement.visibility = Level(visibility)
    procurement.intent_visibility = Level(intent_visibility)
    procurement.is_kept_back = visibility == Level.TEAM
    procurement.save()
    levels = [str(Level(level).label).lower() for level in (visibility, intent_visibility)]
    more = f": its facts {levels[0]}, its intent {levels[1]}"
    note_on(procurement, "set who sees", actor=actor, more=more)
    outcomes.CHANGED.happened(procurement)
    return procurement


CHANGES = {
    "pause": (Status.LIVE, Status.PAUSED),
    "resume": (Status.PAUSED, Status.LIVE),
}


@transaction.atomic
def set_paused(*, procurement: Procurement, verb: str, actor: Person) -> Procurement:
    """Pause a live procurement or resume a paused one; anything else is a no-op."""
    procurement = locked(procurement)
    if not permissions.may_run(reader_of(actor), procurement):
        raise Refused("Only an officer on the team can do this")
    before, after = CHANGES[verb]
    if procurement.status == before:
        procurement.status = after
        procurement.save()
        note_on(procurement, f"{verb}d", actor=actor)
        outcomes.CHANGED.happened(procurement)
    return procurement


@transaction.atomic
def stop(*, procurement: Procurement, reason: str, actor: Person) -> Procurement:
    """Stop for good, with a reason. After a tender or transparency notice a UK12 is due (section 55)."""
    procurement = locked(procurement)
    if not permissions.may_run(reader_of(actor), procurement):
        raise Refused("Only an officer on the team can stop it")
    if not reason.strip():
        raise Refused("Enter why it is stopped")
    if procurement.status in (Status.LIVE, Status.PAUSED):
        procurement.status, procurement.stopped_reason = Status.STOPPED, reason.strip()
        procurement.save()
        note_on(procurement, "stopped", actor=actor)
        outcomes.CHANGED.happened(procurement)
    return procurement
