"""The routes as the URL conf has them, beside the list in tests/architecture/routes.toml.

A test compares the two and fails; only this command writes the list, and it never says who may see a new route: its
access is `?` until somebody writes it down.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.urls import URLPattern, URLResolver, get_resolver

LIST = Path(settings.ROOT) / "tests" / "architecture" / "routes.toml"
_LINE = re.compile(r"^(?P<name>[\w-]+) = \{")


@dataclass(frozen=True, slots=True)
class Route:
    """One address of the product: its name, its pattern, its view."""

    name: str
    path: str
    view: Any

    @property
    def is_open(self) -> bool:
        """Is it reached without signing in?"""
        return getattr(self.view, "login_required", True) is False

    @property
    def parameters(self) -> list[str]:
        return re.findall(r"<([^>]+)>", self.path)


def routes(groups: tuple[str, ...]) -> list[Route]:
    """Every route outside the groups of other people's routes, which are named by the start of their paths."""
    return [route for route in every_route() if not route.path.startswith(groups)]


def every_route() -> list[Route]:
    """Every route of the URL conf, those of others included."""
    return list(_walk(get_resolver(), "/", ""))


def _walk(resolver: URLResolver, prefix: str, namespace: str) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        path = prefix + _readable(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern, path, inner)
        elif isinstance(pattern, URLPattern):
            yield Route(f"{namespace}{pattern.name or ''}", path, pattern.callback)


def _readable(pattern: str) -> str:
    """A pattern without the marks of regular expressions; those appear in other people's routes only."""
    return pattern.replace("^", "").replace("$", "").replace(r"\Z", "")


def listed() -> dict[str, Any]:
    """The list as it is written down."""
    return tomllib.loads(LIST.read_text())


class Command(BaseCommand):
    help = "Show the routes and their access; --accept brings tests/architecture/routes.toml up to date."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--accept", action="store_true", help="write new and changed routes into the list, drop the gone"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        known = listed()
        there = routes(tuple(known["groups"]))
        if options["accept"]:
            self._accept(there, known["routes"])
            return
        for route in there:
            access = known["routes"].get(route.name, {}).get("access", "not listed")
            self.stdout.write(f"{access:18} {route.name:26} {route.path}")

    def _accept(self, there: list[Route], known: dict[str, Any]) -> None:
        wanted = {route.name: route.path for route in there}
        kept: list[str] = []
        for line in LIST.read_text().splitlines():
            match = _LINE.match(line)
            name = match["name"] if match and "path = " in line else ""
            if not name:
                kept.append(line)
            elif name in wanted:
                kept.append(re.sub(r'path = "[^"]*"', f'path = "{wanted[name]}"', line))
            else:
                self.stdout.write(f"gone: {name}. Does an old address need a redirect?")
        for name, path in wanted.items():
            if name not in known:
                kept.append(f'{name} = {{ path = "{path}", access = "?" }}')
                self.stdout.write(f"new: {name}. Write down who may see it.")
        LIST.write_text("\n".join(kept) + "\n")
