"""Documents in Django’s admin."""

from guidance.documents.admin.library import BlankFileAdmin, ClauseAdmin, DocumentTemplateAdmin

__all__ = ["BlankFileAdmin", "ClauseAdmin", "DocumentTemplateAdmin"]
