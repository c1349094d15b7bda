"""Run as a script of its own: a workbook on standard input, its visible sheets as JSON on standard output.

The reader of workbooks lays out the whole rectangle its cells span, and takes a damaged file’s word for how much memory
it needs; when that is not to be had it ends the process. So it has a process of its own, with little memory and time,
whose end is only a sentence to the person who brought the file. Imports nothing of ours.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import resource
import sys
from collections.abc import Sequence

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum


class TooLarge(Exception):
    """A sheet has more rows, columns or cells than may be read."""


def sheets_of(
    data: bytes, *, most_rows: int, most_columns: int, most_cells: int
) -> list[tuple[str, list[list[object]]]]:
    """Name and cells of each visible sheet with something in it; row 1 of the sheet first, no empty rows at the end."""
    sheets: list[tuple[str, list[list[object]]]] = []
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for about in workbook.sheets_metadata:
        if about.visible is not SheetVisibleEnum.Visible or about.typ is not SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_name(about.name)
        if sheet.total_height >= most_rows or sheet.total_height * sheet.total_width > most_cells:
            raise TooLarge
        rows = [_trimmed(row) for row in sheet.to_python(skip_empty_area=False)]
        while rows and not rows[-1]:
            rows.pop()
        if any(len(row) > most_columns for row in rows):
            raise TooLarge
        if rows:
            sheets.append((about.name, rows))
    return sheets


def _trimmed(row: Sequence[object]) -> list[object]:
    end = len(row)
    while end and not str(row[end - 1]).strip():
        end -= 1
    return list(row[:end])


def _written(cell: object) -> dict[str, str | float]:
    """A cell that JSON has no type for, by its type."""
    match cell:
        case dt.datetime():
            return {"datetime": cell.isoformat()}
        case dt.date():
            return {"date": cell.isoformat()}
        case dt.time():
            return {"time": cell.isoformat()}
        case dt.timedelta():
            return {"seconds": cell.total_seconds()}
    return {"text": str(cell)}


def main(arguments: Sequence[str]) -> None:
    """`unpack.py ROWS COLUMNS CELLS BYTES-OF-MEMORY SECONDS`: prints `{"sheets": …}` or `{"error": …}`."""
    most_rows, most_columns, most_cells, memory, seconds = map(int, arguments)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    data = sys.stdin.buffer.read()
    try:
        answer: dict[str, object] = {
            "sheets": sheets_of(data, most_rows=most_rows, most_columns=most_columns, most_cells=most_cells)
        }
    except (TooLarge, MemoryError):
        answer = {"error": "too-large"}
    except PasswordError:
        answer = {"error": "password"}
    except CalamineError as error:
        answer = {"error": "password" if "password" in str(error).lower() else "damaged"}
    json.dump(answer, sys.stdout, default=_written)


if __name__ == "__main__":
    main(sys.argv[1:])
