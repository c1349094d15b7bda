"""`./run manage rebuild_pipeline`: project every entry anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from workflows.pipeline.projection import rebuild


class Command(BaseCommand):
    help = "Projects every pipeline entry anew from its source; says how many changed (normally none)."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{rebuild()} entries changed")
