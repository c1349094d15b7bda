"""Several people at once: real transactions in threads of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.testing import InMemoryConnector

from toolkit.core import clock


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Start all acts together; what each gave, or the exception it ended in. For tests with `transaction=True`."""
    start = threading.Barrier(len(acts))
    results: list[Any] = [None] * len(acts)
    now = clock.now()

    def run(place: int, act: Callable[[], Any]) -> None:
        try:
            with clock.held_at(now):
                start.wait()
                results[place] = act()
        except Exception as error:  # handed to the test, which knows what it expects
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    with ExitStack() as stack:
        stack.enter_context(app.replace_connector(InMemoryConnector()))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return results
