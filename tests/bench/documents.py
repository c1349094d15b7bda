"""Documents: how long a worker takes to make the files of a specification of twenty pages, and whether its memory stays
flat when it makes a hundred in a row.

What is timed is the whole of it: the kept paper is read, the characters are looked for that the PDF lacks, the file is
written.

Measured in a process of its own, which does nothing else, as a worker is. Worker time is the processor's, so that what
else the machine does counts little.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import django

NAME = "A specification of twenty pages"
DAY = dt.date(2026, 11, 24)
MOST_MILLISECONDS = {"docx": 150.0, "odt": 150.0, "pdf": 2_000.0}
TURNS = {"docx": 9, "odt": 9, "pdf": 5}
SECTIONS = 11
FEW, MANY = 10, 100
FEWEST_PAGES = 20
MOST_GROWTH = 0.10
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Written:
    """Medians in milliseconds for each format, and megabytes of memory after a few and after many in a row."""

    pages: int
    milliseconds: dict[str, float]
    after_few: float
    after_many: float

    @property
    def growth(self) -> float:
        return self.after_many / self.after_few - 1

    def faults(self) -> list[str]:
        """What is missed, and by how much."""
        found = [
            f"{NAME} takes {self.milliseconds[slug]:.0f} ms as {slug}, {self.milliseconds[slug] - most:.0f} more than {most:.0f}"
            for slug, most in MOST_MILLISECONDS.items()
            if self.milliseconds[slug] > most
        ]
        if self.pages < FEWEST_PAGES:
            found.append(f"{NAME} has {self.pages} pages, fewer than {FEWEST_PAGES}")
        if self.growth > MOST_GROWTH:
            found.append(
                f"Memory grows by {self.growth:.0%} from {FEW} to {MANY} documents, at most {MOST_GROWTH:.0%}"
            )
        return found

    def as_json(self) -> dict[str, Any]:
        return {
            "name": NAME, "pages_of_pdf": self.pages,
            "worker_milliseconds": {slug: round(value, 1) for slug, value in self.milliseconds.items()},
            "at_most_milliseconds": MOST_MILLISECONDS,
            f"megabytes_after_{FEW}": round(self.after_few, 1), f"megabytes_after_{MANY}": round(self.after_many, 1),
            "growth": round(self.growth, 3), "at_most_growth": MOST_GROWTH,
        }  # fmt: skip


def measure() -> Written:
    """In another process."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.documents"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"Documents could not be measured: {done.stderr}")
    return Written(**json.loads(done.stdout))


def show(found: Written) -> None:
    """The lines under the table."""
    times = ", ".join(
        f"{slug} {value:.0f} ms (at most {MOST_MILLISECONDS[slug]:.0f})"
        for slug, value in found.milliseconds.items()
    )
    print(f"{NAME} ({found.pages} as PDF), worker time: {times}")
    print(
        f"Memory of a worker after {FEW} documents of {found.pages} pages in each format {found.after_few:.0f} MB, after {MANY} {found.after_many:.0f} MB: "
        f"{found.growth:+.1%} (at most {MOST_GROWTH:+.0%})"
    )


def _here() -> Written:
    from pypdf import PdfReader

    from guidance.documents.assembly import papers
    from guidance.documents.writers import glyphs
    from guidance.documents.writers.formats import FORMATS
    from tests.papers import a_specification

    kept = papers.write(a_specification(SECTIONS))

    def made(slug: str) -> bytes:
        paper = papers.read(kept)
        glyphs.missing(paper)
        return FORMATS[slug].written(paper, made_on=DAY)

    milliseconds = {}
    for slug, turns in TURNS.items():
        content = made(slug)  # the first one imports its writer
        times = []
        for _ in range(turns):
            began = time.process_time()
            content = made(slug)
            times.append((time.process_time() - began) * 1_000)
        milliseconds[slug] = statistics.median(times)
    after = {}
    for number in range(1, MANY + 1):
        for slug in FORMATS:
            made(slug)
        after[number] = _megabytes()
    pages = len(PdfReader(io.BytesIO(content)).pages)  # of the PDF, which comes last
    return Written(pages, milliseconds, after[FEW], after[MANY])


def _megabytes() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / 1024**2


if __name__ == "__main__":
    django.setup()
    print(json.dumps(asdict(_here())))
