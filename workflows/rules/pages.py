"""What the templates of rules need, made ready: the templates only loop."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.accounts.models import Organisation
from toolkit.core import clock
from toolkit.core.text import count, day
from workflows.journeys.own_rules import Amount, OwnRules
from workflows.rules import content
from workflows.rules.checking import Finding
from workflows.rules.content import WrongContent
from workflows.rules.kinds import DecisionMaker
from workflows.rules.models import ClosedDay, Contact, Meeting, Power, RuleSet, StandIn, Weighing
from workflows.rules.names import route_titles, step_titles
from workflows.rules.selectors import draft_of, kept_changes, meetings_of, published_sets
from workflows.rules.services.common import stamp
from workflows.rules.services.publishing import findings_of
from workflows.rules.words import (
    Topic,
    amount_words,
    approval_words,
    band_words,
    gate_words,
    model_words,
    range_words,
    scope_words,
    step_words,
    topics,
)

TOUCHED = "rules.touched"
"""Filled with what a `weighing` touches, for its `reader`."""
MOST_AHEAD = 12
"""Meetings shown on the overview."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody who is listed, and who stands in for them."""

    power: Power
    limit: str
    stand_ins: tuple[tuple[StandIn, str], ...]
    """Each with its days in words."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What is in force, what comes, and what is kept beside it."""

    organisation: Organisation
    in_force: RuleSet | None
    topics: Sequence[Topic]
    coming: Sequence[RuleSet]
    earlier: Sequence[RuleSet]
    draft: RuleSet | None
    meetings: Sequence[Meeting]
    more_meetings: int
    closed_days: Sequence[ClosedDay]
    contacts: Sequence[Contact]
    people: Sequence[PersonRow]
    decides: str
    """How formal decisions are taken, in words."""
    changes: Sequence[Weighing]
    """The latest changes beside the rule sets."""


def limit_words(limit: Amount | None) -> str:
    return "Any value" if limit is None else f"Up to {amount_words(limit)}"


def days_words(starts_on: dt.date, ends_on: dt.date | None) -> str:
    """`from 1 December 2026 until 4 January 2027`."""
    return (
        f"from {day(starts_on)} {f'until {day(ends_on)}' if ends_on is not None else 'until further notice'}"
    )


def _when_words(power: Power, today: dt.date) -> str:
    """The days of a power as far as they lie ahead."""
    begins = f", from {day(power.starts_on)}" if power.starts_on > today else ""
    return begins + (f", until {day(power.ends_on)}" if power.ends_on is not None else "")


def topics_of(rule_set: RuleSet) -> list[Topic]:
    """A rule set in words."""
    return topics(content.read(rule_set.content), route_titles(), step_titles())


def people_rows(organisation: Organisation) -> list[PersonRow]:
    """Who is listed today or later, by kind. Two queries."""
    today = clock.today()
    powers = (
        Power.objects.not_over(today)
        .filter(organisation=organisation)
        .select_related("person")
        .prefetch_related("stand_ins__person")
        .order_by("kind", "person__name", "person__email", "starts_on")
    )
    return [
        PersonRow(
            power,
            limit_words(power.limit) + _when_words(power, today),
            tuple((row, days_words(row.starts_on, row.ends_on)) for row in power.stand_ins.all()),
        )
        for power in powers
    ]


def overview(organisation: Organisation, *, may_change: bool) -> Overview:
    """The page that everyone of the organisation reads."""
    today = clock.today()
    sets = published_sets(organisation.pk)
    in_force = next(
        (each for each in sets if each.applies_from is not None and each.applies_from <= today), None
    )
    coming = [each for each in sets if each.applies_from is not None and each.applies_from > today]
    ahead = meetings_of(organisation.pk, today)
    return Overview(
        organisation=organisation,
        in_force=in_force,
        topics=topics_of(in_force) if in_force is not None else [],
        coming=list(reversed(coming)),
        earlier=[each for each in sets if each not in coming and each != in_force],
        draft=draft_of(organisation.pk) if may_change else None,
        meetings=ahead[:MOST_AHEAD],
        more_meetings=max(0, len(ahead) - MOST_AHEAD),
        closed_days=list(ClosedDay.objects.filter(organisation=organisation, day__gte=today)),
        contacts=list(Contact.objects.filter(organisation=organisation)),
        people=people_rows(organisation),
        decides=_decides(organisation, in_force),
        changes=kept_changes(organisation.pk),
    )


