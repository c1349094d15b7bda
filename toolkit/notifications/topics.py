"""Topics: what can be followed. A topic is a kind and a key, both slugs of ours; only the app that registered the kind
knows what it is.

An app registers a kind in its `AppConfig.ready`:

    topics.register("guidance-page", describe, words="guidance")

where `describe(key)` answers with a title and an address from the root, or None when there is no such thing. What is
announced goes to whoever follows, whoever they are: a kind is for what everybody may read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from toolkit.core.text import listed


@dataclass(frozen=True, slots=True)
class Described:
    """What a topic is called, and its address from the root."""

    title: str
    url: str


Describe = Callable[[str], Described | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A registered kind. `words` is what one follows, as in “2 changes to guidance you follow”."""

    describe: Describe
    words: str


_kinds: dict[str, Kind] = {}
_KIND = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")
LONGEST_KIND, LONGEST_KEY = 40, 120
GONE = "Something that is no longer here"
"""What a topic is called that was followed and is no longer there."""


def register(kind: str, describe: Describe, *, words: str = "pages") -> None:
    """Make `kind` one that can be followed; registering the same function twice (as a reloaded app does) keeps one.

    Raises ValueError for a kind that is no slug, or that another function describes already.
    """
    if not _KIND.fullmatch(kind) or len(kind) > LONGEST_KIND:
        raise ValueError(f"“{kind}” is no slug of {LONGEST_KIND} characters or fewer")
    if kind in _kinds and _kinds[kind].describe is not describe:
        raise ValueError(f"“{kind}” is described by {_kinds[kind].describe.__qualname__} already")
    _kinds[kind] = Kind(describe, words)


def check(kind: str, key: str) -> None:
    """Raises ValueError for a kind nobody registered, or a key that could not stand in an address."""
    if kind not in _kinds:
        raise ValueError(f"No app has registered the kind of topic “{kind}”")
    if not _KEY.fullmatch(key) or len(key) > LONGEST_KEY:
        raise ValueError(f"“{key}” is no key of a topic")


def described(kind: str, key: str) -> Described | None:
    """What the app that owns the kind says of the topic; None when there is no such thing, whatever the reason."""
    try:
        check(kind, key)
    except ValueError:
        return None
    return _kinds[kind].describe(key)


def words_of(kinds: Iterable[str]) -> str:
    """`guidance and routes`: what the kinds are, for the subject of a letter."""
    return listed(sorted({_kinds[kind].words for kind in kinds if kind in _kinds}))
