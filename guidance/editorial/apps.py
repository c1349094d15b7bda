from django.apps import AppConfig


class EditorialConfig(AppConfig):
    name = "guidance.editorial"
    label = "editorial"
    verbose_name = "Editorial"
