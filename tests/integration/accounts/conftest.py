"""What these tests share: the e-mails that have left, found by whom they went to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.mail import EmailMessage

from tests.integration.accounts.mailbox import Mailbox


@pytest.fixture
def mailbox(letters: Callable[[], list[EmailMessage]]) -> Mailbox:
    """Everybody's e-mail; reading it sends what is queued."""
    return Mailbox(letters)
