"""A real worker, as `./run` starts it: it finds the apps' jobs and runs by the clock those that are due."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import time
from types import SimpleNamespace
from typing import cast
from urllib.parse import urlsplit

from asgiref.sync import async_to_sync
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.factories import a_subscription
from tests.integration.test_digests import jobs_in_the_database, queued
from toolkit.core import clock
from toolkit.jobs.tasks import forget_jobs, sweep_cache
from toolkit.notifications import services
from toolkit.notifications.models import News


def test_the_jobs_that_run_by_the_clock() -> None:
    found = {(name, task.cron) for (name, _), task in app.periodic_registry.periodic_tasks.items()}
    assert found == {
        ("guidance.editorial.tasks.check_links", "0 3 * * 0"),
        ("guidance.pages.tasks.renew_figures", "10 0 * * *"),
        ("guidance.documents.tasks.renew_blanks", "20 0 * * *"),
        ("guidance.editorial.tasks.let_out_releases", "* * * * *"),
        ("guidance.editorial.tasks.remind_editors", "0 8 * * 1"),
        ("toolkit.search.tasks.forget_old_queries", "20 3 * * *"),
        ("toolkit.jobs.tasks.forget_jobs", "21 * * * *"),
        ("toolkit.jobs.tasks.sweep_cache", "11 * * * *"),
        ("toolkit.notifications.tasks.send_news", "*/5 * * * *"),
        ("toolkit.notifications.tasks.forget", "41 * * * *"),
        ("toolkit.notifications.tasks.send_daily", "*/10 7-11 * * *"),
        ("toolkit.desk.tasks.remind_due", "30 5-8 * * *"),
        ("workflows.procurements.tasks.catch_up", "2 * * * *"),
        ("workflows.procurements.tasks.remind_endorsers", "30 7 * * 1-5"),
        ("workflows.procurements.tasks.rules_begin", "5 0 * * *"),
    }


def test_what_has_run_out_is_swept_from_the_cache(db: None) -> None:
    def kept() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM toolkit_cache")
            return int(cursor.fetchone()[0])

    cache.clear()
    cache.set("has-run-out", "x", 3600)
    cache.set("a-limit", "x", 3600)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE toolkit_cache SET expires = now() - interval '1 hour' WHERE cache_key LIKE '%%has-run-out'"
        )
    sweep_cache(0)
    assert kept() == 1
    assert cache.get("a-limit") == "x"


def test_finished_jobs_do_not_keep_the_e_mails_they_sent(transactional_db: None) -> None:
    def job(name: str, hours_ago: int, *statuses: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO procrastinate_jobs (task_name, queue_name) VALUES (%s, 'mail') RETURNING id",
                [name],
            )
            (number,) = cursor.fetchone()
            for status in statuses:
                cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, number])
            cursor.execute(
                "UPDATE procrastinate_events SET at = now() - make_interval(hours => %s) WHERE job_id = %s",
                [hours_ago, number],
            )

    with jobs_in_the_database():
        job("sent lately", 23, "doing", "succeeded")
        job("sent", 25, "doing", "succeeded")
        job("failed lately", 6 * 24, "doing", "failed")
        job("failed", 8 * 24, "doing", "failed")
        job("waiting", 30 * 24)
        job("killed", 2, "doing")
        async_to_sync(forget_jobs.func)(cast("JobContext", SimpleNamespace(app=app)), 0)
        left = dict(ProcrastinateJob.objects.values_list("task_name", "status"))
    assert left == {
        "sent lately": "succeeded",
        "failed lately": "failed",
        "waiting": "todo",
        "killed": "failed",
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
