"""What kinds of thing can be found. The app that pushes a kind registers it in its `AppConfig.ready`."""

from __future__ import annotations

from collections.abc import Collection, Mapping

_labels: dict[str, str] = {}
_weights: dict[str, float] = {}
_called: dict[str, frozenset[str]] = {}

ASKED_FOR = 3.0
"""The weight of a kind that a query asks for by what it is called."""


def register(slug: str, label: str, *, weight: float = 1.0, called: Collection[str] = ()) -> None:
    """Make `slug` a kind, shown in filters as `label` (a plural such as “Guidance” or “Contracts”). Of two things that
    answer equally well, the one whose kind has more `weight` comes first: half of it wants twice the match. Who types one
    of the words that it is `called` (“template”) wants this kind: then it comes before the others.
    """
    _labels[slug] = label
    _weights[slug] = weight
    _called[slug] = frozenset(called)


def labels() -> Mapping[str, str]:
    """Every registered kind, slug to label, in the order of registering."""
    return _labels


def weights(words: Collection[str]) -> Mapping[str, float]:
    """Every registered kind, slug to its weight for somebody who typed these words."""
    typed = {word.lower() for word in words}
    return {
        slug: weight if _called[slug].isdisjoint(typed) else ASKED_FOR for slug, weight in _weights.items()
    }
