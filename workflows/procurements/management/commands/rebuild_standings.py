"""`./run manage rebuild_standings`: write down again where every procurement stands."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from workflows.procurements.services.standing import rebuild


class Command(BaseCommand):
    help = "Folds every started procurement anew and writes down where it stands; says how many steps changed (normally none)."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{rebuild()} steps changed")
