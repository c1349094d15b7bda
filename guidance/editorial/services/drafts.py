"""Drafts: what an editor saves before anybody else sees it."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from guidance.editorial import kinds
from guidance.editorial.models import Item, Revision, State, Status
from guidance.editorial.selectors import newest
from toolkit.accounts.models import Person
from toolkit.core.errors import Refused


class Overtaken(Refused):
    """Somebody else saved in between: `theirs` is what they saved."""

    def __init__(self, theirs: Revision) -> None:
        super().__init__(f"{theirs.author} saved this while you were working on it")
        self.theirs = theirs


def locked[T: Item](item: T) -> T:
    """The item, locked until the end of the transaction, so that two people take turns."""
    return type(item)._default_manager.select_for_update().get(pk=item.pk)


def adopt(item: Item) -> None:
    """What was published before revisions were kept gets its first one, so that a draft leaves it alone."""
    if item.status == Status.DRAFT or item.live_number is not None:
        return
    kind = kinds.of(item)
    Revision.objects.create(
        kind=kind.slug, item_id=item.pk, number=1, slug=item.slug, title=str(item)[:200], text=kind.text_of(item),
        note="As it was", state=State.PUBLISHED, published_at=item.published_at or item.updated_at,
    )  # fmt: skip
    item.live_number = 1
    item.save(update_fields=["live_number"])


@transaction.atomic
def save_draft(
    *,
    item: Item,
    text: str,
    slug: str,
    title: str,
    base: int,
    actor: Person,
    note: str = "",
    is_minor: bool = False,
) -> Revision:
    """Save a text as the item's newest revision. Saving what is there already changes nothing.

    `base` is the number of the revision the editor began from (0: none). Raises Overtaken when there is a newer one,
    ContentError when the text is wrong. Only an item that was never published takes the text into its columns.
    """
    item = locked(item)
    kind = kinds.of(item)
    adopt(item)
    latest = newest(kind.slug, item.pk)
    if latest is not None and latest.number != base and not (base == 0 and latest.number == item.live_number):
        raise Overtaken(latest)
    same = latest is not None and (latest.text, latest.slug) == (text, slug)
    if latest is not None and same and (latest.note, latest.is_minor) == (note, is_minor):
        return latest
    if item.live_number is None:
        item.slug = slug
        kind.apply(item, text)
        try:
            with transaction.atomic():
                item.save()
        except IntegrityError as error:
            raise Refused(f"Another {kind.label} already has the address “{slug}”") from error
    return Revision.objects.create(
        kind=kind.slug,
        item_id=item.pk,
        number=latest.number + 1 if latest is not None else 1,
        slug=slug,
        title=title[:200],
        text=text,
        note=note,
        is_minor=is_minor,
        by=actor,
    )


@transaction.atomic
def restore(*, item: Item, revision: Revision, actor: Person) -> Revision:
    """Bring an older text back as a new draft. Raises ContentError when today's rules refuse it."""
    item = locked(item)
    kind = kinds.of(item)
    kind.apply(type(item)(), revision.text)
    latest = newest(kind.slug, item.pk)
    return save_draft(
        item=item,
        text=revision.text,
        slug=revision.slug,
        title=revision.title,
        base=latest.number if latest is not None else 0,
        actor=actor,
        note=f"Back to what it said on {revision.at:%-d %B %Y}",
    )
