"""What kinds of thing can be found. The app that pushes a kind registers it in its `AppConfig.ready`."""

from __future__ import annotations

from collections.abc import Mapping

_labels: dict[str, str] = {}
_weights: dict[str, float] = {}


def register(slug: str, label: str, *, weight: float = 1.0) -> None:
    """Make `slug` a kind, shown in filters as `label` (a plural such as “Guidance” or “Contracts”). Of two things that
    answer equally well, the one whose kind has more `weight` comes first: half of it wants twice the match.
    """
    _labels[slug] = label
    _weights[slug] = weight


def labels() -> Mapping[str, str]:
    """Every registered kind, slug to label, in the order of registering."""
    return _labels


def weights() -> Mapping[str, float]:
    """Every registered kind, slug to weight."""
    return _weights
