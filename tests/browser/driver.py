"""Chromium and the live service, for browser tests, screenshots and whatever else needs to see a page."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.test import Client
from playwright.sync_api import Browser, Page, Playwright

from toolkit.accounts.models import Person

FLAGS = [
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDTHS = {"desktop": 1280, "phone": 375}


def chromium(playwright: Playwright) -> Browser:
    """The Chromium that TOOLKIT_CHROMIUM names or PATH has, else Playwright's own."""
    path = os.environ.get("TOOLKIT_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    return playwright.chromium.launch(executable_path=path, args=FLAGS)


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (its name upstream)
        """Requests are not worth a line each."""


@contextmanager
def serving() -> Iterator[str]:
    """The service in threads of this process, on a free port; its address."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet, ipv6=False)
    server.daemon_threads = True
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=10)


def sign_in(page: Page, person: Person | None, address: str) -> None:
    """Give the browser a session of this person’s, without the pages for it; None signs out."""
    page.context.clear_cookies()
    if person is not None:
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        cookie = client.cookies["sessionid"]
        page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": address}])


def axe(page: Page) -> None:
    """Fail with rule, element and help for each accessibility violation that axe finds."""
    found = Axe().run(page).response["violations"]
    told = [
        f"- {violation['id']}: {violation['help']} ({violation['helpUrl']})\n"
        + "\n".join(
            f"    {' '.join(map(str, node['target']))}: {node['html'][:160]}" for node in violation["nodes"]
        )
        for violation in found
    ]
    assert not found, f"{page.url} at {page.viewport_size}:\n" + "\n".join(told)
