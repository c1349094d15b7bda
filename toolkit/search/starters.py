"""Loading the shipped synonyms, without undoing what an editor changed."""

from __future__ import annotations

import tomllib
from pathlib import Path

from django.db import transaction

from toolkit.core.text import plain
from toolkit.search.models import Synonym

SYNONYMS = Path(__file__).parent / "data" / "synonyms.toml"


@transaction.atomic
def load_synonyms(path: Path = SYNONYMS) -> int:
    """Add the phrases that are missing and return how many they were; one that exists is an editor’s and stays."""
    added = 0
    for phrase, words in tomllib.loads(path.read_text(encoding="utf-8"))["synonyms"].items():
        _, is_new = Synonym.objects.get_or_create(
            plain=plain(phrase), defaults={"phrase": phrase, "words": ", ".join(words)}
        )
        added += is_new
    return added
