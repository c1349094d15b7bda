from django.apps import AppConfig


class RulesConfig(AppConfig):
    name = "workflows.rules"
    label = "rules"
    verbose_name = "Organisations’ own rules"
