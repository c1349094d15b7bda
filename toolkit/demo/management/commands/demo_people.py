"""`./run manage demo_people`: whom to sign in as."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from toolkit.demo.people import PASSWORD, PEOPLE


class Command(BaseCommand):
    help = "Lists the demonstration’s people and their password."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Sign in as one of these; the password of all is {PASSWORD}")
        width = max(len(person.email) for person in PEOPLE)
        for person in PEOPLE:
            self.stdout.write(f"  {person.email:<{width}}  {person.does}")
