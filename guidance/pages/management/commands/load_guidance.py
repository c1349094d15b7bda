"""`./run manage load_guidance`: the guidance pages that ship with the toolkit."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guidance.pages.loading import load_guidance
from guidance.pages.starters import ContentError


class Command(BaseCommand):
    help = "Loads the shipped guidance; a page that an editor has changed is left alone and named."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_guidance()
        except ContentError as error:
            raise CommandError(str(error)) from error
        for slug in loaded.kept:
            self.stdout.write(f"Guidance: {slug} has been changed by an editor and stays as it is")
        self.stdout.write(
            f"Guidance: {len(loaded.added)} added, {len(loaded.updated)} updated, "
            f"{len(loaded.unchanged)} unchanged, {len(loaded.kept)} kept"
        )
