from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "guidance.documents"
    label = "documents"
    verbose_name = "Documents"

    def ready(self) -> None:
        # Imported here because models are not ready before.
        from guidance.documents import fillings, indexing
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
        searched.register(indexing.EXAMPLES, "Examples from boroughs", weight=indexing.WEIGHT_OF_EXAMPLES)
        slots.register(fillings.OF_VARIANT, fillings.variant_of, queries=1)
        slots.register(fillings.OF_EXAMPLES, fillings.examples_of, queries=1)
        slots.register(fillings.ON_DOCUMENT, fillings.sharing_of, queries=1)
        slots.register(SUBJECTS, subjects, queries=1)
