from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "guidance.documents"
    label = "documents"
    verbose_name = "Documents"

    def ready(self) -> None:
        # Imported here because models are not ready before.
        from guidance.documents import indexing
        from guidance.documents.kinds import EVERY
        from guidance.documents.panels import subjects
        from guidance.editorial import kinds
        from toolkit.accounts.activity import SUBJECTS
        from toolkit.core import slots
        from toolkit.search import kinds as searched

        for kind in EVERY:
            kinds.register(kind)
        searched.register(indexing.TEMPLATES, "Templates")
        searched.register(indexing.CLAUSES, "Clauses", weight=indexing.WEIGHT_OF_CLAUSES)
        slots.register(SUBJECTS, subjects, queries=1)
