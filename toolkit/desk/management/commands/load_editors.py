"""`./run manage load_editors`: the group that may change content in the admin."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from toolkit.desk.loading import load_editors


class Command(BaseCommand):
    help = "Makes the editors' group, or adds the rights it lacks; loading again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        group = load_editors()
        self.stdout.write(f"{group.name}: {group.permissions.count()} rights in the admin")
