"""`./run manage legal_ledger [--draw N] [--seed S]`: docs/legal-ledger.md anew, or N statements of it for an auditor."""

from __future__ import annotations

import random
import secrets
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from guidance.pages import ledger
from guidance.pages.kinds import CONTENT

LEDGER = Path(__file__).parents[4] / "docs" / "legal-ledger.md"


class Command(BaseCommand):
    help = "Writes docs/legal-ledger.md from the shipped guidance; --draw N prints N statements at random."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--draw", type=int, metavar="N")
        parser.add_argument("--seed", type=int, metavar="S", help="Draw the same statements again")

    def handle(self, *args: Any, draw: int | None, seed: int | None, **options: Any) -> None:
        if draw is None:
            LEDGER.write_text(ledger.as_markdown(ledger.chapters(CONTENT)), encoding="utf-8")
            self.stdout.write(f"Wrote {LEDGER}")
            return
        statements = ledger.statements(CONTENT)
        if not 0 < draw <= len(statements):
            raise CommandError(f"Draw from 1 to {len(statements)} statements")
        seed = secrets.randbelow(1_000_000) if seed is None else seed
        self.stdout.write(f"Seed {seed}")
        # Any repeatable draw will do: nothing is kept safe by it.
        for line in random.Random(seed).sample(statements, draw):  # noqa: S311
            self.stdout.write(f"{line.number}  [{line.confidence}; look in {line.look_in}]\n  {line.words}")
