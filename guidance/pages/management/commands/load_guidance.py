"""`./run manage load_guidance [FOLDER]`: the guidance that ships with the toolkit, or an export of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from guidance.editorial.content import ContentError
from guidance.editorial.services.shipped import load
from guidance.pages import indexing

CONTENT = Path(__file__).parents[2] / "content"


class Command(BaseCommand):
    help = (
        "Loads shipped guidance; what an editor has changed is left alone, named, and offered in the admin."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=CONTENT)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder")
        try:
            loaded = load(folder)
        except (ContentError, UnicodeDecodeError) as error:
            raise CommandError(str(error)) from error
        indexing.name_pages()
        for name in loaded.kept:
            self.stdout.write(f"Guidance: {name} has been changed by an editor and stays as it is")
        self.stdout.write(
            f"Guidance: {len(loaded.added)} added, {len(loaded.updated)} updated, "
            f"{len(loaded.unchanged)} unchanged, {len(loaded.kept)} kept"
        )
