"""The demonstration: seeded twice it is the same, everyone can sign in, and it stays local."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import override_settings

from guidance.documents.models import Document, Example, OrganisationLogo, Variant, VariantVersion
from guidance.editorial.kinds import shipped_folders
from guidance.editorial.models import Revision
from guidance.editorial.services.shipped import load
from tests.pages import Pages
from toolkit.accounts.models import Organisation, Person
from toolkit.accounts.reference_data import load_organisations
from toolkit.demo.seeding import seed
from toolkit.jobs.models import OutboxMessage


def test_boroughs_make_something_of_the_shipped_templates(db: None, pages: Pages) -> None:
    load(*shipped_folders())
    load_organisations()
    assert seed()
    version = VariantVersion.objects.get()
    models = (Variant, VariantVersion, OrganisationLogo, Example, Document, Revision)
    before = [model._default_manager.count() for model in models]
    assert not seed()
    assert [model._default_manager.count() for model in models] == before
    with override_settings(DEMO=True):
        page = pages.sign_in(Person.objects.get(email="admin.fleet@demo.example")).get("own_templates")
        assert "1 to look at" in page.text
        page = pages.get("variant_newer", slug=version.variant.template.slug)
        assert "within two working days" in page.text
        assert "They fit the new version as they are" in page.text
        example = Example.objects.get()
        page = pages.sign_in(Person.objects.get(email="officer.fleet@demo.example")).get("examples")
        assert "Booking and tracking home repairs" in page.text
        page = pages.get("example", reference=example.document.reference)
        assert "Tyburn is landlord of 14,200 homes" in page.text
        assert "Fleet" not in page.main


def test_the_outbox_is_there_in_the_demonstration_alone(db: None, pages: Pages) -> None:
    OutboxMessage.objects.create(
        to="a@demo.example", subject="A step for you", body="See http://localhost:8000/x"
    )
    pages.get("outbox", status=404)
    with override_settings(DEMO=True):
        assert "A step for you" in pages.get("outbox").main


def test_seeding_is_refused_where_the_demonstration_is_off(db: None) -> None:
    with override_settings(DEMO=False), pytest.raises(CommandError, match="switched off"):
        call_command("seed_demo")


@pytest.mark.parametrize(
    ("demo", "anywhere", "hosts", "refused"),
    [
        ("1", "", "localhost,127.0.0.1", False),
        ("1", "", "toolkit.example.org", True),
        ("1", "1", "toolkit.example.org", False),
        ("0", "", "toolkit.example.org", False),
    ],
)
def test_a_host_that_is_not_local_has_to_be_named_twice(
    demo: str, anywhere: str, hosts: str, refused: bool
) -> None:
    environment = {
        **os.environ,
        "TOOLKIT_DEMO": demo,
        "TOOLKIT_DEMO_ANYWHERE": anywhere,
        "TOOLKIT_ALLOWED_HOSTS": hosts,
    }
    done = subprocess.run(
        [sys.executable, "-c", "import toolkit.settings"],
        env=environment,
        cwd=settings.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ("everybody knows its password" in done.stderr) == refused
    assert (done.returncode != 0) == refused


def test_reference_data_keeps_what_staff_changed_and_loads_once(db: None) -> None:
    assert (load_organisations().added, load_organisations().added) == (36, 0)
    sutton = Organisation.objects.get(slug="sutton")
    assert sutton.decision_model == "committees"
    sutton.decision_model = "executive"
    sutton.save()
    load_organisations()
    sutton.refresh_from_db()
    assert sutton.decision_model == "executive"
    shared = Organisation.objects.filter(domains__domain="richmondandwandsworth.gov.uk")
    assert set(shared.values_list("slug", flat=True)) == {"richmond-upon-thames", "wandsworth"}
