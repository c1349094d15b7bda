"""The same notices give the same state, whatever the order; and no notice takes away what an officer wrote."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from tests.integration.fixtures import package, release
from tests.pages import Pages
from tests.personas import People
from toolkit.accounts.models import OrganisationName
from toolkit.core import clock
from workflows.notices.models import Process
from workflows.pipeline import services
from workflows.pipeline.importing.releases import import_releases
from workflows.pipeline.models import Entry
from workflows.pipeline.projection import rebuild


@pytest.fixture
def boroughs(people: People) -> People:
    OrganisationName.objects.create(organisation=people.tyburn, name="London Borough of Tyburn")
    OrganisationName.objects.create(organisation=people.fleet, name="London Borough of Fleet")
    return people


def bring(*raw: dict[str, Any]) -> list[str]:
    """Import these; what the report says."""
    return [line.message for line in import_releases([("notices.json", package(*raw))]).lines]


def award(**changes: Any) -> dict[str, Any]:
    """An award notice as Find a Tender publishes it: the tender has neither dates nor value, the awards have."""
    return release(**{
        "id": "100005-2026", "date": "2026-11-10T10:00:00Z", "tag": ["award", "contract"],
        "tender": {"title": "Library and archive system", "legalBasis": {"id": "2023/54"}, "status": "complete"},
        "awards": [
            {"id": "1", "status": "pending", "suppliers": [{"name": "Quillmark Systems Ltd"}], "value": {"amountGross": 350000, "currency": "GBP"},
             "contractPeriod": {"startDate": "2027-06-01", "endDate": "2030-05-31", "maxExtentDate": "2032-05-31"},
             "documents": [{"id": "d", "noticeType": "UK6"}]},
            {"id": "2", "status": "pending", "suppliers": [{"name": "Archive Hands Ltd"}], "value": {"amountGross": 50000, "currency": "GBP"},
             "contractPeriod": {"startDate": "2027-04-01", "endDate": "2031-03-31"}},
            {"id": "3", "status": "unsuccessful", "suppliers": [{"name": "Nobody Ltd"}], "value": {"amountGross": 7, "currency": "GBP"}},
        ],
        **changes,
    })  # fmt: skip


def test_an_award_notice_fills_its_entry_from_its_awards(boroughs: People, pages: Pages) -> None:
    bring(award())
    entry = Entry.objects.get()
    assert entry.stage == "award"
    assert (entry.starts_on, entry.ends_on) == (dt.date(2027, 4, 1), dt.date(2031, 3, 31))
    assert entry.value_inc_vat == Decimal("400000")
    assert entry.latest_end_on == dt.date(2032, 5, 31)
    assert entry.suppliers == "Archive Hands Ltd, Quillmark Systems Ltd"
    assert "Awarded: the contract ends on 31 March 2031" in pages.get("pipeline").main


@pytest.mark.parametrize(
    ("published", "is_listed"), [("2026-06-01T10:00:00Z", True), ("2025-03-01T10:00:00Z", False)]
)
def test_a_notice_without_a_date_leaves_the_list_after_eighteen_months(
    boroughs: People, pages: Pages, published: str, is_listed: bool
) -> None:
    bring(release(date=published, tender={"title": "Library and archive system", "status": "active"}))
    assert Entry.objects.get().happens_on is None
    assert ("Library and archive system" in pages.get("pipeline").main) == is_listed


def test_what_somebody_confirmed_lately_stays_in_the_list(boroughs: People, pages: Pages) -> None:
    bring(release(date="2025-03-01T10:00:00Z", tender={"title": "Library and archive system"}))
    services.confirm(entry=Entry.objects.get(), actor=boroughs.neighbour)
    assert "Library and archive system" in pages.get("pipeline").main


FRAMEWORK = release(
    ocid="ocds-h6vhtk-0f0001", id="f1", tender={**release()["tender"], "legalBasis": {"id": "32014L0024"}}
)
CALL_OFF = release(
    ocid="ocds-h6vhtk-0f0002",
    id="c1",
    tender={**release()["tender"], "legalBasis": None},
    relatedProcesses=[{"id": "1", "relationship": ["framework"], "identifier": "ocds-h6vhtk-0f0001"}],
)
OF_CALL_OFF = {
    **CALL_OFF,
    "ocid": "ocds-h6vhtk-0f0003",
    "id": "cc1",
    "relatedProcesses": [{"id": "1", "relationship": ["framework"], "identifier": "ocds-h6vhtk-0f0002"}],
}


@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize("how", ["one file", "three files", "three runs"])
def test_a_call_off_has_its_frameworks_law_whichever_comes_first(
    boroughs: People, order: tuple[int, ...], how: str
) -> None:
    given = [(FRAMEWORK, CALL_OFF, OF_CALL_OFF)[number] for number in order]
    if how == "one file":
        bring(*given)
    elif how == "three files":
        import_releases([(f"{number}.json", package(one)) for number, one in enumerate(given)])
    else:
        for one in given:
            bring(one)
    assert set(Process.objects.values_list("regime", flat=True)) == {"pcr2015"}
    assert set(Entry.objects.values_list("regime", flat=True)) == {"pcr2015"}
    assert rebuild() == 0


def test_importing_again_mends_what_an_earlier_import_could_not_know(boroughs: People) -> None:
    bring(FRAMEWORK, CALL_OFF)
    child = Process.objects.get(ocid="ocds-h6vhtk-0f0002")
    child.facts = {**child.facts, "regime": "unknown"}
    child.regime = "unknown"
    child.save()
    bring(CALL_OFF)
    child.refresh_from_db()
    assert child.regime == "pcr2015"


def state() -> list[Any]:
    ignored = ("id", "reference", "process_id", "search", "created_at", "projected_at")
    return sorted(
        str({name: value for name, value in row.items() if name not in ignored})
        for row in Entry.objects.values()
    ) + sorted(str(facts) for facts in Process.objects.values_list("facts", flat=True))


def test_any_order_of_releases_in_any_number_of_runs_gives_one_state(boroughs: People) -> None:
    later = release(
        id="100002-2026",
        date="2026-11-05T23:30:00+01:00",
        buyer={"name": "London Borough of Fleet"},
        parties=[],
    )
    given = [release(), later, award(), FRAMEWORK, CALL_OFF, OF_CALL_OFF]
    states = []
    shuffle = random.Random(7)
    for runs in (1, 2, 6):
        for _ in range(2):
            shuffle.shuffle(given)
            for start in range(runs):
                bring(*given[start::runs])
            states.append(state())
            assert rebuild() == 0
            Process.objects.all().delete()
    assert all(one == states[0] for one in states)


def test_copies_of_one_release_that_differ_give_one_state_and_a_warning(boroughs: People) -> None:
    newer = release(date="2026-11-03T10:00:00Z", tender={**release()["tender"], "title": "Newer words"})
    for first, second in ((release(), newer), (newer, release())):
        said = bring(first, second)
        assert any("differs from the release of the same id" in message for message in said)
        assert Entry.objects.get().title == "Newer words"
        Process.objects.all().delete()


def wrote_on(entry: Entry, by: Any) -> None:
    services.answer_for(
        entry=entry, intent="stop", openness="buy", confidence="firm", visibility="public", intent_visibility="team", actor=by
    )  # fmt: skip


UNKNOWN = {
    "buyer": {"name": "University of Tyburn"},
    "parties": [],
    "id": "100009-2026",
    "date": "2026-11-20T10:00:00Z",
}
MOVED = {**UNKNOWN, "buyer": {"name": "London Borough of Fleet"}}


def test_a_buyer_we_do_not_know_takes_no_officers_word_away(boroughs: People) -> None:
    bring(release())
    wrote_on(Entry.objects.get(), boroughs.neighbour)
    said = bring(release(**UNKNOWN))
    entry = Entry.objects.get()
    assert (entry.intent, entry.openness, entry.is_over, entry.organisation) == (
        "stop",
        "buy",
        True,
        boroughs.tyburn,
    )
    assert any("what officers wrote on it was kept" in message for message in said)
    assert rebuild() == 0
    assert not bring(release(**UNKNOWN)), "nothing new, so nothing to say"


def test_an_untouched_entry_of_a_buyer_we_no_longer_know_goes_and_the_report_says_so(
    boroughs: People,
) -> None:
    bring(release())
    assert any("the entry was removed" in message for message in bring(release(**UNKNOWN)))
    assert not Entry.objects.exists()


def test_a_changed_buyer_gets_an_entry_without_the_words_of_the_old_one(boroughs: People) -> None:
    bring(release())
    wrote_on(Entry.objects.get(), boroughs.neighbour)
    said = bring(release(**MOVED))
    old, new = Entry.objects.get(organisation=boroughs.tyburn), Entry.objects.get(organisation=boroughs.fleet)
    assert (old.intent, old.is_over, old.intent_visibility) == ("stop", True, "team")
    assert (new.intent, new.openness, new.is_over, new.intent_visibility) == (
        "undecided",
        "not-said",
        False,
        "borough",
    )
    assert any("Tyburn" in message and "was kept" in message for message in said)
    assert rebuild() == 0
    bring(release(id="100010-2026", date="2026-11-21T10:00:00Z"))
    old.refresh_from_db()
    assert not old.is_over, "the notices are Tyburn’s again, and so is its entry"
    assert not Entry.objects.filter(organisation=boroughs.fleet).exists()


def test_an_untouched_entry_goes_along_with_its_buyer_and_the_report_says_so(boroughs: People) -> None:
    bring(release())
    reference = Entry.objects.get().reference
    assert any("was Tyburn" in message for message in bring(release(**MOVED)))
    entry = Entry.objects.get()
    assert (entry.reference, entry.organisation) == (reference, boroughs.fleet)


def test_a_notice_published_on_the_last_day_counts_in_london(boroughs: People) -> None:
    bring(release(date="2026-11-23T23:59:59Z"))
    assert Entry.objects.get().published_on == clock.today() - dt.timedelta(days=1)
