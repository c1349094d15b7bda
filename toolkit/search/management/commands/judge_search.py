"""`./run manage judge_search [FILE]`: does the right page come first?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from toolkit.search.judged import judge, mean_reciprocal_rank


class Command(BaseCommand):
    help = "Asks every judged query and prints where the page stands that should come first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file",
            nargs="?",
            type=Path,
            default=settings.ROOT / "tests" / "judged_queries.toml",
            help="a TOML file of queries, each with kind and key; the toolkit’s own when it is left out",
        )

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            judged = judge(file)
        except (OSError, ValueError, LookupError) as error:
            raise CommandError(str(error)) from error
        for each in judged:
            beside = "" if each.rank == 1 else f", first is {each.first or 'nothing'}"
            self.stdout.write(f"{each.rank or '–':>2}  {each.query} → {each.wanted}{beside}")
        self.stdout.write(
            f"Mean reciprocal rank of {len(judged)} queries: {mean_reciprocal_rank(judged):.3f}"
        )
