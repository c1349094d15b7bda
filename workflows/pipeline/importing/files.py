"""Files named on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def read_files(names: Sequence[str]) -> list[tuple[str, bytes]]:
    """(name, bytes) of each. Raises OSError with a sentence that names the file."""
    found = []
    for name in names:
        try:
            found.append((Path(name).name, Path(name).read_bytes()))
        except OSError as error:
            raise OSError(f"{name} cannot be read: {error.strerror}") from None
    return found
