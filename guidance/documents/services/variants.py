"""An organisation’s own variant of a template: changes are worked on in a draft and saved as a version that never changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction

from guidance.documents import versions
from guidance.documents.assembly import additions as own
from guidance.documents.models import DocumentTemplate, Variant, VariantDraft, VariantVersion
from toolkit.accounts import activity
from toolkit.accounts.models import Organisation, Person
from toolkit.accounts.readers import reader_of
from toolkit.accounts.roles import Right
from toolkit.core import clock
from toolkit.core.errors import Refused


class Overtaken(Refused):
    """Somebody else saved a version meanwhile: `theirs`."""

    def __init__(self, theirs: VariantVersion) -> None:
        super().__init__(
            f"{theirs.by} saved version {theirs.number} while you were working on your changes. Look at what it changed, "
            "and say whether yours still stand"
        )
        self.theirs = theirs


def _allowed(actor: Person, organisation: Organisation) -> None:
    if not reader_of(actor).may(Right.SET_RULES, organisation.pk):
        raise Refused(f"Only an administrator of {organisation} can do that")


def newest(variant: Variant) -> VariantVersion | None:
    """The newest version of a variant, the one in use. One query."""
    return variant.versions.select_related("by").order_by("-number").first()


def _locked(variant: Variant, actor: Person) -> Variant:
    """The variant, locked until the end of the transaction: administrators take turns."""
    found = (
        Variant.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organisation", "template")
        .get(pk=variant.pk)
    )
    _allowed(actor, found.organisation)
    return found


def _live_number(template: DocumentTemplate) -> int:
    if not template.is_published or template.live_number is None:
        raise Refused("This template is not published any more")
    return template.live_number


@transaction.atomic
def start(*, template: DocumentTemplate, organisation: Organisation, actor: Person) -> VariantDraft:
    """Begin an organisation’s variant of a template, or go on with it: a draft of one’s own. Raises Refused."""
    _allowed(actor, organisation)
    _live_number(template)
    variant, _ = Variant.objects.get_or_create(organisation=organisation, template=template)
    return begin_changes(variant=variant, actor=actor)


@transaction.atomic
def begin_changes(
    *, variant: Variant, actor: Person, like: int | None = None, to_newest: bool = False
) -> VariantDraft:
    """Begin changes, from the newest version or from an older one (`like`); `to_newest` holds them against the central
    version that is live. One’s own changes that are not saved stay as they are. Raises Refused."""
    variant = _locked(variant, actor)
    live = _live_number(variant.template)
    latest = newest(variant)
    there = variant.drafts.filter(person=actor).first()
    if there is not None:
        if like is not None:
            raise Refused("You have changes that are not saved yet: save them or throw them away first")
        if to_newest and there.base_number != live:
            there.base_number = live
            there.save(update_fields=["base_number"])
        return there
    model = variant.versions.filter(number=like).first() if like is not None else latest
    if like is not None and model is None:
        raise Refused("There is no such version")
    return VariantDraft.objects.create(
        variant=variant,
        person=actor,
        seen_number=latest.number if latest is not None else 0,
        base_number=live if to_newest or latest is None else latest.base_number,
        additions=model.additions if model is not None else {},
    )


def _change(
    draft: VariantDraft, actor: Person, change: Callable[[Mapping[str, Any]], dict[str, Any]]
) -> None:
    """Change one’s own draft, whatever another tab of one’s own has changed meanwhile."""
    draft = VariantDraft.objects.select_for_update(of=("self",)).select_related("variant__organisation").get(pk=draft.pk)  # fmt: skip
    _allowed(actor, draft.variant.organisation)
    if draft.person_id != actor.pk:
        raise Refused("These are the changes of somebody else")
    try:
        draft.additions = change(draft.additions)
    except own.TooMany as error:
        raise Refused(str(error)) from error
    except KeyError as error:
        raise Refused("It has been removed meanwhile") from error
    draft.updated_at = clock.now()
    draft.save(update_fields=["additions", "updated_at"])


@transaction.atomic
def put_question(*, draft: VariantDraft, name: str, given: Mapping[str, Any], actor: Person) -> None:
    """Add a question (`name` empty) or change one. Raises Refused."""
    _change(draft, actor, lambda before: own.with_question(before, name, given))


@transaction.atomic
def remove_question(*, draft: VariantDraft, name: str, actor: Person) -> None:
    """Twice is once."""
    _change(draft, actor, lambda before: own.without_question(before, name))


@transaction.atomic
def put_passage(
    *,
    draft: VariantDraft,
    key: str,
    place: str,
    heading: str,
    text: str,
    actor: Person,
    answers: Sequence[str] = (),
) -> None:
    """Add a passage (`key` empty) or change one. Raises Refused."""
    _change(
        draft,
        actor,
        lambda before: own.with_passage(
            before, key, place=place, heading=heading, text=text, answers=answers
        ),
    )


@transaction.atomic
def remove_passage(*, draft: VariantDraft, key: str, actor: Person) -> None:
    """Twice is once."""
    _change(draft, actor, lambda before: own.without_passage(before, key))


@transaction.atomic
def endorse(*, draft: VariantDraft, given: Mapping[str, str] | None, actor: Person) -> None:
    """Say who endorsed it (`by`), when (`on`) and in which words; None: nobody any more."""
    _change(draft, actor, lambda before: own.with_endorsement(before, given))


@transaction.atomic
def throw_away(*, draft: VariantDraft, actor: Person) -> None:
    """Forget changes that were not saved."""
    VariantDraft.objects.filter(pk=draft.pk, person=actor).delete()


@transaction.atomic
def keep_mine(*, draft: VariantDraft, number: int, actor: Person) -> None:
    """Say that one has looked at version `number`, which somebody else saved meanwhile, and that one’s own changes stand in
    its place. Raises Refused when there is a newer one still."""
    variant = _locked(draft.variant, actor)
    latest = newest(variant)
    if latest is None or latest.number != number:
        raise Refused("There is a newer version still: look at what it changed")
    VariantDraft.objects.filter(pk=draft.pk, person=actor).update(
        seen_number=number, base_number=max(draft.base_number, latest.base_number)
    )


@transaction.atomic
def save(*, draft: VariantDraft, note: str, actor: Person) -> VariantVersion:
    """Save one’s changes as the next version, which new documents begin on. Raises Refused, and Overtaken when somebody else
    has saved one meanwhile."""
    variant = _locked(draft.variant, actor)
    found = VariantDraft.objects.filter(pk=draft.pk, person=actor).first()
    if found is None:
        raise Refused("Your changes have been saved or thrown away already")
    latest = newest(variant)
    if latest is not None and latest.number != found.seen_number:
        raise Overtaken(latest)
    if latest is not None and (latest.additions, latest.base_number) == (found.additions, found.base_number):
        raise Refused("Nothing has changed yet")
    if own.is_empty(found.additions):
        raise Refused(
            "There is nothing in it: add a question, a passage or an endorsement"
            + (", or take your version out of use" if latest is not None else "")
        )
    made = _add_version(variant, latest, found.additions, found.base_number, note.strip(), actor)
    found.delete()
    return made


def _add_version(
    variant: Variant,
    latest: VariantVersion | None,
    additions: Mapping[str, Any],
    base_number: int,
    note: str,
    actor: Person,
) -> VariantVersion:
    """The next version of a locked variant. Raises Refused when the additions do not fit."""
    base = versions.template_of(variant.template_id, base_number)
    problems = own.problems_of(base, additions, on=clock.today())
    if problems:
        raise Refused(problems[0])
    made = VariantVersion.objects.create(
        variant=variant,
        number=latest.number + 1 if latest is not None else 1,
        base_number=base_number,
        additions=additions,
        endorsement=own.endorsement_words(additions),
        note=note,
        by=actor,
    )
    _note(variant, f"saved version {made.number} of the organisation’s own", actor)
    return made


def _note(variant: Variant, did: str, actor: Person) -> None:
    activity.note(
        organisation=variant.organisation,
        actor=actor,
        sentence=f"{actor} {did} template “{variant.template}”",
    )


@transaction.atomic
def put_in_use(*, variant: Variant, is_in_use: bool, actor: Person) -> None:
    """Take a variant out of use, or into use again. Documents begun on it stay on it. Twice is once. Raises Refused."""
    variant = _locked(variant, actor)
    if variant.is_in_use == is_in_use:
        return
    variant.is_in_use = is_in_use
    variant.save(update_fields=["is_in_use"])
    _note(
        variant,
        f"took {'into use again' if is_in_use else 'out of use'} the organisation’s version of",
        actor,
    )


def _to_answer(variant: Variant, number: int) -> VariantVersion:
    """The newest version of a locked variant that waits for an answer on central version `number`."""
    latest = newest(variant)
    live = _live_number(variant.template)
    if latest is None:
        raise Refused("Your organisation has no version of this template yet")
    if number != live:
        raise Refused("There is a newer central version still: look at what changed")
    if latest.base_number == live:
        raise Refused("Your version follows this central version already")
    return latest


@transaction.atomic
def take(*, variant: Variant, number: int, actor: Person) -> VariantVersion:
    """Take the central version `number`, the one the page showed, with the same additions. Raises Refused."""
    variant = _locked(variant, actor)
    latest = _to_answer(variant, number)
    return _add_version(
        variant, latest, latest.additions, number, f"Central version {number} taken, nothing else changed", actor
    )  # fmt: skip


@transaction.atomic
def decline(*, variant: Variant, number: int, reason: str, actor: Person) -> None:
    """Stay on the older central version, and say why; it is not asked again until there is a newer one. Raises Refused."""
    variant = _locked(variant, actor)
    _to_answer(variant, number)
    variant.declined_number, variant.declined_reason = number, reason.strip()
    variant.declined_by, variant.declined_at = actor, clock.now()
    variant.save(update_fields=["declined_number", "declined_reason", "declined_by", "declined_at"])
    _note(variant, f"declined central version {number} of", actor)
