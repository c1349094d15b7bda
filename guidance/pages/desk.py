"""What readers said, on the editors’ desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from guidance.pages.models import Feedback
from toolkit.core.text import count


def waiting(context: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(words, address) of the readers’ queue. One query."""
    number = Feedback.objects.filter(dealt_with_at=None).count()
    address = f"{reverse('admin:pages_feedback_changelist')}?done=no"
    return [(f"{count(number, 'answer').capitalize()} about pages to deal with", address)]
