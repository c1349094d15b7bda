"""Reading a file into a table, and refusing what is none with a sentence."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping

import pytest

from tests.unit.registers.sheets import REGISTER, MakesWorkbook, Rows, csv_file, ods_file, xls_file, xlsx_file
from workflows.pipeline.registers import delimited, files, workbooks
from workflows.pipeline.registers.files import read_table
from workflows.pipeline.registers.table import NotARegister, line_of

TEXT = [
    ("Ref", "Title", "Supplier", "Value"),
    ("C1", "Café – “St Mary’s”", "Brook & Sons", "£1,000"),
    ("C2", "Grounds", "Wandle", "£2,000"),
]


def refused(data: bytes, name: str = "contracts.csv") -> str:
    with pytest.raises(NotARegister) as caught:
        read_table(data, name)
    assert name in caught.value.sentence
    return caught.value.sentence


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "mac_roman", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_every_encoding_a_british_spreadsheet_writes_gives_the_same_text(encoding: str) -> None:
    table = read_table(csv_file(TEXT, encoding=encoding), "c.csv")
    assert table.rows[1] == TEXT[1]
    assert table.rows[0][0] == "Ref"


def test_old_western_bytes_that_windows_leaves_out_are_still_read() -> None:
    table = read_table(b"Ref,Title,Supplier\nC1,Cleaning \x81,Brook \xa3\n", "c.csv")
    assert table.rows[1][2] == "Brook £"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    table = read_table(csv_file(TEXT, delimiter=delimiter), "c.csv")
    assert [len(row) for row in table.rows] == [4, 4, 4]


def test_pipes_and_brackets_inside_a_header_do_not_divide_it() -> None:
    header = "Supplier [Name|Address|Ref type|Ref Number|Is SME|Is VCSE]"
    table = read_table(
        csv_file([("Title", header, "End Date"), ("Parks", "[Brook|1 Lane|NONE||No|No]", "31/03/2027")]),
        "c.csv",
    )
    assert table.rows[0][1] == header


def test_excels_own_note_of_the_delimiter_is_a_blank_row() -> None:
    table = read_table(b"sep=;\r\n" + csv_file(TEXT, delimiter=";"), "c.csv")
    assert table.rows[0] == ()
    assert table.rows[1] == TEXT[0]


@pytest.mark.parametrize("ends", ["\r\n", "\n", "\r"])
def test_line_breaks_inside_quotes_stay_inside_their_row(ends: str) -> None:
    text = ends.join(["Ref,Title,Supplier", 'C1,"Two\nlines",Brook', ""])
    table = read_table(text.encode(), "c.csv")
    assert len(table.rows) == 2
    assert table.rows[1][1] == "Two\nlines"


def test_row_numbers_count_blank_lines() -> None:
    table = read_table(b"\r\n\r\nRef,Title\r\nC1,Parks\r\n\r\n", "c.csv")
    assert table.rows == ((), (), ("Ref", "Title"), ("C1", "Parks"))


def test_formula_text_in_a_csv_stays_text() -> None:
    table = read_table(b'Ref,Title\nC1,"=HYPERLINK(""http://evil.example"")"\n', "c.csv")
    assert table.rows[1][1] == '=HYPERLINK("http://evil.example")'


@pytest.mark.parametrize(("make", "kind"), [(xlsx_file, "xlsx"), (xls_file, "xls"), (ods_file, "ods")])
def test_workbooks_keep_dates_and_numbers_typed(make: MakesWorkbook, kind: str) -> None:
    table = read_table(make({"Register": REGISTER}), "c.bin")
    assert (table.format, table.sheet) == (kind, "Register")
    assert table.rows[1][4] == dt.date(2024, 4, 1)
    assert table.rows[1][3] == 1250000.5
    assert line_of(table.rows[2][3]) == "640000"


@pytest.mark.parametrize("make", [xlsx_file, xls_file, ods_file])
def test_the_sheet_that_looks_like_a_register_is_read_and_hidden_ones_are_not(make: MakesWorkbook) -> None:
    sheets: dict[str, Rows] = {
        "Read me": [("How to use this workbook",), ("Ask the commercial team",)],
        "Old register": [*REGISTER, ("FL-000", "Gone", "Gone Ltd", 1, None, None)],
        "Live": REGISTER,
        "Lists": [("Categories",), ("Works",)],
    }
    table = read_table(make(sheets, hidden=["Old register"]), "c.bin")
    assert table.sheet == "Live"
    assert set(table.other_sheets) == {"Read me", "Lists"}


def test_a_second_sheet_that_is_a_register_too_is_spoken_of() -> None:
    table = read_table(xlsx_file({"Adults": REGISTER, "Children": REGISTER[:2]}), "c.xlsx")
    assert table.sheet == "Adults"
    assert [problem.value for problem in table.problems] == ["Children"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n", "is empty"),
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "is a picture"),
        (b"<!DOCTYPE html><html><table><tr><td>Title</td></tr></table>", "is a web page"),
        (b"  <table><tr><td>Title</td></tr></table>", "is a web page"),
        (b'<?xml version="1.0"?><Workbook/>', "is an XML file"),
        (b'{"releases": []}', "is a JSON file"),
        (b"PK\x03\x04 not really", "is damaged"),
        (bytes(range(256)) * 20, "is not a spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old Office file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
    ],
)
def test_what_is_no_spreadsheet_gets_one_clear_sentence(data: bytes, words: str) -> None:
    assert words in refused(data)


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"word/document.xml": "<w/>"}, "text document"),
        ({"xl/workbook.bin": "x"}, "XLSB"),
        ({"notes.txt": "x"}, "zip file"),
        (
            {
                "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
                "META-INF/manifest.xml": "<manifest:encryption-data/>",
            },
            "password",
        ),
        ({"xl/workbook.xml": "<workbook"}, "damaged"),
    ],
)
def test_zip_files_that_are_no_workbooks_are_refused(members: dict[str, str], words: str) -> None:
    assert words in refused(zipped(members), "c.xlsx")


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def test_a_truncated_workbook_is_called_damaged() -> None:
    whole = xls_file({"Register": REGISTER})
    for part in (len(whole) // 3, len(whole) // 2, len(whole) - 600):
        try:
            read_table(whole[:part], "c.xls")
        except NotARegister as error:
            assert "c.xls" in error.sentence
    assert "damaged" in refused(xlsx_file({"Register": REGISTER})[:2000], "c.xlsx")


def test_a_workbook_with_nothing_to_see_is_refused() -> None:
    assert "no visible sheet" in refused(
        xlsx_file({"Hidden": REGISTER, "Empty": []}, hidden=["Hidden"]), "c.xlsx"
    )


def test_a_workbook_that_unpacks_to_too_much_is_refused_unopened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_UNPACKED", 1_000_000)
    bomb = zipped({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": b"<x>" + b" " * 2_000_000})
    assert len(bomb) < 10_000
    assert "too large" in refused(bomb, "c.xlsx")


def test_a_workbook_that_lies_about_its_size_ends_only_the_process_that_unpacks_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workbooks, "MOST_MEMORY", 400 * 1024**2)
    with zipfile.ZipFile(io.BytesIO(xlsx_file({"Register": REGISTER}))) as archive:
        members: dict[str, str | bytes] = {part: archive.read(part) for part in archive.namelist()}
    long = b"<sheetData>" + b"".join(
        b'<row r="%d"><c r="AZ%d"><v>1</v></c></row>' % (row, row) for row in range(1, 600_000)
    )
    members["xl/worksheets/sheet1.xml"] = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        + long
        + b"</sheetData></worksheet>"
    )
    bomb = zipped(members)
    size = len(members["xl/worksheets/sheet1.xml"])
    lying = bomb.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != bomb
    assert "too large or damaged" in refused(bomb, "c.xlsx")
    assert "damaged" in refused(lying, "c.xlsx")


def test_a_cell_far_outside_the_table_is_refused_before_memory_is_spent_on_it() -> None:
    far = xlsx_file({"Register": REGISTER})
    with zipfile.ZipFile(io.BytesIO(far)) as archive:
        members = {part: archive.read(part) for part in archive.namelist()}
    sheet = members["xl/worksheets/sheet1.xml"]
    members["xl/worksheets/sheet1.xml"] = sheet.replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    assert "too large" in refused(zipped(members), "c.xlsx")


def test_ods_rows_repeated_a_million_times_are_refused_and_empty_ones_are_not() -> None:
    with zipfile.ZipFile(io.BytesIO(ods_file({"Register": REGISTER}))) as archive:
        members = {part: archive.read(part) for part in archive.namelist()}
    content = members["content.xml"]
    for cell, is_refused in (
        (b'<table:table-cell table:number-columns-repeated="16384"/>', False),
        (b'<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>', True),
    ):
        filler = (
            b'<table:table-row table:number-rows-repeated="1048000">'
            + cell
            + b"</table:table-row></table:table>"
        )
        data = zipped({**members, "content.xml": content.replace(b"</table:table>", filler)})
        if is_refused:
            assert "too large" in refused(data, "c.ods")
        else:
            assert len(read_table(data, "c.ods").rows) == 3


def test_bounds_on_rows_columns_bytes_and_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "MOST_ROWS", 5)
    assert "5 rows" in refused(csv_file([("Ref", "Title")] + [("1", "x")] * 5))
    assert "columns" in refused(csv_file([["Title"] * 501]))
    monkeypatch.setattr(files, "MOST_BYTES", 1024 * 1024)
    assert "at most 1 MB" in refused(b"x," * 600_000)


def test_a_very_long_cell_is_cut_with_a_warning() -> None:
    table = read_table(csv_file([("Ref", "Title"), ("C1", "x" * 40_000)]), "c.csv")
    assert len(str(table.rows[1][1])) == 32_767
    assert [problem.row for problem in table.problems] == [2]


def test_a_missing_quotation_mark_spoils_its_own_row_alone() -> None:
    table = read_table(b'Ref,Title\nC1,"Parks\n' + b"C2,Grounds\n" * 20_000, "c.csv")
    assert len(table.rows) == 20_002
    assert table.rows[1] == ("C1", "Parks")
    assert [(problem.row, "quotation mark" in problem.message) for problem in table.problems] == [(2, True)]


def test_a_cell_of_several_lines_with_commas_stays_one_cell() -> None:
    table = read_table(
        b'Ref,Title,Notes\nC1,Parks,"Oak, ash, elm\nand, of course, lime"\nC2,Roads,\n', "c.csv"
    )
    assert table.rows[1] == ("C1", "Parks", "Oak, ash, elm\nand, of course, lime")
    assert not table.problems


def test_a_mark_that_the_next_odd_one_would_close_takes_no_rows() -> None:
    table = read_table(b'Ref,Title,Firm\nC1,"Parks,A\nC2,Roads,B\nC3,Pipe 5",C\nC4,Bins,D\n', "c.csv")
    assert [row[0] for row in table.rows] == ["Ref", "C1", "C2", "C3", "C4"]
