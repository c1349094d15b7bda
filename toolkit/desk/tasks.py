"""Jobs of the desk, by the clock."""

from __future__ import annotations

from procrastinate.contrib.django import app

from toolkit.desk import reminders


# Before the daily letters, and again, because a worker that was away at the one minute of the day would skip the day.
@app.periodic(cron="30 5-8 * * *")
@app.task(name="toolkit.desk.tasks.remind_due", queue="slow", queueing_lock="desk.remind_due")
def remind_due(timestamp: int) -> None:
    """Write down for everybody what is due today."""
    reminders.remind()
