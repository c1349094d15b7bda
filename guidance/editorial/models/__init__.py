"""Nouns of editorial work: items and their revisions, releases, old addresses, images, broken links."""

from guidance.editorial.models.addresses import BrokenLink, OldAddress
from guidance.editorial.models.images import Image
from guidance.editorial.models.items import Item, Status
from guidance.editorial.models.releases import Action, Release, ReleaseStep
from guidance.editorial.models.revisions import Revision, State

__all__ = [
    "Action",
    "BrokenLink",
    "Image",
    "Item",
    "OldAddress",
    "Release",
    "ReleaseStep",
    "Revision",
    "State",
    "Status",
]
