"""Jobs of procurements."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from workflows.procurements import decision_records, reminders


@app.periodic(cron="30 7 * * 1-5")
@app.task(name="workflows.procurements.tasks.remind_endorsers", queue="housekeeping")
def remind_endorsers(timestamp: int) -> None:
    """On every weekday morning: who was asked to endorse three working days ago and has not answered."""
    reminders.remind()


@app.task(
    name=decision_records.JOB, queue="documents", retry=RetryStrategy(max_attempts=3, exponential_wait=4)
)
def make_decision_paper(decision_id: int) -> None:
    """Make the PDF of a record of decision."""
    decision_records.make_pdf(decision_id)
