"""Documents in the admin: what editors write, and what others made, to look at."""

from guidance.documents.admin import documents, library, variants

__all__ = ["documents", "library", "variants"]
