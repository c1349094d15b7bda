"""What readers can follow (toolkit.notifications): a stage, a page, a guide."""

from __future__ import annotations

from guidance.pages.models import Guide, Page
from guidance.pages.pages import stage_url
from toolkit.core.stages import Stage
from toolkit.notifications.topics import Described


def stage(key: str) -> Described | None:
    if key not in list(Stage):
        return None
    found = Stage(key)
    return Described(f"Guidance: {found.label}", stage_url(found))


def _item(model: type[Page] | type[Guide], key: str) -> Described | None:
    if not (key.isascii() and key.isdigit() and len(key) < 18):
        return None
    found = model.objects.published().filter(pk=int(key)).first()
    return Described(found.title, found.get_absolute_url()) if found is not None else None


def page(key: str) -> Described | None:
    return _item(Page, key)


def guide(key: str) -> Described | None:
    return _item(Guide, key)
