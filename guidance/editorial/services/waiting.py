"""What waits to go out with a release."""

from __future__ import annotations

from guidance.editorial.models import ReleaseStep


def take_out(*, kind: str, item_id: int) -> None:
    """Take an item out of every release that still waits: it was withdrawn, sent back or deleted."""
    ReleaseStep.objects.filter(
        kind=kind, item_id=item_id, release__done_at=None, release__cancelled_at=None
    ).delete()
