"""`./run manage load_guidance [FOLDER]`: the guidance, templates and clauses that ship with the toolkit, or an export of
them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from guidance.editorial.content import ContentError
from guidance.editorial.kinds import shipped_folders
from guidance.editorial.services.shipped import load
from guidance.pages import indexing


class Command(BaseCommand):
    help = "Loads shipped content; what an editor has changed is left alone, named, and offered in the admin."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path)

    def handle(self, *args: Any, folder: Path | None, **options: Any) -> None:
        if folder is not None and not folder.is_dir():
            raise CommandError(f"{folder} is no folder")
        try:
            loaded = load(*([folder] if folder is not None else shipped_folders()))
        except (ContentError, UnicodeDecodeError) as error:
            raise CommandError(str(error)) from error
        indexing.name_pages()
        for name in loaded.kept:
            self.stdout.write(f"Guidance: {name} has been changed by an editor and stays as it is")
        self.stdout.write(
            f"Guidance: {len(loaded.added)} added, {len(loaded.updated)} updated, "
            f"{len(loaded.unchanged)} unchanged, {len(loaded.kept)} kept"
        )
