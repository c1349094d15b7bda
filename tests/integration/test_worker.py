"""A real worker, as `./run` starts it: it finds the apps' jobs and runs by the clock those that are due."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import time
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from procrastinate.contrib.django import app

from tests.factories import a_subscription
from tests.integration.test_digests import jobs_in_the_database, queued
from toolkit.core import clock
from toolkit.notifications import services
from toolkit.notifications.models import News


def test_the_jobs_that_run_by_the_clock() -> None:
    found = {(name, task.cron) for (name, _), task in app.periodic_registry.periodic_tasks.items()}
    assert found == {
        ("toolkit.notifications.tasks.send_news", "*/5 * * * *"),
        ("toolkit.notifications.tasks.forget", "41 * * * *"),
    }


def test_a_worker_tells_the_news_by_itself(transactional_db: None) -> None:
    # The worker is another process, whose clock nobody holds: what it finds is as new as its own time.
    with clock.held_at(dt.datetime.now(tz=clock.LONDON) - dt.timedelta(minutes=1)):
        a_subscription()
        services.announce(topics=[("toy", "one")], title="Toys are safer", text="", url="/")
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    with jobs_in_the_database():
        worker = subprocess.Popen(
            [sys.executable, "manage.py", "procrastinate", "worker", "--queues", "notifications"],
            cwd=settings.ROOT,
            env={**os.environ, "DATABASE_URL": url},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        try:
            until = time.monotonic() + 60
            while not queued() and worker.poll() is None and time.monotonic() < until:
                time.sleep(0.1)
        finally:
            worker.terminate()
            _, said = worker.communicate(timeout=30)
        assert queued() == ["reader@elsewhere.example"], said.decode()
    assert News.objects.get().gathered_at is not None
