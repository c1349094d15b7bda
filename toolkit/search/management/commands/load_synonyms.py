"""`./run manage load_synonyms`: the search synonyms and best bets that ship with the toolkit."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from toolkit.search.starters import load_best_bets, load_synonyms


class Command(BaseCommand):
    help = "Loads the shipped search synonyms and best bets; loading again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Search synonyms: {load_synonyms()} added")
        self.stdout.write(f"Best bets: {load_best_bets()} added")
