"""Jobs of guidance."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from guidance.pages import renditions


@app.task(name=renditions.JOB, queue="slow", retry=RetryStrategy(max_attempts=4, exponential_wait=5))
def make_pdf(kind: str, item_id: int) -> None:
    """Make the PDF of a published page or guide."""
    renditions.make(kind, item_id)
