"""Loading the shipped synonyms and best bets, without undoing what an editor changed."""

from __future__ import annotations

import tomllib
from pathlib import Path

from django.db import transaction

from toolkit.core.text import plain
from toolkit.search.models import BestBet, Synonym

SYNONYMS = Path(__file__).parent / "data" / "synonyms.toml"
BEST_BETS = Path(__file__).parent / "data" / "best_bets.toml"


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


@transaction.atomic
def load_best_bets(path: Path = BEST_BETS) -> int:
    """Add best bets for the phrases that have none and return how many they were; a phrase that has one is an editor’s."""
    shipped = {
        plain(phrase): BestBet(phrase=phrase, kind=bet["kind"], key=bet["key"], reason=bet["reason"])
        for bet in tomllib.loads(path.read_text(encoding="utf-8"))["best_bets"]
        for phrase in bet["phrases"]
    }
    taken = set(BestBet.objects.filter(plain__in=list(shipped)).values_list("plain", flat=True))
    added = [bet for name, bet in shipped.items() if name not in taken]
    for bet in added:
        bet.save()
    return len(added)
