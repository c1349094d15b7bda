"""The demonstration as each of its people has it, and seeded a second time."""

from __future__ import annotations

import pytest
from django.test import override_settings

from tests.pages import Pages
from toolkit.accounts.models import Membership, Organisation, Person
from toolkit.accounts.reference_data import load_organisations
from toolkit.demo.people import PASSWORD, PEOPLE
from toolkit.demo.seeding import seed
from workflows.contracts.models import Contract
from workflows.journeys.models import Event
from workflows.pipeline.models import Entry
from workflows.pipeline.projection import rebuild
from workflows.procurements.models import Procurement


@pytest.fixture(scope="module")
def _seeded(kept: None) -> None:
    load_organisations()
    assert seed()


@pytest.fixture
def demonstration(_seeded: None, db: None) -> None:
    """Seeded once for this file."""


def test_seeding_again_changes_nothing(demonstration: None) -> None:
    models = (Organisation, Person, Membership, Procurement, Contract, Event, Entry)
    before = [model._default_manager.count() for model in models]
    assert not seed()
    assert [model._default_manager.count() for model in models] == before
    assert rebuild() == 0


def test_no_real_authority_gets_an_invented_entry(demonstration: None) -> None:
    for model in (Entry, Procurement, Contract, Membership):
        assert not model._default_manager.filter(organisation__is_demonstration=False).exists()
    assert Organisation.objects.filter(is_demonstration=False).count() == 36


@pytest.mark.parametrize("somebody", PEOPLE, ids=lambda person: person.local)
def test_each_person_signs_in_and_sees_their_home(
    demonstration: None, pages: Pages, somebody: object
) -> None:
    with override_settings(DEMO=True):
        page = pages.get("account_login")
        page = pages.submit(page, login=somebody.email, password=PASSWORD)  # type: ignore[attr-defined]  # a person of PEOPLE
        assert page.path == "/"
        assert "This is a demonstration" in page.text


def test_the_officers_home_says_what_is_due_and_who_is_waited_for(demonstration: None, pages: Pages) -> None:
    with override_settings(DEMO=True):
        pages.sign_in(Person.objects.get(email="officer.fleet@demo.example"))
        page = pages.get("home")
        assert "waiting for Dev Raman to endorse" in page.main
        assert "Welfare benefits advice line" in page.main
        pages.sign_in(Person.objects.get(email="approver.fleet@demo.example"))
        assert "Ada Okoro asks for your endorsement" in pages.get("home").main
