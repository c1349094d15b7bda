"""The GOV.UK macros as Python functions.

They lean on names that are not there, so they are compiled in a lenient environment of their own, apart from our
strict one, and reached through one object: `govuk.button({"text": "Save"})`.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

FURNITURE = frozenset({"breadcrumbs", "pagination", "phase_banner", "skip_link"})
"""Macros that say the same on page after page, and nothing that a person typed: kept, by their parameters."""

MACROS = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})

Macro = Callable[[dict[str, Any]], Markup]


class Govuk:
    """`govuk.error_summary({...})` calls the macro `govukErrorSummary`; compiled once each."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=MACROS, undefined=ChainableUndefined, autoescape=True, auto_reload=False
        )
        self._macros: dict[str, Macro] = {}

    def __getattr__(self, name: str) -> Macro:
        macro = self._macros.get(name)
        if macro is None:
            folder = name.replace("_", "-")
            module = self._environment.get_template(
                f"govuk_frontend_jinja/components/{folder}/macro.html"
            ).module
            macro = getattr(module, "govuk" + "".join(part.capitalize() for part in name.split("_")))
            self._macros[name] = macro = _kept(macro) if name in FURNITURE else macro
        return macro


def _kept(macro: Macro) -> Macro:
    """The macro, called once for equal parameters."""

    @lru_cache(maxsize=512)
    def make(given: bytes) -> Markup:
        return macro(marshal.loads(given))  # noqa: S302  (what we have dumped ourselves)

    def call(params: dict[str, Any]) -> Markup:
        try:
            # Version 2 knows exactly the plain types, and so tells words from markup: that it refuses.
            given = marshal.dumps(params, 2)
        except ValueError:
            return macro(params)
        return make(given)

    return call


govuk = Govuk()
