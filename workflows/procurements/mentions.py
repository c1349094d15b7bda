"""Mentions in a comment: `@first.last`, the part of an address before its @, or the whole address after one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Q

from toolkit.accounts.models import Membership, Person
from toolkit.core import clock
from toolkit.core.errors import Refused
from workflows.procurements.models import Procurement

_MENTION = re.compile(r"(?<![\w@.+-])@([a-z0-9][a-z0-9._+'-]*(?:@[a-z0-9.-]+)?)", re.IGNORECASE | re.ASCII)
MOST = 20


def mentioned_in(text: str) -> list[str]:
    """The names after an @, lower case, each once. An address that is only written out mentions nobody."""
    found = (match[1].lower().rstrip(".-'_+").removesuffix("'s") for match in _MENTION.finditer(text))
    return list(dict.fromkeys(name for name in found if name))


def people_of(text: str, procurement: Procurement) -> list[Person]:
    """Whom a text mentions, of the procurement's organisation. One query.

    Raises Refused for a name that nobody there has, or several have.
    """
    names = mentioned_in(text)
    if not names:
        return []
    if len(names) > MOST:
        raise Refused(f"Mention at most {MOST} people in one comment")
    members = (
        Membership.objects.filter(
            _any_of(names), organisation=procurement.organisation, person__is_active=True
        )
        .current_on(clock.today())
        .select_related("person")
    )
    people = [member.person for member in members]
    return [_one(name, people, procurement) for name in names]


def _any_of(names: Iterable[str]) -> Q:
    given = (
        Q(person__email=name) if "@" in name else Q(person__email__startswith=f"{name}@") for name in names
    )
    return reduce(or_, given)


def _one(name: str, people: Iterable[Person], procurement: Procurement) -> Person:
    found = [person for person in people if name in (person.email, person.email.partition("@")[0])]
    if not found:
        raise Refused(
            f"Nobody of {procurement.organisation} has an address that begins “{name}@”. Write it without the @ before it, "
            "or tick the person"
        )
    if len(found) > 1:
        raise Refused(
            f"“@{name}” could be {' or '.join(sorted(map(str, found)))}: write the whole address after the @"
        )
    return found[0]
