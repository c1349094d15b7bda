"""`./run manage import_register FILE --organisation camden`: a contracts register or pipeline spreadsheet."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from toolkit.accounts.models import Organisation
from workflows.pipeline.importing.commands import Files, ImportCommand
from workflows.pipeline.importing.outcome import Outcome
from workflows.pipeline.importing.registers import import_register


class Command(ImportCommand):
    help = "Imports a register or pipeline (CSV, XLSX, XLS, ODS). Importing again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument(
            "--organisation", required=True, metavar="SLUG", help="whose register it is, such as camden"
        )
        super().add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = Organisation.objects.filter(slug=options["organisation"]).first()
        if organisation is None:
            slugs = ", ".join(Organisation.objects.values_list("slug", flat=True).order_by("slug"))
            raise CommandError(
                f"There is no organisation “{options['organisation']}”. There are: {slugs}", returncode=2
            )

        def bring_in(files: Files) -> Outcome:
            [(name, data)] = files
            return import_register(data, name, organisation=organisation, dry_run=options["dry_run"])

        self.run([options["file"]], options["report"], bring_in)
