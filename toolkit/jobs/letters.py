"""How our e-mails look, whichever app writes them: plain text, paragraphs apart, the name of the service at the end."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.core.mail import EmailMessage


def address(path: str) -> str:
    """A path of this service as a link that works in an e-mail."""
    return f"{settings.BASE_URL}{path}"


def send(to: str, subject: str, *paragraphs: str, headers: Mapping[str, str] | None = None) -> None:
    """Queue a letter in the transaction that causes it."""
    body = "\n\n".join([*paragraphs, settings.SERVICE_NAME])
    EmailMessage(subject, body, None, [to], headers=dict(headers or {})).send()
