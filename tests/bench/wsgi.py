"""What gunicorn serves while pages are timed: the service as it is, and the empty view."""

from __future__ import annotations

from django.conf import settings

from toolkit.wsgi import application

settings.ROOT_URLCONF = "tests.bench.urls"
__all__ = ["application"]
