"""Addresses that people type: which of them stay within this service."""

from __future__ import annotations

import re

_UNCLEAN = re.compile(r"[\x00-\x20\x7f\\]")


def is_clean(address: str) -> bool:
    """Without spaces, control characters and backslashes, which browsers drop or take for a slash."""
    return not _UNCLEAN.search(address)


def is_of_this_service(address: str) -> bool:
    """A path from the root of this service, such as /guidance/award/. `//` begins the name of another server."""
    return address.startswith("/") and not address.startswith("//") and is_clean(address)
