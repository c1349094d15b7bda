from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "guidance.documents"
    label = "documents"
    verbose_name = "Documents"

    def ready(self) -> None:
        # Imported here because models are not ready before.
        from guidance.documents import fillings, indexing, letters, panels, shelf
        from guidance.documents.kinds import EVERY
        from guidance.editorial import kinds
        from guidance.pages.pages import DOCUMENTS_SLOT
        from toolkit.accounts.activity import SUBJECTS
        from toolkit.core import page_cache, slots
        from toolkit.search import kinds as searched

        letters.register()
        for kind in EVERY:
            kinds.register(kind)
        searched.register(
            indexing.TEMPLATES,
            "Templates",
            weight=indexing.WEIGHT_OF_TEMPLATES,
            called=indexing.CALLED_TEMPLATES,
        )
        searched.register(
            indexing.CLAUSES, "Clauses", weight=indexing.WEIGHT_OF_CLAUSES, called=indexing.CALLED_CLAUSES
        )
        slots.register(DOCUMENTS_SLOT, panels.documents_of_page, queries=1)
        page_cache.clear_with_it(shelf.forget)
        searched.register(indexing.EXAMPLES, "Examples from boroughs", weight=indexing.WEIGHT_OF_EXAMPLES)
        slots.register(fillings.OF_VARIANT, fillings.variant_of, queries=1)
        slots.register(fillings.OF_EXAMPLES, fillings.examples_of, queries=1)
        slots.register(fillings.ON_DOCUMENT, fillings.sharing_of, queries=1)
        slots.register(SUBJECTS, panels.subjects, queries=1)
