"""An organisation’s own variant of a template: changes are worked on in a draft and saved as a version that never changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction

from guidance.documents import following, versions
from guidance.documents.assembly import additions as own
from guidance.documents.models import Clause, DocumentTemplate, Variant, VariantDraft, VariantVersion
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
    version and the clauses that are live. One’s own changes that are not saved stay as they are. Raises Refused."""
    variant = _locked(variant, actor)
    live = _live_number(variant.template)
    latest = newest(variant)
    there = variant.drafts.select_for_update(of=("self",)).filter(person=actor).first()
    if there is not None:
        if like is not None:
            raise Refused("You have changes that are not saved yet: save them or throw them away first")
        if to_newest:
            there.base_number = live
            there.additions = own.with_clauses(there.additions, _newest_clauses(variant, live))
            there.save(update_fields=["base_number", "additions"])
        return there
    model = variant.versions.filter(number=like).first() if like is not None else latest
    if like is not None and model is None:
        raise Refused("There is no such version")
    follows_live = to_newest or latest is None
    return VariantDraft.objects.create(
        variant=variant,
        person=actor,
        seen_number=latest.number if latest is not None else 0,
        base_number=live if latest is None or to_newest else latest.base_number,
        additions=own.with_clauses(
            model.additions if model is not None else {},
            _newest_clauses(variant, live) if follows_live else versions.held_by(latest),
        ),
    )


def _newest_clauses(variant: Variant, number: int) -> dict[str, list[int]]:
    """The clauses of a central version as they stand. Raises Refused when one is withdrawn."""
    try:
        return versions.pins_for(versions.template_of(variant.template_id, number))
    except KeyError as missing:
        raise Refused(
            f"It uses the clause “{missing.args[0]}”, which is not published any more: take the newest central version"
        ) from missing


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
    mine = VariantDraft.objects.select_for_update(of=("self",)).filter(pk=draft.pk, person=actor).first()
    if mine is None:
        return
    mine.additions = own.with_clauses(mine.additions, _newer_held(mine, latest))
    mine.seen_number, mine.base_number = number, max(mine.base_number, latest.base_number)
    mine.save(update_fields=["seen_number", "base_number", "additions"])


def _newer_held(draft: VariantDraft, latest: VariantVersion) -> versions.Pins | None:
    """The clauses as the newer of the two holds them: what a colleague has taken is not given back unseen."""
    mine, theirs = draft.additions.get("clauses"), versions.held_by(latest)
    if draft.base_number != latest.base_number or not mine or not theirs:
        return theirs if latest.base_number > draft.base_number or mine is None else mine
    return {slug: max(list(pin), list(theirs.get(slug, pin))) for slug, pin in mine.items()}


@transaction.atomic
def save(*, draft: VariantDraft, note: str, actor: Person) -> VariantVersion:
    """Save one’s changes as the next version, which new documents begin on. Raises Refused, and Overtaken when somebody else
    has saved one meanwhile."""
    variant = _locked(draft.variant, actor)
    found = VariantDraft.objects.select_for_update(of=("self",)).filter(pk=draft.pk, person=actor).first()
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


def _to_answer(variant: Variant, number: int, clauses: str) -> VariantVersion:
    """The newest version of a locked variant, which is behind central version `number` or the wordings of `clauses`
    (`Standing.stamp`), as the administrator was shown. Nobody publishes another wording before the answer is kept."""
    latest = newest(variant)
    live = _live_number(variant.template)
    held = versions.held_by(latest) or {}
    list(
        Clause.objects.select_for_update(no_key=True).filter(slug__in=list(held)).order_by("pk").values("pk")
    )
    stands = following.standing(variant, latest, versions.live_clauses())
    if latest is None:
        raise Refused("Your organisation has no version of this template yet")
    if number != live:
        raise Refused("There is a newer central version still: look at what changed")
    if not stands.is_behind:
        raise Refused("Your version follows this central version already")
    if stands.stamp != clauses:
        raise Refused("There is a newer wording of a clause still: look at what changed")
    return latest


@transaction.atomic
def take(
    *, variant: Variant, number: int, actor: Person, clauses: str = "", only_clauses: bool = False
) -> VariantVersion:
    """Take the central version `number` and the wordings of `clauses`, as the page showed them, with the same additions;
    `only_clauses` stays on the central version it has. Raises Refused."""
    variant = _locked(variant, actor)
    latest = _to_answer(variant, number, clauses)
    base = latest.base_number if only_clauses else number
    what = f"Central version {number}" if base != latest.base_number else "Newer wording of clauses"
    additions = own.with_clauses(latest.additions, _newest_clauses(variant, base))
    return _add_version(variant, latest, additions, base, f"{what} taken, nothing else changed", actor)


@transaction.atomic
def decline(*, variant: Variant, number: int, reason: str, actor: Person, clauses: str = "") -> None:
    """Stay on the older central version and clauses, and say why; it is not asked again until there is something newer.
    Raises Refused."""
    variant = _locked(variant, actor)
    _to_answer(variant, number, clauses)
    variant.declined_number, variant.declined_reason = number, reason.strip()
    variant.declined_by, variant.declined_at = actor, clock.now()
    variant.save(update_fields=["declined_number", "declined_reason", "declined_by", "declined_at"])
    _note(variant, f"declined central version {number} of", actor)
