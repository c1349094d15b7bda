"""The backwards pass: the latest day on which each activity may begin, so that it is there on the day of need."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.journeys.planning.counts import latest_start
from workflows.journeys.planning.network import Network
from workflows.journeys.planning.working_days import Ordinal


@dataclass(frozen=True, slots=True)
class Latest:
    """By place in the network. `confirmed` is False from the first count that reaches past the known holidays or
    meetings on, upstream: whatever waits on an unsure day is unsure itself."""

    starts: tuple[Ordinal, ...]
    confirmed: tuple[bool, ...]


def latest(network: Network, needed: Ordinal) -> Latest:
    """Raises nothing: a network ends on its day of need."""
    size = len(network.nodes)
    starts, confirmed = [needed] * size, [True] * size
    for place in range(size - 1, -1, -1):
        node, held = network.nodes[place], network.holds[place]
        by = min((starts[later] for later in held), default=needed)
        starts[place] = latest_start(node.count.after, by)
        confirmed[place] = node.count.knows(starts[place]) and all(confirmed[later] for later in held)
    return Latest(tuple(starts), tuple(confirmed))
