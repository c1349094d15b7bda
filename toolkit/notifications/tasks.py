"""Jobs that run by the clock. Every worker finds them by itself, and whichever is first runs them.

`queueing_lock` keeps a second one from queueing up behind one that waits. No `lock`: a worker that was killed would hold
it for good, and the rows themselves keep two workers apart (see digests).
"""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from toolkit.notifications import digests, services, telling

QUEUE = "notifications"


@app.periodic(cron="*/5 * * * *")
@app.task(name="toolkit.notifications.tasks.send_news", queue=QUEUE, queueing_lock="notifications.send_news")
def send_news(timestamp: int) -> None:
    """Tell what is new, every five minutes. A run that fails is not repeated: the next one takes up what is left."""
    digests.gather()
    digests.send_due()


# Every hour, because a worker that was away at the one minute of the day would skip the day.
@app.periodic(cron="41 * * * *")
@app.task(name="toolkit.notifications.tasks.forget", queue=QUEUE, queueing_lock="notifications.forget")
def forget(timestamp: int) -> None:
    """Delete what need not be kept."""
    services.forget()


@app.task(name=services.TELL, queue=QUEUE, retry=RetryStrategy(max_attempts=4, exponential_wait=5))
def tell(alert: int) -> None:
    """Write the letter of what is told at once."""
    telling.tell(alert)


# Every ten minutes of the morning, because a worker that was away at the one minute of the day would skip the day.
@app.periodic(cron="*/10 7-11 * * *")
@app.task(
    name="toolkit.notifications.tasks.send_daily", queue=QUEUE, queueing_lock="notifications.send_daily"
)
def send_daily(timestamp: int) -> None:
    """Tell each person in one letter what has come since the last."""
    telling.send_daily()
