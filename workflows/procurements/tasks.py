"""Jobs that run by the clock."""

from __future__ import annotations

from procrastinate.contrib.django import app

from toolkit.core import clock
from workflows.procurements.services import standing

QUEUE = "procurements"


# Every hour, because a worker that was away at midnight would skip the day; readers never wait for it (standing.overtaken).
@app.periodic(cron="2 * * * *")
@app.task(name="workflows.procurements.tasks.catch_up", queue=QUEUE, queueing_lock="procurements.catch_up")
def catch_up(timestamp: int) -> None:
    """Write down again where procurements stand that a day has overtaken."""
    standing.catch_up(clock.today())
