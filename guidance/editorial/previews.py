"""Links to a draft that anybody may open who has one, for a while."""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing
from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse

from guidance.editorial.models import Item, Revision
from guidance.editorial.selectors import item_of

SALT = "guidance.preview"
LASTS_DAYS = 7


class NoSuchPreview(Exception):
    """The link was changed, has expired, or leads to nothing. `has_expired` says which."""

    def __init__(self, *, has_expired: bool) -> None:
        super().__init__("expired" if has_expired else "changed")
        self.has_expired = has_expired


@dataclass(frozen=True, slots=True)
class Preview:
    """What a link shows: a revision, and its item as it stands."""

    revision: Revision
    item: Item


def link_to(revision: Revision) -> str:
    """The path of a preview of this very revision; good for LASTS_DAYS days."""
    return reverse("preview", args=[signing.dumps({"revision": revision.pk}, salt=SALT)])


def opened(token: str) -> Preview:
    """What a link shows. Raises NoSuchPreview."""
    try:
        known = signing.loads(token, salt=SALT, max_age=LASTS_DAYS * 24 * 60 * 60)
        revision = Revision.objects.select_related("by").get(pk=known["revision"])
        item = item_of(revision)
    except signing.SignatureExpired as error:
        raise NoSuchPreview(has_expired=True) from error
    except (signing.BadSignature, ObjectDoesNotExist, KeyError, TypeError, ValueError) as error:
        raise NoSuchPreview(has_expired=False) from error
    return Preview(revision, item)
