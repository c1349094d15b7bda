"""Documents read again by programs that know nothing of ours: LibreOffice and Poppler."""

from __future__ import annotations

import subprocess
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from guidance.documents.assembly.blocks import Paper, all_texts

PATIENCE = 300
TOP, HEIGHT = 52, 738
"""Of the text between head and foot of a page, in points."""


def pdf_by_libreoffice(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Each file (its name with its ending) as LibreOffice prints it; all in one go, for starting takes seconds."""
    with TemporaryDirectory() as folder:
        place, out = Path(folder), Path(folder) / "out"
        numbered = {name: place / f"{number}{Path(name).suffix}" for number, name in enumerate(files)}
        for name, path in numbered.items():
            path.write_bytes(files[name])
        done = subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{place}/profile", "--headless", "--convert-to", "pdf",
             "--outdir", out, *numbered.values()],
            capture_output=True, text=True, check=False, timeout=PATIENCE,
        )  # fmt: skip
        made = {name: out / f"{path.stem}.pdf" for name, path in numbered.items()}
        refused = [name for name, path in made.items() if not path.exists()]
        if refused:
            raise AssertionError(f"LibreOffice cannot open {refused}: {done.stdout}{done.stderr}")
        return {name: path.read_bytes() for name, path in made.items()}


def text_of_pdf(content: bytes, *, with_margins: bool = False) -> str:
    """The words of a PDF in reading order, without what stands at the head and foot of its pages."""
    inside = [] if with_margins else ["-x", "0", "-y", str(TOP), "-W", "600", "-H", str(HEIGHT)]
    done = subprocess.run(
        ["pdftotext", "-raw", *inside, "-", "-"],
        input=content,
        capture_output=True,
        check=True,
        timeout=PATIENCE,
    )
    return done.stdout.decode()


def text_of_tagged_pdf(content: bytes) -> str:
    """The words of a tagged PDF in the order of its tags, which is what somebody hears who has it read out."""
    done = subprocess.run(
        ["pdfinfo", "-struct-text", "-"], input=content, capture_output=True, check=True, timeout=PATIENCE
    )
    lines = (line.strip() for line in done.stdout.decode().splitlines())
    return "\n".join(line[1:-1] for line in lines if line.startswith('"'))


def squeezed(text: str) -> str:
    """Characters alone: no white space, no joiners, no marks of direction, one form of each letter."""
    composed = unicodedata.normalize("NFKC", text)
    return "".join(each for each in composed if unicodedata.category(each)[0] not in "CZ")


def left_out(paper: Paper, text: str) -> list[str]:
    """The texts of the paper that do not come, one after the other, in what was read."""
    read, at, lacking = squeezed(text), 0, []
    for each in all_texts(paper):
        wanted = squeezed(each)
        found = read.find(wanted, at)
        if found < 0:
            lacking.append(each)
        else:
            at = found + len(wanted)
    return lacking
