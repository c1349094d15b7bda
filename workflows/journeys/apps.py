from django.apps import AppConfig


class JourneysConfig(AppConfig):
    name = "workflows.journeys"
    label = "journeys"
    verbose_name = "Routes"

    def ready(self) -> None:
        from guidance.pages.pages import STEPS_SLOT
        from toolkit.core import slots
        from workflows.journeys.panels import steps_of_page

        slots.register(STEPS_SLOT, steps_of_page, queries=0)
