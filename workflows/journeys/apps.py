from django.apps import AppConfig


class JourneysConfig(AppConfig):
    name = "workflows.journeys"
    label = "journeys"
    verbose_name = "Routes"

    def ready(self) -> None:
        from guidance.documents.pages import library as documents
        from guidance.pages import pages as guidance
        from guidance.tools.views import MORE_TOOLS
        from toolkit.core import slots
        from workflows.journeys.panels import steps_of_page, steps_of_template, timeline_tool

        slots.register(guidance.STEPS_SLOT, steps_of_page, queries=0)
        slots.register(documents.STEPS_SLOT, steps_of_template, queries=0)
        slots.register(MORE_TOOLS, timeline_tool, queries=0)
