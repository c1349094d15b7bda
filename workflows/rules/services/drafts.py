"""The one draft that the administrators of an organisation work on together, part by part.

A part is a single answer (`call_in_days`), a set (`switches`) or one item of a list, by its key. Whoever changes a part
shows the stamp of what they saw: different parts never meet, and of one part the second is told what the first wrote.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from toolkit.accounts import activity
from toolkit.accounts.models import Organisation, Person
from toolkit.core import clock
from toolkit.core.errors import Refused
from workflows.rules import content
from workflows.rules.models import RuleSet, RuleSetStatus
from workflows.rules.names import names
from workflows.rules.selectors import draft_of, published_sets
from workflows.rules.services.common import allowed, one_at_a_time, stamp

LISTS = {"approvals": "approval", "bands": "quotation band", "steps": "extra step"}
NOTHING = stamp(None)


@transaction.atomic
def begin(*, organisation: Organisation, actor: Person) -> RuleSet:
    """The draft, begun from the rules that apply last; how decisions are taken is said in it from the first. One that is
    there already is gone on with."""
    allowed(actor, organisation)
    one_at_a_time(organisation)
    there = draft_of(organisation.pk)
    if there is not None:
        return there
    latest = next(iter(published_sets(organisation.pk)), None)
    said = copy.deepcopy(latest.content) if latest is not None else content.empty()
    said.setdefault("decision_model", organisation.decision_model)
    return RuleSet.objects.create(organisation=organisation, content=said, begun_by=actor, edited_by=actor)


@transaction.atomic
def throw_away(*, organisation: Organisation, actor: Person) -> None:
    """Forget the draft. Twice is once."""
    allowed(actor, organisation)
    gone, _ = RuleSet.objects.filter(organisation=organisation, status=RuleSetStatus.DRAFT).delete()
    if gone:
        activity.note(
            organisation=organisation,
            actor=actor,
            sentence=f"{actor} threw away a draft of the organisation’s rules",
        )


def locked(organisation: Organisation) -> RuleSet:
    """The draft, locked until the transaction ends. Raises Refused when there is none."""
    # Locked without its editor: a row that another changed meanwhile is looked at again beside the editor it had before, and
    # would not be found.
    mine = RuleSet.objects.filter(organisation=organisation, status=RuleSetStatus.DRAFT)
    held = mine.select_for_update().values_list("pk", flat=True)
    found = mine.select_related("organisation", "edited_by").filter(pk__in=list(held)).first()
    if found is None:
        raise Refused("The draft has been published or thrown away: begin a new one")
    return found


def _save(draft: RuleSet, said: dict[str, Any], actor: Person) -> RuleSet:
    mistakes = content.mistakes_in(said, names())
    if mistakes:
        raise Refused(mistakes[0])
    if said == draft.content:
        return draft
    draft.content = said
    draft.lock_version += 1
    draft.edited_by, draft.edited_at = actor, clock.now()
    draft.save(update_fields=["content", "lock_version", "edited_by", "edited_at"])
    return draft


def _overtaken(draft: RuleSet, what: str) -> Refused:
    return Refused(f"{draft.edited_by} has changed {what} meanwhile: open it again, and see what it says now")


@transaction.atomic
def put_parts(*, organisation: Organisation, parts: Mapping[str, Any], seen: str, actor: Person) -> RuleSet:
    """Say single parts (None: not said any more). `seen`: `stamp_of_parts` when they were read. Raises Refused."""
    allowed(actor, organisation)
    draft = locked(organisation)
    if stamp_of_parts(draft.content, parts) not in (seen, stamp(dict(parts))):
        raise _overtaken(draft, "this")
    said = copy.deepcopy(draft.content)
    for name, value in parts.items():
        if value is None:
            said.pop(name, None)
        else:
            said[name] = value
    return _save(draft, said, actor)


def stamp_of_parts(said: Mapping[str, Any], parts: Mapping[str, Any] | tuple[str, ...]) -> str:
    """What to remember of single parts while they are being changed."""
    return stamp({name: said.get(name) for name in parts})


def item_of(said: Mapping[str, Any], name: str, key: str) -> dict[str, Any] | None:
    """One item of a list of the content."""
    return next((item for item in said.get(name, []) if item.get("key") == key), None)


@transaction.atomic
def put_item(
    *, organisation: Organisation, name: str, key: str, item: Mapping[str, Any], seen: str, actor: Person
) -> RuleSet:
    """Add an item to a list (`key` empty) or change one; `seen` is the stamp of it when it was read. Raises Refused."""
    allowed(actor, organisation)
    draft = locked(organisation)
    said = copy.deepcopy(draft.content)
    there = item_of(said, name, key)
    if key and there is None:
        raise Refused(f"{draft.edited_by} has removed this {LISTS[name]} meanwhile")
    made = {**item, "key": key or _new_key(draft, name, item)}
    if there is not None:
        if stamp(there) != seen and there != made:
            raise _overtaken(draft, f"this {LISTS[name]}")
        said[name] = [made if each is there else each for each in said[name]]
    else:
        if any({**each, "key": ""} == {**made, "key": ""} for each in said[name]):
            return draft  # the form was sent twice
        said[name].append(made)
    said[name].sort(key=_ORDER.get(name, lambda each: ()))
    return _save(draft, said, actor)


@transaction.atomic
def remove_item(*, organisation: Organisation, name: str, key: str, seen: str, actor: Person) -> RuleSet:
    """Take an item out of a list. Twice is once. Raises Refused when it was changed since it was read."""
    allowed(actor, organisation)
    draft = locked(organisation)
    there = item_of(draft.content, name, key)
    if there is None:
        return draft
    if stamp(there) != seen:
        raise _overtaken(draft, f"this {LISTS[name]}")
    said = copy.deepcopy(draft.content)
    said[name] = [each for each in said[name] if each["key"] != key]
    return _save(draft, said, actor)


@transaction.atomic
def put_note(*, organisation: Organisation, step: str, text: str, seen: str, actor: Person) -> RuleSet:
    """Write the note on a step; an empty one goes. `seen`: the stamp of what it said. Raises Refused."""
    allowed(actor, organisation)
    draft = locked(organisation)
    said = copy.deepcopy(draft.content)
    notes = said.setdefault("notes", {})
    before = notes.get(step)
    if stamp(before) != seen and before != (text.strip() or None):
        raise _overtaken(draft, "the note")
    if text.strip():
        notes[step] = text.strip()
    else:
        notes.pop(step, None)
    return _save(draft, said, actor)


def _pounds(amount: Mapping[str, str] | None) -> float:
    return float(amount["pounds"]) if amount else 0.0


_GATES = ("strategy", "award", "change", "waiver")
_STAGES = ("plan", "engage", "define", "procure", "award", "manage")
_ORDER: Mapping[str, Any] = {
    # The first that covers a purchase decides: what is for some categories comes before what is for all.
    "approvals": lambda each: (
        _GATES.index(each["gate"]) if each["gate"] in _GATES else 9,
        not (each["categories"] or each["kinds"]),
        not each["categories"],
        _pounds(each["start"]),
    ),
    "bands": lambda each: _pounds(each["start"]),
    "steps": lambda each: _STAGES.index(each["stage"]) if each["stage"] in _STAGES else 9,
}


def _new_key(draft: RuleSet, name: str, item: Mapping[str, Any]) -> str:
    """A key that nothing else has. Of a step it stays for good, because its work is recorded under it."""
    taken = {each["key"] for each in draft.content[name]}
    if name != "steps":
        while (key := get_random_string(8, "abcdefghjkmnpqrstuvwxyz23456789")) in taken:
            pass
        return key
    for earlier in published_sets(draft.organisation_id):
        taken |= {each["key"] for each in earlier.content.get("steps", [])}
    base = slugify(str(item.get("title", "")))[:50].strip("-") or "step"
    number = 1
    while (key := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return key
