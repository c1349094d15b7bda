"""Compile every template and say what would only be seen when somebody opens the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template import engines
from django.template.exceptions import TemplateSyntaxError
from django.urls import get_resolver
from jinja2 import Environment, nodes
from jinja2.exceptions import TemplateError
from jinja2.meta import find_referenced_templates, find_undeclared_variables

FOLDER = Path(settings.ROOT) / "templates"
DJANGO = FOLDER / "django"


def _route_names() -> set[str]:
    """Every name that `url('…')` may be given, those in namespaces included."""
    names: set[str] = set()

    def walk(resolver: Any, prefix: str) -> None:
        names.update(prefix + key for key in resolver.reverse_dict if isinstance(key, str))
        for namespace, (_, inner) in resolver.namespace_dict.items():
            walk(inner, f"{prefix}{namespace}:")

    walk(get_resolver(), "")
    return names


def _imported(tree: nodes.Template) -> Iterator[str]:
    for node in tree.find_all(nodes.FromImport):
        for name in node.names:
            yield name[1] if isinstance(name, tuple) else name
    for whole in tree.find_all(nodes.Import):
        yield whole.target


class _Checker:
    """Checks Jinja templates against the environment they are rendered in."""

    def __init__(self) -> None:
        self.environment: Environment = engines["jinja2"].env  # type: ignore[attr-defined]
        self.routes = _route_names()

    def faults(self, name: str) -> Iterator[str]:
        """What is wrong with one template."""
        try:
            source, _, _ = self.environment.loader.get_source(self.environment, name)  # type: ignore[union-attr]
            tree = self.environment.parse(source, name)
            self.environment.compile(tree, name)
        except TemplateError as problem:
            yield f"does not compile: {problem}"
            return
        used = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
        for imported in _imported(tree):
            if imported not in used:
                yield f"imports {imported} and does not use it"
        for other in find_referenced_templates(tree):
            if other is not None and not self._is_there(other):
                yield f"refers to {other}, which is not there"
        yield from self._wrong_imports(tree)
        yield from self._wrong_routes(tree)
        yield from self._wrong_macros(tree)

    def _is_there(self, name: str) -> bool:
        try:
            self.environment.get_template(name)
        except TemplateError:
            return False
        return True

    def _wrong_imports(self, tree: nodes.Template) -> Iterator[str]:
        for node in tree.find_all(nodes.FromImport):
            if isinstance(node.template, nodes.Const) and self._is_there(node.template.value):
                source, _, _ = self.environment.loader.get_source(self.environment, node.template.value)  # type: ignore[union-attr]
                other = self.environment.parse(source)
                there = {macro.name for macro in other.find_all(nodes.Macro)}
                for name in node.names:
                    wanted = name[0] if isinstance(name, tuple) else name
                    if wanted not in there:
                        yield f"imports {wanted} from {node.template.value}, which has no such macro"

    def _wrong_routes(self, tree: nodes.Template) -> Iterator[str]:
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "url" and call.args:
                first = call.args[0]
                if isinstance(first, nodes.Const) and first.value not in self.routes:
                    yield f"line {call.lineno}: url('{first.value}') names no route"

    def _wrong_macros(self, tree: nodes.Template) -> Iterator[str]:
        """Calls of a bare name that is neither a global nor defined in the template."""
        own = {macro.name for macro in tree.find_all(nodes.Macro)}
        unknown = find_undeclared_variables(tree) - self.environment.globals.keys() - own
        for call in tree.find_all(nodes.Call):
            if (
                isinstance(call.node, nodes.Name)
                and call.node.name in unknown
                and call.node.name not in ("caller", "super")
            ):
                yield f"line {call.lineno}: calls {call.node.name}(), which is no macro"
            if isinstance(call.node, nodes.Getattr) and not self._is_component(call.node):
                yield f"line {call.lineno}: govuk.{call.node.attr} is no component"

    def _is_component(self, name: nodes.Getattr) -> bool:
        """Is it something other than `govuk.…`, or a component that is there?"""
        if not (isinstance(name.node, nodes.Name) and name.node.name == "govuk"):
            return True
        try:
            getattr(self.environment.globals["govuk"], name.attr)
        except TemplateError:
            return False
        return True


def jinja_names() -> list[str]:
    """Every template of ours for Jinja, as templates name one another."""
    return sorted(
        path.relative_to(FOLDER).as_posix()
        for path in FOLDER.rglob("*")
        if path.suffix in (".html", ".txt") and DJANGO not in path.parents
    )


def django_faults() -> Iterator[tuple[str, str]]:
    """(template, what is wrong) for the templates of Django's own language."""
    for path in sorted(DJANGO.rglob("*.html")):
        try:
            engines["django"].from_string(path.read_text())
        except TemplateSyntaxError as problem:
            yield path.relative_to(FOLDER).as_posix(), f"does not compile: {problem}"


def all_faults() -> list[str]:
    """What is wrong, a line each."""
    checker = _Checker()
    found = [f"{name}: {fault}" for name in jinja_names() for fault in checker.faults(name)]
    return found + [f"{name}: {fault}" for name, fault in django_faults()]


class Command(BaseCommand):
    help = "Compile every template; report unknown macros, routes and files, and imports that nothing uses."

    def handle(self, *args: Any, **options: Any) -> None:
        found = all_faults()
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write(f"{len(jinja_names())} templates are sound")
