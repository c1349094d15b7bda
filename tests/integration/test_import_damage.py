"""Whatever a file holds, the run ends with counts and sentences: odd characters, odd moments, reports that can't be written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.integration.fixtures import REGISTER, package, release
from tests.personas import People
from toolkit.accounts.models import OrganisationName
from workflows.notices.models import Process, Release
from workflows.pipeline.importing.registers import import_register
from workflows.pipeline.importing.releases import import_releases
from workflows.pipeline.models import Entry, Row
from workflows.pipeline.projection import rebuild


@pytest.fixture
def boroughs(people: People) -> People:
    OrganisationName.objects.create(organisation=people.tyburn, name="London Borough of Tyburn")
    return people


def damaged(where: str, value: Any) -> dict[str, Any]:
    """A release with a value at `tender/legalBasis/id` and the like."""
    made = json.loads(json.dumps(release()))
    made["awards"] = [{"id": "1", "suppliers": [{"name": "Quillmark Ltd"}]}]
    made["contracts"] = [{"id": "1", "awardID": "1", "dateSigned": "2026-11-01"}]
    *path, last = where.split("/")
    holder: Any = made
    for part in path:
        holder = holder[int(part)] if part.isdigit() else holder[part]
    holder[int(last) if last.isdigit() else last] = value
    return made


PLACES = [
    "id", "ocid", "tag/0", "date", "tender/status", "tender/legalBasis/id", "buyer/id", "buyer/name", "contracts/0/id", "tender/title",
    "tender/description", "tender/lots/0/contractPeriod/endDate", "awards/0/suppliers/0/name", "contracts/0/dateSigned",
    "tender/procurementMethodDetails", "tender/documents/0/noticeType", "tender/documents/0/url", "awards/0/id",
]  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("value", ["a\x00b", "\x00", "\ud800", "x\udfffy", "\x1b[2J"])
def test_characters_that_no_text_may_hold_are_left_out(boroughs: People, place: str, value: str) -> None:
    outcome = import_releases([("odd.json", package(damaged(place, value), release(id="other")))])
    assert outcome.as_json()["read"] == 2
    assert outcome.added + outcome.rejected == 2
    assert any("no text may hold" in line.message for line in outcome.lines)


@pytest.mark.parametrize("place", ["date", "tender/tenderPeriod/endDate", "contracts/0/dateSigned"])
@pytest.mark.parametrize(
    "value",
    ["9999-12-31T23:59:59-23:00", "0001-01-01T00:00:00+23:00", "2026-01-01T00:00:00+23:59:59.999999", "0001-01-01", "9999-12-31"],
)  # fmt: skip
def test_a_moment_out_of_range_is_a_warning(boroughs: People, place: str, value: str) -> None:
    outcome = import_releases([("odd.json", package(damaged(place, value)))])
    assert outcome.added == 1
    assert value.startswith("2026") or any(line.message == "is out of range" for line in outcome.lines)


ODD = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=[]), max_size=12) | st.sampled_from(
    ["9999-12-31T23:59:59-23:00", "2026-11-02", "GBP", "active", "contractTermination", "UK6", "ocds-h6vhtk-0a0001", "0001-01-01T00:00:00+14:00"]
)  # fmt: skip
KEYS = st.sampled_from(
    [*release(), *release()["tender"], "awards", "contracts", "planning", "name", "amount", "amountGross", "currency", "startDate", "endDate",
     "suppliers", "period", "contractPeriod", "awardID", "relatedProcesses", "relationship", "identifier", "contactPoint", "dateSigned"]
)  # fmt: skip
VALUES = st.recursive(
    ODD, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5), max_leaves=15
)
RELEASES = st.dictionaries(KEYS, VALUES, max_size=6).map(lambda changes: {**release(), **changes})


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(raw=st.lists(RELEASES | VALUES, min_size=1, max_size=4))
def test_no_package_however_odd_ends_a_run(boroughs: People, raw: list[Any]) -> None:
    data = json.dumps({"releases": [release(id="sound"), *raw]}).encode()
    counts = import_releases([("odd.json", data)]).as_json()
    assert counts["read"] == sum(
        counts[name] for name in ("added", "updated", "unchanged", "duplicates", "rejected")
    )
    assert counts["read"] >= 1 + len(raw) - sum(isinstance(one, dict) for one in raw)
    again = import_releases([("odd.json", data)]).as_json()
    assert (again["added"], again["updated"]) == (0, 0)
    assert rebuild() == 0
    Process.objects.all().delete()


@pytest.mark.parametrize("command", ["import_releases", "import_register"])
class TestReports:
    def run(self, command: str, file: Path, report: str) -> None:
        more = ["--organisation", "fleet"] if command == "import_register" else []
        call_command(command, str(file), *more, "--report", report)

    def file(self, command: str, people: People, folder: Path) -> Path:
        assert people.fleet
        file = folder / "given"
        file.write_bytes(REGISTER if command == "import_register" else package(release()))
        return file

    def test_nothing_is_brought_in_when_the_report_cannot_be_written(
        self, command: str, boroughs: People, tmp_path: Path
    ) -> None:
        file = self.file(command, boroughs, tmp_path)
        for report in ("/nowhere/report.csv", str(tmp_path)):
            with pytest.raises(CommandError, match="cannot be written") as stopped:
                self.run(command, file, report)
            assert stopped.value.returncode == 2
        assert not Row.objects.exists()
        assert not Release.objects.exists()

    def test_a_report_never_takes_the_place_of_the_file(
        self, command: str, boroughs: People, tmp_path: Path
    ) -> None:
        file = self.file(command, boroughs, tmp_path)
        before = file.read_bytes()
        (tmp_path / "link").symlink_to(file)
        for report in (file, tmp_path / "link"):
            with pytest.raises(CommandError, match="is a file to be imported"):
                self.run(command, file, str(report))
        assert file.read_bytes() == before

    def test_a_report_of_before_stays_when_nothing_is_brought_in(
        self, command: str, boroughs: People, tmp_path: Path
    ) -> None:
        assert boroughs.fleet
        file, report = tmp_path / "given", tmp_path / "report.csv"
        file.write_bytes(b"\x89PNG nothing of the kind")
        report.write_text("of before")
        with pytest.raises(CommandError):
            self.run(command, file, str(report))
        assert report.read_text() == "of before"
        with pytest.raises(CommandError):
            self.run(command, file, str(tmp_path / "new.csv"))
        assert not (tmp_path / "new.csv").exists()

    def test_a_full_disk_still_says_what_was_done(
        self, command: str, boroughs: People, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = self.file(command, boroughs, tmp_path)
        with pytest.raises(CommandError, match="The import is done, but the report could not be written"):
            self.run(command, file, "/dev/full")
        assert json.loads(capsys.readouterr().out.splitlines()[-1])["added"] > 0


HEADER = "Contract reference,Title,Supplier name,Start date,End date\n"


@pytest.mark.parametrize("mark", ['"Parks', 'Parks"', '"Parks" and more', '"Parks, "green" ones'])
def test_a_quotation_mark_astray_takes_no_other_row_with_it(boroughs: People, mark: str) -> None:
    rows = [f"C{number},Contract {number},Firm {number} Ltd,01/04/2025,31/03/2029\n" for number in range(500)]
    rows[3] = f"C3,{mark},Firm 3 Ltd,01/04/2025,31/03/2029\n"
    rows[200] = '"C200","Contract, with a comma","Firm 200 Ltd","01/04/2025","31/03/2029"\n'
    outcome = import_register((HEADER + "".join(rows)).encode(), "quotes.csv", organisation=boroughs.fleet)
    assert outcome.as_json()["read"] == 500
    assert outcome.added == 500
    said = [line.where for line in outcome.lines if "quotation mark" in line.message]
    assert said == ([] if mark == 'Parks"' else ["row 5"])
    assert Entry.objects.filter(title="Contract, with a comma").exists()


def test_rows_of_nobody_belong_to_the_register_they_came_in(boroughs: People) -> None:
    mixed = b"Organisation Name,Title,Supplier,Start Date,End Date\nUniversity of Tyburn,Nobody,C Ltd,01/04/2025,31/03/2029\n"
    assert import_register(mixed, "mixed.csv", organisation=boroughs.fleet).added == 1
    theirs = mixed.replace(b"2029", b"2030")
    assert import_register(theirs, "mixed.csv", organisation=boroughs.tyburn).added == 1
    assert import_register(mixed, "mixed.csv", organisation=boroughs.fleet).unchanged == 1
    assert {row.held_for for row in Row.objects.select_related("held_for")} == {
        boroughs.fleet,
        boroughs.tyburn,
    }


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"tender": []}, "tender", "is not an object"),
        ({"awards": {}}, "awards", "is not a list of objects"),
        ({"tag": "tender"}, "tag", "is not a list"),
        ({"tag": ["tendered"]}, "tag", "is not a tag of OCDS"),
        ({"tag": None}, "tag", "is missing"),
        ({"tender": {**release()["tender"], "title": ""}}, "tender/title", "is missing"),
        ({"tender": {**release()["tender"], "value": {"amount": 5000}}}, "tender/value/amount", "has no currency"),
        ({"tender": {**release()["tender"], "value": {"amount": 0, "currency": "GBP"}}}, "tender/value/amount", "no value given"),
        ({"tender": {**release()["tender"], "lots": {"id": "1"}}}, "tender/lots", "is not a list of objects"),
    ],
)  # fmt: skip
def test_what_is_missing_or_misshapen_is_a_warning(
    boroughs: People, changes: dict[str, Any], field: str, message: str
) -> None:
    outcome = import_releases([("odd.json", package(release(**changes)))])
    assert outcome.added == 1
    assert any(line.field == field and message in line.message for line in outcome.lines), outcome.lines


def test_a_value_of_nothing_is_no_value(boroughs: People) -> None:
    import_releases([("zero.json", package(release(tender={**release()["tender"], "value": {"amountGross": 0, "currency": "GBP"}})))])  # fmt: skip
    assert Entry.objects.get().value_inc_vat is None


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("Please contact Jo Brook for the pack.", "for the pack."),
        ("Please contact Jo for the pack by Brook Street.", "by Brook Street."),
        ("Questions to Mr Brook or BROOK, Jo or J. Brook only.", "only."),
        ("The Brook Street library in Jo’s Lane.", "The Brook Street library in Jo’s Lane."),
    ],
)
def test_the_contact_persons_name_is_taken_out_of_the_text(boroughs: People, words: str, kept: str) -> None:
    import_releases([("names.json", package(release(tender={**release()["tender"], "description": words})))])
    for stored in (Release.objects.get().facts, Process.objects.get().facts, Entry.objects.get().description):
        assert "Jo Brook" not in str(stored)
        assert "contact Jo " not in str(stored)
        assert "Mr Brook" not in str(stored)
        assert kept in str(stored)
