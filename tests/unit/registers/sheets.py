"""Small spreadsheets of every format, made in memory."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from typing import Any, Protocol

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties
from odf.table import Table as OdfTable
from odf.table import TableCell, TableRow
from odf.text import P

Rows = Sequence[Sequence[Any]]


class MakesWorkbook(Protocol):
    def __call__(self, sheets: dict[str, Rows], *, hidden: Sequence[str] = ()) -> bytes: ...


def csv_file(rows: Rows, *, encoding: str = "utf-8", delimiter: str = ",", ends: str = "\r\n") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=ends).writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx_file(sheets: dict[str, Rows], *, hidden: Sequence[str] = ()) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        if title in hidden:
            sheet.sheet_state = "hidden"
    return _saved(book)


def xls_file(sheets: dict[str, Rows], *, hidden: Sequence[str] = ()) -> bytes:
    book = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for title, rows in sheets.items():
        sheet = book.add_sheet(title)
        sheet.visibility = 1 if title in hidden else 0
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, dt.date):
                    sheet.write(r, c, value, day)
                elif value is not None:
                    sheet.write(r, c, value)
    return _saved(book)


def ods_file(sheets: dict[str, Rows], *, hidden: Sequence[str] = ()) -> bytes:
    document = OpenDocumentSpreadsheet()
    unseen = Style(name="unseen", family="table")
    unseen.addElement(TableProperties(display="false"))
    document.automaticstyles.addElement(unseen)
    for title, rows in sheets.items():
        table = OdfTable(name=title, stylename="unseen") if title in hidden else OdfTable(name=title)
        for row in rows:
            line = TableRow()
            for value in row:
                line.addElement(_ods_cell(value))
            table.addElement(line)
        document.spreadsheet.addElement(table)
    return _saved(document)


def _ods_cell(value: Any) -> TableCell:
    if value is None:
        return TableCell()
    if isinstance(value, dt.date):
        cell = TableCell(valuetype="date", datevalue=value.isoformat())
    elif isinstance(value, (int, float)):
        cell = TableCell(valuetype="float", value=str(value))
    else:
        cell = TableCell(valuetype="string")
    cell.addElement(P(text=str(value)))
    return cell


def _saved(book: Any) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


REGISTER: Rows = (
    ("Contract reference", "Contract title", "Supplier name", "Contract value (£)", "Start date", "End date"),
    ("FL-001", "Street cleansing", "Brook & Sons Ltd", 1250000.5, dt.date(2024, 4, 1), dt.date(2027, 3, 31)),
    ("FL-002", "School meals", "Wandle Kitchens", 640000, dt.date(2025, 9, 1), dt.date(2028, 8, 31)),
)
"""A tidy register of two contracts."""
