"""Questions about revisions: which is newest, which is live, who wrote what would change."""

from __future__ import annotations

from collections.abc import Sequence

from guidance.editorial import kinds
from guidance.editorial.models import Item, OldAddress, Revision, State, Status


def revisions_of(kind: str, item_id: int) -> Sequence[Revision]:
    """Every revision of an item, newest first, with who wrote and who reviewed it. One query."""
    return list(
        Revision.objects.filter(kind=kind, item_id=item_id)
        .select_related("by", "reviewed_by")
        .order_by("-number")
    )


def newest(kind: str, item_id: int | None) -> Revision | None:
    """The newest revision of an item; None for one that is not saved yet."""
    if item_id is None:
        return None
    return (
        Revision.objects.filter(kind=kind, item_id=item_id)
        .select_related("by", "reviewed_by")
        .order_by("-number")
        .first()
    )


def authors_since_live(revision: Revision) -> set[int]:
    """The people who wrote any of what publishing this revision would change."""
    since = (
        Revision.objects.filter(kind=revision.kind, item_id=revision.item_id, state=State.PUBLISHED)
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
    )
    return set(
        Revision.objects.filter(
            kind=revision.kind, item_id=revision.item_id, number__gt=since or 0, number__lte=revision.number
        )
        .exclude(by=None)
        .values_list("by_id", flat=True)
    )


def live(item: Item) -> Revision | None:
    """The revision of an item that readers see."""
    if item.live_number is None:
        return None
    return Revision.objects.filter(kind=kinds.of(item).slug, item_id=item.pk, number=item.live_number).first()


def item_of(revision: Revision) -> Item:
    """The item a revision belongs to. Raises its model's DoesNotExist."""
    item: Item = kinds.named(revision.kind).model._default_manager.get(pk=revision.item_id)
    return item


def address_now(path: str) -> str | None:
    """Where what once had this address is now; None: nothing ever had it, or it is not there to be read. Two queries."""
    old = OldAddress.objects.filter(path=path).first()
    if old is None:
        return None
    kind = kinds.named(old.kind)
    item = kind.model._default_manager.filter(pk=old.item_id).exclude(status=Status.DRAFT).first()
    url = kind.url_of(item) if item is not None else None
    return url if url != path else None


def waiting_for_review() -> Sequence[Revision]:
    """Submitted revisions, longest waiting first. One query."""
    return list(Revision.objects.filter(state=State.SUBMITTED).select_related("by").order_by("at"))


def names_of(kind: str) -> dict[int, frozenset[str]]:
    """Published items of a kind → every slug that each has or had, but none that another has now: what else names an item
    may still use an old one. Two queries."""
    items = kinds.named(kind).model._default_manager.filter(status=Status.PUBLISHED)
    now: dict[int, str] = dict(items.order_by().values_list("pk", "slug"))
    taken = set(now.values())
    names = {pk: {slug} for pk, slug in now.items()}
    had = Revision.objects.filter(kind=kind, item_id__in=list(now), state=State.PUBLISHED).exclude(
        slug__in=taken
    )
    for pk, slug in had.order_by().values_list("item_id", "slug").distinct():
        names[pk].add(slug)
    return {pk: frozenset(slugs) for pk, slugs in names.items()}
