"""Jobs of procurements: by the clock, and asked for."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from toolkit.core import clock
from workflows.procurements import decision_records, reminders
from workflows.procurements.services import standing, weighing


# Every hour, because a worker that was away at midnight would skip the day; readers never wait for it (standing.overtaken).
@app.periodic(cron="2 * * * *")
@app.task(
    name="workflows.procurements.tasks.catch_up", queue="housekeeping", queueing_lock="procurements.catch_up"
)
def catch_up(timestamp: int) -> None:
    """Write down again where procurements stand that a day has overtaken."""
    standing.catch_up(clock.today())


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


@app.task(name=weighing.JOB, queue="slow", retry=RetryStrategy(max_attempts=4, exponential_wait=5))
def weigh_rules(weighing_id: int) -> None:
    """Work out what a change of an organisation's own rules touches; once it is published, write down what then stands."""
    weighing.work_out(weighing_id)
    weighing.write_standings(weighing_id)


@app.task(name=weighing.STANDINGS_JOB, queue="slow", retry=RetryStrategy(max_attempts=4, exponential_wait=5))
def write_standings(organisation_id: int | None) -> None:
    """Write down again where the procurements of an organisation stand, or all of them: days that they rest on moved."""
    if organisation_id is None:
        standing.rebuild()
    else:
        standing.rebuild_of(organisation_id)


@app.periodic(cron="5 0 * * *")
@app.task(name="workflows.procurements.tasks.rules_begin", queue="slow")
def rules_begin(timestamp: int) -> None:
    """Soon after midnight: write down and show in the pipeline what rules that begin today change."""
    weighing.rules_begin()
