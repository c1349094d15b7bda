"""Slots: named places in a page that apps higher in the house fill, so that no arrow has to point up.

A page declares nothing: it asks `fill("procurement.together", context)` and prints what comes. An app fills a slot in
its `AppConfig.ready`:

    slots.register("procurement.together", together_panel, queries=2)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Filler = Callable[[Mapping[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class Filling:
    """One app's contribution to a slot. `queries` is the most database queries it may make (tested)."""

    filler: Filler
    queries: int


_fillings: dict[str, list[Filling]] = {}


def register(name: str, filler: Filler, *, queries: int) -> None:
    """Fill the slot `name`; registering the same function twice (as a reloaded app does) keeps one."""
    fillings = _fillings.setdefault(name, [])
    if all(filling.filler is not filler for filling in fillings):
        fillings.append(Filling(filler, queries))


def fill(name: str, context: Mapping[str, Any]) -> list[Any]:
    """What every filler of `name` gives for this context, leaving out those that give nothing (None or empty)."""
    results = (filling.filler(context) for filling in _fillings.get(name, ()))
    return [result for result in results if result]


def fillings() -> Mapping[str, list[Filling]]:
    """Everything registered, for the tests."""
    return _fillings
