"""Documents in the admin."""

from guidance.documents.admin import documents

__all__ = ["documents"]
