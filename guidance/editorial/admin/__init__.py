"""Editorial work in Django's admin: what all kinds share, and the editors' desk."""

from guidance.editorial.admin.items import ItemAdmin
from guidance.editorial.admin.others import (
    BrokenLinkAdmin,
    ImageAdmin,
    OldAddressAdmin,
    ReleaseAdmin,
    RevisionAdmin,
)

__all__ = ["BrokenLinkAdmin", "ImageAdmin", "ItemAdmin", "OldAddressAdmin", "ReleaseAdmin", "RevisionAdmin"]
