"""XLSX, XLS and ODS workbooks. What is inside is measured before it is opened, because readers lay out whole rectangles."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from typing import IO
from xml.parsers import expat

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from workflows.pipeline.registers.bounds import MOST_CELLS, MOST_COLUMNS, MOST_PARTS, MOST_ROWS, MOST_UNPACKED
from workflows.pipeline.registers.headers import likeness
from workflows.pipeline.registers.table import Cell, NotARegister, Problem, Table, line_of

ALSO_A_REGISTER = 4
"""A sheet that was not chosen but names this many of our fields is spoken of in a warning."""

_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_PIECE = 1 << 16


def kind_of_zip(data: bytes, name: str) -> str:
    """`xlsx` or `ods`. Raises NotARegister for any other zip file, for damaged ones and for those with a password."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = set(archive.namelist())
            mimetype = archive.read("mimetype")[:100].decode("ascii", "replace") if "mimetype" in members else ""
            manifest = archive.read("META-INF/manifest.xml")[:1_000_000] if "META-INF/manifest.xml" in members else b""
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
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
    if kind != "xls":
        _measure(data, name, kind)
    sheets = _visible_sheets(data, name)
    if not sheets:
        raise NotARegister(f"“{name}” has no visible sheet with anything in it.")
    scores = {title: likeness(rows) for title, rows in sheets.items()}
    best = max(sheets, key=lambda title: (scores[title], len(sheets[title])))
    problems = [
        Problem(None, "sheet", title, f"The sheet “{title}” looks like a register too and was not read: save it as a file of its own.")
        for title in sheets
        if title != best and scores[title] >= ALSO_A_REGISTER
    ]
    others = tuple(title for title in sheets if title != best)
    return Table(name, kind, sheets[best], sheet=best, other_sheets=others, problems=tuple(problems))


def locked(name: str) -> NotARegister:
    return NotARegister(f"“{name}” is protected by a password: save a copy without one and bring that in.")


def damaged(name: str) -> NotARegister:
    return NotARegister(f"“{name}” is damaged and can’t be opened: open it in a spreadsheet programme and save it again.")


def _too_large(name: str) -> NotARegister:
    return NotARegister(
        f"“{name}” is too large: a sheet may have {MOST_ROWS:,} rows, {MOST_COLUMNS} columns and {MOST_CELLS:,} cells."
        " Cells far below or beside the table count too: delete them and save again."
    )


def _visible_sheets(data: bytes, name: str) -> dict[str, tuple[tuple[Cell, ...], ...]]:
    sheets: dict[str, tuple[tuple[Cell, ...], ...]] = {}
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for about in workbook.sheets_metadata:
            if about.visible is not SheetVisibleEnum.Visible or about.typ is not SheetTypeEnum.WorkSheet:
                continue
            sheet = workbook.get_sheet_by_name(about.name)
            if sheet.total_height >= MOST_ROWS or sheet.total_height * sheet.total_width > MOST_CELLS:
                raise _too_large(name)
            rows = [_trimmed(row) for row in sheet.to_python(skip_empty_area=False)]
            while rows and not rows[-1]:
                rows.pop()
            if any(len(row) > MOST_COLUMNS for row in rows):
                raise _too_large(name)
            if rows:
                sheets[about.name] = tuple(rows)
    except PasswordError as error:
        raise locked(name) from error
    except CalamineError as error:
        raise (locked(name) if "password" in str(error).lower() else damaged(name)) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # the reader’s own crash on a damaged file; it has no importable name
            raise damaged(name) from error
        raise
    return sheets


def _trimmed(row: Sequence[Cell]) -> tuple[Cell, ...]:
    end = len(row)
    while end and not line_of(row[end - 1]):
        end -= 1
    return tuple(row[:end])


def _measure(data: bytes, name: str, kind: str) -> None:
    """Unpack every part once, counting: bytes really there (a header may lie), and the rectangle the cells span."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS:
                raise _too_large(name)
            left = MOST_UNPACKED
            for part in parts:
                part.file_size = left + 4 * _PIECE  # what the header says is not believed: read on to the real end
                with archive.open(part) as stream:
                    left = _measure_part(stream, left, name, kind)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, expat.ExpatError) as error:
        raise damaged(name) from error


def _measure_part(stream: IO[bytes], left: int, name: str, kind: str) -> int:
    """Bytes still allowed after this part."""
    extent = _Extent(kind)
    is_xml = None
    while piece := stream.read(_PIECE):
        left -= len(piece)
        if left < 0:
            raise _too_large(name)
        if is_xml is None:
            is_xml = piece.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"<")
        if is_xml:
            extent.feed(piece)
            if extent.rows > MOST_ROWS or extent.rows * extent.columns > MOST_CELLS:
                raise _too_large(name)
    return left


class _Extent:
    """The last row and column with something in it, of the sheets in one part, found without building anything."""

    def __init__(self, kind: str) -> None:
        self.rows = self.columns = 0
        self._row = self._column = self._repeat = 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._xlsx if kind == "xlsx" else self._ods
        self._parser.StartDoctypeDeclHandler = self._doctype

    def feed(self, piece: bytes) -> None:
        self._parser.Parse(piece, False)

    def _doctype(self, *about: object) -> None:
        raise expat.ExpatError("no spreadsheet declares a document type")

    def _filled(self) -> None:
        self.rows, self.columns = max(self.rows, self._row), max(self.columns, self._column)

    def _xlsx(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "row":
                self._row, self._column = int(attributes.get("r", self._row + 1)), 0
            case "c":
                if place := _CELL.fullmatch(attributes.get("r", "")):
                    self._row, self._column = int(place[2]), _column_number(place[1])
                else:
                    self._column += 1
            case "v" | "is":
                self._filled()

    def _ods(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "table":
                self._row = self._column = 0
                self._repeat = 0
            case "table-row":
                self._row += max(self._repeat, 0)
                self._repeat = int(attributes.get("table:number-rows-repeated", 1))
                self._column = 0
            case "table-cell" | "covered-table-cell":
                self._column += int(attributes.get("table:number-columns-repeated", 1))
                if "office:value-type" in attributes:
                    self._filled_ods()
            case "p":
                if self._repeat:
                    self._filled_ods()

    def _filled_ods(self) -> None:
        self.rows = max(self.rows, self._row + self._repeat)
        self.columns = max(self.columns, self._column)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
