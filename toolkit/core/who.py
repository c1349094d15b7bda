"""Who in a council does things: one vocabulary for the steps of routes, guidance, documents and filters."""

from __future__ import annotations

from collections.abc import Mapping

WHO: Mapping[str, str] = {
    "service": "Service lead",
    "service-director": "Service director",
    "procurement": "Procurement",
    "head-of-procurement": "Head of procurement",
    "legal": "Legal",
    "finance": "Finance",
    "digital": "Digital and IT",
    "information": "Data protection",
    "equality": "Equalities",
    "hr": "Human resources",
    "democratic": "Democratic services",
    "decision-maker": "Decision maker",
    "contract-manager": "Contract manager",
    "panel": "Evaluation panel",
    "audit": "Internal audit",
    "foi": "Freedom of information",
}
"""Slug → the words shown. A slug stays; words may change."""
