"""Word and ODT files are zip archives. The same parts and day give the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable


def packed(
    parts: Iterable[tuple[str, bytes]], *, made_on: dt.date, stored: frozenset[str] = frozenset()
) -> bytes:
    """The archive of these parts, in this order. Those in `stored` are not compressed."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, (made_on.year, made_on.month, made_on.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return made.getvalue()
