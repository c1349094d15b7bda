from django.apps import AppConfig


class JourneysConfig(AppConfig):
    name = "workflows.journeys"
    label = "journeys"
    verbose_name = "Routes"
