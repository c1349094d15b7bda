"""The logs of a procurement: written, changed, closed, found again; many at once."""

from __future__ import annotations

import csv
import datetime as dt
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.db.utils import DatabaseError

from tests.factories import a_decided_procurement, a_draft
from tests.factories.logs import _GIVEN, a_question, a_risk, an_entry_of
from tests.pages import Pages
from tests.personas import People
from tests.threads import at_once
from toolkit.accounts.readers import reader_of
from toolkit.core import clock
from toolkit.core.errors import Refused
from workflows.journeys import loading
from workflows.procurements.facts import facts_of, journey_of
from workflows.procurements.logs import conflicts, permissions, services
from workflows.procurements.logs.kinds import KINDS, Log, log_of
from workflows.procurements.logs.models import (
    Clarification,
    Conflict,
    LoggedDecision,
    Risk,
)
from workflows.procurements.logs.rules import faults, names_asker
from workflows.procurements.models import Procurement
from workflows.procurements.services import sharing

ASKER = "Greenbank Grounds Ltd"


@pytest.fixture
def live(people: People) -> Procurement:
    return a_decided_procurement(by=people.officer)


@pytest.mark.parametrize("log", list(Log))
def test_an_entry_is_written_changed_closed_and_read_again(
    log: Log, people: People, pages: Pages, live: Procurement
) -> None:
    pages.sign_in(people.officer)
    page = pages.get("procurement_log_add", reference=live.reference, log=log)
    assert "What you write may be disclosed" in page.main
    refused = pages.submit(page)
    assert refused.errors
    today = clock.today()
    given: dict[str, Any] = {}
    for name, value in _GIVEN[log]().items():
        if isinstance(value, dt.datetime):
            given |= {"released_on_0": str(today.day), "released_on_1": str(today.month), "released_on_2": str(today.year),
                      "released_time": "08:30"}  # fmt: skip
        elif isinstance(value, dt.date):
            given |= {
                f"{name}_0": str(value.day),
                f"{name}_1": str(value.month),
                f"{name}_2": str(value.year),
            }
        elif isinstance(value, bool):
            continue
        elif value is not None:
            given[name] = str(value)
    fields = page.form().fields
    typed: dict[str, Any] = {_as_on_page(fields, name): value for name, value in given.items()}
    page = pages.submit(page, **typed)
    assert "written in the log" in page.banner
    entry = KINDS[log].model._default_manager.get(procurement=live)
    assert entry.number == 1
    page = pages.get("procurement_log_change", reference=live.reference, log=log, number="1")
    text = {
        Log.CONFLICTS: "mitigation", Log.ENGAGEMENT: "about", Log.CLARIFICATION: "published_answer", Log.RISKS: "action",
        Log.DECISIONS: "reasons", Log.OPENING: "bidders",
    }[log]  # fmt: skip
    right: dict[str, Any] = {text: "Put right"}
    assert pages.submit(page, **right).errors == ["Enter why it changes"]
    page = pages.submit(page, **right, reason="It was wrong")
    assert "Put right" in page.main
    assert "What it said before" in page.main
    assert "It was wrong" in page.main
    pages.submit(
        pages.get("procurement_log_close", reference=live.reference, log=log, number="1"), reason="Over"
    )
    assert "Closed" in pages.get("procurement_log", reference=live.reference, log=log).main
    assert (
        "No entry"
        in pages.get("procurement_log", reference=live.reference, log=log, query={"show": "open"}).main
    )
    assert "Put right" in pages.get("procurement_log_print", reference=live.reference, log=log).main
    assert "1 entry" in pages.get("procurement_logs", reference=live.reference).main


def _as_on_page(fields: dict[str, list[str]], name: str) -> str:
    """A part of a day as the page calls it."""
    stem, _, part = name.rpartition("_")
    word = {"0": "day", "1": "month", "2": "year"}.get(part, "")
    return next((each for each in (f"{stem}_{word}", f"{stem}-{word}", name) if each in fields), name)


