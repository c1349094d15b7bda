"""Jobs that belong to no other app."""

from __future__ import annotations

from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from toolkit.jobs.mail import send_packed


@app.task(
    name="toolkit.jobs.tasks.send_email",
    queue="mail",
    retry=RetryStrategy(max_attempts=8, exponential_wait=4),
)
def send_email(message: dict[str, Any]) -> None:
    """Send one e-mail; tried again for about a day when the mail server is away."""
    send_packed(message)
