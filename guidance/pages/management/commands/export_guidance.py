"""`./run manage export_guidance FOLDER`: everything published, as the files it would be loaded from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from guidance.editorial.services.shipped import export


class Command(BaseCommand):
    help = "Writes published guidance, templates and clauses as files; loading them changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            written = export(folder)
        except OSError as error:
            raise CommandError(f"{folder} can’t be written to: {error}") from error
        self.stdout.write(f"Guidance: {len(written)} written to {folder}")
