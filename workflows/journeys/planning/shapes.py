"""Shapes: which activities a route is made of. A route that has none of its own is planned as its family is."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from workflows.journeys.planning.activities import ACTIVITIES, Activity

FILE = Path(__file__).with_name("shapes.toml")


class ShapeError(ValueError):
    """The file of shapes is wrong; the message names the route."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The activities of one route in order."""

    route: str
    activities: tuple[Activity, ...]
    takes: Mapping[str, int] = field(default_factory=dict)
    small: bool = False
    law: str = "pa23"
    """The law it is under, as `Facts.regime` names it."""

    def has(self, slug: str) -> bool:
        return any(activity.slug == slug for activity in self.activities)


def _shape(route: str, given: Mapping[str, object], parts: Mapping[str, list[str]]) -> Shape:
    unknown = given.keys() - {"activities", "takes", "small", "law"}
    if unknown:
        raise ShapeError(f"{route}: unknown {', '.join(sorted(unknown))}")
    named = given["activities"]
    assert isinstance(named, list)
    slugs = [slug for name in named for slug in (parts[name[1:]] if name.startswith("@") else [name])]
    takes = given.get("takes", {})
    assert isinstance(takes, dict)
    for slug in (*slugs, *takes):
        if slug not in ACTIVITIES:
            raise ShapeError(f"{route}: there is no activity {slug}")
    if len(set(slugs)) != len(slugs):
        raise ShapeError(f"{route}: an activity twice")
    if slugs[-1] != "needed":
        raise ShapeError(f"{route}: it does not end on the day of need")
    if takes.keys() - set(slugs):
        raise ShapeError(f"{route}: days for an activity it does not have")
    return Shape(
        route,
        tuple(ACTIVITIES[slug] for slug in slugs),
        takes,
        bool(given.get("small", False)),
        str(given.get("law", "pa23")),
    )


@cache
def _read() -> tuple[dict[str, Shape], dict[str, str]]:
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    shapes = {route: _shape(route, given, data["parts"]) for route, given in data["routes"].items()}
    for family, route in data["families"].items():
        if route not in shapes:
            raise ShapeError(f"{family}: there is no shape {route}")
    return shapes, data["families"]


def shapes() -> Mapping[str, Shape]:
    """Every shape by its route. Raises ShapeError."""
    return _read()[0]


def shape_of(route: str, family: str = "") -> Shape | None:
    """The shape of a route, else of its family; None where neither has one."""
    known, families = _read()
    return known.get(route) or known.get(families.get(family, ""))
