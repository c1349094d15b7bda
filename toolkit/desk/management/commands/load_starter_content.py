"""`./run manage load_starter_content`: organisations, guidance, synonyms, the editors' group. Adds what is missing,
overwrites nothing."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

COMMANDS = ("load_organisations", "load_guidance", "load_synonyms", "load_editors")


class Command(BaseCommand):
    help = "Loads everything the toolkit starts with; loading again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        for name in COMMANDS:
            call_command(name, stdout=self.stdout)
