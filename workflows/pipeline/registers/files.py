"""From the bytes of a file to a table of cells, whatever kind of spreadsheet it is."""

from __future__ import annotations

import re

from workflows.pipeline.registers.bounds import MOST_BYTES
from workflows.pipeline.registers.delimited import decode, read_delimited
from workflows.pipeline.registers.table import NotARegister, Table
from workflows.pipeline.registers.workbooks import kind_of_zip, locked, read_workbook

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture or a recording"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"BM", "a picture"),
    (b"{\\rtf", "a text document"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"\xfd7zXZ", "a compressed file"),
    (b"PK\x05\x06", "an empty zip file"),
    (b"\x7fELF", "a programme"),
    (b"MZ", "a programme"),
)
_TEXT_MARKS = (b"BM", b"MZ", b"RIFF", b"BZh")
"""Marks made of letters, with which the first header of a CSV file might begin: believed only if bytes follow that text has not."""
_WEB_PAGE = re.compile(
    r"\s*(?:<!--.*?-->\s*)?<(?:!doctype html|html|head|body|table|meta|div)\b", re.I | re.S
)
_XML = re.compile(r"\s*<\?xml|\s*<[A-Za-z][\w:.-]*[\s>]")
_JSON = re.compile(r"\s*[{\[]\s*(?:[\"{\[\]}]|$)")


def read_table(data: bytes, name: str) -> Table:
    """The table in a CSV, XLSX, XLS or ODS file; of a workbook the sheet that looks most like a register.

    `name` is the file's name as its bringer knows it, for the sentences. Raises NotARegister for anything else: another
    kind of file, an empty, damaged, too large or password-protected one.
    """
    if not data.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise NotARegister(f"“{name}” is empty.")
    if len(data) > MOST_BYTES:
        raise NotARegister(f"“{name}” is too large: at most {MOST_BYTES // 1024 // 1024} MB can be read.")
    if data.startswith(_ZIP):
        return read_workbook(data, name, kind_of_zip(data, name))
    if data.startswith(_OLE):
        return read_workbook(data, name, _kind_of_ole(data, name))
    for mark, kind in _OTHERS:
        if data.startswith(mark) and (mark not in _TEXT_MARKS or b"\x00" in data[:1000]):
            raise _not_this(name, kind)
    text, encoding = decode(data, name)
    if _WEB_PAGE.match(text):
        raise NotARegister(
            f"“{name}” is a web page, whatever its name says: open it in a spreadsheet programme and save it as XLSX or CSV."
        )
    if _XML.match(text):
        raise _not_this(name, "an XML file")
    if _JSON.match(text):
        raise _not_this(name, "a JSON file")
    return read_delimited(text, name, encoding)


def _not_this(name: str, kind: str) -> NotARegister:
    return NotARegister(f"“{name}” is {kind}, not a spreadsheet: bring in CSV, XLSX, XLS or ODS.")


def _kind_of_ole(data: bytes, name: str) -> str:
    """`xls`. The same container also holds old Word files, and XLSX files that have a password."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise locked(name)
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        return "xls"
    raise _not_this(name, "an old Office file")
