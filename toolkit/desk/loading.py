"""What a service has from its first day besides organisations and content: the editors’ group of the admin."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q

EDITORS = "Editors"
EDITED_APPS = ("editorial", "pages", "search")
"""The apps whose models editors may change in the admin."""
EDITED_MODELS = ("documenttemplate", "clause", "blankfile")
"""And of `documents` these alone: what organisations write with them is their own."""


@transaction.atomic
def load_editors() -> Group:
    """The group, with the rights on those apps that it lacks added. Loading again changes nothing."""
    group, _ = Group.objects.get_or_create(name=EDITORS)
    edited = Q(content_type__app_label__in=EDITED_APPS) | Q(
        content_type__app_label="documents", content_type__model__in=EDITED_MODELS
    )
    group.permissions.add(*Permission.objects.filter(edited))
    return group
