"""The contact persons a release names, so that their names can be taken out of its own texts.

A release says who its contact persons are (`contactPoint.name`), and its free text then often says it again: “Please
contact Jo Brook”. Names are taken out where they stand as a whole, and their parts only where the words around show that
a person is meant: a surname such as Brook is also a street, a park or a supplier.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from toolkit.core.scrub import REMOVED
from toolkit.core.text import plain

MOST_NAMES = 200
_TITLES = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Cllr)"
_HONORIFIC = re.compile(rf"^{_TITLES}\b\.?\s*", re.I)
_LEFT_OUT = re.compile(r"\(.*?\)|[,;/|–—].*$| - .*$")
_WORD = re.compile(r"[^\W\d_](?:[\w’'.-]*)")
_ROLE = re.compile(
    r"\b(?:team|office|officer|department|dept|procurement|purchasing|commercial|contracts?|council|borough|services?|support|manager|management"
    r"|managers?|director|head|lead|group|unit|desk|help|helpdesk|enquir(?:y|ies)|admin|administrator|administration|finance|legal|housing|property"
    r"|highways|transport|tenders?|tendering|sourcing|category|buyer|buying|authority|london|city|of|the|and|for|limited|ltd|llp|plc|school|trust"
    r"|university|college|centre|portal|contact|person|point|name|strategic|corporate|business|partner|project|programme|education|care|adult|children)\b",
    re.I,
)
_ASKED = (
    r"(?:contact(?:ing)?|e-?mail(?:ing)?|call(?:ing)?|ring(?:ing)?|phone|telephone|ask for|speak (?:to|with)|write to"
    r"|attention of|attn:?|f\.?a\.?o\.?:?|regards,?)"
)


class People:
    """Names, and the taking of them out of a text."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        patterns = [pattern for name in names for pattern in _patterns(name)]
        self._pattern = re.compile("|".join(patterns)) if patterns else None

    def out_of(self, text: str) -> str:
        """The text with each name replaced, as other contact details are."""
        if self._pattern is None or not text:
            return text
        return self._pattern.sub(lambda found: next(filter(None, found.groups()), "") + REMOVED, text)


NOBODY = People()


def _patterns(name: str) -> list[str]:
    """What to look for: the whole name, `Brook, Jo`, `J. Brook`, `Mr Brook`, and `contact Jo`. Nothing for an office."""
    bare = _HONORIFIC.sub("", " ".join(_LEFT_OUT.sub(" ", name).split()))
    words = _WORD.findall(bare)
    if not 2 <= len(words) <= 4 or " ".join(words) != bare or _ROLE.search(bare):
        return []
    first, last = re.escape(words[0]), re.escape(words[-1])
    title = rf"(?:{_TITLES}\.?\s+)?"
    whole = r"\s+".join(re.escape(word) for word in words)
    initial = re.escape(words[0][0])
    found = [
        rf"(?<!\w)(?i:{title}{whole}|{last},\s*{first}|{title}{first}\s+{last}|{initial}\.?\s+{last})(?!\w)",
        rf"(?<!\w)(?i:{_TITLES}\.?\s+{last})(?!\w)",
    ]
    # A part alone: only as written with a capital, and only after words that ask the reader to turn to a person.
    found += [rf"(?<!\w)((?i:{_ASKED})\s+){part}(?!\w)" for part in (first, last) if part[0].isupper()]
    return found


def _names(value: Any, found: list[str], depth: int) -> None:
    if depth == 0 or len(found) >= MOST_NAMES:
        return
    if isinstance(value, dict):
        point = value.get("contactPoint")
        if isinstance(point, dict) and isinstance(point.get("name"), str):
            found.append(point["name"][:200])
        for inner in value.values():
            _names(inner, found, depth - 1)
    elif isinstance(value, list):
        for inner in value:
            _names(inner, found, depth - 1)


def people_of(raw: dict[str, Any]) -> People:
    """The contact persons of a release. A sole trader, who is a party by the same name, is named as a supplier is."""
    found: list[str] = []
    _names(raw, found, depth=8)
    parties = raw.get("parties")
    firms = {
        plain(party["name"])
        for party in (parties if isinstance(parties, list) else [])
        if isinstance(party, dict) and isinstance(party.get("name"), str)
    }
    return People(name for name in dict.fromkeys(found) if plain(name) not in firms)
