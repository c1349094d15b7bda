"""Jobs of guidance."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from guidance.pages import renditions, renewing


@app.task(name=renditions.JOB, queue="slow", retry=RetryStrategy(max_attempts=4, exponential_wait=5))
def make_pdf(kind: str, item_id: int) -> None:
    """Make the PDF of a published page or guide."""
    renditions.make(kind, item_id)


@app.periodic(cron="10 0 * * *")
@app.task(name="guidance.pages.tasks.renew_figures", queue="slow")
def renew_figures(timestamp: int) -> None:
    """Every night: what shows a figure of the law that is another from today is indexed and printed anew. So is what has
    no PDF, because making it failed."""
    renewing.renew()
