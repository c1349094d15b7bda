"""`./run manage load_organisations`: the London authorities as reference data."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from toolkit.accounts.reference_data import load_organisations


class Command(BaseCommand):
    help = "Loads the 36 London authorities; loading again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_organisations()
        self.stdout.write(f"Organisations: {loaded.added} added, {loaded.known} known")
