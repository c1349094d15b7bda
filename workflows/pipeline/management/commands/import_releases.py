"""`./run manage import_releases FILE…`: OCDS release packages into notices and the pipeline."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workflows.notices.ocds.packages import NotAReleasePackage
from workflows.pipeline.importing.files import read_files
from workflows.pipeline.importing.outcome import write_report
from workflows.pipeline.importing.releases import import_releases


class Command(BaseCommand):
    help = "Imports OCDS releases as Find a Tender and Contracts Finder publish them. Importing again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files", nargs="+", metavar="FILE", help="release packages, paging envelopes, single releases"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen, and change nothing"
        )
        parser.add_argument("--report", metavar="FILE", help="write every warning there as CSV")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            outcome = import_releases(read_files(options["files"]), dry_run=options["dry_run"])
            if options["report"]:
                write_report(Path(options["report"]), outcome.lines)
        except (NotAReleasePackage, OSError) as error:
            raise CommandError(str(error), returncode=2) from None
        for line in outcome.lines[:20]:
            self.stdout.write(f"{line.where}: {line.field} {line.value} {line.message}")
        if len(outcome.lines) > 20:
            self.stdout.write(f"… and {len(outcome.lines) - 20} more: --report FILE writes them all")
        self.stdout.write(json.dumps(outcome.as_json()))
