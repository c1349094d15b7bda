"""Importing for real: counts, twice, dry runs, officers' words kept, nothing half-done."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.integration.fixtures import REGISTER, package, release
from tests.pages import Pages
from tests.personas import People
from toolkit.accounts.models import OrganisationName
from workflows.notices.models import Process, Release
from workflows.pipeline import services
from workflows.pipeline.importing.registers import import_register
from workflows.pipeline.importing.releases import import_releases
from workflows.pipeline.models import Entry, Row
from workflows.pipeline.projection import rebuild


@pytest.fixture
def boroughs(people: People) -> People:
    OrganisationName.objects.create(organisation=people.tyburn, name="London Borough of Tyburn")
    OrganisationName.objects.create(organisation=people.fleet, name="London Borough of Fleet")
    return people


def counts(**given: int) -> dict[str, int]:
    return {
        "read": 0,
        "added": 0,
        "updated": 0,
        "unchanged": 0,
        "duplicates": 0,
        "rejected": 0,
        "warnings": 0,
        **given,
    }


def releases(*raw: dict[str, Any]) -> dict[str, int]:
    return import_releases([("notices.json", package(*raw))]).as_json()


def test_every_unit_is_accounted_for_and_a_second_import_adds_nothing(boroughs: People) -> None:
    files = [
        ("a.json", package(release(), release(), {"id": "7"})),
        ("b.json", package(release(id="100009-2026"))),
    ]
    assert import_releases(files).as_json() == counts(read=4, added=2, duplicates=1, rejected=1, warnings=1)
    assert import_releases(files).as_json() == counts(
        read=4, unchanged=2, duplicates=1, rejected=1, warnings=1
    )
    assert Process.objects.count() == 1
    assert Release.objects.count() == 2
    assert rebuild() == 0


def test_a_published_notice_is_public_at_once(boroughs: People, pages: Pages) -> None:
    releases(release())
    page = pages.get("pipeline")
    assert "Library and archive system" in page.main
    assert "Tenders close on 15 December 2026" in page.main


def test_a_buyer_we_do_not_know_is_kept_but_not_shown(boroughs: People, pages: Pages) -> None:
    unknown = release(buyer={"name": "University of Tyburn"}, parties=[])
    assert releases(unknown) == counts(read=1, added=1, warnings=1)
    assert Process.objects.get().organisation is None
    assert not Entry.objects.exists()
    assert "Library and archive" not in pages.get("pipeline").main


def test_a_dry_run_says_the_same_and_changes_nothing(boroughs: People) -> None:
    outcome = import_releases([("notices.json", package(release()))], dry_run=True)
    assert outcome.as_json() == counts(read=1, added=1)
    assert not Process.objects.exists()
    register = import_register(REGISTER, "register.csv", organisation=boroughs.fleet, dry_run=True)
    assert register.added == 3
    assert not Row.objects.exists()


def test_one_bad_file_among_several_stops_the_run_before_anything_is_stored(
    boroughs: People, tmp_path: Path
) -> None:
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_bytes(package(release()))
    bad.write_text("Contract,Supplier\n")
    with pytest.raises(CommandError) as stopped:
        call_command("import_releases", str(good), str(bad))
    assert stopped.value.returncode == 2
    assert "bad.json" in str(stopped.value)
    assert not Process.objects.exists()


@pytest.mark.parametrize(
    "arguments",
    [["import_releases", "/nowhere.json"], ["import_register", "/nowhere.csv", "--organisation", "fleet"]],
)
def test_a_file_that_is_not_there_gets_one_sentence(boroughs: People, arguments: list[str]) -> None:
    assert boroughs.fleet
    with pytest.raises(CommandError, match="cannot be read") as stopped:
        call_command(*arguments)
    assert stopped.value.returncode == 2


def test_an_unknown_organisation_lists_the_known_ones(boroughs: People, tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    file.write_bytes(REGISTER)
    assert boroughs.fleet
    with pytest.raises(CommandError, match="fleet"):
        call_command("import_register", str(file), "--organisation", "atlantis")


def test_the_report_names_row_field_value_and_what_is_wrong(boroughs: People, tmp_path: Path) -> None:
    file, report, out = tmp_path / "register.csv", tmp_path / "report.csv", tmp_path / "out.txt"
    file.write_bytes(REGISTER)
    assert boroughs.fleet
    with out.open("w") as stream:
        call_command(
            "import_register", str(file), "--organisation", "fleet", "--report", str(report), stdout=stream
        )
    last = json.loads(out.read_text().splitlines()[-1])
    with report.open(encoding="utf-8-sig") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == last["warnings"] > 0
    assert list(rows[0]) == ["Row", "Field", "Value", "What is wrong"]
    assert {row["Row"] for row in rows} == {"row 6"}


def test_a_register_fills_the_pipeline_and_knows_its_rows_again(boroughs: People, pages: Pages) -> None:
    fleet = boroughs.fleet
    assert import_register(REGISTER, "register.csv", organisation=fleet).as_json()["added"] == 3
    again = import_register(REGISTER, "register.csv", organisation=fleet).as_json()
    assert (again["unchanged"], again["added"], again["updated"]) == (3, 0, 0)
    changed = REGISTER.replace(b"31/03/2028", b"30/09/2028")
    assert import_register(changed, "register.csv", organisation=fleet).as_json()["updated"] == 1
    entry = Entry.objects.get(title="Library management system")
    assert entry.ends_on is not None
    assert entry.ends_on.isoformat() == "2028-09-30"
    assert entry.visibility == "boroughs"
    assert entry.regime == "pcr2015", "signed before the Act began"
    assert "Library management system" not in pages.get("pipeline").main
    assert "Library management system" in pages.sign_in(boroughs.neighbour).get("pipeline").main


def test_what_an_officer_put_right_is_never_overwritten_silently(boroughs: People) -> None:
    import_register(REGISTER, "register.csv", organisation=boroughs.fleet)
    entry = Entry.objects.get(title="Library management system")
    services.correct(entry=entry, facts={"ends_on": dt.date(2027, 4, 1)}, actor=boroughs.officer)
    outcome = import_register(
        REGISTER.replace(b"31/03/2028", b"30/09/2028"), "register.csv", organisation=boroughs.fleet
    )
    entry.refresh_from_db()
    assert entry.ends_on == dt.date(2027, 4, 1)
    kept = [line for line in outcome.lines if line.where == entry.reference]
    assert [(line.field, line.value) for line in kept] == [("ends_on", "2028-09-30")]
    assert "the officer’s word was kept" in kept[0].message
    assert rebuild() == 0


def test_what_an_officer_put_right_on_a_notice_stays(boroughs: People) -> None:
    releases(release())
    entry = Entry.objects.get()
    services.correct(entry=entry, facts={"title": "Libraries, all of them"}, actor=boroughs.neighbour)
    tender = {**release()["tender"], "title": "Library and archive system (revised)"}
    result = releases(
        release(id="100002-2026", date="2026-11-20T10:00:00Z", tag=["tenderUpdate"], tender=tender)
    )
    assert result == counts(read=1, added=1, warnings=1)
    entry.refresh_from_db()
    assert entry.title == "Libraries, all of them"


def test_rows_of_another_borough_are_filed_there_by_the_operator_and_kept_back_from_an_officer(
    boroughs: People,
) -> None:
    mixed = (
        b"Organisation Name,Title,Supplier,Start Date,End Date\n"
        b"London Borough of Fleet,Own,A Ltd,01/04/2025,31/03/2029\n"
        b"London Borough of Tyburn,Theirs,B Ltd,01/04/2025,31/03/2029\n"
        b"University of Tyburn,Nobody,C Ltd,01/04/2025,31/03/2029\n"
    )
    assert boroughs.tyburn
    outcome = import_register(
        mixed, "mixed.csv", organisation=boroughs.fleet, may_file_for={boroughs.fleet.pk}, dry_run=True
    )
    assert outcome.added == 3
    import_register(mixed, "mixed.csv", organisation=boroughs.fleet)
    assert dict(Entry.objects.values_list("title", "organisation__slug")) == {
        "Own": "fleet",
        "Theirs": "tyburn",
    }
    assert Row.objects.filter(organisation=None).count() == 1


def test_no_contact_person_reaches_the_database(boroughs: People) -> None:
    releases(release())
    for model in (Process, Release, Entry):
        for row in model.objects.values():
            assert "Jo Brook" not in str(row)
            assert "jo.brook" not in str(row)
            assert "7946" not in str(row)
