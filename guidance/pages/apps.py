from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "guidance.pages"
    label = "pages"
    verbose_name = "Guidance pages"
