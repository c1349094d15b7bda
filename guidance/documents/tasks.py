"""Jobs of documents."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from guidance.documents import blanks, renewing
from guidance.documents.services import making


@app.task(name=blanks.JOB, queue="slow", retry=RetryStrategy(max_attempts=4, exponential_wait=5))
def make_blanks(template_id: int) -> None:
    """Make the blank files of a published template."""
    blanks.make(template_id)


@app.periodic(cron="20 0 * * *")
@app.task(name="guidance.documents.tasks.renew_blanks", queue="slow")
def renew_blanks(timestamp: int) -> None:
    """Every night: blanks in which a figure of the law is another from today are made anew, and those that are missing."""
    renewing.renew()


@app.task(name=making.JOB, queue="documents", retry=RetryStrategy(max_attempts=3, exponential_wait=4))
def write_files(made_id: int) -> None:
    """Write the files of a document that was made."""
    making.write_files(made_id)
