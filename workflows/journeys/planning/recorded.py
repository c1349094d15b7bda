"""What is recorded already, as a plan needs it: which activities have begun, and which are over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workflows.journeys.facts import Facts
from workflows.journeys.planning.activities import Activity
from workflows.journeys.planning.network import Network
from workflows.journeys.planning.working_days import Ordinal


@dataclass(frozen=True, slots=True)
class Known:
    """Place in the network → the day. `over` without a day: something later has begun, so it is behind us."""

    begun: Mapping[int, Ordinal] = field(default_factory=dict)
    ends: Mapping[int, Ordinal] = field(default_factory=dict)
    """The day on which what follows may begin; it may lie ahead, as a deadline that was set does."""
    over: frozenset[int] = frozenset()


def events_of(activity: Activity, facts: Facts) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The events whose day begins it, and those whose day ends it. In a competition with rounds the last invitation begins
    the final tenders, and the first one what comes before them."""
    stage, rounds = facts.choice("first_stage"), facts.choice("rounds")
    first = "tender-notice" if stage == "tenders" else "tender-invitation"
    if activity.slug == "final-tenders":
        which = {"two": "second", "three": "third"}.get(rounds or "")
        if which is not None:
            return (f"{which}-invitation",), (f"{which}-deadline",)
        return (first,), activity.ends
    if activity.slug == "negotiation" and rounds in ("two", "three"):
        return (first,), activity.ends
    if activity.slug == "tendering" and stage in ("requests", None):
        return ("tender-invitation",), activity.ends
    return activity.begins, activity.ends


def known_of(network: Network, facts: Facts, done: Mapping[str, Ordinal], today: Ordinal) -> Known:
    """From the days that steps recorded, and the activities whose every step is completed (`done`)."""
    begun: dict[int, Ordinal] = {}
    ends: dict[int, Ordinal] = {}
    for place, node in enumerate(network.nodes):
        begin_events, end_events = events_of(node.activity, facts)
        for events, into in ((begin_events, begun), (end_events, ends)):
            days = [facts.events[event].toordinal() for event in events if event in facts.events]
            if days and node.activity.slug not in done:
                into[place] = min(days)
        if node.activity.slug in done:
            ends[place] = done[node.activity.slug]
    over: set[int] = set()
    for place in range(len(network.nodes) - 1, -1, -1):
        if place in over or place in begun or place in ends:
            over.update(network.nodes[place].waits_for)
    return Known(begun, ends, frozenset(over))
