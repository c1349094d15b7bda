"""A shape for these facts, as a network: what takes part, what each waits for, and how long each takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from workflows.journeys.facts import Facts
from workflows.journeys.planning.activities import Activity, takes_of
from workflows.journeys.planning.counts import Count
from workflows.journeys.planning.shapes import Shape


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a plan, to see what it would do: other counts, activities left out or taken in, begun with another."""

    counts: Mapping[str, Count] = field(default_factory=dict)
    without: frozenset[str] = frozenset()
    taken_in: frozenset[str] = frozenset()
    loose: frozenset[str] = frozenset()
    """Activities that wait no longer for what comes before them, and run beside it."""


NO_CHANGE = Change()


@dataclass(frozen=True, slots=True)
class Node:
    """An activity that takes part. `waits_for` and `holds` are places in the network."""

    activity: Activity
    count: Count
    waits_for: tuple[int, ...]
    may: str = ""
    """What has not been said, where it only may take part."""


@dataclass(frozen=True, slots=True)
class Network:
    """The nodes, each after everything it waits for; the last is the day of need."""

    nodes: tuple[Node, ...]
    holds: tuple[tuple[int, ...], ...]
    left_out: tuple[tuple[Activity, str], ...]
    """What takes no part, and why."""

    def place(self, slug: str) -> int | None:
        for number, node in enumerate(self.nodes):
            if node.activity.slug == slug:
                return number
        return None


def network_of(shape: Shape, facts: Facts, change: Change = NO_CHANGE) -> Network:
    """The network of a shape for these facts. `facts` hold what is recorded already."""
    taking: list[tuple[Activity, str]] = []
    left_out: list[tuple[Activity, str]] = []
    for activity in shape.activities:
        verdict = activity.asked(facts, shape.small)
        if activity.slug in change.without:
            left_out.append((activity, "left out to see what that does"))
        elif verdict.applies is False and activity.slug not in change.taken_in:
            left_out.append((activity, verdict.because))
        else:
            taking.append((activity, verdict.because if verdict.applies is None else ""))
    order = {activity.slug: number for number, activity in enumerate(shape.activities)}
    places = {activity.slug: number for number, (activity, _) in enumerate(taking)}
    chain = [activity.slug for activity, _ in taking if not activity.is_beside]
    waits: dict[str, list[str]] = {slug: [] for slug in places}
    for before, slug in pairwise(chain):
        waits[slug].append(before)
    for slug in change.loose & waits.keys():
        _loosen(slug, chain, waits)
    for activity, _ in taking:
        if activity.is_beside:
            _put_beside(activity, chain, order, waits)
    nodes = tuple(
        Node(
            activity,
            change.counts.get(activity.slug) or activity.make(facts, takes_of(activity, facts, shape)),
            tuple(sorted(places[slug] for slug in waits[activity.slug])),
            may,
        )
        for activity, may in taking
    )
    holds: list[list[int]] = [[] for _ in nodes]
    for number, node in enumerate(nodes):
        for earlier in node.waits_for:
            holds[earlier].append(number)
    return Network(nodes, tuple(tuple(each) for each in holds), tuple(left_out))


def _loosen(slug: str, chain: list[str], waits: dict[str, list[str]]) -> None:
    """Let it run beside what comes before it; what follows waits for both."""
    place = chain.index(slug)
    if place == 0 or place + 1 == len(chain):
        return
    before, following = chain[place - 1], chain[place + 1]
    waits[slug] = [name for name in waits[slug] if name != before]
    waits[following].append(before)


def _nearest(order: Mapping[str, int], names: list[str], slug: str, *, later: bool) -> str | None:
    """`slug` itself, or what stands nearest to it among `names`; the nearest of all where the route has no `slug`."""
    if later:
        return next((name for name in names if slug not in order or order[name] >= order[slug]), None)
    return next((name for name in reversed(names) if slug not in order or order[name] <= order[slug]), None)


def _put_beside(
    activity: Activity, chain: list[str], order: Mapping[str, int], waits: dict[str, list[str]]
) -> None:
    """Between what it waits for and what waits for it; where the route lacks one of them, what stands nearest."""
    mine = order[activity.slug]
    if activity.after:
        earlier = _nearest(order, [name for name in chain if order[name] < mine], activity.after, later=False)
        if earlier is not None:
            waits[activity.slug].append(earlier)
    before = next((slug for slug in activity.before if slug in order), "")
    following = _nearest(order, [name for name in chain if order[name] > mine], before, later=True)
    if following is not None:
        waits[following].append(activity.slug)