def test_what_was_said_before_is_kept_and_nothing_is_deleted(people: People, live: Procurement) -> None:
    entry = a_risk(live, by=people.officer)
    given = {**_GIVEN[Log.RISKS](), "action": "Another boiler"}
    services.change(entry=entry, log=Log.RISKS, given=given, seen=1, reason="New plan", actor=people.officer)
    with connection.cursor() as cursor:
        cursor.execute("SELECT action, change_reason FROM procurements_riskevent ORDER BY pgh_id")
        assert cursor.fetchall() == [("A survey in January", ""), ("Another boiler", "New plan")]
    with pytest.raises(DatabaseError, match="Cannot delete"):
        Risk.objects.all().delete()


def test_whoever_changes_second_is_told(people: People, live: Procurement) -> None:
    entry = a_risk(live, by=people.officer)
    given = _GIVEN[Log.RISKS]()
    change: dict[str, Any] = {"entry": entry, "log": Log.RISKS, "seen": 1, "actor": people.officer}
    services.change(**change, given={**given, "action": "One"}, reason="One")
    with pytest.raises(Refused, match="Somebody has changed this entry"):
        services.change(**change, given={**given, "action": "Two"}, reason="Two")
    with pytest.raises(Refused, match="Enter why it changes"):
        services.change(**{**change, "seen": 2}, given={**given, "action": "Two"}, reason=" ")
    same = services.change(**{**change, "seen": 1}, given={**given, "action": "One"}, reason="")
    assert same.version == 2, "nothing new: a no-op, whatever was seen"


def test_a_form_sent_twice_writes_once(people: People, live: Procurement) -> None:
    key = uuid4()
    for _ in range(2):
        services.add(
            procurement=live, log=Log.RISKS, given=_GIVEN[Log.RISKS](), actor=people.officer, form_key=key
        )
    assert Risk.objects.count() == 1


def test_only_those_who_work_on_it_write(people: People, live: Procurement) -> None:
    for person in (people.viewer, people.approver, people.auditor, people.administrator, people.neighbour, people.coordinator,
                   people.member("officer", name="Nia Webb")):  # fmt: skip
        with pytest.raises(Refused, match="Only those who work on"):
            a_risk(live, by=person)
    draft = a_draft(by=people.officer)
    with pytest.raises(Refused):
        a_risk(draft, by=people.officer)
    sharing.add_to_team(procurement=live, person=people.contributor, role="member", actor=people.officer)
    assert a_risk(live, by=people.contributor).number == 1


def test_a_wrong_field_is_a_mistake_of_ours(people: People, live: Procurement) -> None:
    with pytest.raises(ValueError, match="no fields of the log"):
        an_entry_of(Log.RISKS, live, by=people.officer, written_by="x")


