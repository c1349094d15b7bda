"""A real browser against the real service: production's static files, WhiteNoise, CSP, a thread for each request."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from toolkit.accounts.models import Person

FLAGS = [
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome")
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 375, "height": 800}


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Requests are not worth a line each."""


@pytest.fixture(scope="session")
def static_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Static files as in production: collected, compressed, under names that never change."""
    with override_settings(
        STATIC_ROOT=str(tmp_path_factory.mktemp("static")),
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "whitenoise.storage.ManifestStaticFilesStorage"},
        }
        if not hasattr(settings, "PRODUCTION_STORAGES")
        else settings.PRODUCTION_STORAGES,
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
        yield


@pytest.fixture
def service(transactional_db: None, static_files: None) -> Iterator[str]:
    """The service's address. Its database is emptied after each test."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet, ipv6=False)
    server.daemon_threads = True
    address = f"http://localhost:{server.server_address[1]}"
    with override_settings(BASE_URL=address):
        server.set_app(get_wsgi_application())
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield address
        server.shutdown()
        server.server_close()
        thread.join(timeout=10)


def chromium() -> str | None:
    """The installed Chromium; None lets Playwright use its own."""
    return os.environ.get("TOOLKIT_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def _playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(_playwright: Playwright) -> Iterator[Browser]:
    opened = _playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
    yield opened
    opened.close()
