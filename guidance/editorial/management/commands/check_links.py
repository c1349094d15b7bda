"""`./run manage check_links [--outside]`: tries every link of everything published."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from guidance.editorial.links import check
from guidance.editorial.models import BrokenLink


class Command(BaseCommand):
    help = "Tries every link of published content, and lists those that lead nowhere."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--outside", action="store_true", help="addresses of other services too")

    def handle(self, *args: Any, outside: bool, **options: Any) -> None:
        found = check(outside=outside)
        for link in BrokenLink.objects.all():
            self.stdout.write(f"{link.title}: {link.address} {link.problem}")
        self.stdout.write(f"{found} broken")
