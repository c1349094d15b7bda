"""Shipped content: loaded by slug as often as one likes, never over an editor's change; and written back as files."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from guidance.editorial import kinds
from guidance.editorial.content import digest_of
from guidance.editorial.models import Item, Revision, State, Status
from guidance.editorial.selectors import newest
from guidance.editorial.services import pictures, publishing
from guidance.editorial.services.drafts import adopt, locked, save_draft
from toolkit.accounts.models import Person
from toolkit.core.errors import Refused


@dataclass(slots=True)
class Loaded:
    """What a load did, by `kind/slug`."""

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    """An editor has changed these since they were loaded, so they stay. A newer shipped text is offered in the admin."""


def is_changed_by_editor(item: Item) -> bool:
    """Does it say, or is somebody making it say, something else than the shipped text it was loaded from?"""
    kind = kinds.of(item)
    latest = newest(kind.slug, item.pk)
    return (
        item.status != Status.PUBLISHED
        or latest is None
        or (latest.number != item.live_number and latest.text != kind.text_of(item))
        or digest_of(kind.text_of(item)) != item.shipped_digest
    )


@transaction.atomic
def load(*folders: Path) -> Loaded:
    """Load every text of every kind in these folders. Raises ContentError, and then nothing is loaded."""
    loaded = Loaded()
    for folder in folders:
        pictures.load(folder)
    for kind in kinds.every():
        for item in kind.model._default_manager.select_for_update().filter(live_number=None):
            adopt(item)
        for folder in folders:
            for slug, text in kind.read_folder(folder).items():
                _load(kind, slug, text, loaded)
    return loaded


def _load(kind: kinds.Kind, slug: str, text: str, loaded: Loaded) -> None:
    name = f"{kind.slug}/{slug}"
    item = _known(kind, slug)
    fresh = kind.model(slug=slug)
    kind.apply(fresh, text)  # refuses what is wrong, and gives the canonical text
    text = kind.text_of(fresh)
    if item is None:
        fresh.save()
        _publish(kind, fresh, text, "First published")
        loaded.added.append(name)
    elif digest_of(text) == digest_of(kind.text_of(item)) and item.is_published:
        _adopt(item, text)
        loaded.unchanged.append(name)
    elif is_changed_by_editor(item):
        # Offered once: a text that was offered before and put aside is not offered again.
        if digest_of(text) != item.shipped_digest and item.offered_text != text:
            item.offered_text, item.shipped_digest = text, digest_of(text)
            item.save(update_fields=["offered_text", "shipped_digest"])
        loaded.kept.append(name)
    else:
        _publish(kind, item, text, "Brought up to date with the toolkit’s own text")
        loaded.updated.append(name)


def _known(kind: kinds.Kind, slug: str) -> Item | None:
    """The item of this slug, or the one that had it before an editor gave it another."""
    items = kind.model._default_manager.select_for_update()
    former = Revision.objects.filter(kind=kind.slug, slug=slug, by=None).values("item_id")
    found: Item | None = items.filter(slug=slug).first() or items.filter(pk__in=former).first()
    return found


def _adopt(item: Item, text: str) -> None:
    """The live text is the shipped one, whoever wrote it: from now on a newer shipped text may replace it."""
    if item.shipped_digest != digest_of(text) or item.offered_text:
        item.shipped_digest, item.offered_text = digest_of(text), ""
        item.save(update_fields=["shipped_digest", "offered_text"])


def _publish(kind: kinds.Kind, item: Item, text: str, note: str) -> None:
    latest = newest(kind.slug, item.pk)
    revision = Revision.objects.create(
        kind=kind.slug,
        item_id=item.pk,
        number=latest.number + 1 if latest is not None else 1,
        slug=item.slug,
        title=str(item)[:200],
        text=text,
        note=note,
        state=State.APPROVED,
    )
    publishing.publish(revision=revision, actor=None)
    type(item)._default_manager.filter(pk=item.pk).update(shipped_digest=digest_of(text), offered_text="")


@transaction.atomic
def take_offer(*, item: Item, actor: Person) -> Revision:
    """Make the offered shipped text the newest draft. Raises Refused when nothing is offered."""
    item = locked(item)
    if not item.offered_text:
        raise Refused("There is no newer shipped text")
    kind = kinds.of(item)
    taken = type(item)(slug=item.slug)
    kind.apply(taken, item.offered_text)
    latest = newest(kind.slug, item.pk)
    revision = save_draft(
        item=item,
        text=item.offered_text,
        slug=item.slug,
        title=str(taken),
        base=latest.number if latest is not None else 0,
        actor=actor,
        note="Brought up to date with the toolkit’s own text",
    )
    decline_offer(item=item)
    return revision


@transaction.atomic
def decline_offer(*, item: Item) -> None:
    """Keep what we have; this shipped text is not offered again."""
    type(item)._default_manager.filter(pk=item.pk).update(offered_text="")


def export(folder: Path) -> list[str]:
    """Write every live item back as the file it would be loaded from; the names written, by `kind/slug`."""
    written: list[str] = []
    for kind in kinds.every():
        items = kind.model._default_manager.filter(status=Status.PUBLISHED).order_by("slug")
        texts = {item.slug: kind.text_of(item) for item in items}
        kind.write_folder(folder, texts)
        written += [f"{kind.slug}/{slug}" for slug in texts]
    return written + pictures.export(folder)
