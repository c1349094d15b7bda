"""`./run manage seed_demo`: the demonstration's invented boroughs, people and work."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from toolkit.demo.seeding import seed


class Command(BaseCommand):
    help = "Seeds the demonstration; only where TOOLKIT_DEMO=1. Seeding again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demonstration is switched off. Set TOOLKIT_DEMO=1 to switch it on.")
        self.stdout.write("Demonstration seeded" if seed() else "The demonstration was seeded before")
