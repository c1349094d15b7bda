from django.apps import AppConfig


class ProcurementsConfig(AppConfig):
    name = "workflows.procurements"
    label = "procurements"
    verbose_name = "Procurements"
