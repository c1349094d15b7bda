"""E-mail transport: queue first, send from a job.

Django and allauth send through the `default` mailer, which only queues: the job row is written in the same transaction
as what caused the e-mail, so a rollback sends nothing and a slow mail server delays nobody's page.
"""

from __future__ import annotations

from collections.abc import Sequence
from email.message import EmailMessage as Composed
from email.policy import SMTP, EmailPolicy, Policy
from typing import Any

from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from procrastinate.contrib.django import app

from toolkit.jobs.models import OutboxMessage


class NotQueueable(TypeError):
    """The message carries something the queue does not keep: an attachment, or an alternative that is not HTML."""


class QueueingBackend(BaseEmailBackend):
    """Turns each message into a job."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            app.configure_task("toolkit.jobs.tasks.send_email", queue="mail").defer(message=_packed(message))
        return len(email_messages)


class OutboxBackend(BaseEmailBackend):
    """The demonstration's transport: messages land on the local outbox page instead of leaving the machine."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            OutboxMessage.objects.create(
                to=", ".join(message.to), subject=str(message.subject), body=str(message.body)
            )
        return len(email_messages)


class _WholeAddresses(EmailPolicy):
    """Folds headers as ever, except an address to unsubscribe at: one too long for a line would be sent encoded, and
    mail programs would not know it for an address."""

    def fold(self, name: str, value: str) -> str:
        return self._whole(name, value) or super().fold(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        return self._whole(name, value).encode() or super().fold_binary(name, value)

    def _whole(self, name: str, value: str) -> str:
        wanted = name.lower() == "list-unsubscribe" and value.isascii()
        return f"{name}: {value}{self.linesep}" if wanted else ""


class OutgoingMessage(EmailMultiAlternatives):
    """A message as it leaves."""

    def message(self, *, policy: Policy | None = None) -> Composed:
        return super().message(policy=_WholeAddresses() + (policy or SMTP))


def _packed(message: EmailMessage) -> dict[str, Any]:
    html = ""
    if message.attachments:
        raise NotQueueable("E-mail with attachments is not queued: link to a page instead.")
    if isinstance(message, EmailMultiAlternatives):
        for content, mimetype in message.alternatives:
            if mimetype != "text/html":
                raise NotQueueable(f"No {mimetype} alternative can be queued.")
            html = str(content)
    return {
        "subject": str(message.subject),
        "body": str(message.body),
        "html": html,
        "from_email": message.from_email,
        "to": list(message.to),
        "headers": {key: str(value) for key, value in message.extra_headers.items()},
    }


def send_packed(packed: dict[str, Any]) -> None:
    """Send one queued message through the real transport. Raises what the transport raises: the job is tried again."""
    message = OutgoingMessage(
        subject=packed["subject"],
        body=packed["body"],
        from_email=packed["from_email"],
        to=packed["to"],
        headers=packed["headers"],
    )
    if packed["html"]:
        message.attach_alternative(packed["html"], "text/html")
    mail.mailers["transport"].send_messages([message])
