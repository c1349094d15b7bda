"""The GOV.UK macros as Python functions.

They lean on names that are not there, so they are compiled in a lenient environment of their own, apart from our
strict one, and reached through one object: `govuk.button({"text": "Save"})`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

MACROS = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})


class Govuk:
    """`govuk.error_summary({...})` calls the macro `govukErrorSummary`; compiled once each."""

    def __init__(self) -> None:
        self._environment = Environment(loader=MACROS, undefined=ChainableUndefined, autoescape=True)
        self._macros: dict[str, Callable[[dict[str, Any]], Markup]] = {}

    def __getattr__(self, name: str) -> Callable[[dict[str, Any]], Markup]:
        macro = self._macros.get(name)
        if macro is None:
            folder = name.replace("_", "-")
            module = self._environment.get_template(
                f"govuk_frontend_jinja/components/{folder}/macro.html"
            ).module
            macro = getattr(module, "govuk" + "".join(part.capitalize() for part in name.split("_")))
            self._macros[name] = macro
        return macro


govuk = Govuk()
