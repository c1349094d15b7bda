"""What the admin pages of several apps share."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


class LookOnly:
    """Rows that the service writes; people read them."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
