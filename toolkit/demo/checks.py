"""What must be true at start-up: a demonstration is not served to the world by accident."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

LOCAL = {"localhost", "127.0.0.1", "[::1]"}


@register
def demonstration_stays_local(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Everybody knows the demonstration's password, so a host that is not local has to be named twice."""
    if settings.DEMO and not settings.DEMO_ANYWHERE and not set(settings.ALLOWED_HOSTS) <= LOCAL:
        return [
            Error(
                "The demonstration would be served to a host that is not local, and everybody knows its password.",
                hint="Unset TOOLKIT_DEMO, or say it twice with TOOLKIT_DEMO_ANYWHERE=1.",
                id="demo.E001",
            )
        ]
    return []
