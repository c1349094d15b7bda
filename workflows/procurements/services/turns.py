"""The turns a procurement can take: switched to direct award, abandoned and begun again, challenged, followed by the next.

Each begins a record that continues the old one. What was typed there is copied; the old record stops where the turn ends
it, and keeps what it still owes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from toolkit.accounts.models import Person
from toolkit.accounts.readers import reader_of
from toolkit.accounts.roles import Right
from toolkit.accounts.visibility import Level
from toolkit.core import clock
from toolkit.core.errors import Refused
from workflows.journeys import loading
from workflows.journeys.progress import Progress
from workflows.journeys.selectors import progress_of
from workflows.procurements import permissions
from workflows.procurements.facts import facts_of, is_purchase
from workflows.procurements.models import (
    Continues,
    LineKind,
    Procurement,
    Regime,
    Status,
    TeamMember,
    TeamRole,
)
from workflows.procurements.services import sharing
from workflows.procurements.services.drafts import FACTS, go_live, keep_new
from workflows.procurements.services.history import write
from workflows.procurements.services.tasks import locked
from workflows.procurements.triage import triage_of

SWITCH, ABANDON, CHALLENGE = "switch-to-direct-award", "abandon-and-restart", "challenge"
FOLLOWED = frozenset({ABANDON, "exit-and-reprocure"})
"""The routes that buy nothing and that a purchase follows."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn. `why_not`: why it is not open; empty where it is. `route` empty: a draft, whose route is chosen later."""

    slug: str
    title: str
    what: str
    how: Continues
    route: str
    stops: bool
    """The old record stops, with a reason."""
    why_not: str = ""
    source: str = ""


def turns_of(procurement: Procurement, progress: Progress) -> Sequence[Turn]:
    """Every turn of a started procurement, with why it is not open."""
    if not is_purchase(procurement):
        return (_following(procurement),)
    return (
        Turn(
            "switch",
            "Switch to direct award",
            "Tenders were invited, none is suitable, and a competition is not possible. A new record begins, with a "
            "transparency notice and an identifier of its own; this one stops.",
            Continues.SWITCH,
            SWITCH,
            True,
            _why_no_switch(procurement, progress),
            "Procurement Act 2023, section 43",
        ),
        Turn(
            "restart",
            "Start again at once",
            "This record stops. A draft begins with its facts, and you choose the route again.",
            Continues.RESTART,
            "",
            True,
            _why_not_abandoned(procurement, progress),
            "Procurement Act 2023, section 55",
        ),
        Turn(
            "abandon",
            "Abandon it step by step, then start again",
            "This record stops. A record of the abandoning begins: reason, decision, telling suppliers, what will be different.",
            Continues.RESTART,
            ABANDON,
            True,
            _why_not_abandoned(procurement, progress),
            "Procurement Act 2023, section 55",
        ),
        Turn(
            "challenge",
            "Record that a challenge was received",
            "A record for its own team alone begins. Until it is said that no claim stops the signature, no award can be "
            "recorded here. Nothing else changes on this record.",
            Continues.CHALLENGE,
            CHALLENGE,
            False,
            "",
            "Procurement Act 2023, section 101",
        ),
    )


def _following(procurement: Procurement) -> Turn:
    abandoned = procurement.route == ABANDON
    return Turn(
        "next",
        "Start what follows",
        "A draft begins with what is known here, and says what it continues.",
        Continues.RESTART if abandoned else Continues.NEXT,
        "",
        False,
        ""
        if procurement.route in FOLLOWED
        else "Nothing follows this kind of record: start it from its contract",
    )


def _why_no_switch(procurement: Procurement, progress: Progress) -> str:
    if not any(slug == SWITCH for slug, _ in loading.all_journeys()):
        return "This toolkit has no route for it yet. Ask your legal team"
    if procurement.regime != Regime.PA23 or triage_of(procurement).above is False:
        return "It is for competitions under the Procurement Act 2023 at or above the threshold (section 43)"
    if progress.facts.day_of("tender-notice") is None:
        return "No tender notice is recorded: before one there is nothing to switch from (section 43)"
    return _why_not_abandoned(procurement, progress)


def _why_not_abandoned(procurement: Procurement, progress: Progress) -> str:
    if progress.facts.day_of("contract-entered") is not None:
        return "A contract has been signed: what follows begins from the contract’s own page"
    if procurement.status == Status.CLOSED:
        return "It is closed"
    return ""


def turn_of(procurement: Procurement, progress: Progress, slug: str) -> Turn | None:
    """The turn of this slug, open or not."""
    return next((turn for turn in turns_of(procurement, progress) if turn.slug == slug), None)


def notice_identifier(progress: Progress) -> str:
    """The number of the notice that announced it, as it was recorded; empty where there is none."""
    numbers = (
        str(state.data.get("notice") or "")
        for state in progress.states
        if state.task.slug in ("tender-notice", "transparency-notice", "below-threshold-notice")
    )
    return next((number for number in numbers if number), "")


def _progress(procurement: Procurement) -> Progress:
    if procurement.run is None:
        raise Refused("It has not been started: change the draft, or throw it away")
    return progress_of(procurement.run, facts_of(procurement), today=clock.today())


@transaction.atomic
def continue_as(
    *, procurement: Procurement, turn: str, actor: Person, reason: str = "", form_key: UUID | None = None
) -> Procurement:
    """Let a procurement take a turn; the record that continues it. The same form again, or a turn that it has taken
    already, gives the record that is there.

    The old record stops first, with `reason`, where the turn ends it. Raises Refused, in words, where the turn is not open,
    and for anyone but an officer on the team.
    """
    procurement = locked(procurement)
    if not permissions.may_run(reader_of(actor), procurement):
        raise Refused("Only an officer on the team can do this")
    if form_key is not None:
        begun = Procurement.objects.filter(form_key=form_key, created_by=actor, continues=procurement).first()
        if begun is not None:
            return begun
    taken = turn_of(procurement, _progress(procurement), turn)
    if taken is None:
        raise Refused("There is no such turn")
    if taken.stops or taken.how == Continues.RESTART:
        there = (
            procurement.continued_by.filter(continues_how__in=(Continues.SWITCH, Continues.RESTART))
            .exclude(status=Status.STOPPED)
            .first()
        )
        if there is not None:
            return there
    if taken.why_not:
        raise Refused(taken.why_not)
    if taken.stops and procurement.status in (Status.LIVE, Status.PAUSED):
        procurement = sharing.stop(procurement=procurement, reason=reason, actor=actor)
    following = _copy(procurement, taken, actor, form_key)
    if following.status != Status.DRAFT or following.continues_id != procurement.pk:
        return following  # the form was sent before, for something else
    if taken.route:
        following.regime = procurement.regime
        following.commenced_on = (
            procurement.commenced_on if taken.how == Continues.CHALLENGE else clock.today()
        )
        go_live(following, route=taken.route, name=_name(procurement, taken), actor=actor)
    if taken.how != Continues.CHALLENGE:
        _copy_team(procurement, following, actor)
    return following


def _name(procurement: Procurement, turn: Turn) -> str:
    return f"{loading.get(turn.route).title}, continuing {procurement.reference}"


def _copy(old: Procurement, turn: Turn, actor: Person, form_key: UUID | None) -> Procurement:
    """A draft with the facts of the old record, for its team alone, unless the turn goes on with the same purchase."""
    new = Procurement(
        organisation=old.organisation,
        created_by=actor,
        form_key=form_key,
        continues=old,
        continues_how=turn.how,
        cpv_codes=list(old.cpv_codes),
        **{name: getattr(old, name) for name in FACTS},
    )
    if turn.how == Continues.SWITCH:
        new.visibility, new.intent_visibility = old.visibility, old.intent_visibility
        new.is_kept_back = old.is_kept_back
    elif turn.route:  # a challenge or an abandoning stays with its team, whatever is decided on it
        new.visibility = new.intent_visibility = Level.TEAM
        new.is_kept_back = True
    if not turn.route:
        new.regime = triage_of(new).regime
    return keep_new(new, actor)


def _copy_team(old: Procurement, new: Procurement, actor: Person) -> None:
    """Whoever works on the old record, and is still let in, works on the new one."""
    for member in old.team.exclude(role=TeamRole.ENDORSER).exclude(person=actor).select_related("person"):
        if Right.READ_BOROUGH not in reader_of(member.person).rights_in(old.organisation_id):
            continue
        TeamMember.objects.create(procurement=new, person=member.person, role=TeamRole.MEMBER, added_by=actor)
        write(new, LineKind.JOINED, actor, detail=str(member.person))
