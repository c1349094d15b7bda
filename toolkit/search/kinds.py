"""What kinds of thing can be found. The app that pushes a kind registers it in its `AppConfig.ready`."""

from __future__ import annotations

from collections.abc import Mapping

_labels: dict[str, str] = {}


def register(slug: str, label: str) -> None:
    """Make `slug` a kind, shown in filters as `label` (a plural such as “Guidance” or “Contracts”)."""
    _labels[slug] = label


def labels() -> Mapping[str, str]:
    """Every registered kind, slug to label, in the order of registering."""
    return _labels