class TestWhoReads:
    """Outside the window; within it see test_confidential_window."""

    def test_each_log(self, people: People, live: Procurement) -> None:
        seen = {
            person: {log for log in Log if permissions.opens(reader_of(getattr(people, person)), live, log)}
            for person in ("officer", "auditor", "viewer", "administrator", "neighbour", "coordinator")
        }
        some = {Log.ENGAGEMENT, Log.CLARIFICATION, Log.DECISIONS}
        assert seen["officer"] == seen["auditor"] == set(Log)
        assert seen["viewer"] == seen["administrator"] == some

    def test_risks_go_with_the_intent(self, people: People, live: Procurement) -> None:
        for level, sees in (("team", False), ("borough", True)):
            sharing.share(
                procurement=live, visibility="boroughs", intent_visibility=level, actor=people.officer
            )
            live.refresh_from_db()
            assert permissions.opens(reader_of(people.viewer), live, Log.RISKS) == sees
            assert not permissions.sees_all(reader_of(people.neighbour), live, Log.RISKS)

    def test_who_asked_is_for_the_team_alone_always(
        self, people: People, pages: Pages, live: Procurement
    ) -> None:
        a_question(live, by=people.officer)
        a_question(
            live, by=people.officer, published_on=None, published_question="Is Saturday a working day?"
        )
        for person in (people.auditor, people.viewer, people.administrator):
            pages.sign_in(person)
            for page in (
                pages.get("procurement_log", reference=live.reference, log="clarification"),
                pages.get("procurement_log_print", reference=live.reference, log="clarification"),
                pages.get("procurement_log_entry", reference=live.reference, log="clarification", number="1"),
                pages.get("procurement_clarification_csv", reference=live.reference),
            ):
                assert "Greenbank" not in page.html
                assert "Saturday" not in page.html
                assert "May a supplier bid for one lot?" in page.html
            pages.get(
                "procurement_log_entry", reference=live.reference, log="clarification", number="2", status=404
            )
            # A search tells nothing either: it does not look where they may not.
            found = pages.get(
                "procurement_log", reference=live.reference, log="clarification", query={"q": "greenbank"}
            )
            assert "No entry" in found.main
        own = pages.sign_in(people.officer).get(
            "procurement_log", reference=live.reference, log="clarification"
        )
        assert ASKER in own.main
        sheet = pages.get("procurement_clarification_csv", reference=live.reference)
        assert "Greenbank" not in sheet.html, "what goes out to suppliers never names one of them"

    def test_a_decision_in_confidence(self, people: People, pages: Pages, live: Procurement) -> None:
        an_entry_of(Log.DECISIONS, live, by=people.officer, what="Two lots")
        an_entry_of(
            Log.DECISIONS, live, by=people.officer, what="A low price asked about", in_confidence=True
        )
        page = pages.sign_in(people.viewer).get("procurement_log", reference=live.reference, log="decisions")
        assert "Two lots" in page.main
        assert "low price" not in page.main
        assert "Record the approval to seek quotations" in page.main, "the formal one"

    def test_a_decision_written_beside_live_bids_is_in_confidence(
        self, people: People, live: Procurement
    ) -> None:
        an_entry_of(Log.OPENING, live, by=people.officer)
        live.refresh_from_db()
        an_entry_of(Log.DECISIONS, live, by=people.officer)
        assert LoggedDecision.objects.get().in_confidence


