"""One-time form keys: a hidden random key in a form that makes something, so that the form sent twice makes it once.

Whatever is made keeps the key in a unique column; the key alone proves nothing and gives no right.
"""

from __future__ import annotations

import uuid


def new() -> str:
    """A key for a form that is about to be shown."""
    return str(uuid.uuid4())


def read(text: str | None) -> uuid.UUID | None:
    """The key that came back; None for a form without one, or with anything else in its place."""
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None


def again(text: str | None) -> str:
    """The key to show with a form that has to be corrected: the one it came with."""
    key = read(text)
    return str(key) if key is not None else new()
