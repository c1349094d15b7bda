"""What a service has from its first day: the authorities with their identifiers, and the editors' group."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

from tests.pages import Pages
from tests.personas import People
from toolkit.accounts.models import OrganisationIdentifier
from toolkit.accounts.reference_data import load_organisations
from toolkit.desk.loading import EDITORS, load_editors


@pytest.mark.django_db
@pytest.mark.parametrize(("slug", "value"), [("hackney", "18547"), ("southwark", "5259")])
def test_identifiers_from_before_the_act_are_known_too(slug: str, value: str) -> None:
    load_organisations()
    found = OrganisationIdentifier.objects.get(scheme="GB-FTS", value=value)
    assert found.organisation.slug == slug
    assert found.organisation.identifiers.filter(scheme="GB-PPON").exists()


@pytest.mark.django_db
def test_starter_content_makes_the_editors_group_once() -> None:
    for _ in range(2):
        call_command("load_starter_content", verbosity=0)
    group = Group.objects.get(name=EDITORS)
    apps = set(group.permissions.values_list("content_type__app_label", flat=True))
    assert apps == {"documents", "editorial", "pages", "search"}
    of_documents = group.permissions.filter(content_type__app_label="documents")
    assert set(of_documents.values_list("content_type__model", flat=True)) == {"blankfile", "clause", "documenttemplate"}  # fmt: skip


@pytest.mark.django_db
def test_a_right_that_is_lacking_is_added_again() -> None:
    group = load_editors()
    before = group.permissions.count()
    group.permissions.remove(group.permissions.all()[0])
    assert load_editors().permissions.count() == before


def test_an_editor_changes_guidance_and_sees_no_people(people: People, pages: Pages) -> None:
    pages.sign_in(people.editor)
    pages.get("admin:pages_page_changelist")
    for model in ("person", "membership", "organisation", "activity"):
        pages.get(f"admin:accounts_{model}_changelist", status=403)
