"""Jobs that belong to no other app."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connection
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from toolkit.jobs.mail import send_packed

SENT_KEPT_HOURS = 24
FAILED_KEPT_HOURS = 7 * 24
GONE_AFTER_SECONDS = 60 * 60


@app.task(
    name="toolkit.jobs.tasks.send_email",
    queue="mail",
    retry=RetryStrategy(max_attempts=8, exponential_wait=4),
)
def send_email(message: dict[str, Any]) -> None:
    """Send one e-mail; tried again for about a day when the mail server is away."""
    send_packed(message)


@app.periodic(cron="11 * * * *")
@app.task(name="toolkit.jobs.tasks.sweep_cache", queue="housekeeping", queueing_lock="jobs.sweep_cache")
def sweep_cache(timestamp: int) -> None:
    """Delete what has run out from the cache: limits on tries name network addresses, and Django leaves them lying."""
    table = connection.ops.quote_name(settings.CACHES["default"]["LOCATION"])
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < now()")  # noqa: S608  (a name out of our settings)


@app.periodic(cron="21 * * * *")
@app.task(
    name="toolkit.jobs.tasks.forget_jobs",
    queue="housekeeping",
    queueing_lock="jobs.forget_jobs",
    pass_context=True,
)
async def forget_jobs(context: JobContext, timestamp: int) -> None:
    """Delete finished jobs, because one that sent an e-mail holds its words and to whom: what went well after a day, what
    failed after a week. A job whose worker was killed has failed too: it may have done its work, so nobody repeats it."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=GONE_AFTER_SECONDS):
        await manager.finish_job(job, status=Status.FAILED, delete_job=False)
    await manager.delete_old_jobs(nb_hours=SENT_KEPT_HOURS)
    await manager.delete_old_jobs(
        nb_hours=FAILED_KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )
