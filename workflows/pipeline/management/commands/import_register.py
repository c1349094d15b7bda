"""`./run manage import_register FILE --organisation camden`: a contracts register or pipeline spreadsheet."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from toolkit.accounts.models import Organisation
from workflows.pipeline.importing.files import read_files
from workflows.pipeline.importing.outcome import write_report
from workflows.pipeline.importing.registers import import_register
from workflows.pipeline.registers.table import NotARegister


class Command(BaseCommand):
    help = "Imports a register or pipeline (CSV, XLSX, XLS, ODS). Importing again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument(
            "--organisation", required=True, metavar="SLUG", help="whose register it is, such as camden"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen, and change nothing"
        )
        parser.add_argument("--report", metavar="FILE", help="write every warning there as CSV")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = Organisation.objects.filter(slug=options["organisation"]).first()
        if organisation is None:
            slugs = ", ".join(Organisation.objects.values_list("slug", flat=True).order_by("slug"))
            raise CommandError(
                f"There is no organisation “{options['organisation']}”. There are: {slugs}", returncode=2
            )
        try:
            [(name, data)] = read_files([options["file"]])
            outcome = import_register(data, name, organisation=organisation, dry_run=options["dry_run"])
            if options["report"]:
                write_report(Path(options["report"]), outcome.lines)
        except (NotARegister, OSError) as error:
            raise CommandError(str(error), returncode=2) from None
        for line in outcome.lines[:20]:
            self.stdout.write(f"{line.where}: {line.field} {line.value} {line.message}")
        if len(outcome.lines) > 20:
            self.stdout.write(f"… and {len(outcome.lines) - 20} more: --report FILE writes them all")
        self.stdout.write(json.dumps(outcome.as_json()))
