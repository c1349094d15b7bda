"""Jobs of procurements."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from workflows.procurements.services import weighing


@app.task(name=weighing.JOB, queue="slow", retry=RetryStrategy(max_attempts=4, exponential_wait=5))
def weigh_rules(weighing_id: int) -> None:
    """Work out what a change of an organisation's own rules touches."""
    weighing.work_out(weighing_id)


@app.periodic(cron="5 0 * * *")
@app.task(name="workflows.procurements.tasks.rules_begin", queue="slow")
def rules_begin(timestamp: int) -> None:
    """Soon after midnight: show in the pipeline what rules that begin today change."""
    weighing.rules_begin()
