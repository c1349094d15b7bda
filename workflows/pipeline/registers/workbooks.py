"""XLSX, XLS and ODS workbooks: which kind a file is, and which of its sheets is the register."""

from __future__ import annotations

import datetime as dt
import io
import json
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

from workflows.pipeline.registers.bounds import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_MEMORY,
    MOST_ROWS,
    MOST_SECONDS,
    MOST_UNPACKED,
)
from workflows.pipeline.registers.headers import likeness
from workflows.pipeline.registers.table import Cell, NotARegister, Problem, Table

ALSO_A_REGISTER = 4
"""A sheet that was not chosen but names this many of our fields is spoken of in a warning."""

_UNPACK = Path(__file__).with_name("unpack.py")


def kind_of_zip(data: bytes, name: str) -> str:
    """`xlsx` or `ods`. Raises NotARegister for any other zip file, for damaged ones and for those with a password."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = set(archive.namelist())
            mimetype = (
                archive.read("mimetype")[:100].decode("ascii", "replace") if "mimetype" in members else ""
            )
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                raise too_large(name)
            manifest = (
                archive.read("META-INF/manifest.xml")[:1_000_000]
                if "META-INF/manifest.xml" in members
                else b""
            )
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
    ) as error:
        raise damaged(name) from error
    if "opendocument.spreadsheet" in mimetype:
        if b"encryption-data" in manifest:
            raise locked(name)
        return "ods"
    if "xl/workbook.xml" in members:
        return "xlsx"
    if "xl/workbook.bin" in members:
        raise NotARegister(f"“{name}” is a binary Excel workbook (XLSB): save it as XLSX and bring that in.")
    if "word/document.xml" in members or "opendocument.text" in mimetype:
        raise NotARegister(f"“{name}” is a text document, not a spreadsheet.")
    raise NotARegister(f"“{name}” is a zip file, not a spreadsheet: unpack it and bring in the file inside.")


def read_workbook(data: bytes, name: str, kind: str) -> Table:
    """The sheet that looks most like a register. Hidden and empty sheets are passed over.

    Raises NotARegister for a workbook that is damaged, has a password, is too large, or has nothing to see in it.
    """
    sheets = _visible_sheets(data, name)
    if not sheets:
        raise NotARegister(f"“{name}” has no visible sheet with anything in it.")
    scores = {title: likeness(rows) for title, rows in sheets.items()}
    best = max(sheets, key=lambda title: (scores[title], len(sheets[title])))
    problems = [
        Problem(
            None,
            "sheet",
            title,
            f"The sheet “{title}” looks like a register too and was not read: save it as a file of its own.",
        )
        for title in sheets
        if title != best and scores[title] >= ALSO_A_REGISTER
    ]
    others = tuple(title for title in sheets if title != best)
    return Table(name, kind, sheets[best], sheet=best, other_sheets=others, problems=tuple(problems))


def locked(name: str) -> NotARegister:
    return NotARegister(f"“{name}” is protected by a password: save a copy without one and bring that in.")


def damaged(name: str) -> NotARegister:
    return NotARegister(
        f"“{name}” is damaged and can’t be opened: open it in a spreadsheet programme and save it again."
    )


def too_large(name: str) -> NotARegister:
    return NotARegister(
        f"“{name}” is too large or damaged: a sheet may have {MOST_ROWS:,} rows, {MOST_COLUMNS} columns and {MOST_CELLS:,} cells."
        " Cells far below or beside the table count too: delete them and save again."
    )


def _visible_sheets(data: bytes, name: str) -> dict[str, tuple[tuple[Cell, ...], ...]]:
    """The sheets as a process of its own unpacks them (see `unpack`): its end, for whatever reason, is not ours."""
    bounds = [str(bound) for bound in (MOST_ROWS, MOST_COLUMNS, MOST_CELLS, MOST_MEMORY, MOST_SECONDS)]
    try:
        done = subprocess.run(  # our own interpreter and script; the file goes in on standard input
            [sys.executable, "-I", str(_UNPACK), *bounds],
            input=data,
            capture_output=True,
            timeout=2 * MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise too_large(name) from error
    if done.returncode != 0:
        raise too_large(name) if done.returncode < 0 else damaged(name)
    answer = json.loads(done.stdout, object_hook=_cell)
    match answer.get("error"):
        case "password":
            raise locked(name)
        case "too-large":
            raise too_large(name)
        case "damaged":
            raise damaged(name)
    return {title: tuple(tuple(row) for row in rows) for title, rows in answer["sheets"]}


def _cell(written: dict[str, object]) -> object:
    """A cell that JSON has no type for; the answer itself stays as it is."""
    match written:
        case {"datetime": str(text)}:
            return dt.datetime.fromisoformat(text)
        case {"date": str(text)}:
            return dt.date.fromisoformat(text)
        case {"time": str(text)}:
            return dt.time.fromisoformat(text)
        case {"seconds": int(seconds) | float(seconds)}:
            return dt.timedelta(seconds=seconds)
        case {"text": str(text)}:
            return text
    return written
