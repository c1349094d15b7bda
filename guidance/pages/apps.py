from django.apps import AppConfig

from toolkit.search import kinds

SEARCH_KIND = "guidance"


class PagesConfig(AppConfig):
    name = "guidance.pages"
    label = "pages"
    verbose_name = "Guidance pages"

    def ready(self) -> None:
        kinds.register(SEARCH_KIND, "Guidance")
