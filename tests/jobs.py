"""Background work in tests: kept in memory, run when a test says so."""

from __future__ import annotations

import datetime as dt
from typing import Any

from procrastinate.contrib.django import app
from procrastinate.testing import InMemoryConnector

from toolkit.core import clock


class Jobs:
    """The jobs that were deferred, oldest first."""

    def __init__(self, connector: InMemoryConnector) -> None:
        self.connector = connector

    @property
    def waiting(self) -> list[dict[str, Any]]:
        return [job for _, job in sorted(self.connector.jobs.items()) if job["status"] == "todo"]

    def named(self, name: str) -> list[dict[str, Any]]:
        """Waiting jobs of one task, by the end of its name."""
        return [job for job in self.waiting if job["task_name"].endswith(name)]

    def run(self, *, until: dt.datetime | None = None) -> int:
        """Run all that is due by `until` (now), and what those defer; how many ran. A job's error is the test's."""
        ran = 0
        while due := [
            job for job in self.waiting if (job["scheduled_at"] or clock.now()) <= (until or clock.now())
        ]:
            for job in due:
                job["status"] = "doing"
                app.tasks[job["task_name"]].func(**job["args"])
                job["status"] = "succeeded"
                ran += 1
        return ran