class TestRules:
    """Bad input."""

    NOW = dt.datetime(2026, 11, 24, 9, tzinfo=clock.LONDON)

    @pytest.mark.parametrize(
        ("log", "given", "field"),
        [
            (Log.CONFLICTS, {"declared": "interest", "interest": ""}, "interest"),
            (Log.CONFLICTS, {"declared": "nothing", "declared_on": None}, "declared_on"),
            (Log.CONFLICTS, {"declared": "not-yet"}, "declared"),
            (Log.CONFLICTS, {"declared_on": dt.date(2026, 11, 25)}, "declared_on"),
            (Log.CONFLICTS, {"nature": "actual", "mitigation": ""}, "mitigation"),
            (Log.CONFLICTS, {"nature": "none", "assessment": ""}, "assessment"),
            (Log.ENGAGEMENT, {"held_on": dt.date(2099, 1, 1)}, "held_on"),
            (Log.ENGAGEMENT, {"told": "everybody", "what_told": "The budget"}, "shared_on"),
            (Log.ENGAGEMENT, {"told": "not-yet", "what_told": ""}, "what_told"),
            (Log.ENGAGEMENT, {"told": "nothing", "shared_on": dt.date(2026, 11, 1)}, "told"),
            (Log.CLARIFICATION, {"answered_on": dt.date(2026, 11, 1)}, "answered_on"),
            (Log.CLARIFICATION, {"published_on": dt.date(2026, 11, 1)}, "published_on"),
            (Log.CLARIFICATION, {"published_answer": ""}, "published_answer"),
            (Log.CLARIFICATION, {"published_question": "Greenbank Grounds asks"}, "published_question"),
            (Log.CLARIFICATION, {"published_answer": "As greenbank said"}, "published_answer"),
            (Log.CLARIFICATION, {"effect": "longer"}, "new_deadline_on"),
            (Log.CLARIFICATION, {"new_deadline_on": dt.date(2026, 12, 24)}, "effect"),
            (Log.DECISIONS, {"decided_on": dt.date(2026, 11, 25)}, "decided_on"),
            (Log.OPENING, {"late": 1}, "late_why"),
            (Log.OPENING, {"released_at": NOW + dt.timedelta(minutes=1)}, "released_on"),
        ],
    )  # fmt: skip
    def test_each_says_what_is_wrong_beside_its_field(
        self, log: Log, given: dict[str, Any], field: str
    ) -> None:
        with clock.held_at(self.NOW):
            assert field in [name for name, _ in faults(log, {**_GIVEN[log](), **given}, now=self.NOW)]
            assert not faults(log, _GIVEN[log](), now=self.NOW)

    @pytest.mark.parametrize(
        ("asker", "text", "names"),
        [
            ("Greenbank Grounds Ltd", "May GREENBANK bid?", True),
            ("A & B Ltd", "May a and b bid?", False),
            ("Acme", "Acme’s question", False),
            ("Acme", "Is it acme?", True),
            ("The Ltd", "The limited company", False),
            ("", "Anything", False),
        ],
    )
    def test_an_asker_is_named_by_name(self, asker: str, text: str, names: bool) -> None:
        assert names_asker(asker, text) == names

    def test_addresses_out_of_range(self, people: People, pages: Pages, live: Procurement) -> None:
        pages.sign_in(people.officer)
        for number in ("0", "99999999999999999999", "x", "²"):
            pages.client.get(f"/procurements/{live.reference}/logs/risks/entries/{number}/")
            assert (
                pages.client.get(f"/procurements/{live.reference}/logs/risks/entries/{number}/").status_code
                == 404
            )
        pages.get("procurement_log", reference=live.reference, log="nothing", status=404)
        pages.get(
            "procurement_log",
            reference=live.reference,
            log="risks",
            query={"q": "%_'\\ 99999999999", "page": "-1"},
        )
        draft = a_draft(by=people.officer)
        pages.get("procurement_logs", reference=draft.reference, status=404)


def test_steps_lead_to_their_logs(people: People, pages: Pages, live: Procurement) -> None:
    journey = loading.get("open-competition", 1)
    led = {task.slug: log_of(task) for task in journey.tasks if log_of(task) is not None}
    assert led["conflicts-log"] == led["conflicts-assessment"] == led["conflicts-review"] == Log.CONFLICTS
    assert led["run-engagement"] == Log.ENGAGEMENT
    assert led["clarifications"] == Log.CLARIFICATION
    assert led["tender-period"] == Log.OPENING
    assert led["supply-chain-risks"] == Log.RISKS
    assert led["award-decision"] == Log.DECISIONS
    assert log_of(journey_of(live, facts_of(live)).task("quotation-period")) == Log.OPENING
    a_question(live, by=people.officer)
    page = pages.sign_in(people.officer).get(
        "procurement_task", reference=live.reference, slug="clarifications"
    )
    assert "Clarification: 1 entry" in page.main


def test_an_advantage_that_only_one_has_is_flagged_until_it_is_shared_or_settled(
    people: People, pages: Pages, live: Procurement
) -> None:
    entry = an_entry_of(Log.ENGAGEMENT, live, by=people.officer, told="not-yet", what_told="The budget")
    pages.sign_in(people.officer)
    assert (
        "They have had what nobody else has had"
        in pages.get("procurement_log", reference=live.reference, log="engagement").main
    )
    given = {name: getattr(entry, name) for name in entry.FILLED}
    services.change(
        entry=entry, log=Log.ENGAGEMENT, seen=1, reason="Shared", actor=people.officer,
        given=given | {"told": "everybody", "shared_on": clock.today()},
    )  # fmt: skip
    assert "nobody else" not in pages.get("procurement_log", reference=live.reference, log="engagement").main


