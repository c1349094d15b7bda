"""What happens to the log of queries by itself."""

from __future__ import annotations

from procrastinate.contrib.django import app

from toolkit.search.log import forget_old


@app.periodic(cron="20 3 * * *")
@app.task(name="toolkit.search.tasks.forget_old_queries")
def forget_old_queries(timestamp: int) -> None:
    """Every night: queries older than twelve months are deleted."""
    forget_old()
