"""The conflicts log: declared, assessed, asked for, and confirmed before a notice goes out."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError

from tests.factories import a_decided_procurement, a_procurement, an_award
from tests.factories.logs import an_entry_of
from tests.pages import Pages
from tests.personas import People
from toolkit.core import clock
from toolkit.core.errors import Refused
from workflows.journeys import loading
from workflows.journeys.definitions import Task, TaskKind
from workflows.journeys.facts import Facts
from workflows.procurements.logs import conflicts, services
from workflows.procurements.logs.kinds import Log
from workflows.procurements.logs.models import Conflict, ConflictsConfirmation
from workflows.procurements.models import Procurement
from workflows.procurements.services import tasks


@pytest.fixture
def live(people: People) -> Procurement:
    return a_decided_procurement(by=people.officer)


class TestConflicts:
    """Declare, assess, remind, confirm at each notice."""

    def test_everybody_on_the_team_declares_and_the_rest_is_reminded(
        self, people: People, pages: Pages, live: Procurement, letters: Any
    ) -> None:
        endorser = live.team.get(role="endorser").person
        assert {one.name for one in conflicts.awaited(live)} == {str(people.officer), str(endorser)}
        page = pages.sign_in(people.officer).get("procurement_conflicts_declare", reference=live.reference)
        assert pages.submit(page, declared="interest").errors == ["Enter what the interest is"]
        page = pages.submit(page, declared="interest", interest="Shares in a supplier")
        assert "Not assessed" in page.main
        page = pages.submit(page.form("Ask them by e-mail"))
        assert page.banner.endswith("Asked by e-mail: 1")
        sent = letters()[-1]
        assert sent.to == [endorser.email]
        assert sent.subject == f"A declaration is asked of you in {live.reference}"
        assert live.title not in sent.body

    def test_one_who_endorses_declares_and_reads_their_own_alone(
        self, people: People, pages: Pages, live: Procurement
    ) -> None:
        an_entry_of(Log.CONFLICTS, live, by=people.officer)
        endorser = live.team.get(role="endorser").person
        page = pages.sign_in(endorser).get("procurement_conflicts_declare", reference=live.reference)
        page = pages.submit(page, declared="nothing")
        assert "Nothing to declare" in page.main
        assert "Councillor Vine" not in page.html
        assert Conflict.objects.get(person=endorser).part == "decides"
        with pytest.raises(Refused, match="Only those on the team declare"):
            conflicts.declare(procurement=live, declared="nothing", interest="", actor=people.viewer)

    def test_declaring_again_asks_for_a_new_assessment_and_keeps_what_was_said(
        self, people: People, live: Procurement
    ) -> None:
        declare: dict[str, Any] = {"procurement": live, "declared": "interest", "actor": people.officer}
        row = conflicts.declare(**declare, interest="Shares")
        given = {name: getattr(row, name) for name in row.FILLED}
        services.change(
            entry=row, log=Log.CONFLICTS, seen=1, reason="Assessed", actor=people.officer,
            given=given | {"nature": "perceived", "assessment": "Ten shares", "mitigation": "Sold"},
        )  # fmt: skip
        same = conflicts.declare(**declare, interest="Shares")
        assert (same.version, same.nature) == (2, "perceived")
        again = conflicts.declare(**declare, interest="Shares, and a sister there")
        assert (again.version, again.nature, again.lacks_assessment) == (3, "", True)
        assert Conflict.objects.filter(procurement=live).count() == 1

    def test_somebody_from_outside_needs_a_name(self, people: People, live: Procurement) -> None:
        with pytest.raises(Refused, match="Enter who it is"):
            an_entry_of(Log.CONFLICTS, live, by=people.officer, name="")

    @pytest.mark.parametrize(
        ("title", "kind", "above", "asked"),
        [
            ("Publish the tender notice (UK4)", TaskKind.NOTICE, True, True),
            ("Publish the transparency notice (UK5)", TaskKind.NOTICE, None, True),
            ("Publish the award notice (UK6)", TaskKind.NOTICE, True, True),
            ("Publish it (UK7)", TaskKind.NOTICE, True, True),
            ("Publish it (UK10)", TaskKind.NOTICE, True, True),
            ("Publish it (UK13)", TaskKind.NOTICE, True, True),
            ("Publish it (UK14)", TaskKind.NOTICE, True, True),
            ("Publish it (UK2)", TaskKind.NOTICE, True, False),
            ("Publish it (UK12)", TaskKind.NOTICE, True, False),
            ("Publish it (UK4)", TaskKind.ACTION, True, False),
            ("Publish the below-threshold tender notice (UK4)", TaskKind.NOTICE, False, False),
        ],
    )
    def test_which_notices_wait_for_it(
        self,
        title: str,
        kind: TaskKind,
        above: bool | None,
        asked: bool,
        people: People,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        live = a_procurement(by=people.officer)
        assert live.run is not None
        live.run.version = 2
        task = _notice(title, kind)
        assert conflicts.asks_confirmation(live, task, Facts(above_threshold=above)) == asked
        live.run.version = 1
        live.run.journey = "open-competition"
        assert not conflicts.asks_confirmation(live, task, Facts(above_threshold=above)), (
            "v1 means what it meant"
        )
        live.run.journey = "competitive-flexible"
        assert conflicts.asks_confirmation(live, task, Facts(above_threshold=above)) == asked
        live.regime = "pcr2015"
        assert not conflicts.asks_confirmation(live, task, Facts(above_threshold=above))

    def test_a_notice_is_refused_until_the_log_is_confirmed_for_it(
        self, people: People, pages: Pages, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(conflicts, "FIRST_ROUTES", frozenset())
        live = _ready_for_a_notice(people)
        pages.sign_in(people.officer)
        page = pages.get("procurement_task", reference=live.reference, slug="contract-details-notice")
        assert "Confirm the conflicts log" in page.main
        with pytest.raises(Refused, match="Confirm the conflicts log for this notice first"):
            tasks.complete_task(
                procurement=live, task="contract-details-notice", data=_published(), actor=people.officer
            )
        with pytest.raises(Refused, match="in words why"):
            _confirm(live, people, is_nothing=True)
        with pytest.raises(Refused, match="Nobody has declared"):
            _confirm(live, people)
        row = conflicts.declare(
            procurement=live, declared="interest", interest="Shares", actor=people.officer
        )
        with pytest.raises(Refused, match="cannot be said that there is nothing"):
            _confirm(live, people, is_nothing=True, words="We asked")
        with pytest.raises(Refused, match="not assessed yet"):
            _confirm(live, people)
        given = {name: getattr(row, name) for name in row.FILLED}
        services.change(
            entry=row, log=Log.CONFLICTS, seen=1, reason="Assessed", actor=people.officer,
            given=given | {"nature": "none", "assessment": "Sold years ago"},
        )  # fmt: skip
        page = pages.click(page, "Confirm the conflicts log")
        page = pages.submit(page, is_nothing="no")
        assert "Confirmed by Ada Okoro" in page.main
        tasks.complete_task(
            procurement=live, task="contract-details-notice", data=_published(), actor=people.officer
        )
        # The next time the notice goes out it is confirmed anew.
        tasks.reopen_task(procurement=live, task="contract-details-notice", actor=people.officer)
        with (
            clock.held_at(clock.now() + dt.timedelta(hours=1)),
            pytest.raises(Refused, match="Confirm the conflicts"),
        ):
            tasks.complete_task(
                procurement=live, task="contract-details-notice", data=_published(), actor=people.officer
            )

    def test_completing_it_twice_asks_nothing_twice(self, people: People) -> None:
        live = _ready_for_a_notice(people)
        _confirm(live, people, is_nothing=True, words="Nobody involved has an interest")
        data = _published()
        tasks.complete_task(procurement=live, task="contract-details-notice", data=data, actor=people.officer)
        tasks.complete_task(procurement=live, task="contract-details-notice", data=data, actor=people.officer)

    def test_a_confirmation_is_never_changed(self, people: People, live: Procurement) -> None:
        with pytest.raises(Refused, match="publishes no notice"):
            conflicts.confirm(
                procurement=live, task="evaluate", is_nothing=True, words="x", actor=people.officer
            )
        _confirm(live, people, is_nothing=True, words="We asked all", task="contract-details-notice")
        _confirm(live, people, is_nothing=True, words="We asked all", task="contract-details-notice")
        assert ConflictsConfirmation.objects.count() == 1
        with pytest.raises(DatabaseError, match="Cannot update"):
            ConflictsConfirmation.objects.update(words="y")


def _notice(title: str, kind: TaskKind) -> Task:
    return replace(loading.get("open-competition", 1).task("tender-notice"), title=title, kind=kind)


def _published() -> dict[str, str]:
    return {"published_on": clock.today().isoformat()}


def _ready_for_a_notice(people: People) -> Procurement:
    """A quotation that is awarded, treated as one above the threshold: its details notice can go out."""
    live, given = an_award(by=people.officer)
    tasks.record_award(procurement=live, task="record-contracts", contracts=given, actor=people.officer)
    Procurement.objects.filter(pk=live.pk).update(
        value_inc_vat=Decimal(900_000), value_ex_vat=Decimal(750_000)
    )
    live.refresh_from_db()
    return live


def _confirm(
    live: Procurement,
    people: People,
    *,
    is_nothing: bool = False,
    words: str = "",
    task: str = "contract-details-notice",
) -> ConflictsConfirmation:
    return conflicts.confirm(
        procurement=live, task=task, is_nothing=is_nothing, words=words, actor=people.officer
    )