def _many(live: Procurement, people: People, number: int) -> None:
    common = {"question": "As asked", "asked_on": clock.today(), "answered_on": clock.today(), "published_on": clock.today(),
              "procurement": live, "written_by": people.officer, "asker": ASKER}  # fmt: skip
    Clarification.objects.bulk_create(
        Clarification(
            **common,
            number=place,
            published_question=f"=Question about room {place}",
            published_answer=f"Answer {place}",
        )
        for place in range(1, number + 1)
    )


def test_two_thousand_clarifications_are_paged_searched_and_downloaded(
    people: People, pages: Pages, live: Procurement, queries: Any
) -> None:
    _many(live, people, 2_000)
    pages.sign_in(people.officer)
    page = pages.get("procurement_log", reference=live.reference, log="clarification")
    assert "2,000 entries" in page.main
    assert "Page 1 of 80" in page.main
    assert len(page.content) < 120_000
    found = pages.get(
        "procurement_log", reference=live.reference, log="clarification", query={"q": "room 1234"}
    )
    assert "1 entry" in found.main
    assert "Answer 1234" in found.main
    with queries(20):
        pages.client.get(f"/procurements/{live.reference}/logs/clarification/?page=40")
    sheet = pages.get("procurement_clarification_csv", reference=live.reference)
    rows = list(csv.reader(StringIO(sheet.content.decode("utf-8-sig"))))
    assert len(rows) == 2_001
    assert rows[1][:3] == ["1", "'=Question about room 1", "Answer 1"]
    printed = pages.client.get(f"/procurements/{live.reference}/logs/clarification/print/")
    assert printed.content.count(b"<section>") == 2_000


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_numbers_of_their_own(people: People) -> None:
    live = a_decided_procurement(by=people.officer)
    _many(live, people, 50)

    def ask(place: int) -> Any:
        return lambda: a_question(live, by=people.officer, asker="", question=f"At once {place}")

    done = at_once(*(ask(place) for place in range(8)))
    assert sorted(entry.number for entry in done) == list(range(51, 59))


@pytest.mark.django_db(transaction=True)
def test_two_who_change_one_entry_at_once_lose_nothing(people: People) -> None:
    live = a_decided_procurement(by=people.officer)
    entry = a_risk(live, by=people.officer)

    def change(action: str) -> Any:
        return lambda: services.change(
            entry=entry, log=Log.RISKS, given={**_GIVEN[Log.RISKS](), "action": action}, seen=1, reason="x",
            actor=people.officer,
        )  # fmt: skip

    done = at_once(change("One"), change("Two"))
    assert sum(isinstance(each, Refused) for each in done) == 1
    entry.refresh_from_db()
    assert entry.version == 2


@pytest.mark.django_db(transaction=True)
def test_two_declarations_of_one_person_at_once_are_one(people: People) -> None:
    live = a_decided_procurement(by=people.officer)

    def declare() -> Conflict:
        return conflicts.declare(procurement=live, declared="nothing", interest="", actor=people.officer)

    at_once(declare, declare)
    assert Conflict.objects.filter(procurement=live, person=people.officer).count() == 1


def test_pages_of_logs_ask_a_fixed_number_of_questions(
    people: People, pages: Pages, live: Procurement, queries: Any
) -> None:
    for log in Log:
        for _ in range(3):
            an_entry_of(log, live, by=people.officer)
    pages.sign_in(people.officer)
    with queries(20):
        pages.client.get(f"/procurements/{live.reference}/logs/")
    for log in Log:
        with queries(22):
            pages.client.get(f"/procurements/{live.reference}/logs/{log}/")
