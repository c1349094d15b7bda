from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "guidance.pages"
    label = "pages"
    verbose_name = "Guidance pages"

    def ready(self) -> None:
        from guidance.editorial import kinds
        from guidance.editorial.admin.pages import DESK_SLOT
        from guidance.pages import announcing, glossary, indexing, selectors, topics
        from guidance.pages.desk import waiting
        from guidance.pages.kinds import EVERY
        from toolkit.core import page_cache, slots
        from toolkit.notifications import topics as registered
        from toolkit.search import kinds as searched

        for kind in EVERY:
            kinds.register(kind)
        searched.register(indexing.PAGES, "Guidance")
        searched.register(indexing.GUIDES, "Guides")
        searched.register(indexing.TERMS, "Glossary", weight=indexing.WEIGHT_OF_TERMS)
        slots.register(DESK_SLOT, waiting, queries=2)
        registered.register(announcing.STAGE, topics.stage, words="guidance")
        registered.register(announcing.PAGE, topics.page, words="guidance")
        registered.register(announcing.GUIDE, topics.guide, words="guidance")
        page_cache.clear_with_it(glossary.forget)
        page_cache.clear_with_it(selectors.forget)
