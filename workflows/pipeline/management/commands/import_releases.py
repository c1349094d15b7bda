"""`./run manage import_releases FILE…`: OCDS release packages into notices and the pipeline."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from workflows.pipeline.importing.commands import ImportCommand
from workflows.pipeline.importing.releases import import_releases


class Command(ImportCommand):
    help = "Imports OCDS releases as Find a Tender and Contracts Finder publish them. Importing again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files", nargs="+", metavar="FILE", help="release packages, paging envelopes, single releases"
        )
        super().add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        self.run(
            options["files"],
            options["report"],
            lambda files: import_releases(files, dry_run=options["dry_run"]),
        )