def _decides(organisation: Organisation, in_force: RuleSet | None) -> str:
    said = content.read(in_force.content).decision_model if in_force is not None else ""
    return model_words(said or organisation.decision_model)


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item of a draft: what, in words, and the stamp that taking it out shows."""

    key: str
    what: str
    says: str
    stamp: str


@dataclass(frozen=True, slots=True)
class DraftTopic:
    """One subject of a draft. `add`: the words of the link that adds an item; empty where it is one form."""

    slug: str
    heading: str
    rows: tuple[ItemRow, ...]
    add: str = ""
    lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DraftPage:
    draft: RuleSet
    topics: Sequence[DraftTopic]
    findings: Sequence[Finding]

    @property
    def stops(self) -> bool:
        """Is there anything that has to be put right first?"""
        return any(finding.stops for finding in self.findings)


def draft_page(draft: RuleSet) -> DraftPage:
    """The draft in words, with the way to change each part, and what does not fit in it."""
    found = findings_of(draft)
    try:
        own = content.read(draft.content)
    except WrongContent:
        return DraftPage(draft, (), found)
    return DraftPage(draft, _draft_topics(draft, own), found)


def _draft_topics(draft: RuleSet, own: OwnRules) -> list[DraftTopic]:
    said = draft.content
    routes, steps = route_titles(), step_titles()
    whole = {topic.slug: topic for topic in topics(own, routes, steps)}
    approvals = [
        (f"{gate_words(each.gate)}. {scope_words(each)}", approval_words(each)) for each in own.approvals
    ]
    bands = [(range_words(each.start, each.below), band_words(each)) for each in own.bands]
    extra = [(each.title, step_words(each, routes)) for each in own.extra_tasks]
    notes = tuple(ItemRow(slug, steps.get(slug, slug), text, stamp(text)) for slug, text in own.notes.items())
    return [
        DraftTopic("decisions", "How decisions are taken", (), lines=whole["decisions"].lines),
        DraftTopic("approvals", "Approvals", _rows(said["approvals"], approvals), "Add an approval"),
        DraftTopic("bands", "Quotations below the threshold", _rows(said["bands"], bands), "Add a band"),
        DraftTopic("steps", "Extra steps", _rows(said["steps"], extra), "Add a step"),
        DraftTopic("notes", "Notes on steps", notes, "Add a note"),
        DraftTopic("switches", "Policy", (), lines=whole["switches"].lines),
    ]


def _rows(items: Sequence[dict[str, object]], words: Sequence[tuple[str, str]]) -> tuple[ItemRow, ...]:
    return tuple(
        ItemRow(str(item["key"]), what, says, stamp(item))
        for item, (what, says) in zip(items, words, strict=True)
    )


@dataclass(frozen=True, slots=True)
class PublishPage:
    """Before publishing: what does not fit, and what the draft as it stands touches."""

    draft: RuleSet
    findings: Sequence[Finding]
    weighing: Weighing | None
    touched: Sequence[str]
    """What is filled into the slot TOUCHED."""

    @property
    def stops(self) -> bool:
        return any(finding.stops for finding in self.findings)

    @property
    def looked_at(self) -> str:
        return count(self.weighing.looked_at, "live procurement") if self.weighing is not None else ""


def makers_words(makers: Sequence[str]) -> str:
    return ", ".join(str(DecisionMaker(maker).label) for maker in makers) or "Any that needs a meeting"
