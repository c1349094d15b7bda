"""A route that is withdrawn, and one whose file is missing, under what began on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.factories.workflows import a_procurement
from tests.pages import Pages
from tests.personas import People
from toolkit.core.errors import Refused
from workflows.journeys import loading, services
from workflows.journeys.definitions import Journey
from workflows.procurements.services import standing

OPEN = "open-competition"
WHY = "The procedure was found to lack a step."


def shipped(monkeypatch: pytest.MonkeyPatch, journeys: Mapping[tuple[str, int], Journey]) -> None:
    monkeypatch.setattr(loading, "all_journeys", lambda: journeys)


def test_a_withdrawn_route_is_offered_to_nobody_and_goes_on_for_what_began_on_it(
    pages: Pages, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    procurement = a_procurement(by=people.officer, route=OPEN)
    everything = loading.all_journeys()
    shipped(
        monkeypatch,
        {key: replace(each, withdrawn=WHY) if key[0] == OPEN else each for key, each in everything.items()},
    )
    assert OPEN not in {journey.slug for journey in loading.latest()}
    assert not loading.is_offered(OPEN)
    with pytest.raises(Refused, match="lack a step"):
        services.start(journey=OPEN, actor=people.officer)
    pages.sign_in(people.officer)
    page = pages.get("route", slug=OPEN)
    assert "This route is withdrawn" in page.main
    assert WHY in page.main
    assert "Start a procurement" not in page.main
    pages.get("procurement", reference=procurement.reference)
    pages.get("procurement_dates", reference=procurement.reference)


def test_a_missing_route_is_told_in_words_and_takes_nothing_else_down(
    pages: Pages, people: People, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    lost, sound = (
        a_procurement(by=people.officer, route=OPEN),
        a_procurement(by=people.officer, route="direct-award"),
    )
    shipped(monkeypatch, {key: each for key, each in loading.all_journeys().items() if key[0] != OPEN})
    pages.sign_in(people.officer)
    for name in ("procurement", "procurement_dates"):
        page = pages.get(name, reference=lost.reference, status=503)
        assert "is missing from this installation" in page.main
        pages.get(name, reference=sound.reference)
    pages.get("procurements")
    standing.rebuild()
    assert "open-competition" in caplog.text
