"""The admin is in order: every model of ours is there, every list and every form opens, for staff alone."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.urls import reverse

from tests.factories.workflows import a_contract, a_procurement, an_entry
from tests.pages import Pages
from tests.personas import People

OURS = ("toolkit.", "guidance.", "workflows.")


def our_models() -> list[type[Model]]:
    return [
        model
        for config in apps.get_app_configs()
        if config.name.startswith(OURS)
        for model in config.get_models()
        if not model._meta.auto_created
        and (model.__name__ == "Event" or not model.__name__.endswith("Event"))
    ]


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model.__name__)
def test_every_model_has_a_list_that_searches_and_filters(
    pages: Pages, people: People, model: type[Model]
) -> None:
    if model not in admin.site._registry:
        inlines = {inline.model for each in admin.site._registry.values() for inline in each.inlines}
        assert model in inlines, f"{model.__name__} is neither in the admin nor within another model’s page"
        return
    an_entry(by=people.officer)
    a_contract(by=people.officer)
    a_procurement(by=people.officer)
    pages.sign_in(people.staff)
    meta = model._meta
    address = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
    page = pages.get(address, query={"q": "a"} if admin.site._registry[model].search_fields else {})
    assert page.status == 200
    for row in model._default_manager.all()[:1]:
        pages.get(reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk]))


def test_only_staff_come_in(pages: Pages, people: People) -> None:
    for person in (None, people.officer, people.administrator):
        page = pages.sign_in(person).get("/admin/", follow=False, status=302)
        assert "login" in page.headers["Location"]
