"""What the demonstration sent: its e-mails, kept here because they must not leave the machine."""

from __future__ import annotations

from django.db import models

from toolkit.core import clock


class OutboxMessage(models.Model):
    """An e-mail of the demonstration, shown on its outbox page."""

    to = models.CharField(max_length=500)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    sent_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"
