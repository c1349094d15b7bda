"""Which of our organisations a buyer is: by public identifier first, then by name; never by likeness.

“University of Westminster” and “Sutton, Achieving for Children and Kingston” are nobody: a name has to be one that the
organisation is known to use, as a whole.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from toolkit.core.text import plain


@dataclass(frozen=True, slots=True)
class Known[Key: Hashable]:
    """An organisation, the identifiers (`GB-PPON-PYQD-1693-MYXR`) and the names it is known by."""

    key: Key
    identifiers: frozenset[str]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match[Key: Hashable]:
    """Who a buyer is, or None for nobody we know; and a warning when identifier and name disagree."""

    key: Key | None
    warning: str = ""


def _bare(name: str) -> str:
    words = plain(name).split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


class BuyerIndex[Key: Hashable]:
    """Organisations by identifier and by name."""

    def __init__(self, known: Iterable[Known[Key]]) -> None:
        self._by_identifier: dict[str, Key] = {}
        self._by_name: dict[str, Key] = {}
        for organisation in known:
            self._by_identifier |= {
                identifier.upper(): organisation.key for identifier in organisation.identifiers
            }
            self._by_name |= {_bare(name): organisation.key for name in organisation.names}

    def match(self, name: str, identifiers: Iterable[str]) -> Match[Key]:
        """Identifiers decide; a name alone counts when it is one of an organisation's names as a whole."""
        named = self._by_name.get(_bare(name)) if name else None
        for identifier in identifiers:
            found = self._by_identifier.get(identifier.upper())
            if found is not None:
                if named is not None and named != found:
                    return Match(
                        found, f"its name, {name}, is another organisation’s; the identifier was believed"
                    )
                return Match(found)
        return Match(named)
