"""What readers see: publishing a revision, withdrawing an item. Everything that follows is in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import IntegrityError, transaction

from guidance.editorial import kinds
from guidance.editorial.content import ContentError
from guidance.editorial.models import Item, OldAddress, Revision, State, Status
from guidance.editorial.services.drafts import locked
from guidance.editorial.services.waiting import take_out
from toolkit.accounts.models import Person
from toolkit.core import clock, page_cache
from toolkit.core.addresses import is_of_this_service
from toolkit.core.errors import Refused

MOST_CHANGES = 20
"""Changes that stay on the item for readers; the revisions keep them all."""


@transaction.atomic
def publish(*, revision: Revision, actor: Person | None, parked_from: str = "") -> None:
    """Make an approved revision what readers see; `actor` None: the schedule, or a load of shipped content.
    `parked_from` is the slug an item had before a release made it give up its address.

    Raises Refused when it is not approved, is not newer than what is live, or its address is taken; ContentError when
    today's rules refuse the text.
    """
    revision = Revision.objects.select_for_update(of=("self",)).get(pk=revision.pk)
    kind = kinds.named(revision.kind)
    item: Item = locked(kind.model(pk=revision.item_id))
    if revision.state != State.APPROVED:
        raise Refused("Only an approved revision can be published")
    if item.live_number is not None and revision.number <= item.live_number:
        raise Refused("Something newer is live already")
    if item.withdrawn_at is not None and (
        revision.reviewed_at is None or revision.reviewed_at < item.withdrawn_at
    ):
        raise Refused("It was withdrawn after this was approved: have it reviewed again")
    was_live = item.is_published
    item.slug = parked_from or item.slug
    old_slug, old_url = (item.slug, kind.url_of(item)) if item.live_number is not None else ("", "")
    kind.apply(item, revision.text)
    item.slug, item.status, item.live_number = revision.slug, Status.PUBLISHED, revision.number
    now = clock.now()
    if item.published_at is None:
        item.published_at = now
    if not (revision.is_minor and was_live):
        item.updated_at = now
        note = revision.note or ("Published" if not item.changes else "Changed")
        item.changes = [{"on": clock.today().isoformat(), "note": note}, *item.changes][:MOST_CHANGES]
    item.withdrawn_at, item.withdrawn_reason, item.withdrawn_to = None, "", ""
    try:
        with transaction.atomic():
            item.save()
    except IntegrityError as error:
        raise Refused(f"Another {kind.label} already has the address “{revision.slug}”") from error
    revision.state, revision.published_at = State.PUBLISHED, now
    revision.save(update_fields=["state", "published_at"])
    _keep_address(item, kind, old_url, old_slug)
    kind.published(item, revision, is_new=not was_live, old_slug=old_slug)
    transaction.on_commit(page_cache.clear)


def _keep_address(item: Item, kind: kinds.Kind, old_url: str, old_slug: str) -> None:
    """An address that changed leads on; the one it has now belongs to nobody else any more."""
    url = kind.url_of(item)
    if "#" in url:  # a place within a page that many share
        return
    OldAddress.objects.filter(path=url).delete()
    if (
        old_url
        and old_url != url
        and not any(kind.url_of(each) == old_url for each in _neighbours(item, old_slug))
    ):
        OldAddress.objects.update_or_create(path=old_url, defaults={"kind": kind.slug, "item_id": item.pk})


def _neighbours(item: Item, slug: str) -> Iterable[Item]:
    """Other items of the kind that have this slug now: at most one, which an address leads to by itself."""
    found: Iterable[Item] = type(item)._default_manager.filter(slug=slug).exclude(pk=item.pk)
    return found


@transaction.atomic
def withdraw(*, item: Item, reason: str, read_instead: str = "", actor: Person | None) -> None:
    """Take an item out of reading. Its address answers 410 with the reason and where to go. Raises Refused."""
    item = locked(item)
    if not item.is_published:
        raise Refused("Only what is published can be withdrawn")
    if not reason.strip():
        raise Refused("Say why, for readers")
    if read_instead and not is_of_this_service(read_instead):
        raise ContentError(
            "What to read instead must be an address of this service, such as /guidance/award/"
        )
    item.status, item.withdrawn_at = Status.WITHDRAWN, clock.now()
    item.withdrawn_reason, item.withdrawn_to = reason.strip(), read_instead
    item.save()
    kind = kinds.of(item)
    if actor is not None:  # a release keeps its own steps
        take_out(kind=kind.slug, item_id=item.pk)
    kind.withdrawn(item)
    transaction.on_commit(page_cache.clear)
