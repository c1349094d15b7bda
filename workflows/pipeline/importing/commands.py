"""What both import commands do alike: files, the report, the last line."""

from __future__ import annotations

import csv
import json
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TextIO

from django.core.management.base import BaseCommand, CommandError

from workflows.notices.ocds.packages import NotAReleasePackage
from workflows.pipeline.importing.outcome import Outcome, report_rows
from workflows.pipeline.registers.table import NotARegister

MOST_SHOWN = 20

type Files = list[tuple[str, bytes]]


def read_files(names: Sequence[str]) -> Files:
    """(name, bytes) of each. Raises OSError with a sentence that names the file."""
    found = []
    for name in names:
        try:
            found.append((Path(name).name, Path(name).read_bytes()))
        except OSError as error:
            raise OSError(f"{name} cannot be read: {error.strerror}") from None
    return found


class ImportCommand(BaseCommand):
    """Reads files, imports them, and says what happened: twenty lines of the report, and one line of JSON last."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen, and change nothing"
        )
        parser.add_argument("--report", metavar="FILE", help="write every warning there as CSV")

    def run(self, names: Sequence[str], report: str | None, bring_in: Callable[[Files], Outcome]) -> None:
        """Import these files. The report is opened first: where it can't be written, nothing is brought in."""
        try:
            files = read_files(names)
            opened = _Report(Path(report), names) if report else None
        except OSError as error:
            raise CommandError(str(error), returncode=2) from None
        try:
            outcome = bring_in(files)
        except (NotAReleasePackage, NotARegister) as error:
            if opened is not None:
                opened.discard()
            raise CommandError(str(error), returncode=2) from None
        failure = opened.write(outcome) if opened is not None else ""
        for line in outcome.lines[:MOST_SHOWN]:
            self.stdout.write(f"{line.where}: {line.field} {line.value} {line.message}")
        if len(outcome.lines) > MOST_SHOWN:
            self.stdout.write(f"… and {len(outcome.lines) - MOST_SHOWN} more: --report FILE writes them all")
        self.stdout.write(json.dumps(outcome.as_json()))
        if failure:
            raise CommandError(failure, returncode=2)


class _Report:
    """The report's file, open from before the import to after it. What it held before stays until there is a report."""

    def __init__(self, path: Path, inputs: Sequence[str]) -> None:
        if any(path.exists() and path.samefile(name) for name in inputs):
            raise OSError(f"{path} is a file to be imported: write the report to another one")
        self.path, self.is_new = path, not path.exists()
        try:
            self.file: TextIO = path.open("a", encoding="utf-8", newline="")
        except OSError as error:
            raise OSError(f"The report cannot be written to {path}: {error.strerror}") from None

    def discard(self) -> None:
        self.file.close()
        if self.is_new:
            self.path.unlink()

    def write(self, outcome: Outcome) -> str:
        """Write it; a sentence when that failed after all, as on a full disk."""
        try:
            with self.file:
                if self.path.is_file():
                    self.file.truncate(0)
                self.file.write("\ufeff")
                csv.writer(self.file).writerows(report_rows(outcome.lines))
        except OSError as error:
            return f"The import is done, but the report could not be written to {self.path}: {error.strerror}"
        return ""
