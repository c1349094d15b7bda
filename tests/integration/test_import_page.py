"""An officer's own register: brought, looked at, confirmed; and everything that can go wrong on the way."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.integration.fixtures import REGISTER
from tests.pages import Page, Pages
from tests.personas import People
from toolkit.core import clock
from toolkit.core.errors import Refused
from workflows.pipeline.importing import uploads
from workflows.pipeline.importing.outcome import Line
from workflows.pipeline.importing.pages import gathered
from workflows.pipeline.importing.reading import ReadRegister
from workflows.pipeline.models import Entry, Row, Upload
from workflows.pipeline.registers.rows import read_register


def bring(pages: Pages, data: bytes, name: str = "register.csv") -> Page:
    file = BytesIO(data)
    file.name = name
    return pages.submit(pages.get("pipeline_import"), file=file)


def test_an_officer_sees_what_would_change_before_it_does(pages: Pages, people: People) -> None:
    pages.sign_in(people.officer)
    page = bring(pages, REGISTER)
    assert page.h1 == "Check what will be brought in"
    assert "3 rows read: 3 new" in page.main
    assert "Library management system (row 4)" in page.main
    assert not Entry.objects.exists()
    done = pages.submit(page.form("Bring it in"))
    assert done.h1 == "What was brought in"
    assert Entry.objects.filter(organisation=people.fleet).count() == 3
    changed = bring(pages, REGISTER.replace(b"31/03/2028", b"30/09/2028"))
    assert changed.table("Changed") == [
        {
            "Where": "Row 4",
            "Title": "Library management system",
            "What changes": "End: 2028-03-31 → 2028-09-30",
        }
    ]
    assert Entry.objects.get(title="Library management system").ends_on == dt.date(2028, 3, 31)


def test_sending_it_twice_or_going_back_brings_it_in_once(pages: Pages, people: People) -> None:
    pages.sign_in(people.officer)
    form = bring(pages, REGISTER).form("Bring it in")
    first, second = pages.submit(form), pages.submit(form)
    assert "3 new" in first.main
    assert "3 new" in second.main, "the page still tells what happened"
    assert Row.objects.count() == 3
    again = bring(pages, REGISTER)
    assert "There is nothing to bring in" in again.main


def test_two_officers_with_one_file_bring_it_in_once(pages: Pages, people: People) -> None:
    colleague = people.member("officer")
    mine = bring(pages.sign_in(people.officer), REGISTER).form("Bring it in")
    theirs = bring(Pages().sign_in(colleague), REGISTER)
    pages.submit(mine)
    Pages.submit(other := Pages().sign_in(colleague), other.get(theirs.path).form("Bring it in"))
    assert Row.objects.count() == 3


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"%PDF-1.7 nothing of the kind", "register.pdf", "is a PDF"),
        (b"", "register.csv", "The file is empty"),
        (b"Title\n", "register.csv", "register.csv"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 40, "locked.xlsx", "protected by a password"),
        (b"x" * (10 * 1024 * 1024 + 1), "huge.csv", "smaller than 10 MB"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_register_is_refused_beside_the_field(
    pages: Pages, people: People, data: bytes, name: str, words: str
) -> None:
    page = bring(pages.sign_in(people.officer), data, name)
    assert len(page.errors) == 1
    assert words in page.errors[0]
    assert not Upload.objects.exists()


def test_fifty_megabytes_get_a_sentence_too(pages: Pages, people: People) -> None:
    pages.sign_in(people.officer)
    file = SimpleUploadedFile("huge.csv", b"Title,Supplier\n" * (50 * 1024 * 1024 // 15))
    page = pages.post("pipeline_import", {"file": file})
    assert page.errors == ["The file must be smaller than 10 MB"]


def test_warnings_are_gathered_and_told_row_by_row_in_the_download(pages: Pages, people: People) -> None:
    rows = b"".join(b"C%d,Contract %d,Firm Ltd,01/04/2025,31/02/2029\n" % (n, n) for n in range(300))
    page = bring(pages.sign_in(people.officer), b"Ref,Title,Supplier,Start date,End date\n" + rows)
    [line] = page.table("Worth a look")
    assert line["Where"] == "Rows 2, 3, 4, 5, 6, 7, 8, 9 and 292 more"
    report = pages.get(page.link("Download all 300 remarks, row by row (CSV)"))
    assert len(report.content.splitlines()) == 301


def test_where_names_every_row_of_few() -> None:
    lines = [Line(f"row {number}", "ends_on", "x", "is odd") for number in (4, 7, 9)]
    assert [notice.where for notice in gathered(lines)] == ["Rows 4, 7 and 9"]
    assert [notice.where for notice in gathered(lines[:1])] == ["Row 4"]
    assert [notice.where for notice in gathered([Line("a.csv", "sheet", "", "is odd")])] == ["a.csv"]


def test_a_register_comes_back_from_its_preview_as_it_went_in() -> None:
    read = ReadRegister.of(read_register(REGISTER, "register.csv"), "register.csv")
    assert ReadRegister.from_json(read.as_json()) == read


def test_an_upload_is_its_organisations_alone_and_is_forgotten_after_a_day(
    pages: Pages, people: People
) -> None:
    made = uploads.check(data=REGISTER, name="r.csv", organisation=people.fleet, actor=people.officer)
    pages.sign_in(people.neighbour).get("pipeline_upload", upload=made.slug, status=404)
    with pytest.raises(Refused):
        uploads.bring_in(upload=made, actor=people.neighbour)
    pages.sign_in(people.officer).get("pipeline_upload", upload=made.slug)
    with clock.held_at(clock.now() + dt.timedelta(hours=25)):
        pages.get("pipeline_upload", upload=made.slug, status=404)
        uploads.check(data=REGISTER, name="r.csv", organisation=people.fleet, actor=people.officer)
    assert not Upload.objects.filter(pk=made.pk).exists()


def test_no_contact_detail_waits_in_a_preview(people: People) -> None:
    data: Any = REGISTER.replace(b"Printing", b"Printing (Contact: Jo Brook jo.brook@fleet.example)")
    made = uploads.check(data=data, name="r.csv", organisation=people.fleet, actor=people.officer)
    assert "jo.brook" not in str(made.register)
    assert "Jo Brook" not in str(made.outcome)
