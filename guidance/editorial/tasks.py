"""Jobs and schedules of editorial work."""

from __future__ import annotations

from procrastinate.contrib.django import app

from guidance.editorial import links, reminders
from guidance.editorial.services import releases


@app.periodic(cron="* * * * *")
@app.task(name="guidance.editorial.tasks.let_out_releases", queue="default", queueing_lock="let-out-releases")
def let_out_releases(timestamp: int) -> None:
    """Every minute: publish and withdraw what is due."""
    releases.run_due()


@app.periodic(cron="0 8 * * 1")
@app.task(name="guidance.editorial.tasks.remind_editors", queue="default")
def remind_editors(timestamp: int) -> None:
    """Mondays at 8: what is past its review day, or soon will be."""
    reminders.remind_editors()


@app.periodic(cron="0 3 * * 0")
@app.task(name="guidance.editorial.tasks.check_links", queue="slow")
def check_links(timestamp: int) -> None:
    """Sundays at 3 in the morning: try every link of everything that is published."""
    links.check(outside=True)
