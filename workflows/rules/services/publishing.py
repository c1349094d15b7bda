"""Held against itself, weighed against live procurements, published from a day on."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Max

from toolkit.accounts import activity
from toolkit.accounts.models import Membership, Organisation, Person
from toolkit.accounts.roles import Right, rights_of
from toolkit.core import clock
from toolkit.core.errors import Refused
from toolkit.core.text import day
from workflows.rules import content, outcomes
from workflows.rules.checking import Finding, Listed, findings
from workflows.rules.models import Meeting, Power, RuleSet, RuleSetStatus, Weighing, WeighingState
from workflows.rules.names import names
from workflows.rules.selectors import drafted, forget
from workflows.rules.services.common import allowed, one_at_a_time
from workflows.rules.services.drafts import locked

FURTHEST = dt.timedelta(days=730)
"""Rules begin within two years."""
PATIENCE = dt.timedelta(minutes=10)
"""What was asked longer ago and is not worked out may be asked again."""


def listed_people(organisation: Organisation) -> list[Listed]:
    """Who is listed for what, today or later, of those still let in with the right to endorse. Two queries."""
    able = {
        membership.person_id
        for membership in Membership.objects.filter(organisation=organisation).current_on(clock.today())
        if Right.ENDORSE in rights_of(membership.roles)
    }
    return [
        Listed(power.kind, power.limit)
        for power in Power.objects.not_over(clock.today()).filter(organisation=organisation)
        if power.person_id in able
    ]


def findings_of(draft: RuleSet) -> list[Finding]:
    """What does not fit in a rule set, with people and meetings as they are now."""
    mistakes = content.mistakes_in(draft.content, names())
    if mistakes:
        return [Finding("rules", sentence) for sentence in mistakes]
    ahead = Meeting.objects.filter(organisation=draft.organisation, on__gte=clock.today())
    own = drafted(draft, clock.today())
    return findings(
        own,
        decision_model=own.decision_model or draft.organisation.decision_model,
        listed_people=listed_people(draft.organisation),
        bodies_meet=ahead.exists(),
    )


def _weigh(rule_set: RuleSet, actor: Person) -> Weighing:
    weighing, is_new = Weighing.objects.get_or_create(
        rule_set=rule_set, lock_version=rule_set.lock_version, defaults={"asked_by": actor}
    )
    stuck = weighing.state == WeighingState.ASKED and clock.now() - weighing.asked_at > PATIENCE
    if is_new or stuck:
        outcomes.WEIGH.happened(weighing)
    return weighing


@transaction.atomic
def weigh(*, organisation: Organisation, actor: Person) -> Weighing:
    """Have it worked out, in the background, what the draft as it stands changes in live procurements. Asked again for
    the same draft: once. Raises Refused."""
    allowed(actor, organisation)
    draft = locked(organisation)
    mistakes = content.mistakes_in(draft.content, names())
    if mistakes:
        raise Refused(mistakes[0])
    return _weigh(draft, actor)


@transaction.atomic
def publish(
    *,
    organisation: Organisation,
    applies_from: dt.date,
    note: str,
    version: int,
    actor: Person,
    accepts: bool = False,
) -> RuleSet:
    """Publish the draft from a day on, today or later. It never changes again.

    `version`: of the draft as it was looked at. `accepts`: publish although there is something to look at. Raises Refused
    when the draft has changed since, contradicts itself, or nobody has worked out what it touches.
    """
    allowed(actor, organisation)
    one_at_a_time(organisation)
    draft = locked(organisation)
    today = clock.today()
    if draft.lock_version != version:
        raise Refused(f"{draft.edited_by} has changed the draft meanwhile: look at it again")
    if applies_from < today:
        raise Refused("Rules apply from today or a later day: what was done under earlier ones stays done")
    if applies_from > today + FURTHEST:
        raise Refused("Rules apply from a day within the next two years")
    found = findings_of(draft)
    stopping = [finding for finding in found if finding.stops]
    if stopping:
        raise Refused(stopping[0].sentence)
    if found and not accepts:
        raise Refused("There is something to look at first: say that you publish all the same")
    if not Weighing.objects.filter(rule_set=draft, lock_version=version, state=WeighingState.DONE).exists():
        raise Refused("Work out first which live procurements it touches")
    last = RuleSet.objects.filter(organisation=organisation).aggregate(last=Max("number"))["last"] or 0
    draft.number, draft.status, draft.applies_from, draft.note = (
        last + 1,
        RuleSetStatus.PUBLISHED,
        applies_from,
        note.strip(),
    )
    draft.published_by, draft.published_at = actor, clock.now()
    draft.lock_version += 1
    draft.save()
    _weigh(draft, actor)
    activity.note(
        organisation=organisation,
        actor=actor,
        sentence=f"{actor} published the organisation’s rules {draft.number}, which apply from {day(applies_from)}",
    )
    transaction.on_commit(forget)
    return draft
