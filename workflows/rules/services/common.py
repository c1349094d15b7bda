"""What every verb begins with."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from toolkit.accounts.models import Organisation, Person
from toolkit.accounts.readers import reader_of
from toolkit.accounts.roles import Right
from toolkit.core.errors import Refused


def allowed(actor: Person, organisation: Organisation) -> None:
    """Raises Refused for anyone but an administrator of the organisation."""
    if not reader_of(actor).may(Right.SET_RULES, organisation.pk):
        raise Refused(f"Only an administrator of {organisation} can do that")


def one_at_a_time(organisation: Organisation) -> Organisation:
    """The organisation, locked until the transaction ends: its administrators take turns."""
    return Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)


def stamp(said: Any) -> str:
    """Of a part of the rules as somebody saw it: another stamp means that it was changed."""
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]
