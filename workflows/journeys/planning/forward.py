"""The forwards pass: the earliest days, from today and from what is recorded already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workflows.journeys.planning.counts import is_kept_open
from workflows.journeys.planning.network import Network
from workflows.journeys.planning.recorded import Known
from workflows.journeys.planning.working_days import Ordinal


@dataclass(frozen=True, slots=True)
class Earliest:
    """By place in the network. `after`: the first day on which what follows may begin; `because`: the place that set the
    beginning, or None where today, a record or a person did."""

    starts: tuple[Ordinal, ...]
    after: tuple[Ordinal, ...]
    because: tuple[int | None, ...]
    confirmed: tuple[bool, ...]


def earliest(
    network: Network, today: Ordinal, known: Known, starts_on: Mapping[str, Ordinal] | None = None
) -> Earliest:
    """`starts_on`: days on which people mean an activity to begin; none begins before what it waits for is over."""
    starts: list[Ordinal] = []
    after: list[Ordinal] = []
    because: list[int | None] = []
    confirmed: list[bool] = []
    for place, node in enumerate(network.nodes):
        begins, cause = _begins(place, network, today, after, known)
        meant = (starts_on or {}).get(node.activity.slug)
        if meant is not None and meant > begins and place not in known.begun and place not in known.over:
            begins, cause = meant, None
        starts.append(begins)
        because.append(cause)
        sure = all(confirmed[earlier] for earlier in node.waits_for)
        if place in known.ends:
            after.append(max(known.ends[place], begins) if place not in known.over else known.ends[place])
            confirmed.append(True)
        elif place in known.over:
            after.append(begins)
            confirmed.append(True)
        else:
            over = node.count.after(begins)
            # What has begun and was to be over by now is not: it ends today at the earliest, unless it ends by itself.
            after.append(over if _ends_by_itself(place, network, known) else max(over, today))
            confirmed.append(sure and node.count.knows(begins))
    return Earliest(tuple(starts), tuple(after), tuple(because), tuple(confirmed))


def _begins(
    place: int, network: Network, today: Ordinal, after: list[Ordinal], known: Known
) -> tuple[Ordinal, int | None]:
    node = network.nodes[place]
    if place in known.begun:
        return known.begun[place], None
    if place in known.ends:
        return min(
            known.ends[place], max((after[each] for each in node.waits_for), default=known.ends[place])
        ), None
    cause = max(node.waits_for, key=lambda each: after[each], default=None)
    free = after[cause] if cause is not None else today
    if place in known.over or (node.activity.by_itself and _all_known(node.waits_for, known)):
        return free, cause
    return (free, cause) if free > today else (today, cause if free == today else None)


def _all_known(places: tuple[int, ...], known: Known) -> bool:
    return bool(places) and all(each in known.ends or each in known.over for each in places)


def _ends_by_itself(place: int, network: Network, known: Known) -> bool:
    """A period that has begun runs out, whatever anybody does, unless something keeps it open."""
    node = network.nodes[place]
    if is_kept_open(node.count):
        return False
    return (place in known.begun and not node.activity.has_allowance) or node.activity.by_itself
